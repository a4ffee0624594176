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
 * @param calibration what turns the probability of a domain into a confidence
 * @param modelCalibration what turns how sure a model says it is into a confidence
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
        Calibration modelCalibration,
        SortedMap<String, Double> clarification,
        SortedMap<String, Double> complexity) {

    LexiconParts withGroups(List<WordGroup> changed) {
        return changed(changed, calibration, modelCalibration);
    }

    LexiconParts withCalibration(Calibration changed) {
        return changed(groups, changed, modelCalibration);
    }

    LexiconParts withModelCalibration(Calibration changed) {
        return changed(groups, calibration, changed);
    }

    private LexiconParts changed(List<WordGroup> ofGroups, Calibration ofWords, Calibration ofModels) {
        return new LexiconParts(
                version, date, ofGroups, pairs, defaultStyles, weights, ofWords, ofModels, clarification, complexity);
    }
}
