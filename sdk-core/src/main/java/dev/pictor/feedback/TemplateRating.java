package dev.pictor.feedback;

import java.util.Map;
import org.immutables.value.Value;

/** A prompt file whose pictures please too few. Immutable. */
@Value.Immutable
public abstract class TemplateRating {

    TemplateRating() {}

    static TemplateRatingBuilder builder(String prompt, Proportion satisfied, Interval bounds) {
        return new TemplateRatingBuilder().prompt(prompt).satisfied(satisfied).bounds(bounds);
    }

    /**
     * The file.
     *
     * @return name, variant and version, such as {@code generation/enhance.art@1.2}
     */
    public abstract String prompt();

    /**
     * How many were satisfied of those who rated.
     *
     * @return the share
     */
    public abstract Proportion satisfied();

    /**
     * Between what the true share lies, by Wilson's interval.
     *
     * @return bounds within 0 and 1
     */
    public abstract Interval bounds();

    /**
     * How many runs that rendered it were regenerated, of all.
     *
     * @return the share
     */
    public abstract Proportion regenerated();

    /**
     * Whether even the upper bound is below what is asked for. If not, it may be chance.
     *
     * @return true if so
     */
    public abstract boolean isCertain();

    /**
     * Why users were not satisfied.
     *
     * @return how many gave each reason
     */
    public abstract Map<String, Integer> reasons();
}
