package dev.pictor.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.immutables.value.Value;

/**
 * What a vendor counted for one call. An empty count was not reported, which is not the same as zero. Immutable.
 */
@Value.Immutable
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonDeserialize(builder = UsageBuilder.class)
public abstract class Usage {

    private static final Usage NONE = builder().build();

    Usage() {}

    /**
     * Returns a usage that reports nothing.
     *
     * @return no counts, no pictures
     */
    public static Usage none() {
        return NONE;
    }

    /**
     * Returns a builder that reports nothing yet.
     *
     * @return a new builder
     */
    public static UsageBuilder builder() {
        return new UsageBuilder();
    }

    /**
     * Text and document tokens read. Default: not reported.
     *
     * @return tokens
     */
    public abstract OptionalLong inputTextTokens();

    /**
     * Picture tokens read. Default: not reported.
     *
     * @return tokens
     */
    public abstract OptionalLong inputImageTokens();

    /**
     * Of {@link #inputTextTokens()}, those that the vendor held from an earlier call. Default: not reported.
     *
     * @return tokens
     */
    public abstract OptionalLong cachedTextTokens();

    /**
     * Of {@link #inputImageTokens()}, those that the vendor held from an earlier call. Default: not reported.
     *
     * @return tokens
     */
    public abstract OptionalLong cachedImageTokens();

    /**
     * Text tokens written, those of thinking included. Default: not reported.
     *
     * @return tokens
     */
    public abstract OptionalLong outputTextTokens();

    /**
     * Picture tokens written. Default: not reported.
     *
     * @return tokens
     */
    public abstract OptionalLong outputImageTokens();

    /**
     * Pictures drawn. Default: 0.
     *
     * @return pictures
     */
    @Value.Default
    public int images() {
        return 0;
    }

    /**
     * Returns all tokens read.
     *
     * @return the sum of what was reported, or empty if nothing was
     */
    @JsonIgnore
    public final OptionalLong inputTokens() {
        return sum(inputTextTokens(), inputImageTokens());
    }

    /**
     * Returns all tokens written.
     *
     * @return the sum of what was reported, or empty if nothing was
     */
    @JsonIgnore
    public final OptionalLong outputTokens() {
        return sum(outputTextTokens(), outputImageTokens());
    }

    /**
     * Returns the usage of both. A count is reported if either reports it.
     *
     * @param other another usage
     * @return the sums
     */
    public final Usage plus(Usage other) {
        return builder()
                .inputTextTokens(sum(inputTextTokens(), other.inputTextTokens()))
                .inputImageTokens(sum(inputImageTokens(), other.inputImageTokens()))
                .cachedTextTokens(sum(cachedTextTokens(), other.cachedTextTokens()))
                .cachedImageTokens(sum(cachedImageTokens(), other.cachedImageTokens()))
                .outputTextTokens(sum(outputTextTokens(), other.outputTextTokens()))
                .outputImageTokens(sum(outputImageTokens(), other.outputImageTokens()))
                .images(images() + other.images())
                .build();
    }

    private static OptionalLong sum(OptionalLong a, OptionalLong b) {
        return a.isEmpty() && b.isEmpty() ? a : OptionalLong.of(a.orElse(0) + b.orElse(0));
    }

    @Value.Check
    void check() {
        boolean negative = Stream.of(
                        inputTextTokens(),
                        inputImageTokens(),
                        cachedTextTokens(),
                        cachedImageTokens(),
                        outputTextTokens(),
                        outputImageTokens())
                .anyMatch(count -> count.orElse(0) < 0);
        if (negative || images() < 0) {
            throw new IllegalArgumentException("counts must not be negative, were " + this);
        }
    }
}
