package dev.pictor.gateway.routing;

import java.time.Duration;
import java.util.Optional;

/** How long a call takes until it is answered. */
final class Latency {

    /** Beyond this error rate a model is not expected to answer any sooner. */
    private static final double MAX_ERROR_RATE = 0.95;

    private Latency() {}

    /**
     * The time in which half of its recent answers came, longer by the calls that failed before: a model that fails
     * every other call takes twice as long. By the profile if there were no answers.
     */
    static Optional<Duration> expected(CandidateFacts facts) {
        ModelHealth health = facts.health();
        Optional<Duration> measured = health.p50();
        if (measured.isEmpty()) {
            return facts.candidate().profile().typicalLatency();
        }
        double tries = 1 / (1 - Math.min(health.errorRate(), MAX_ERROR_RATE));
        return Optional.of(Duration.ofNanos(Math.round(measured.get().toNanos() * tries)));
    }
}
