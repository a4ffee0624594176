package dev.pictor.gateway;

import dev.pictor.model.EmbeddingModelAdapter;
import dev.pictor.model.EmbeddingRequest;
import dev.pictor.model.EmbeddingResult;
import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelResult;
import dev.pictor.model.ReasoningModelAdapter;
import dev.pictor.model.ReasoningRequest;
import dev.pictor.model.ReasoningResult;
import dev.pictor.pipeline.RunContext;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one road to a model. Stages call models through it and never through an adapter, so that every call is in the
 * trace, inside the run's deadline, checked and priced. Blocks the caller's thread; honours interruption. Thread-safe.
 */
public final class Gateway {

    private final ImageModelAdapter imageModel;
    private final @Nullable ReasoningModelAdapter reasoningModel;
    private final @Nullable EmbeddingModelAdapter embeddingModel;
    private final List<ModelCall.Step> road;

    Gateway(GatewayBuilder builder) {
        this.imageModel = builder.imageModel;
        this.reasoningModel = builder.reasoningModel;
        this.embeddingModel = builder.embeddingModel;
        this.road = road();
    }

    /**
     * Returns a builder for a gateway to one model.
     *
     * @param imageModel draws
     * @return a new builder
     */
    public static GatewayBuilder builder(ImageModelAdapter imageModel) {
        return new GatewayBuilder(imageModel);
    }

    /** All that happens to a call, from the outside in. */
    private static List<ModelCall.Step> road() {
        return List.of(
                new Recording(), // in the trace, however it ends
                new Validation(Clock.systemUTC()), // nothing is sent that the model cannot do
                new DeadlineGuard(), // nothing is sent for a run that is over
                new Costing(), // what the answer cost
                new Invocation()); // the adapter, once
    }

    /**
     * Returns whether there is a model for {@link #reason}.
     *
     * @return true if there is
     */
    public boolean canReason() {
        return reasoningModel != null;
    }

    /**
     * Draws.
     *
     * @param run the run and stage that ask
     * @param request what to draw
     * @return the pictures, with cost and warnings
     * @throws ModelException if the model gave no usable answer, or cannot do what is asked
     * @throws InterruptedException if the run was stopped meanwhile
     */
    public ModelAnswer<ImageResult> generate(RunContext run, ImageRequest request) throws InterruptedException {
        return send(new ImageCall(run, imageModel, request));
    }

    /**
     * Asks.
     *
     * @param run the run and stage that ask
     * @param request messages, and the schema of the answer if it is to be JSON
     * @return the answer, with cost and warnings
     * @throws ModelException if the model gave no usable answer
     * @throws IllegalStateException if there is no reasoning model
     * @throws InterruptedException if the run was stopped meanwhile
     */
    public ModelAnswer<ReasoningResult> reason(RunContext run, ReasoningRequest request) throws InterruptedException {
        return send(new ReasoningCall(run, given(reasoningModel, "reasoning"), request));
    }

    /**
     * Embeds.
     *
     * @param run the run and stage that ask
     * @param request the texts
     * @return the vectors, with cost and warnings
     * @throws ModelException if the model gave no usable answer
     * @throws IllegalStateException if there is no embedding model
     * @throws InterruptedException if the run was stopped meanwhile
     */
    public ModelAnswer<EmbeddingResult> embed(RunContext run, EmbeddingRequest request) throws InterruptedException {
        return send(new EmbeddingCall(run, given(embeddingModel, "embedding"), request));
    }

    private <R extends ModelResult> ModelAnswer<R> send(ModelCall<R> call) throws InterruptedException {
        return new ModelCall.Road<>(call, road).proceed();
    }

    private static <A> A given(@Nullable A adapter, String kind) {
        if (adapter == null) {
            throw new IllegalStateException("no " + kind + " model was given to the builder");
        }
        return adapter;
    }
}
