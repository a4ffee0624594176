package dev.pictor.intent;

import dev.pictor.intent.Phrases.Hit;
import dev.pictor.intent.WordGroup.Role;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Chooses the style of a domain: the one whose words are strongest, and stand where wishes name what they want. */
final class StyleScores {

    private static final double AT_THE_HEAD = 1.5;
    private static final double OF_CONTENT = 0.4; // what a work shows says little of how it is made
    private static final double EACH_MORE = 0.25;
    private static final double OTHER_DOMAIN = 0.3;

    private StyleScores() {}

    static String best(Domain domain, List<WordGroup> groups, List<Hit> hits, int head, Map<Domain, String> defaults) {
        Map<String, Double> scores = new HashMap<>();
        Map<String, Integer> counts = new HashMap<>();
        for (Hit hit : hits) {
            if (hit.negated() || hit.quoted()) {
                continue;
            }
            for (int index : hit.groups()) {
                WordGroup group = groups.get(index);
                if (group.style().isEmpty()
                        || !group.domain().filter(domain::equals).isPresent()) {
                    continue;
                }
                String style = group.style().get();
                boolean again = counts.merge(style, 1, Integer::sum) > 1;
                boolean atHead = hit.start() <= head && head < hit.end();
                double weight = group.role() == Role.CONTENT && domain == Domain.ART
                        ? group.strength() * OF_CONTENT
                        : group.strength() + (atHead ? AT_THE_HEAD : 0);
                scores.merge(style, again ? weight * EACH_MORE : weight, Double::sum);
            }
        }
        String best = defaults.getOrDefault(domain, "other");
        double most = OTHER_DOMAIN;
        for (Map.Entry<String, Double> style : new TreeMap<>(scores).entrySet()) {
            if (style.getValue() > most) {
                most = style.getValue();
                best = style.getKey();
            }
        }
        return best;
    }
}
