package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class ManualClockTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    @Test
    void standsStillUntilItIsMoved() {
        ManualClock clock = ManualClock.at(NOON);
        assertThat(clock.instant()).isEqualTo(NOON);

        clock.advance(Duration.ofSeconds(90));
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(90));

        clock.set(NOON.minusSeconds(1));
        assertThat(clock.instant()).isEqualTo(NOON.minusSeconds(1));
    }

    @Test
    void movesTogetherWithItsViewsInOtherZones() {
        ManualClock clock = ManualClock.at(NOON);
        ManualClock auckland = clock.withZone(ZoneId.of("Pacific/Auckland"));

        clock.advance(Duration.ofHours(24));

        assertThat(LocalDate.now(auckland)).isEqualTo(LocalDate.of(2026, 11, 22));
        assertThat(LocalDate.now(clock)).isEqualTo(LocalDate.of(2026, 11, 21));
    }
}
