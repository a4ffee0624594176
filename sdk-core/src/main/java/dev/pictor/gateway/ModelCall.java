package dev.pictor.gateway;

import dev.pictor.gateway.cache.CacheKey;
import dev.pictor.gateway.cache.CacheTarget;
import dev.pictor.gateway.routing.Candidate;
import dev.pictor.model.CallContext;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.ModelResult;
import dev.pictor.model.Money;
import dev.pictor.model.OptionWarning;
import dev.pictor.model.PlannedUse;
import dev.pictor.pipeline.RunContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request to one model, whatever its kind. Immutable.
 *
 * @param <R> the kind of result
 */
abstract class ModelCall<R extends ModelResult> {

    /** The place among the candidates for this call. */
    final int index;

    final Lane lane;
    final Candidate candidate;
    final ModelProfile profile;

    private @Nullable PlannedUse planned;
    private @Nullable Estimate estimate;

    ModelCall(int index, Lane lane) {
        this.index = index;
        this.lane = lane;
        this.candidate = lane.candidate;
        this.profile = candidate.profile();
    }

    /** The operation and the kind of output, by their OpenTelemetry names. */
    abstract String operation();

    abstract String outputType();

    /** Calls the adapter. */
    abstract R invoke(CallContext context) throws InterruptedException;

    /** How many bytes a text is in UTF-8: as many as an encoder makes of it, which puts one for half of a character. */
    static long utf8Bytes(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes++;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (!Character.isSurrogate(c)) {
                bytes += 3;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                bytes += 4;
                i++;
            } else {
                bytes++;
            }
        }
        return bytes;
    }

    /** Returns what is wrong with the request for this model, each in a sentence. Most calls fit every model. */
    List<String> problems() {
        return List.of();
    }

    /** Returns this call with a prompt that the model reads whole, or this one if there is nothing to shorten. */
    ModelCall<R> shortened() {
        return this;
    }

    /** Returns what of the request is not sent to this model, each with why. */
    List<OptionWarning> omissions() {
        return List.of();
    }

    /** Returns what of the request the model will not honour, as far as its adapter knows without asking it. */
    List<OptionWarning> unsupported() {
        return List.of();
    }

    /** Returns what in a result is less than was asked for. */
    List<OptionWarning> shortcomings(R result) {
        return List.of();
    }

    /** Returns whether a result is of the kind that may be kept for others and given to this caller. */
    boolean accepts(R result) {
        return true;
    }

    /** Returns whether nothing of the request means more to one model than to another, as vendor options and seeds do. */
    boolean isAlikeForAll() {
        return false;
    }

    /** Returns what a result says that it cost, which few do. */
    Optional<Money> charged(R result) {
        return Optional.empty();
    }

    /** How many requests to the model it takes to serve this one. */
    int partCount() {
        return 1;
    }

    /** Returns one of those requests, from 1 to {@link #partCount()}. */
    ModelCall<R> part(int number) {
        return this;
    }

    /** Which part of a larger request this is: 1 for the first, 0 for a request that is whole. */
    int number() {
        return 0;
    }

    /** Returns what the results of some parts are together. */
    R joined(List<R> results) {
        return results.get(0);
    }

    /** What the call will use at most, as far as the request tells. */
    abstract PlannedUse plan();

    /** The plan, made once: it is asked for by the route, the reservation and the settlement. */
    final PlannedUse planned() {
        PlannedUse known = planned;
        if (known == null) {
            known = plan();
            planned = known;
        }
        return known;
    }

    /** The estimate by a price list, made once: it is asked for by the route and the reservation. */
    final Optional<Money> estimate(PriceList prices) {
        Estimate known = estimate;
        if (known == null) {
            known = new Estimate(prices.newEstimate(this).orElse(null));
            estimate = known;
        }
        return Optional.ofNullable(known.most());
    }

    private record Estimate(@Nullable Money most) {}

    /** Names the exact request at this model, and everything of it but the prompt. */
    abstract CacheKey key(Optional<String> tenant);

    CacheKey envelope(Optional<String> tenant) {
        return key(tenant);
    }

    /** The words that a semantic cache goes by, or empty if the call is not of that kind. */
    Optional<String> prompt() {
        return Optional.empty();
    }

    /** Returns a result that was kept for a call of this kind. */
    abstract R cast(ModelResult kept);

    CacheTarget target(Optional<String> tenant) {
        return CacheTarget.builder(profile.provider(), profile.id())
                .tenant(tenant)
                .build();
    }

    /** Attributes of the request beyond those of every call. */
    Map<String, Object> attributes() {
        return Map.of();
    }

    /** The request and the result as JSON, with artifacts in place of bytes. */
    abstract Map<String, Object> describe();

    abstract Map<String, Object> describe(R result);

    /** The result that was described like this. */
    abstract R restore(RecordedResult recorded);

    /** Keeps what goes in and what came out as artifacts, where it is more than text. */
    void keepInputs(RunContext run) {}

    void keepOutputs(RunContext run, R result) {}
}
