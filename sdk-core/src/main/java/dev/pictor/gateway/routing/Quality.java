package dev.pictor.gateway.routing;

import dev.pictor.model.ModelProfile;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** How good a model is for a call: by what it is a specialist for, else in general. */
final class Quality {

    private Quality() {}

    /** The quality in what the call is about, 0 to 1, or empty if it is unknown. */
    static OptionalDouble of(CallAttributes attributes, ModelProfile profile) {
        return strengthOf(attributes, profile)
                .map(field -> OptionalDouble.of(profile.strengths().getOrDefault(field, 0.0)))
                .orElse(profile.quality());
    }

    /** What of the call it is a specialist for, the style before the domain. */
    static Optional<String> strengthOf(CallAttributes attributes, ModelProfile profile) {
        return Stream.of(CallAttributes.STYLE, CallAttributes.DOMAIN)
                .flatMap(name -> attributes.text(name).stream())
                .filter(profile.strengths()::containsKey)
                .findFirst();
    }

    /**
     * Quality for a unit of money, or empty if either is unknown. What costs nothing is worth more than any other: its
     * value is infinite, however good it is, unless it is no good at all.
     */
    static OptionalDouble perUnit(CallAttributes attributes, CandidateFacts facts) {
        OptionalDouble quality = of(attributes, facts.candidate().profile());
        if (quality.isEmpty() || facts.estimate().isEmpty()) {
            return OptionalDouble.empty();
        }
        double cost = facts.estimate().get().nanos() / 1e9;
        return OptionalDouble.of(quality.getAsDouble() == 0 ? 0 : quality.getAsDouble() / cost);
    }
}
