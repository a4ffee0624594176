package dev.pictor.feedback;

import java.util.List;
import java.util.Locale;
import org.immutables.value.Value;

/** What an experiment shows, with the figures. Immutable. */
@Value.Immutable
public abstract class ExperimentResult {

    ExperimentResult() {}

    /**
     * What was planned.
     *
     * @return the plan
     */
    public abstract ExperimentPlan plan();

    /**
     * What it shows.
     *
     * @return the verdict
     */
    public abstract ExperimentVerdict verdict();

    /**
     * What came of the control.
     *
     * @return the counts
     */
    public abstract ArmCount control();

    /**
     * What came of the treatment.
     *
     * @return the counts
     */
    public abstract ArmCount treatment();

    /**
     * The treatment's share of satisfied users less the control's.
     *
     * @return -1 to 1; 0 if one has no rating
     */
    public abstract double difference();

    /**
     * Between what the true difference lies, by Newcombe's score method, as sure as the plan asks for at each look.
     *
     * @return bounds within -1 and 1
     */
    public abstract Interval bounds();

    /**
     * The difference in standard deviations, by the pooled variance.
     *
     * @return above 0 if the treatment is better; 0 if nothing can be told
     */
    public abstract double z();

    /**
     * How likely a difference as large, either way, is by chance.
     *
     * @return 0 to 1
     */
    public abstract double p();

    /**
     * How likely the shares of users in the arms are by chance, by a chi-square test against the plan's ratio.
     *
     * @return 0 to 1; below 0.001 something is wrong with how users come to arms
     */
    public abstract double sampleRatioP();

    /**
     * What to know before believing it.
     *
     * @return sentences
     */
    public abstract List<String> warnings();

    @Override
    public final String toString() {
        StringBuilder text = new StringBuilder(String.format(
                        Locale.ROOT,
                        "%s: %s%n  %s: %s satisfied, %d exposed%n  %s: %s satisfied, %d exposed%n  difference %+.3f, %s; z %.2f, p %.4f; "
                                + "needed %d and %d",
                        plan().experiment(),
                        verdict(),
                        control().arm(),
                        control().satisfied(),
                        control().exposed(),
                        treatment().arm(),
                        treatment().satisfied(),
                        treatment().exposed(),
                        difference(),
                        bounds(),
                        z(),
                        p(),
                        plan().controlUsers(),
                        plan().treatmentUsers())
                .replace(System.lineSeparator(), "\n"));
        warnings().forEach(warning -> text.append("\n  ").append(warning));
        return text.toString();
    }
}
