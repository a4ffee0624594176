package dev.pictor.model;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.immutables.value.Value;

/**
 * What a model costs: a dated list of rates. A thing without a rate has an unknown price, never a price of zero.
 * Immutable.
 *
 * <p>Tokens count where the price has any rate by the token. A price by the picture, pixel or call alone covers what is
 * read and written with it.
 */
@Value.Immutable
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonDeserialize(builder = PriceBuilder.class)
public abstract class Price {

    /** The currency of a price that names none. */
    static final String USD = "USD";

    Price() {}

    /**
     * Returns a builder without rates.
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
     * @return zero for every call
     */
    public static Price free() {
        return builder("runs in this process", LocalDate.EPOCH)
                .addRates(Rate.builder(Rate.Unit.REQUEST, Rate.Modality.ANY, Rate.Direction.OUTPUT, BigDecimal.ZERO)
                        .build())
                .build();
    }

    /**
     * Returns a builder that starts from this price.
     *
     * @return a new builder
     */
    public PriceBuilder toBuilder() {
        return new PriceBuilder().from(this);
    }

    /**
     * In what it is paid. Default: {@code USD}.
     *
     * @return an ISO 4217 code, or the name of a unit such as {@code credits}
     */
    @Value.Default
    public String currency() {
        return USD;
    }

    /**
     * The lines of the list. Default: none, which means that every price is unknown.
     *
     * @return rates, in the order of the list
     */
    public abstract List<Rate> rates();

    /**
     * The most tokens that the model writes in one call, those of thinking included. Default: not known.
     *
     * @return tokens, 1 or more
     */
    public abstract OptionalLong maxOutputTokens();

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
     * Returns the most that a call can cost. What the use does not say counts as the dearest: quality, size, class of
     * sizes, steps, and tokens up to the model's limit. Rounded up once, to a billionth of the unit.
     *
     * @param use what is asked for
     * @param day the day of the call, in the vendor's zone
     * @return an upper bound, or empty if a rate that is needed is unknown
     */
    public Optional<Money> estimate(PlannedUse use, LocalDate day) {
        return Bill.of(this, requireNonNull(use, "use"), requireNonNull(day, "day"))
                .estimate();
    }

    /**
     * Returns what a call cost. Pictures count by their tokens where both count and rate are known, else by the picture.
     * What the vendor did not report of what was read counts as the use says. Never more than {@link #estimate} for a
     * usage within the use. Rounded up once, to a billionth of the unit.
     *
     * @param usage what the vendor counted
     * @param use what was asked for
     * @param day the day of the call, in the vendor's zone
     * @return the cost, or empty if nothing was reported or a rate that is needed is unknown
     */
    public Optional<Money> actual(Usage usage, PlannedUse use, LocalDate day) {
        return Bill.of(this, requireNonNull(use, "use"), requireNonNull(day, "day"))
                .actual(requireNonNull(usage, "usage"));
    }

    @Value.Check
    void check() {
        if (currency().isBlank()) {
            throw new IllegalArgumentException("currency must not be blank");
        }
        if (maxOutputTokens().orElse(1) < 1) {
            throw new IllegalArgumentException("maxOutputTokens must be 1 or more, was " + maxOutputTokens());
        }
    }
}
