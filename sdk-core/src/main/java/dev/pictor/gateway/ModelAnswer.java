package dev.pictor.gateway;

import dev.pictor.model.Cost;
import dev.pictor.model.ModelResult;
import dev.pictor.model.OptionWarning;
import java.time.Duration;
import java.util.List;
import org.immutables.value.Value;

/**
 * What a model answered, and what the gateway knows of it. Immutable.
 *
 * @param <R> the kind of result
 */
@Value.Immutable
public abstract class ModelAnswer<R extends ModelResult> {

    ModelAnswer() {}

    static <R extends ModelResult> ModelAnswer<R> of(R result, Duration latency) {
        return new ModelAnswerBuilder<R>()
                .result(result)
                .latency(latency)
                .cost(Cost.unknown())
                .warnings(result.warnings())
                .build();
    }

    ModelAnswer<R> withCost(Cost cost) {
        return new ModelAnswerBuilder<R>().from(this).cost(cost).build();
    }

    ModelAnswer<R> withWarnings(List<OptionWarning> more) {
        return more.isEmpty()
                ? this
                : new ModelAnswerBuilder<R>().from(this).addAllWarnings(more).build();
    }

    /**
     * What the model answered.
     *
     * @return the result
     */
    public abstract R result();

    /**
     * What the call cost.
     *
     * @return by the usage and the model's price; unknown if either is
     */
    public abstract Cost cost();

    /**
     * How long the model took.
     *
     * @return from the call of the adapter to its return
     */
    public abstract Duration latency();

    /**
     * What was not done as asked: the adapter's warnings and the gateway's own.
     *
     * @return one for each option
     */
    public abstract List<OptionWarning> warnings();
}
