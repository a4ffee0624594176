package dev.pictor.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.immutables.value.Value;

/**
 * What a model costs, in US dollars. A rate that is not given is unknown, never zero. Immutable.
 */
@Value.Immutable
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonDeserialize(builder = PriceBuilder.class)
public abstract class Price {

    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    Price() {}

    /**
     * Returns a builder with every rate unknown.
     *
     * @param source where the rates are from, a link or a sentence
     * @param asOf the day on which they were read there
     * @return a new builder
     */
    public static PriceBuilder builder(String source, LocalDate asOf) {
        return new PriceBuilder().source(source).asOf(asOf);
    }

    /**
     * Returns the price of a model that runs here and costs nothing.
     *
     * @return zero for every rate
     */
    public static Price free() {
        BigDecimal zero = BigDecimal.ZERO;
        return builder("runs in this process", LocalDate.EPOCH)
                .inputTextPerMillion(zero)
                .inputImagePerMillion(zero)
                .outputTextPerMillion(zero)
                .outputImagePerMillion(zero)
                .perImage(zero)
                .build();
    }

    /**
     * Text and document tokens read.
     *
     * @return dollars per million tokens
     */
    public abstract Optional<BigDecimal> inputTextPerMillion();

    /**
     * Picture tokens read.
     *
     * @return dollars per million tokens
     */
    public abstract Optional<BigDecimal> inputImagePerMillion();

    /**
     * Text tokens written, those of thinking included.
     *
     * @return dollars per million tokens
     */
    public abstract Optional<BigDecimal> outputTextPerMillion();

    /**
     * Picture tokens written.
     *
     * @return dollars per million tokens
     */
    public abstract Optional<BigDecimal> outputImagePerMillion();

    /**
     * One picture at the usual size. Used where the vendor reports no picture tokens.
     *
     * @return dollars per picture
     */
    public abstract Optional<BigDecimal> perImage();

    /**
     * Where the rates are from.
     *
     * @return a link or a sentence
     */
    public abstract String source();

    /**
     * The day on which the rates were read at the source.
     *
     * @return a date
     */
    public abstract LocalDate asOf();

    /**
     * Returns what a call cost. Pictures count by their tokens where both count and rate are known, else by the
     * picture. Rounded up once, to a billionth of a dollar.
     *
     * @param usage what the vendor counted
     * @return the cost, or empty if nothing was reported or a rate that is needed is unknown
     */
    public Optional<Money> cost(Usage usage) {
        if (usage.inputTokens().isEmpty() && usage.outputTokens().isEmpty() && usage.images() == 0) {
            return Optional.empty();
        }
        boolean uncounted = usage.outputImageTokens().orElse(0) > 0 && usage.images() == 0;
        if (uncounted && outputImagePerMillion().isEmpty()) {
            return Optional
                    .empty(); // pictures were drawn, and neither their number nor a rate for their tokens is known
        }
        boolean imagesByToken = usage.outputImageTokens().orElse(0) > 0
                && outputImagePerMillion().isPresent();
        return tokens(usage.inputTextTokens(), inputTextPerMillion())
                .flatMap(sum ->
                        tokens(usage.inputImageTokens(), inputImagePerMillion()).map(sum::add))
                .flatMap(sum ->
                        tokens(usage.outputTextTokens(), outputTextPerMillion()).map(sum::add))
                .flatMap(sum -> (imagesByToken
                                ? tokens(usage.outputImageTokens(), outputImagePerMillion())
                                : each(usage.images(), perImage()))
                        .map(sum::add))
                .map(dollars -> Money.usd(dollars.multiply(NANOS)
                        .setScale(0, RoundingMode.CEILING)
                        .longValueExact()));
    }

    private static Optional<BigDecimal> tokens(OptionalLong count, Optional<BigDecimal> perMillion) {
        return each(count.orElse(0), perMillion).map(sum -> sum.divide(MILLION));
    }

    private static Optional<BigDecimal> each(long count, Optional<BigDecimal> rate) {
        return count == 0 ? Optional.of(BigDecimal.ZERO) : rate.map(BigDecimal.valueOf(count)::multiply);
    }

    @Value.Check
    void check() {
        for (Optional<BigDecimal> rate : List.of(
                inputTextPerMillion(),
                inputImagePerMillion(),
                outputTextPerMillion(),
                outputImagePerMillion(),
                perImage())) {
            if (rate.isPresent() && rate.get().signum() < 0) {
                throw new IllegalArgumentException("a rate must not be negative, was " + rate.get());
            }
        }
    }
}
