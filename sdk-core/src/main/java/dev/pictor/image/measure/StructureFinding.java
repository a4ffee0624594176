package dev.pictor.image.measure;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import org.immutables.value.Value;

/** Something about a picture that passes a limit of {@link StructureLimits}. Immutable. */
@Value.Immutable
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonDeserialize(builder = StructureFindingBuilder.class)
public abstract class StructureFinding {

    StructureFinding() {}

    /**
     * Returns a builder.
     *
     * @param kind what it is
     * @param severity how bad it is
     * @param message one sentence for a person
     * @return a new builder
     */
    public static StructureFindingBuilder builder(Kind kind, Severity severity, String message) {
        return new StructureFindingBuilder().kind(kind).severity(severity).message(message);
    }

    /**
     * What it is.
     *
     * @return the kind
     */
    @JsonProperty("kind")
    public abstract Kind kind();

    /**
     * How bad it is.
     *
     * @return the severity
     */
    @JsonProperty("severity")
    public abstract Severity severity();

    /**
     * What was measured, in the unit that {@link #kind()} says. Default: 0.
     *
     * @return the value that passes the limit
     */
    @Value.Default
    @JsonProperty("measured")
    public double measured() {
        return 0;
    }

    /**
     * What it was held against, in the unit that {@link #kind()} says. Default: 0.
     *
     * @return the limit
     */
    @Value.Default
    @JsonProperty("limit")
    public double limit() {
        return 0;
    }

    /**
     * What it is, in words.
     *
     * @return one sentence for a person, with both values
     */
    @JsonProperty("message")
    public abstract String message();

    /** How bad a finding is. */
    public enum Severity {
        /** The picture may be used; someone may want to know. */
        WARN,
        /** The picture is not to be used. */
        REFUSE
    }

    /** What a finding is. More kinds may come; keep a {@code default} branch. */
    public enum Kind {
        /** One brightness and one colour, or nothing visible. In levels of luma. */
        BLANK,
        /** Nearly all of one colour. In shares of the visible pixels. */
        NEAR_UNIFORM,
        /** Nothing in it is sharp. In {@link PictureStructure#sharpness()}. */
        BLURRED,
        /** Hardly anything in it is sharp. In {@link PictureStructure#sharpness()}. */
        SOFT,
        /** Too much noise. In {@link PictureStructure#noise()}. */
        NOISY,
        /** Bars or margins of one colour take too much of it. In shares of the visible box. */
        BORDERED,
        /** Too much shows through. In shares of all pixels. */
        TRANSPARENT,
        /** A side is too short. In pixels. */
        TOO_SMALL,
        /** Another proportion of width to height. In {@link dev.pictor.image.AspectRatio#distance}. */
        WRONG_ASPECT,
        /** Its data end early, so rows are missing. In warnings of the decoder. */
        TRUNCATED,
        /** Its data break the format's rules, so pixels may be wrong. In warnings of the decoder. */
        DAMAGED
    }
}
