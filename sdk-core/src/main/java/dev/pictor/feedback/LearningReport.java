package dev.pictor.feedback;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * What is learned from the runs of a window, with the evidence for it. It changes nothing: whoever reads it may apply
 * {@link #diff}. It has words of wishes, of several users each, but no wish and no user. Immutable.
 */
@Value.Immutable
public abstract class LearningReport {

    LearningReport() {}

    /**
     * When the first of the runs began.
     *
     * @return by the wall clock, or empty if there were none
     */
    public abstract Optional<Instant> firstRun();

    /**
     * When the last of the runs began.
     *
     * @return by the wall clock, or empty if there were none
     */
    public abstract Optional<Instant> lastRun();

    /**
     * How many runs were rated, of all.
     *
     * @return the share
     */
    public abstract Proportion rated();

    /**
     * How many were satisfied, of those who rated.
     *
     * @return the share
     */
    public abstract Proportion satisfied();

    /**
     * How many runs were regenerated, of all.
     *
     * @return the share
     */
    public abstract Proportion regenerated();

    /**
     * How many runs have no text to learn words from: their content level withholds it, or it was not kept.
     *
     * @return 0 or more
     */
    public abstract int withoutText();

    /**
     * Words that the lexicon may be missing.
     *
     * @return the surest first
     */
    public abstract List<NewKeyword> keywords();

    /**
     * Thresholds that the ratings speak against.
     *
     * @return complexity first
     */
    public abstract List<ThresholdChange> thresholds();

    /**
     * How well confidences kept their word, by tier.
     *
     * @return words first; without those of which too little was rated
     */
    public abstract List<TierCalibration> calibrations();

    /**
     * Prompt files whose pictures please too few.
     *
     * @return the weakest first
     */
    public abstract List<TemplateRating> weakTemplates();

    /**
     * Complex wishes that a cheap model drew, and that were rated down.
     *
     * @return the most frequent first
     */
    public abstract List<Misroute> misroutes();

    /**
     * What follows for data files, as far as a layout says where it stands.
     *
     * @return the changes, in the order of the evidence
     */
    public abstract List<ProposedChange> changes();

    /**
     * What could not be told, and why.
     *
     * @return sentences
     */
    public abstract List<String> notes();

    /**
     * Returns what the changes do to files, as {@code diff -u} shows it, with the evidence above each file's part.
     *
     * @param files the files as they are, by the names in {@link #changes()}; those that are not among them are left out
     * @return a patch, or nothing if nothing changes
     * @throws IllegalArgumentException if a file has no place that a change names
     */
    public final String diff(Map<String, String> files) {
        return ChangeDiff.of(changes(), files);
    }

    /**
     * Returns the report for people.
     *
     * @return lines of text
     */
    public final String toText() {
        return LearningText.of(this);
    }

    /**
     * Returns the report for programs.
     *
     * @return one line of JSON
     */
    public final String toJson() {
        return LearningJson.of(this);
    }
}
