package dev.pictor.gateway;

import dev.pictor.gateway.resilience.BreakerPolicy;
import dev.pictor.gateway.resilience.Bulkhead;
import dev.pictor.gateway.resilience.BulkheadPolicy;
import dev.pictor.gateway.resilience.CircuitBreaker;
import dev.pictor.gateway.resilience.RateLimit;
import dev.pictor.gateway.resilience.RateLimiter;
import dev.pictor.gateway.routing.Candidate;
import dev.pictor.time.TimeSource;

/** What the gateway keeps for one candidate: its breaker, its places and its rate. Thread-safe. */
final class Lane {

    final Candidate candidate;
    final CircuitBreaker breaker;
    final Bulkhead bulkhead;
    final RateLimiter rate;

    /** Candidates with the same one share the pauses that their vendor asks for. */
    final String quota;

    Lane(Candidate candidate, BreakerPolicy breaker, BulkheadPolicy bulkhead, RateLimit rate, TimeSource time) {
        this.candidate = candidate;
        this.breaker = CircuitBreaker.create(breaker, time);
        this.bulkhead = Bulkhead.create(bulkhead, time);
        this.rate = RateLimiter.create(rate, time);
        this.quota = candidate.quota();
    }
}
