package dev.pictor.trace;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.github.f4b6a3.ulid.Ulid;
import com.github.f4b6a3.ulid.UlidCreator;
import java.time.Instant;
import java.util.HexFormat;

/**
 * The name of a run: a ULID, 48 bits of time in milliseconds and 80 random bits. Sorts by time. Its 128 bits double as
 * W3C trace id. Immutable.
 *
 * @param value 26 upper-case characters of Crockford's base 32
 */
public record RunId(@JsonValue String value) implements Comparable<RunId> {

    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException if it is no ULID in its canonical form
     */
    @JsonCreator
    public RunId {
        requireNonNull(value, "value");
        if (!isRunId(value)) {
            throw new IllegalArgumentException(
                    "run id must be a ULID such as 01K7GZ0V6W8Z3Y1X2C3D4E5F6G, was \"" + value + "\"");
        }
    }

    /**
     * Returns a new id from the system clock and secure random bits. Two ids of one millisecond are in random order,
     * as the random part of a trace id must be random.
     *
     * @return an id never given before
     */
    public static RunId create() {
        return new RunId(UlidCreator.getUlid().toString());
    }

    static boolean isRunId(String value) {
        return Ulid.isValid(value) && Ulid.from(value).toString().equals(value);
    }

    /**
     * Returns when the id was made.
     *
     * @return to the millisecond
     */
    public Instant createdAt() {
        return Ulid.from(value).getInstant();
    }

    /**
     * Returns the id as W3C trace id.
     *
     * @return 32 lower-case hexadecimal characters
     */
    public String traceId() {
        return HexFormat.of().formatHex(Ulid.from(value).toBytes());
    }

    @Override
    public int compareTo(RunId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
