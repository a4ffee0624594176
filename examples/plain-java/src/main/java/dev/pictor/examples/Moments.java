package dev.pictor.examples;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads moments that were given as options. */
final class Moments {

    private Moments() {}

    /** Reads a moment, or a day, which is its first moment in UTC. */
    static Optional<Instant> parse(String option, @Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    text.contains("T")
                            ? Instant.parse(text)
                            : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    option + " must look like 2026-01-31 or 2026-01-31T08:00:00Z, was \"" + text + "\"", e);
        }
    }
}
