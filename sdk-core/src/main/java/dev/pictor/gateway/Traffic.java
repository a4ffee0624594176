package dev.pictor.gateway;

import dev.pictor.gateway.alert.Alerts;
import dev.pictor.gateway.alert.ModelFigures;
import dev.pictor.gateway.resilience.CallOutcome;
import dev.pictor.gateway.resilience.Cooldowns;
import dev.pictor.gateway.routing.Candidate;
import dev.pictor.gateway.routing.HealthSignal;
import dev.pictor.gateway.routing.HealthTracker;
import dev.pictor.gateway.routing.ModelHealth;
import java.time.Duration;

/** What live calls teach of the models: pauses, health, alerts. Thread-safe. */
final class Traffic {

    final Cooldowns cooldowns;

    private final HealthTracker health;
    private final Probing probing;
    private final Alerts alerts;

    Traffic(Cooldowns cooldowns, HealthTracker health, Probing probing, Alerts alerts) {
        this.cooldowns = cooldowns;
        this.health = health;
        this.probing = probing;
        this.alerts = alerts;
    }

    /** Starts probing a model that is down. */
    @FunctionalInterface
    interface Probing {
        void watch(Candidate candidate);
    }

    ModelHealth health(Candidate candidate) {
        return health.health(candidate.id());
    }

    void observe(Candidate candidate, CallOutcome outcome, Duration latency) {
        switch (outcome) {
            case SUCCESS -> health.record(candidate.id(), HealthSignal.ANSWERED, latency);
            case RATE_LIMITED -> health.record(candidate.id(), HealthSignal.RATE_LIMITED, latency);
            case PROVIDER_FAULT, KEY_REFUSED -> {
                health.record(candidate.id(), HealthSignal.FAILED, latency);
                probing.watch(candidate);
            }
            case IGNORED -> {} // nothing is learnt
        }
        if (!alerts.equals(Alerts.none())) {
            ModelHealth now = health(candidate);
            alerts.observeModel(
                    candidate.id(),
                    ModelFigures.builder(now.calls(), now.errorRate())
                            .rateLimited(now.rateLimited())
                            .p95(now.p95())
                            .build());
        }
    }
}
