package dev.pictor.model;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;
import java.math.BigDecimal;

/**
 * An exact amount. Immutable.
 *
 * @param nanos billionths of the unit: $0.039 is 39,000,000
 * @param currency the unit, an ISO 4217 code such as {@code USD}
 */
public record Money(long nanos, String currency) implements Serializable {

    private static final int SCALE = 9;
    private static final long UNIT = 1_000_000_000;

    /**
     * Checks the amount.
     *
     * @throws IllegalArgumentException if it is negative
     */
    @JsonCreator
    public Money(@JsonProperty("nanos") long nanos, @JsonProperty("currency") String currency) {
        this.nanos = nanos;
        this.currency = requireNonNull(currency, "currency");
        if (nanos < 0) {
            throw new IllegalArgumentException("money must not be negative, was " + nanos + " nanos");
        }
    }

    /**
     * Returns an amount in US dollars.
     *
     * @param nanos billionths of a dollar, not negative
     * @return the amount
     */
    public static Money usd(long nanos) {
        return new Money(nanos, "USD");
    }

    /**
     * Returns the sum of two amounts.
     *
     * @param other an amount in the same currency
     * @return the exact sum
     * @throws IllegalArgumentException if the currencies differ
     * @throws ArithmeticException if the sum is beyond nine billion units
     */
    public Money plus(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("cannot add " + other.currency + " to " + currency);
        }
        return new Money(Math.addExact(nanos, other.nanos), currency);
    }

    /**
     * Returns the amount as a decimal.
     *
     * @return units, without trailing zeros
     */
    public BigDecimal amount() {
        BigDecimal exact = BigDecimal.valueOf(nanos, SCALE).stripTrailingZeros();
        return exact.scale() < 0 ? exact.setScale(0) : exact;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(SCALE + 8).append(currency.equals("USD") ? "$" : currency + " ");
        text.append(nanos / UNIT);
        long part = nanos % UNIT;
        if (part != 0) {
            text.append('.');
            for (long digit = UNIT / 10; part != 0; digit /= 10) {
                text.append((char) ('0' + part / digit));
                part %= digit;
            }
        }
        return text.toString();
    }
}
