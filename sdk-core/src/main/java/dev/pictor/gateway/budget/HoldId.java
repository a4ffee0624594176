package dev.pictor.gateway.budget;

import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The name of a hold: who made it and its number there, so that names are cheap and no two processes give the same.
 *
 * @param maker 64 random bits
 * @param number counts up
 */
public record HoldId(long maker, long number) {

    /**
     * Returns the id as text.
     *
     * @return 32 lower-case hexadecimal digits
     */
    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(maker) + HexFormat.of().toHexDigits(number);
    }

    /** Gives out ids. Thread-safe. */
    static final class Maker {

        private final long maker = UUID.randomUUID().getLeastSignificantBits();
        private final AtomicLong number = new AtomicLong();

        HoldId next() {
            return new HoldId(maker, number.incrementAndGet());
        }
    }
}
