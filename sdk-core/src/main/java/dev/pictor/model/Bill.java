package dev.pictor.model;

import java.time.LocalDate;
import java.util.Optional;

/** One call, priced. */
final class Bill {

    static Bill of(Price price, PlannedUse use, LocalDate day) {
        return new Bill();
    }

    Optional<Money> estimate() {
        return Optional.empty();
    }

    Optional<Money> actual(Usage usage) {
        return Optional.empty();
    }
}
