package dev.pictor.gateway;

import dev.pictor.model.ModelException;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.ModelResult;
import dev.pictor.model.OptionWarning;
import dev.pictor.pipeline.RunContext;
import java.util.List;
import java.util.Map;

/**
 * One call to a model, whatever its kind. Immutable.
 *
 * @param <R> the kind of result
 */
abstract class ModelCall<R extends ModelResult> {

    final RunContext run;
    final ModelProfile profile;

    ModelCall(RunContext run, ModelProfile profile) {
        this.run = run;
        this.profile = profile;
    }

    /** The operation and the kind of output, by their OpenTelemetry names. */
    abstract String operation();

    abstract String outputType();

    /** Calls the adapter. */
    abstract R invoke() throws InterruptedException;

    /** Returns what is wrong with the request for this model, each in a sentence. Most calls fit every model. */
    List<String> problems() {
        return List.of();
    }

    /** Returns what in a result is less than was asked for. */
    List<OptionWarning> shortcomings(R result) {
        return List.of();
    }

    /** Attributes of the request beyond those of every call. */
    Map<String, Object> attributes() {
        return Map.of();
    }

    /** The request and the result as JSON, with artifacts in place of bytes. */
    abstract Map<String, Object> describe();

    abstract Map<String, Object> describe(R result);

    /** Keeps what goes in and what came out as artifacts, where it is more than text. */
    void keepInputs() {}

    void keepOutputs(R result) {}

    /** A step of the road: does its part and hands the call on. */
    interface Step {
        <R extends ModelResult> ModelAnswer<R> take(ModelCall<R> call, Road<R> onward) throws InterruptedException;
    }

    /** What is left of the road. */
    record Road<R extends ModelResult>(ModelCall<R> call, List<Step> steps) {

        /**
         * Goes on with the next step.
         *
         * @throws ModelException if the model gave no usable answer
         */
        ModelAnswer<R> proceed() throws InterruptedException {
            return steps.get(0).take(call, new Road<>(call, steps.subList(1, steps.size())));
        }
    }
}
