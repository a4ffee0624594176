package dev.pictor.gateway;

import dev.pictor.gateway.routing.CallAttributes;
import dev.pictor.model.ModelResult;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * The calls to other models whose kept answers do for this one too: to models that are known to be as good or better for it,
 * and that are asked the very same. Never the other way round: who is to get a good model's answer gets no other.
 */
final class AsGood {

    private AsGood() {}

    /** Returns the call itself, and then those whose answers do for it, in the configured order. */
    static <R extends ModelResult> Stream<ModelCall<R>> of(Road<R> road, boolean fromBetterModels) {
        ModelCall<R> call = road.call();
        if (!fromBetterModels
                || road.candidates().size() < 2
                || road.journey().options.forceModel().isPresent()
                || !call.isAlikeForAll()) {
            return Stream.of(call);
        }
        return Stream.concat(Stream.of(call), others(road.journey().options, call, road.candidates()));
    }

    private static <R extends ModelResult> Stream<ModelCall<R>> others(
            CallOptions options, ModelCall<R> call, List<ModelCall<R>> candidates) {
        CallAttributes attributes = options.attributes();
        OptionalDouble least = attributes.qualityOf(call.profile);
        return candidates.stream()
                .filter(other -> other.index != call.index && other.isAlikeForAll())
                .filter(other ->
                        least.isPresent() && attributes.qualityOf(other.profile).orElse(-1) >= least.getAsDouble())
                .filter(other -> Validation.problems(other, options).isEmpty())
                .map(other -> Validation.fitting(other, options));
    }
}
