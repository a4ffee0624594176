package dev.pictor.intent;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * What a lexicon's file holds.
 *
 * @param defaultStyles the style of a domain when no word names one
 * @param weights of the domains, in their order, by feature; a feature that is missing has the weight training starts from
 * @param clarification weights of whether to ask, by feature
 * @param complexity weights of complexity, by feature
 */
record LexiconParts(
        String version,
        LocalDate date,
        List<WordGroup> groups,
        List<WordPair> pairs,
        Map<Domain, String> defaultStyles,
        SortedMap<String, double[]> weights,
        Calibration calibration,
        SortedMap<String, Double> clarification,
        SortedMap<String, Double> complexity) {

    LexiconParts withGroups(List<WordGroup> changed) {
        return new LexiconParts(
                version, date, changed, pairs, defaultStyles, weights, calibration, clarification, complexity);
    }

    LexiconParts withCalibration(Calibration changed) {
        return new LexiconParts(
                version, date, groups, pairs, defaultStyles, weights, changed, clarification, complexity);
    }
}
