package dev.pictor.gateway;

import dev.pictor.gateway.cache.CacheKey;
import dev.pictor.gateway.semantic.SemanticHit;
import dev.pictor.model.Cost;
import dev.pictor.model.ModelResult;
import dev.pictor.model.OptionWarning;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.immutables.value.Value;

/**
 * What a model answered, and what the gateway knows of it. Immutable.
 *
 * @param <R> the kind of result
 */
@Value.Immutable
public abstract class ModelAnswer<R extends ModelResult> {

    ModelAnswer() {}

    static <R extends ModelResult> ModelAnswer<R> of(ModelCall<R> call, R result, Duration latency) {
        return new ModelAnswerBuilder<R>()
                .result(result)
                .modelId(call.profile.id())
                .latency(latency)
                .cost(Cost.unknown())
                .warnings(result.warnings())
                .build();
    }

    private ModelAnswerBuilder<R> copy() {
        return new ModelAnswerBuilder<R>().from(this);
    }

    ModelAnswer<R> withCost(Cost cost) {
        return copy().cost(cost).build();
    }

    ModelAnswer<R> withWarnings(List<OptionWarning> more) {
        return more.isEmpty() ? this : copy().addAllWarnings(more).build();
    }

    /** The answer with these warnings alone. */
    ModelAnswer<R> warned(List<OptionWarning> warnings) {
        return copy().warnings(warnings).build();
    }

    ModelAnswer<R> from(AnswerSource source) {
        return copy().source(source).build();
    }

    ModelAnswer<R> near(SemanticHit hit) {
        return copy().similarity(hit.similarity()).originalPrompt(hit.prompt()).build();
    }

    /** The answer to the prompt that it was given to, if that was another one. */
    ModelAnswer<R> near(OptionalDouble similarity, Optional<String> prompt) {
        return copy().similarity(similarity).originalPrompt(prompt).build();
    }

    ModelAnswer<R> asFallback() {
        return copy().isFallback(true).build();
    }

    ModelAnswer<R> by(String modelId) {
        return copy().modelId(modelId).build();
    }

    ModelAnswer<R> keptUnder(CacheKey key) {
        return copy().keptUnder(key).build();
    }

    ModelAnswer<R> foundUnder(CacheKey key) {
        return copy().foundUnder(key).build();
    }

    /** The answer as those see it who waited for another's call: it was paid for once. */
    ModelAnswer<R> shared() {
        return copy().source(source() == AnswerSource.MODEL ? AnswerSource.SHARED_CALL : source())
                .cost(Cost.nothing())
                .build();
    }

    /** Adds what the whole call came to: earlier attempts may have cost something too. */
    ModelAnswer<R> told(List<Attempt> attempts, Cost sideCost, Duration overhead) {
        Cost total = attempts.isEmpty() ? cost() : Attempt.costOf(attempts); // whoever served in the end
        return copy().attempts(attempts)
                .cost(total.plus(sideCost))
                .overhead(overhead)
                .build();
    }

    /**
     * What the model answered.
     *
     * @return the result
     */
    public abstract R result();

    /**
     * The model whose answer it is. A provider may call it by another name, which is {@link ModelResult#servedBy()}.
     *
     * @return the id in its profile
     */
    public abstract String modelId();

    /**
     * What the call cost: all its attempts together. Nothing for an answer from a cache, and for one that another call
     * paid for. What a model charged for the vector of its prompt is in it too, wherever the answer came from.
     *
     * @return by the usage and the model's price; unknown if either is
     */
    public abstract Cost cost();

    /**
     * How long the model took for the attempt that succeeded.
     *
     * @return from the call of the adapter to its return; zero for an answer from a cache
     */
    public abstract Duration latency();

    /**
     * What was not done as asked: the adapter's warnings and the gateway's own.
     *
     * @return one for each option
     */
    public abstract List<OptionWarning> warnings();

    /**
     * Where the answer came from.
     *
     * @return {@link AnswerSource#MODEL} if a model gave it for this call
     */
    @Value.Default
    public AnswerSource source() {
        return AnswerSource.MODEL;
    }

    /**
     * Whether another model than the first choice served the call.
     *
     * @return true if the first choice failed
     */
    @Value.Default
    public boolean isFallback() {
        return false;
    }

    /**
     * Every attempt at a model, those that failed included.
     *
     * @return in order; empty for an answer from a cache
     */
    public abstract List<Attempt> attempts();

    /**
     * How near the prompt is that this answer was given to, if it was another one.
     *
     * @return cosine of the two prompts' vectors, -1 to 1; 1 is nearest; empty if the request was the same
     */
    public abstract OptionalDouble similarity();

    /**
     * The prompt that this answer was given to, if it was another one.
     *
     * @return its words
     */
    @Value.Redacted
    public abstract Optional<String> originalPrompt();

    /**
     * How much of the time was Pictor's own: neither the model's nor spent waiting.
     *
     * @return from the call of the gateway to its return
     */
    @Value.Default
    public Duration overhead() {
        return Duration.ZERO;
    }

    /** Under which key the answer was kept. */
    abstract Optional<CacheKey> keptUnder();

    /** Under which key the answer was found. */
    abstract Optional<CacheKey> foundUnder();
}
