package dev.pictor.intent;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.List;
import java.util.Map;
import org.immutables.value.Value;

/** What the words of a prompt say of domain and style. Immutable. */
@Value.Immutable
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonDeserialize(builder = ClassificationBuilder.class)
public abstract class Classification {

    /** From this {@link #clarification()} on a prompt needs to be asked about. */
    public static final double CLARIFY_FROM = 0.5;

    Classification() {}

    /**
     * The most probable domain.
     *
     * @return the domain; {@link Domain#PHOTOGRAPHY} if nothing speaks for any
     */
    public abstract Domain domain();

    /**
     * The style within that domain. Open; the names of the prompt library's templates are the well-known ones.
     *
     * @return lower case with hyphens, such as {@code digital-art}; {@code other} if no word names one
     */
    public abstract String style();

    /**
     * How often a domain that is as sure as this one is right. It is calibrated: see {@link Calibration}.
     *
     * @return 0 to 1, 1 is beyond doubt
     */
    public abstract double confidence();

    /**
     * How probable each domain is, as the model has it before it is calibrated.
     *
     * @return all domains, summing to 1
     */
    public abstract Map<Domain, Double> probabilities();

    /**
     * What spoke for which domain.
     *
     * @return strongest first, at most {@value IntentClassifier#MAX_EVIDENCE}
     */
    @Value.Redacted
    public abstract List<Evidence> evidence();

    /**
     * How probable it is that nobody can tell what is wanted: a bare subject without medium, scene or purpose.
     *
     * @return 0 for plain to 1 for a riddle
     */
    public abstract double clarification();

    /**
     * Tells whether to ask.
     *
     * @return whether {@link #clarification()} is at least {@value #CLARIFY_FROM}
     */
    public final boolean needsClarification() {
        return clarification() >= CLARIFY_FROM;
    }

    @Value.Check
    void check() {
        Checks.unit(confidence(), "confidence");
        Checks.unit(clarification(), "clarification");
    }
}
