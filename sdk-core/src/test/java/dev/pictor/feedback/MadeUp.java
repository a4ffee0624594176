package dev.pictor.feedback;

import com.github.f4b6a3.ulid.Ulid;
import dev.pictor.trace.RunId;
import java.time.Duration;
import java.time.Instant;

/** Runs that nobody ran. */
final class MadeUp {

    static final Instant MONDAY = Instant.parse("2026-11-16T00:00:00Z");

    private MadeUp() {}

    /** The run of a minute of the week. */
    static RunId id(int minute) {
        long millis = MONDAY.plus(Duration.ofMinutes(minute)).toEpochMilli();
        return new RunId(new Ulid(millis << 16, minute).toString());
    }

    static RatedRunBuilder run(int minute) {
        return RatedRun.builder(id(minute));
    }

    static Rating rating(boolean satisfied) {
        return satisfied ? Rating.up() : Rating.down();
    }
}
