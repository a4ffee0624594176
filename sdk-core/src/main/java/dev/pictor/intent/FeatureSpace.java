package dev.pictor.intent;

import dev.pictor.intent.Phrases.Hit;
import dev.pictor.intent.WordGroup.Role;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The features that prompts are judged by, each with the weights that training starts from. Immutable. */
final class FeatureSpace {

    /**
     * A feature of one prompt.
     *
     * @param term what in the prompt it comes from
     */
    record Feature(int index, double value, String term, String group) {}

    /** What was found in a prompt. */
    record Found(List<Feature> features, List<Hit> hits, Words words, PromptForm form) {}

    private static final int DOMAINS = Domain.values().length;
    private static final double PER_STRENGTH = 0.8;
    private static final double AT_THE_HEAD = 0.7;
    private static final double AT_THE_START = 0.4;
    private static final double FIRST = 0.6;
    private static final double ONCE_NAMED = 0.4;
    private static final int START_WORDS = 6;
    private static final int BARE_WORDS = 6;

    private final List<WordGroup> groups;
    private final Phrases phrases;
    private final List<String> names = new ArrayList<>();
    private final List<double[]> priors = new ArrayList<>();
    private final int[] has;
    private final int[] more;
    private final int[] heads;
    private final int[] starts;
    private final int[] first = new int[DOMAINS];
    private final Map<Role, Integer> any = new LinkedHashMap<>();
    private final Map<String, Integer> traits = new HashMap<>();
    private final int nothing;
    private final int bare;
    private final List<WordPair> pairs;
    private final int[] pairFeatures;

    FeatureSpace(List<WordGroup> groups, List<WordPair> pairs) {
        this.groups = groups;
        this.phrases = new Phrases(groups);
        this.pairs = pairs;
        PromptForm.TRAITS.forEach(trait -> traits.put(trait, add("form:" + trait, new double[DOMAINS])));
        nothing = add("form:no known word", new double[DOMAINS]);
        bare = add("form:bare subject", new double[DOMAINS]);
        for (Role role : Role.values()) {
            any.put(role, add("any:" + role, new double[DOMAINS]));
        }
        for (Domain domain : Domain.values()) {
            first[IntentModel.index(domain)] = add("first:" + domain, towards(Optional.of(domain), FIRST));
        }
        has = new int[groups.size()];
        more = new int[groups.size()];
        heads = new int[groups.size()];
        starts = new int[groups.size()];
        for (int i = 0; i < groups.size(); i++) {
            WordGroup group = groups.get(i);
            double strength = group.strength() * PER_STRENGTH;
            has[i] = add("has:" + group.name(), towards(group.domain(), strength));
            more[i] = add("more:" + group.name(), towards(group.domain(), strength / 2));
            heads[i] = add(
                    "head:" + group.name(), towards(group.domain(), group.tellsWhat() ? strength * AT_THE_HEAD : 0));
            starts[i] = add(
                    "start:" + group.name(), towards(group.domain(), group.tellsWhat() ? strength * AT_THE_START : 0));
        }
        pairFeatures = new int[pairs.size()];
        for (int i = 0; i < pairs.size(); i++) {
            WordPair pair = pairs.get(i);
            pairFeatures[i] = add(pair.feature(), towards(Optional.of(pair.domain()), pair.strength() * PER_STRENGTH));
        }
    }

    private int add(String name, double[] prior) {
        names.add(name);
        priors.add(prior);
        return names.size() - 1;
    }

    private static double[] towards(Optional<Domain> domain, double weight) {
        double[] prior = new double[DOMAINS];
        domain.ifPresent(one -> prior[IntentModel.index(one)] = weight);
        return prior;
    }

    int size() {
        return names.size();
    }

    String name(int index) {
        return names.get(index);
    }

    double[] prior(int index) {
        return priors.get(index).clone();
    }

    List<WordGroup> groups() {
        return groups;
    }

    /** Tells whether a feature says how a prompt is made, rather than what it is about. */
    boolean isShape(int index) {
        return names.get(index).startsWith("form:") || names.get(index).startsWith("any:");
    }

    Found find(String prompt) {
        Words words = Words.of(prompt);
        List<Hit> hits = phrases.find(words);
        PromptForm form = PromptForm.of(words);
        List<Feature> features = new ArrayList<>();
        boolean named = namesMedium(hits);
        for (String trait : form.traits()) {
            double value = named && PromptForm.SCENE.contains(trait) ? ONCE_NAMED : 1;
            features.add(new Feature(traits.getOrDefault(trait, 0), value, "(" + trait + ")", "form"));
        }
        addGroups(hits, form, named, features);
        if (isBare(words, form, features)) {
            features.add(new Feature(bare, 1, "(bare subject)", "form"));
        }
        return new Found(features, hits, words, form);
    }

    /** Tells whether a prompt names a thing and neither what is to be made of it nor what happens where. */
    private boolean isBare(Words words, PromptForm form, List<Feature> features) {
        List<Integer> telling = List.of(
                any.getOrDefault(Role.MEDIUM, 0), any.getOrDefault(Role.PURPOSE, 0), any.getOrDefault(Role.LOOK, 0));
        return words.size() <= BARE_WORDS
                && form.isPlain()
                && features.stream().noneMatch(feature -> telling.contains(feature.index()));
    }

    /** Tells whether a prompt says what is to be made; then what is to be seen counts less. */
    private boolean namesMedium(List<Hit> hits) {
        for (Hit hit : hits) {
            for (int index : hit.groups()) {
                if (groups.get(index).tellsWhat() && !hit.negated() && !hit.quoted()) {
                    return true;
                }
            }
        }
        return false;
    }

    private void addGroups(List<Hit> hits, PromptForm form, boolean named, List<Feature> features) {
        int[] counts = new int[groups.size()];
        boolean[] atHead = new boolean[groups.size()];
        boolean[] atStart = new boolean[groups.size()];
        Set<Role> roles = EnumSet.noneOf(Role.class);
        Hit[] firstHits = new Hit[groups.size()];
        @Nullable Hit opening = null;
        int openingGroup = 0;
        boolean known = false;
        for (Hit hit : hits) {
            for (int index : hit.groups()) {
                WordGroup group = groups.get(index);
                if (group.role() != Role.COUNT && (hit.negated() || hit.quoted())) {
                    continue;
                }
                if (counts[index] == 0) {
                    firstHits[index] = hit;
                }
                counts[index]++;
                roles.add(group.role());
                known |= group.domain().isPresent();
                boolean head = hit.start() <= form.head && form.head < hit.end();
                atHead[index] |= head;
                atStart[index] |= hit.start() < form.opening + START_WORDS;
                if (opening == null && group.tellsWhat() && group.domain().isPresent()) {
                    opening = hit;
                    openingGroup = index;
                }
            }
        }
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] == 0 || groups.get(i).role() == Role.COUNT) {
                continue;
            }
            String term = firstHits[i].phrase();
            String group = groups.get(i).name();
            double share = named && groups.get(i).role() == Role.CONTENT ? ONCE_NAMED : 1;
            features.add(new Feature(has[i], share, term, group));
            if (counts[i] > 1) {
                features.add(new Feature(more[i], share * Math.min(1, (counts[i] - 1) / 3.0), term, group));
            }
            if (atHead[i]) {
                features.add(new Feature(heads[i], 1, term, group));
            }
            if (atStart[i]) {
                features.add(new Feature(starts[i], 1, term, group));
            }
        }
        if (opening != null) {
            Domain domain = groups.get(openingGroup).domain().orElse(Domain.PHOTOGRAPHY);
            features.add(new Feature(
                    first[IntentModel.index(domain)],
                    1,
                    opening.phrase(),
                    groups.get(openingGroup).name()));
        }
        any.forEach((role, index) -> {
            if (roles.contains(role)) {
                features.add(new Feature(index, 1, "(any " + role + ")", "form"));
            }
        });
        if (!known) {
            features.add(new Feature(nothing, 1, "(no known word)", "form"));
        }
        for (int i = 0; i < pairFeatures.length; i++) {
            WordPair pair = pairs.get(i);
            if (counts[pair.first()] > 0 && counts[pair.second()] > 0) {
                features.add(new Feature(
                        pairFeatures[i],
                        1,
                        firstHits[pair.first()].phrase() + " + " + firstHits[pair.second()].phrase(),
                        pair.name()));
            }
        }
    }
}
