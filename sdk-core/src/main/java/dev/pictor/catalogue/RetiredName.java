package dev.pictor.catalogue;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.Optional;

/**
 * A model that its vendor no longer serves, by the name under which programs still ask for it. Immutable.
 *
 * @param id the old name
 * @param since the day from which it is gone, empty if that is not known
 */
public record RetiredName(String id, Optional<LocalDate> since) {

    /** Checks that both are given. */
    public RetiredName {
        requireNonNull(id, "id");
        requireNonNull(since, "since");
    }

    String notice(String successor) {
        return id + " is no longer served" + since.map(day -> " since " + day).orElse("") + ": " + successor
                + " answers in its place";
    }
}
