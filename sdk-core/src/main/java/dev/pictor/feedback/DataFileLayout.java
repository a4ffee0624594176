package dev.pictor.feedback;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pictor.intent.Domain;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.immutables.value.Value;

/**
 * Where in a program's data files stands what learning may propose to change. Places are {@code file#pointer}, with a JSON
 * pointer of which the last part may be {@code -}. What has no place is reported without a proposed change. Immutable.
 */
@Value.Immutable
public abstract class DataFileLayout {

    private static final DataFileLayout NONE = builder().build();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String COUNTING = "count"; // the role of groups of which no domain comes

    DataFileLayout() {}

    /**
     * Returns the layout that knows no place.
     *
     * @return a layout by which nothing is proposed
     */
    public static DataFileLayout none() {
        return NONE;
    }

    /**
     * Returns the layout of a lexicon as {@link dev.pictor.intent.Lexicon} reads it and of rules as
     * {@link dev.pictor.gateway.routing.RoutingRules} reads them. New words are put into a group {@code learned-} and the domain,
     * which is made if it is not there; those that the lexicon has in any group but one that only counts are not proposed. A
     * threshold of complexity is moved wherever rules have it.
     *
     * @param lexiconFile the lexicon's name
     * @param lexicon the lexicon as it is
     * @param rulesFile the rules' name
     * @param rules the rules as they are
     * @param complexityThreshold what is in force, see {@link AnalysisOptions#complexityThreshold()}
     * @return the layout; if no rule has the threshold, that has no place
     * @throws IllegalArgumentException if one of them is no JSON
     */
    public static DataFileLayout forFiles(
            String lexiconFile, String lexicon, String rulesFile, String rules, double complexityThreshold) {
        DataFileLayoutBuilder layout = builder().knownTerms(phrases(lexiconFile, lexicon));
        for (Domain domain : Domain.values()) {
            String group = "/groups/learned-" + domain;
            boolean there = JsonEdit.get(lexicon, group + "/phrases") != null;
            layout.putKeywords(domain, lexiconFile + "#" + group + (there ? "/phrases/-" : ""));
        }
        List<String> places = new ArrayList<>();
        for (int rule = 0; JsonEdit.get(rules, "/rules/" + rule) != null; rule++) {
            for (String bound : List.of("atLeast", "above", "atMost", "below")) {
                String place = "/rules/" + rule + "/when/complexity/" + bound;
                String number = JsonEdit.get(rules, place);
                if (number != null && isNumber(number, complexityThreshold)) {
                    places.add(rulesFile + "#" + place);
                }
            }
        }
        return layout.putThresholds("complexity", places)
                .putCalibrations(Calibrations.WORDS, lexiconFile + "#/calibration")
                .putCalibrations(Calibrations.MODEL, lexiconFile + "#/model_calibration")
                .build();
    }

    private static Set<String> phrases(String lexiconFile, String lexicon) {
        Set<String> phrases = new LinkedHashSet<>();
        try {
            for (JsonNode group : JSON.readTree(lexicon).path("groups")) {
                if (!group.path("role").asText().equals(COUNTING)) {
                    group.path("phrases").forEach(phrase -> phrases.add(phrase.asText()));
                }
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(lexiconFile + " is no JSON: " + e.getOriginalMessage(), e);
        }
        return phrases;
    }

    private static boolean isNumber(String text, double number) {
        try {
            return Double.parseDouble(text) == number;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /**
     * Returns a builder for a layout that knows no place.
     *
     * @return a new builder
     */
    public static DataFileLayoutBuilder builder() {
        return new DataFileLayoutBuilder();
    }

    /**
     * Where words of a domain are put: a list, by a last part of {@code -}, or a group that is not there yet and is made of all new
     * words. Default: nowhere.
     *
     * @return such as {@code lexicon.json#/groups/art-word/phrases/-} by domain
     */
    public abstract Map<Domain, String> keywords();

    /**
     * Words and phrases that the files have already, and that are not proposed, beside {@link AnalysisOptions#knownTerms()}.
     * Default: none.
     *
     * @return such as {@code watercolour}
     */
    public abstract Set<String> knownTerms();

    /**
     * Where thresholds are. Default: nowhere.
     *
     * @return such as {@code tiers.json#/rules/4/when/complexity/atLeast}, one or several by {@link ThresholdChange#name()}
     */
    public abstract Map<String, List<String>> thresholds();

    /**
     * Where calibrations are. Default: nowhere.
     *
     * @return such as {@code lexicon.json#/calibration} by {@link TierCalibration#tier()}
     */
    public abstract Map<String, String> calibrations();

    @Value.Check
    void check() {
        keywords().values().forEach(DataFileLayout::checkPlace);
        calibrations().values().forEach(DataFileLayout::checkPlace);
        thresholds().values().forEach(places -> places.forEach(DataFileLayout::checkPlace));
    }

    private static void checkPlace(String place) {
        if (place.indexOf("#/") < 1) {
            throw new IllegalArgumentException("a place must be file#/pointer, was \"" + place + "\"");
        }
    }

    /** One change for each word, or one for a group that is made of all. */
    List<ProposedChange> ofKeywords(List<NewKeyword> found) {
        List<ProposedChange> changes = new ArrayList<>();
        for (Domain domain : Domain.values()) {
            String place = keywords().getOrDefault(domain, "");
            List<NewKeyword> words =
                    found.stream().filter(word -> word.domain() == domain).toList();
            if (place.endsWith("/-")) {
                words.forEach(word -> changes.add(change(place, JsonEdit.quoted(word.term()), word.evidence())));
            } else if (!place.isEmpty() && !words.isEmpty()) {
                String phrases = words.stream()
                        .map(word -> JsonEdit.quoted(word.term()))
                        .collect(Collectors.joining(", ", "[", "]"));
                String evidence = words.stream()
                        .map(word -> word.term() + " " + word.evidence())
                        .collect(Collectors.joining("; "));
                changes.add(change(
                        place,
                        "{\"role\": \"content\", \"domain\": \"" + domain + "\", \"strength\": 1.0, \"phrases\": "
                                + phrases + "}",
                        evidence));
            }
        }
        return changes;
    }

    List<ProposedChange> ofThresholds(List<ThresholdChange> found) {
        List<ProposedChange> changes = new ArrayList<>();
        found.forEach(threshold -> thresholds()
                .getOrDefault(threshold.name(), List.of())
                .forEach(place -> changes.add(change(place, String.valueOf(threshold.after()), threshold.evidence()))));
        return changes;
    }

    List<ProposedChange> ofCalibrations(List<TierCalibration> found) {
        return found.stream()
                .filter(tier -> tier.isBetter() && calibrations().containsKey(tier.tier()))
                .map(tier -> change(
                        String.valueOf(calibrations().get(tier.tier())),
                        tier.fitted().toJson(),
                        tier.evidence()))
                .toList();
    }

    private static ProposedChange change(String place, String value, String evidence) {
        int hash = place.indexOf("#/");
        return new ProposedChange(place.substring(0, hash), place.substring(hash + 1), value, evidence);
    }
}
