package dev.pictor.gateway;

import dev.pictor.gateway.alert.Alert;
import dev.pictor.gateway.budget.BudgetState;
import dev.pictor.gateway.cache.CacheKey;
import dev.pictor.gateway.cache.CacheStatistics;
import dev.pictor.gateway.routing.Comparison;
import dev.pictor.gateway.routing.ModelHealth;
import dev.pictor.gateway.routing.RoutingRequest;
import dev.pictor.model.BackgroundRemovalRequest;
import dev.pictor.model.BackgroundRemovalResult;
import dev.pictor.model.Cost;
import dev.pictor.model.EmbeddingRequest;
import dev.pictor.model.EmbeddingResult;
import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.ModelResult;
import dev.pictor.model.ReasoningRequest;
import dev.pictor.model.ReasoningResult;
import dev.pictor.pipeline.RunContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The one road to a model. Stages call models through it and never through an adapter, so that every call is in the
 * trace, inside the run's deadline, checked and paid for once. Blocks the caller's thread; honours interruption.
 * Thread-safe.
 *
 * <p>What happens to a call, in order: it is checked, its candidates are ranked, and then for each candidate until one
 * serves: the caches are looked in, equal calls under way are joined, more pictures than the model draws at once become
 * several requests, and per attempt a permit is taken, money is held,
 * the adapter is called, the picture is looked at and the money is settled. Which of it happens is set by
 * {@link GatewayBuilder}. A call to a gateway that is closed is an {@link IllegalStateException}.
 */
public final class Gateway implements AutoCloseable {

    private final GatewayParts parts;

    Gateway(GatewayBuilder builder) {
        this.parts = new GatewayParts(builder);
    }

    /**
     * Returns a builder for a gateway to one model.
     *
     * @param imageModel draws; the first choice if others are added
     * @return a new builder
     */
    public static GatewayBuilder builder(ImageModelAdapter imageModel) {
        return new GatewayBuilder(imageModel);
    }

    /**
     * Returns whether there is a model for {@link #reason}.
     *
     * @return true if there is
     */
    public boolean canReason() {
        return !parts.reasoningModels.isEmpty();
    }

    /**
     * Returns whether there is a service for {@link #removeBackground}.
     *
     * @return true if there is
     */
    public boolean canRemoveBackgrounds() {
        return !parts.backgroundRemovers.isEmpty();
    }

    /**
     * Draws.
     *
     * @param run the run and stage that ask
     * @param request what to draw
     * @return the pictures, with cost and warnings
     * @throws dev.pictor.error.PictorException as {@link #generate(RunContext, ImageRequest, CallOptions)} says
     * @throws InterruptedException if the run was stopped meanwhile
     */
    public ModelAnswer<ImageResult> generate(RunContext run, ImageRequest request) throws InterruptedException {
        return generate(run, request, CallOptions.ofDefaults());
    }

    /**
     * Draws. Vendor options in the request are for the vendor of the first choice; another vendor never gets them.
     *
     * @param run the run and stage that ask
     * @param request what to draw
     * @param options what is different for this call
     * @return the pictures, with cost and warnings
     * @throws dev.pictor.model.ModelException if no model gave a usable answer, or none can do what is asked
     * @throws dev.pictor.gateway.resilience.GatewayRefusedException if no model may be asked now
     * @throws dev.pictor.gateway.budget.BudgetExceededException if it may cost more than a budget has left
     * @throws dev.pictor.gateway.budget.UnknownPriceException if there is a budget and nobody knows what it may cost
     * @throws CostLimitException if it may cost more than {@link CallOptions#maxCost()}
     * @throws IllegalArgumentException if {@link CallOptions#forceModel()} names no model of this gateway
     * @throws InterruptedException if the run was stopped meanwhile
     */
    public ModelAnswer<ImageResult> generate(RunContext run, ImageRequest request, CallOptions options)
            throws InterruptedException {
        List<ImageCall> calls = imageCalls(run, request);
        return send(run, calls, changed(run, calls, options));
    }

    /**
     * Draws, on a thread of the run's executor. Whoever completes the future stops the call, connection and all: by
     * {@code cancel}, {@code orTimeout}, {@code completeExceptionally} and the like. What is done to a future made from it
     * does not reach the call.
     *
     * @param run the run and stage that ask; it must not end before the future does
     * @param request what to draw
     * @param options what is different for this call
     * @return the pictures, or what {@link #generate(RunContext, ImageRequest, CallOptions)} throws
     */
    public CompletableFuture<ModelAnswer<ImageResult>> generateAsync(
            RunContext run, ImageRequest request, CallOptions options) {
        List<ImageCall> calls = imageCalls(run, request);
        Road<ImageResult> road = road(run, calls, changed(run, calls, options));
        return AsyncCall.start(run, scope -> road.within(scope).proceed());
    }

    /**
     * Asks.
     *
     * @param run the run and stage that ask
     * @param request messages, and the schema of the answer if it is to be JSON
     * @return the answer, with cost and warnings
     * @throws dev.pictor.error.PictorException as {@link #generate(RunContext, ImageRequest, CallOptions)} says
     * @throws IllegalStateException if there is no reasoning model
     * @throws InterruptedException if the run was stopped meanwhile
     */
    public ModelAnswer<ReasoningResult> reason(RunContext run, ReasoningRequest request) throws InterruptedException {
        return reason(run, request, CallOptions.ofDefaults());
    }

    /**
     * Asks.
     *
     * @param run the run and stage that ask
     * @param request messages, and the schema of the answer if it is to be JSON
     * @param options what is different for this call
     * @return the answer, with cost and warnings
     * @throws dev.pictor.error.PictorException as {@link #generate(RunContext, ImageRequest, CallOptions)} says
     * @throws IllegalStateException if there is no reasoning model
     * @throws InterruptedException if the run was stopped meanwhile
     */
    public ModelAnswer<ReasoningResult> reason(RunContext run, ReasoningRequest request, CallOptions options)
            throws InterruptedException {
        return reason(run, request, AnswerCheck.none(), options);
    }

    /**
     * Asks a prompt whose answer is an object, and reads it by the prompt's schema. The model is given the schema in the form
     * that all vendors take ({@link dev.pictor.prompts.AnswerSchema#wire}). An answer that does not fit is not kept in the
     * cache; the model is told what is wrong and asked exactly once more, unless less time is left to the call or the run than the first answer
     * took. Both calls are checked, paid for and stopped like any other.
     *
     * <p>Each reading is in the trace as the evaluation {@code answer.schema}, a second call as the decision {@code repair}.
     *
     * @param run the run and stage that ask
     * @param request the prompt, and the class of the answer
     * @param <T> that class
     * @return an answer that fits, with the cost of all calls
     * @throws UnusableAnswerException if no answer fits; also where the second call fails, with that failure as the cause
     * @throws dev.pictor.error.PictorException if the first call fails, as {@link #generate(RunContext, ImageRequest,
     *     CallOptions)} says
     * @throws IllegalArgumentException if the class cannot hold an answer that fits the schema
     * @throws IllegalStateException if there is no reasoning model
     * @throws InterruptedException if the run was stopped meanwhile
     */
    public <T> StructuredAnswer<T> ask(RunContext run, StructuredRequest<T> request) throws InterruptedException {
        return new Asking<>(run, request, (asked, check, options) -> reason(run, asked, check, options)).ask();
    }

    /**
     * Embeds.
     *
     * @param run the run and stage that ask
     * @param request the texts
     * @return the vectors, with cost and warnings
     * @throws dev.pictor.error.PictorException as {@link #generate(RunContext, ImageRequest, CallOptions)} says
     * @throws IllegalStateException if there is no embedding model
     * @throws InterruptedException if the run was stopped meanwhile
     */
    public ModelAnswer<EmbeddingResult> embed(RunContext run, EmbeddingRequest request) throws InterruptedException {
        return send(run, given(parts.embeddingCalls(request), "embedding"), CallOptions.ofDefaults());
    }

    /**
     * Removes the background of a picture.
     *
     * @param run the run and stage that ask
     * @param request the picture
     * @return what is left, with cost and warnings
     * @throws dev.pictor.error.PictorException as {@link #generate(RunContext, ImageRequest, CallOptions)} says
     * @throws IllegalStateException if there is no background remover
     * @throws InterruptedException if the run was stopped meanwhile
     */
    public ModelAnswer<BackgroundRemovalResult> removeBackground(RunContext run, BackgroundRemovalRequest request)
            throws InterruptedException {
        return removeBackground(run, request, CallOptions.ofDefaults());
    }

    /**
     * Removes the background of a picture.
     *
     * @param run the run and stage that ask
     * @param request the picture
     * @param options what is different for this call
     * @return what is left, with cost and warnings
     * @throws dev.pictor.error.PictorException as {@link #generate(RunContext, ImageRequest, CallOptions)} says
     * @throws IllegalStateException if there is no background remover
     * @throws InterruptedException if the run was stopped meanwhile
     */
    public ModelAnswer<BackgroundRemovalResult> removeBackground(
            RunContext run, BackgroundRemovalRequest request, CallOptions options) throws InterruptedException {
        List<CutoutCall> calls = parts.cutoutCalls(changes(run).change(run.stage(), request));
        if (calls.isEmpty()) {
            throw new IllegalStateException("no background remover was given to the builder");
        }
        return send(run, calls, changed(run, calls, options));
    }

    /**
     * Puts all models side by side for a request, without asking any: what each would cost, how good and fast it is, how
     * it is, and in which order they would be asked.
     *
     * @param run the run and stage that ask
     * @param request what would be drawn
     * @param options what would be different for the call
     * @return one line for each model
     * @throws IllegalArgumentException if {@link CallOptions#forceModel()} names no model of this gateway
     */
    public Comparison compare(RunContext run, ImageRequest request, CallOptions options) {
        List<ImageCall> calls = imageCalls(run, request);
        RoutingRequest question = parts.candidates.request(new Journey(run, changed(run, calls, options), 0), calls);
        return Comparison.of(question, parts.router.rank(question));
    }

    /**
     * Returns how the models are, by their recent calls.
     *
     * @return by candidate id
     */
    public Map<String, ModelHealth> health() {
        Map<String, ModelHealth> health = new TreeMap<>();
        parts.lanes().forEach(lane -> health.put(lane.candidate.id(), parts.traffic.health(lane.candidate)));
        return health;
    }

    /**
     * Returns the models that draw.
     *
     * @return their profiles, in the configured order
     */
    public List<ModelProfile> imageModels() {
        return parts.imageModels.stream()
                .map(route -> route.lane().candidate.profile())
                .toList();
    }

    /**
     * Returns what a call cost that failed.
     *
     * @param failure what it threw
     * @return nothing if nothing was sent or all was rejected; what the failure says, if it does; else unknown
     */
    public static Cost costOf(Throwable failure) {
        return Stream.of(failure.getSuppressed()) // of the models before the last one
                .map(Gateway::costOf)
                .reduce(Costing.ofFailure(failure), Cost::plus);
    }

    /**
     * Returns how all budgets stand for the tenant, user and run of a call, at the first choice among the models.
     *
     * @param run the run and stage that ask
     * @return one for each budget
     */
    public List<BudgetState> budgets(RunContext run) {
        ImageRequest any = ImageRequest.builder("-").build();
        return parts.budgets.states(
                Spending.spender(
                        new Journey(run, CallOptions.ofDefaults(), 0),
                        parts.imageCalls(any).get(0)),
                parts.time);
    }

    /**
     * Returns what is wrong at the moment, by the alert rules.
     *
     * @return the oldest first
     */
    public List<Alert> alerts() {
        return parts.alerts.raised();
    }

    /**
     * Returns what the cache did so far.
     *
     * @return the figures of this moment
     */
    public CacheStatistics cacheStatistics() {
        return parts.cache.statistics();
    }

    /**
     * Drops an answer from the cache, so that nobody is given it who asks for the same. For answers whose fault shows only
     * when they are looked at. One that is not kept, or that was given to another prompt, changes nothing.
     *
     * @param answer what a call was answered
     * @throws RuntimeException what the shared cache throws; the answer may still be there then
     * @throws InterruptedException if interrupted while waiting for the shared cache
     */
    public void forget(ModelAnswer<?> answer) throws InterruptedException {
        Optional<CacheKey> key = answer.keptUnder().or(answer::foundUnder);
        if (key.isPresent()) {
            parts.cache.invalidate(key.get());
        }
    }

    /**
     * Drops every cached answer.
     *
     * @throws InterruptedException if interrupted while waiting for the shared cache
     */
    public void invalidateCache() throws InterruptedException {
        parts.invalidate();
    }

    /**
     * Takes no more calls: a later one is an {@link IllegalStateException}. Stops calls that the gateway makes on threads
     * of its own and waits for their end, for 5 s at most; writes what waits for the shared cache, for 5 s at most; and
     * ends its threads. Calls on their callers' threads go on. What was given to the builder stays open.
     */
    @Override
    public void close() {
        parts.close();
    }

    private ModelAnswer<ReasoningResult> reason(
            RunContext run, ReasoningRequest request, AnswerCheck check, CallOptions options)
            throws InterruptedException {
        List<ReasoningCall> calls =
                given(parts.reasoningCalls(changes(run).change(run.stage(), request), check), "reasoning");
        return send(run, calls, changed(run, calls, options));
    }

    private <R extends ModelResult> ModelAnswer<R> send(
            RunContext run, List<? extends ModelCall<R>> candidates, CallOptions options) throws InterruptedException {
        Road<R> road = road(run, candidates, options);
        return options.timeLimit().isPresent()
                ? CallLimit.within(
                        run,
                        options.timeLimit().get(),
                        road,
                        candidates.get(0).profile.id())
                : road.proceed();
    }

    private <R extends ModelResult> Road<R> road(
            RunContext run, List<? extends ModelCall<R>> candidates, CallOptions options) {
        parts.checkOpen();
        List<Step> steps = run.extension(RecordedAnswers.class).isPresent() ? parts.replayRoad : parts.road;
        RunContext recorded = options.content().map(run::atMost).orElse(run);
        return Road.of(new Journey(recorded, options, steps.size()), steps, List.copyOf(candidates));
    }

    private List<ImageCall> imageCalls(RunContext run, ImageRequest request) {
        return parts.imageCalls(changes(run).change(run.stage(), request));
    }

    /** A stage may call models of several kinds: a change of the model is for the calls that such a model can serve. */
    private CallOptions changed(RunContext run, List<? extends ModelCall<?>> calls, CallOptions options) {
        CallOptions changed = changes(run).change(run.stage(), options);
        Optional<String> model = changed.forceModel();
        boolean isOfAnotherKind = model.isPresent()
                && !model.equals(options.forceModel())
                && calls.stream().noneMatch(call -> call.candidate.answersTo(model.get()))
                && parts.lanes().anyMatch(lane -> lane.candidate.answersTo(model.get()));
        return isOfAnotherKind
                ? CallOptions.builder()
                        .from(changed)
                        .forceModel(options.forceModel())
                        .build()
                : changed;
    }

    private static CallChanges changes(RunContext run) {
        return run.extension(CallChanges.class).orElse(CallChanges.none());
    }

    private static <C> List<C> given(@Nullable List<C> calls, String kind) {
        if (calls == null || calls.isEmpty()) {
            throw new IllegalStateException("no " + kind + " model was given to the builder");
        }
        return calls;
    }
}
