package dev.pictor.gateway;

import dev.pictor.model.Cost;
import dev.pictor.model.OptionWarning;
import dev.pictor.model.ReasoningResult;
import java.util.List;
import org.immutables.value.Value;

/**
 * An answer that fits the schema of its prompt, and what it took to get it. Immutable.
 *
 * @param <T> the class of the answer
 */
@Value.Immutable
public abstract class StructuredAnswer<T> {

    StructuredAnswer() {}

    /**
     * The answer.
     *
     * @return an object of the class that was asked for
     */
    @Value.Redacted
    public abstract T value();

    /**
     * The calls it took, in order.
     *
     * @return one, or two if the first answer did not fit
     */
    public abstract List<ModelAnswer<ReasoningResult>> calls();

    /**
     * Whether the first answer did not fit, and the model was told so and asked once more.
     *
     * @return true if the answer is the second one
     */
    public boolean isRepaired() {
        return calls().size() > 1;
    }

    /**
     * Which model the answer is from.
     *
     * @return its id as the vendor names it
     */
    public String servedBy() {
        return calls().get(calls().size() - 1).result().servedBy();
    }

    /**
     * What all calls cost together.
     *
     * @return unknown if that of one is
     */
    public Cost cost() {
        return costOf(calls());
    }

    /**
     * What was not done as asked, in any of the calls.
     *
     * @return each once, in order
     */
    public List<OptionWarning> warnings() {
        return calls().stream()
                .flatMap(call -> call.warnings().stream())
                .distinct()
                .toList();
    }

    static Cost costOf(List<? extends ModelAnswer<?>> calls) {
        return calls.stream().map(ModelAnswer::cost).reduce(Cost.nothing(), Cost::plus);
    }
}
