package dev.pictor.testkit;

import dev.pictor.gateway.routing.CallAttributes;
import dev.pictor.gateway.routing.Candidate;
import dev.pictor.gateway.routing.CandidateFacts;
import dev.pictor.gateway.routing.CandidateFactsBuilder;
import dev.pictor.gateway.routing.HealthState;
import dev.pictor.gateway.routing.ModelHealth;
import dev.pictor.gateway.routing.ModelHealthBuilder;
import dev.pictor.gateway.routing.RoutingRequest;
import dev.pictor.gateway.routing.RoutingRequestBuilder;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.ModelProfileBuilder;
import dev.pictor.model.Money;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Requests for routers: by hand, and by chance with everything that may stand in a model's way. */
final class RoutingScene {

    static final LocalDate TODAY = LocalDate.of(2026, 1, 1);

    private static final String OPERATION = "generate_content";
    private static final int MAX_CANDIDATES = 6;
    private static final String DOMAIN = "photography";
    private static final List<String> TIERS = List.of("free", "pro", "enterprise");
    private static final List<HealthState> STATES = List.of(HealthState.values());

    private RoutingScene() {}

    static ModelProfileBuilder profile(String id) {
        return ModelProfile.builder(id, "vendor").quality(0.5).typicalLatency(Duration.ofSeconds(5));
    }

    /** Facts of a model that may be asked, at the smallest price there is. */
    static CandidateFactsBuilder facts(String id) {
        return CandidateFacts.builder(Candidate.of(profile(id).build())).estimate(Money.usd(1));
    }

    static RoutingRequestBuilder request(CandidateFacts... candidates) {
        return RoutingRequest.builder(OPERATION, List.of(candidates), TODAY);
    }

    /** Returns a request in which each hindrance is there now and then. */
    static RoutingRequest random(long seed) {
        Random random = new Random(seed);
        List<CandidateFacts> candidates = new ArrayList<>();
        int count = 1 + random.nextInt(MAX_CANDIDATES);
        for (int i = 0; i < count; i++) {
            candidates.add(randomFacts("model-" + i, random));
        }
        RoutingRequestBuilder request = RoutingRequest.builder(OPERATION, candidates, TODAY);
        if (random.nextInt(4) == 0) {
            request.forceModel("model-" + random.nextInt(count));
        }
        if (random.nextBoolean()) {
            request.budget(money(random));
        }
        if (random.nextBoolean()) {
            request.attributes(attributes(random));
        }
        return request.build();
    }

    private static CallAttributes attributes(Random random) {
        return CallAttributes.none()
                .with(CallAttributes.TIER, TIERS.get(random.nextInt(TIERS.size())))
                .with(CallAttributes.DOMAIN, DOMAIN)
                .with(CallAttributes.COMPLEXITY, random.nextDouble())
                .with(CallAttributes.PREFERENCE, random.nextBoolean() ? "quality" : "cost");
    }

    private static CandidateFacts randomFacts(String id, Random random) {
        ModelProfileBuilder profile = ModelProfile.builder(id, "vendor");
        if (random.nextBoolean()) {
            profile.quality(random.nextDouble());
        }
        if (random.nextInt(4) == 0) {
            profile.putStrengths(DOMAIN, random.nextDouble());
        }
        if (random.nextBoolean()) {
            profile.typicalLatency(Duration.ofMillis(random.nextInt(20_000)));
        }
        CandidateFactsBuilder facts = CandidateFacts.builder(Candidate.of(profile.build()))
                .health(health(random))
                .budgetShareUsed(random.nextDouble());
        if (random.nextInt(4) > 0) {
            facts.estimate(money(random));
        }
        if (random.nextInt(8) == 0) {
            facts.addProblems("takes no references");
        }
        if (random.nextInt(8) == 0) {
            facts.breakerOpenFor(Duration.ofMillis(random.nextInt(30_000)));
        }
        if (random.nextInt(8) == 0) {
            facts.coolingDownFor(Duration.ofMillis(random.nextInt(30_000)));
        }
        if (random.nextInt(4) == 0) {
            facts.retiresOn(Optional.of(TODAY.plusDays(random.nextInt(7) - 3)));
        }
        return facts.build();
    }

    private static Money money(Random random) {
        return new Money(random.nextInt(200_000_000), random.nextInt(8) == 0 ? "credits" : "USD");
    }

    private static ModelHealth health(Random random) {
        HealthState state = STATES.get(random.nextInt(STATES.size()));
        if (state == HealthState.UNKNOWN) {
            return ModelHealth.unknown();
        }
        int calls = 1 + random.nextInt(100);
        ModelHealthBuilder health = ModelHealth.builder().state(state).calls(calls);
        if (random.nextBoolean()) {
            health.p50(Duration.ofMillis(random.nextInt(20_000)));
        }
        return health.failures(random.nextInt(calls + 1)).build();
    }
}
