package dev.pictor.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.pictor.image.PixelSize;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.immutables.value.Value;

/**
 * One line of a price list: what so many units of one thing cost, and under which conditions. A condition that is not
 * set always holds. Immutable.
 *
 * <p>Where several rates speak of the same thing, the one with the most conditions that hold counts. A condition on
 * something a request does not say may hold: then the dearest of the rates that may apply counts.
 */
@Value.Immutable
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonDeserialize(builder = RateBuilder.class)
public abstract class Rate {

    /** The largest amount a rate may have. Anything above is an error of the list. */
    static final BigDecimal MAX_AMOUNT = BigDecimal.valueOf(1_000_000);

    private static final long MILLION = 1_000_000;
    private static final Pattern CLASS = Pattern.compile("[1-9][0-9]{0,3}[Kk]?");

    /** What is counted. More may follow: a {@code switch} needs a {@code default}. */
    public enum Unit {
        /** A token, as the vendor counts it. */
        TOKEN,
        /** A picture. */
        IMAGE,
        /** A pixel of a picture. */
        PIXEL,
        /** A begun megapixel of a picture: 1,048,576 pixels. */
        MEGAPIXEL,
        /** A call, whatever it reads and writes. */
        REQUEST
    }

    /** Of what kind the counted thing is. More may follow: a {@code switch} needs a {@code default}. */
    public enum Modality {
        /** Text and documents; written, the text of thinking included. */
        TEXT,
        /** Pictures. */
        IMAGE,
        /** Sound. */
        AUDIO,
        /** Every kind that has no rate of its own. */
        ANY
    }

    /** Which way the counted thing goes. More may follow: a {@code switch} needs a {@code default}. */
    public enum Direction {
        /** Read by the model. */
        INPUT,
        /** Read by the model, and held by the vendor from an earlier call. */
        CACHED_INPUT,
        /** Written by the model. */
        OUTPUT
    }

    Rate() {}

    /**
     * Returns a builder without conditions.
     *
     * @param unit what is counted
     * @param modality of what kind it is
     * @param direction which way it goes
     * @param amount what {@link #per()} units cost, in the currency of the {@link Price}, 0 to 1,000,000
     * @return a new builder
     */
    public static RateBuilder builder(Unit unit, Modality modality, Direction direction, BigDecimal amount) {
        return new RateBuilder()
                .unit(unit)
                .modality(modality)
                .direction(direction)
                .amount(amount);
    }

    /**
     * Returns a rate for tokens, as most vendors print it.
     *
     * @param modality of what kind the tokens are
     * @param direction which way they go
     * @param amount what a million tokens cost, a decimal number
     * @return the rate, without conditions
     * @throws NumberFormatException if {@code amount} is no number
     */
    public static Rate perMillionTokens(Modality modality, Direction direction, String amount) {
        return builder(Unit.TOKEN, modality, direction, new BigDecimal(amount))
                .per(MILLION)
                .build();
    }

    /**
     * Returns a rate for pictures drawn.
     *
     * @param amount what one picture costs, a decimal number
     * @return the rate, without conditions
     * @throws NumberFormatException if {@code amount} is no number
     */
    public static Rate perImage(String amount) {
        return builder(Unit.IMAGE, Modality.IMAGE, Direction.OUTPUT, new BigDecimal(amount))
                .build();
    }

    /**
     * Returns a builder that starts from this rate.
     *
     * @return a new builder
     */
    public RateBuilder toBuilder() {
        return new RateBuilder().from(this);
    }

    /**
     * What is counted.
     *
     * @return the unit
     */
    public abstract Unit unit();

    /**
     * Of what kind the counted thing is.
     *
     * @return the kind
     */
    public abstract Modality modality();

    /**
     * Which way the counted thing goes.
     *
     * @return the direction
     */
    public abstract Direction direction();

    /**
     * What {@link #per()} units cost.
     *
     * @return units of the currency of the {@link Price}, 0 to 1,000,000, exact
     */
    public abstract BigDecimal amount();

    /**
     * How many units {@link #amount()} is for. Default: 1.
     *
     * @return 1 or 1,000,000
     */
    @Value.Default
    public long per() {
        return 1;
    }

    /**
     * The vendor's name of the quality this rate is for, such as {@code high}. Case does not count. Default: every
     * quality.
     *
     * @return the name
     */
    public abstract Optional<String> quality();

    /**
     * The sizes this rate is for. Default: every size.
     *
     * @return width x height in pixels
     */
    public abstract List<PixelSize> sizes();

    /**
     * The largest picture this rate is for. Default: every size.
     *
     * @return pixels, 1 or more
     */
    public abstract OptionalLong maxPixels();

    /**
     * The vendor's class of sizes this rate is for: {@code 512}, {@code 1K}, {@code 2K} or {@code 4K}, which stand for
     * about as many pixels as a square of that side. Default: every class.
     *
     * @return the class
     */
    public abstract Optional<String> resolution();

    /**
     * The number of steps from which this rate is for. Default: any number.
     *
     * @return steps, 1 or more
     */
    public abstract OptionalInt minSteps();

    /**
     * Whether this rate is for calls that the vendor may answer hours later. Default: false.
     *
     * @return true if it is for batches only
     */
    @Value.Default
    public boolean batch() {
        return false;
    }

    /**
     * The number of tokens read above which this rate is for the whole call. Default: any number.
     *
     * @return tokens, 1 or more
     */
    public abstract OptionalLong aboveInputTokens();

    /**
     * The first day on which this rate is in force. Default: no first day.
     *
     * @return a day, included
     */
    public abstract Optional<LocalDate> validFrom();

    /**
     * The day from which this rate is not in force any more. Default: no end.
     *
     * @return a day, excluded
     */
    public abstract Optional<LocalDate> validUntil();

    /**
     * The most tokens that one picture counts, for rates of pictures at a model that counts them by tokens. Default: not
     * known.
     *
     * @return tokens of one picture, 1 or more
     */
    public abstract OptionalLong tokens();

    /**
     * Returns whether this rate is in force.
     *
     * @param day the day of a call
     * @return true from {@link #validFrom()} to the day before {@link #validUntil()}
     */
    public final boolean isInForce(LocalDate day) {
        return (validFrom().isEmpty() || !day.isBefore(validFrom().get()))
                && (validUntil().isEmpty() || day.isBefore(validUntil().get()));
    }

    /** Returns the side of the square that a class of sizes is named after, in pixels. */
    static long side(String resolution) {
        boolean thousands = resolution.endsWith("K") || resolution.endsWith("k");
        long number = Long.parseLong(thousands ? resolution.substring(0, resolution.length() - 1) : resolution);
        return thousands ? number * 1024 : number;
    }

    @Value.Check
    void check() {
        resolution().filter(name -> !CLASS.matcher(name).matches()).ifPresent(name -> {
            throw new IllegalArgumentException("resolution must be a number of pixels such as 512 or 2K, was " + name);
        });
        if (amount().signum() < 0 || amount().compareTo(MAX_AMOUNT) > 0) {
            throw new IllegalArgumentException("amount must be 0 to 1000000, was " + amount());
        }
        if (per() != 1 && per() != MILLION) {
            throw new IllegalArgumentException("per must be 1 or 1000000, was " + per());
        }
        if (maxPixels().orElse(1) < 1 || minSteps().orElse(1) < 1) {
            throw new IllegalArgumentException(
                    "maxPixels and minSteps must be 1 or more, were " + maxPixels() + " and " + minSteps());
        }
        if (aboveInputTokens().orElse(1) < 1 || tokens().orElse(1) < 1) {
            throw new IllegalArgumentException(
                    "aboveInputTokens and tokens must be 1 or more, were " + aboveInputTokens() + " and " + tokens());
        }
        if (validFrom().isPresent()
                && validUntil().isPresent()
                && !validFrom().get().isBefore(validUntil().get())) {
            throw new IllegalArgumentException("validFrom must be before validUntil, were "
                    + validFrom().get() + " and " + validUntil().get());
        }
    }
}
