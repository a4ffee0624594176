package dev.pictor.gateway;

import dev.pictor.gateway.alert.Alerts;
import dev.pictor.gateway.budget.BudgetState;
import dev.pictor.gateway.budget.Budgets;
import dev.pictor.gateway.budget.Spender;
import dev.pictor.gateway.cache.AnswerCache;
import dev.pictor.gateway.cache.CacheKey;
import dev.pictor.gateway.cache.SingleFlight;
import dev.pictor.gateway.resilience.Cooldowns;
import dev.pictor.gateway.routing.Candidate;
import dev.pictor.gateway.routing.HealthProbe;
import dev.pictor.gateway.routing.HealthProbes;
import dev.pictor.gateway.routing.HealthTracker;
import dev.pictor.gateway.routing.Router;
import dev.pictor.gateway.semantic.LexicalEmbedder;
import dev.pictor.gateway.semantic.SemanticIndex;
import dev.pictor.model.BackgroundRemovalRequest;
import dev.pictor.model.BackgroundRemover;
import dev.pictor.model.EmbeddingModelAdapter;
import dev.pictor.model.EmbeddingRequest;
import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ReasoningModelAdapter;
import dev.pictor.model.ReasoningRequest;
import dev.pictor.time.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a gateway is made of. Thread-safe. */
final class GatewayParts implements AutoCloseable {

    final List<Route<ImageModelAdapter>> imageModels;
    final List<Route<ReasoningModelAdapter>> reasoningModels;
    final List<Route<BackgroundRemover>> backgroundRemovers;
    final @Nullable Route<EmbeddingModelAdapter> embeddingModel;
    final TimeSource time;
    final Budgets budgets;
    final Alerts alerts;
    final Traffic traffic;
    final Router router;
    final Candidates candidates;
    final PriceList prices;
    final AnswerCache cache;
    final @Nullable SemanticIndex byMeaning;
    final @Nullable SemanticIndex pictures;
    final PromptVectors vectors;
    final SingleFlight<CacheKey, ModelAnswer<?>> flights;
    final List<Step> road;
    /** The road of a run that carries recorded answers: to no model at all. */
    final List<Step> replayRoad = List.of(new Answering(List.of("Answering", "Replaying")), new Replaying());

    private final boolean ownTime;
    private volatile boolean closed;
    private final CallThreads threads = new CallThreads();
    private final @Nullable HealthProbes probes;

    /** A model that can be asked, and what is kept for it. */
    record Route<A>(Lane lane, A adapter) {}

    GatewayParts(GatewayBuilder builder) {
        ownTime = builder.time == null;
        time = builder.time == null ? TimeSource.system() : builder.time;
        budgets = builder.budgets;
        router = builder.router;
        imageModels = routes(builder, builder.imageModels);
        reasoningModels = routes(builder, builder.reasoningModels);
        backgroundRemovers = routes(builder, builder.backgroundRemovers);
        embeddingModel = builder.embeddingModel == null
                ? null
                : route(builder, Candidate.of(builder.embeddingModel.profile()), builder.embeddingModel);
        alerts = Alerts.create(builder.alertRules, builder.alertListener, time);
        HealthTracker health = HealthTracker.create(builder.health, time);
        probes = builder.probe.equals(HealthProbe.none())
                ? null
                : HealthProbes.create(builder.probe, health, builder.probeSettings, threads, time);
        traffic = new Traffic(
                Cooldowns.create(time),
                health,
                candidate -> {
                    if (probes != null) {
                        probes.watch(candidate);
                    }
                },
                alerts);
        prices = new PriceList(builder::price, time);
        cache = AnswerCache.create(builder.cache, time);
        candidates = new Candidates(
                router, builder.fallback, builder.retry, cache, prices, budgets, traffic, time, builder.random);
        flights = SingleFlight.create(time, threads);
        boolean semantic = builder.semantic.enabled() && cache.isEnabled();
        byMeaning = semantic ? SemanticIndex.create(builder.semantic.maxEntries()) : null;
        pictures = semantic ? SemanticIndex.create(builder.semantic.maxEntries()) : null;
        vectors = builder.embeddingModel == null || builder.embeddingModel instanceof LexicalEmbedder
                ? lexical()
                : new EmbeddedPrompts(this::embeddingCalls, builder.semantic.embeddingLimit());
        road = steps(builder);
    }

    private <A> List<Route<A>> routes(GatewayBuilder builder, List<GatewayBuilder.Model<A>> models) {
        List<Route<A>> routes = new ArrayList<>();
        models.forEach(model -> routes.add(route(builder, model.candidate(), model.adapter())));
        return List.copyOf(routes);
    }

    private <A> Route<A> route(GatewayBuilder builder, Candidate candidate, A adapter) {
        return new Route<>(
                new Lane(builder.completed(candidate), builder.breaker, builder.bulkhead, builder.rateLimit, time),
                adapter);
    }

    private static PromptVectors lexical() {
        LexicalEmbedder embedder = LexicalEmbedder.create();
        return (asking, prompt) -> Optional.of(embedder.embed(prompt));
    }

    /** All that happens to a call, from the outside in. What is set to none has no step. */
    private List<Step> steps(GatewayBuilder settings) {
        List<Step> road = new ArrayList<>();
        if (pictures != null) {
            road.add(new LastResort(pictures, cache, vectors)); // nobody serves: something like it, if that will do
        }
        road.add(candidates); // who is asked, in which order and why; the next one when one fails
        road.add(new Validation()); // nothing is sent that the model cannot do
        if (cache.isEnabled()) {
            road.add(new Caching(cache, settings.cache.fromBetterModels())); // the same was answered before
            if (byMeaning != null) {
                road.add(
                        new MeaningCaching( // what means the same was
                                settings.semantic, byMeaning, cache, vectors, settings.cache.fromBetterModels()));
            }
            if (settings.singleFlight != SingleFlight.Mode.OFF) {
                road.add(new Sharing(flights, settings.singleFlight, cache)); // the same is being answered
            }
            road.add(new Storing(cache)); // whole and good answers are kept
        }
        road.add(new Splitting(prices, threads)); // more pictures than the model draws at once
        road.add(
                new Retrying(settings.retry, settings.pictureCheck.redraws(), settings.random)); // again, if that helps
        if (settings.hedge.maxCost().isPresent()) {
            road.add(new Hedging(settings.hedge, prices, traffic, threads)); // one more beside one that is slow
        }
        road.add(new Permits(traffic)); // breaker, places, rate, pauses
        if (settings.pictureCheck.isEnabled()) {
            road.add(new PictureChecking(settings.pictureCheck)); // what is no picture is no answer
        }
        road.add(new TimeLimit(settings.retry)); // an attempt's share of the time
        road.add(new Spending(budgets, prices, this::watchBudgets, time)); // held before it is spent, then settled
        road.add(new Recording(settings.recordExchanges)); // in the trace, however it ends
        road.add(new Warning(time)); // where the answer is less than was asked for
        road.add(new Costing(prices)); // what the answer cost
        road.add(new Invocation()); // the adapter, once
        road.add(0, new Answering(names(road))); // what the whole call came to
        return List.copyOf(road);
    }

    private static List<String> names(List<Step> road) {
        return Stream.concat(
                        Stream.of("Answering"),
                        road.stream().map(step -> step.getClass().getSimpleName()))
                .toList();
    }

    private void watchBudgets(Spender who) {
        if (!alerts.equals(Alerts.none()) && !budgets.budgets().isEmpty()) {
            budgets.states(who, time).forEach(state -> alerts.observeBudget(subject(state), state.shareUsed()));
        }
    }

    /** Whose budget it is, whatever the day: an alert of one period is cleared in the next. */
    private static String subject(BudgetState state) {
        return state.budget()
                + state.account().tenant().map(tenant -> ", tenant " + tenant).orElse("")
                + state.account().owner().map(owner -> ", " + owner).orElse("");
    }

    List<ImageCall> imageCalls(ImageRequest request) {
        List<ImageCall> calls = new ArrayList<>(imageModels.size());
        String vendor = imageModels.get(0).lane().candidate.profile().provider();
        for (Route<ImageModelAdapter> route : imageModels) {
            calls.add(ImageCall.of(calls.size(), route.lane(), route.adapter(), request, vendor));
        }
        return calls;
    }

    List<ReasoningCall> reasoningCalls(ReasoningRequest request, AnswerCheck check) {
        List<ReasoningCall> calls = new ArrayList<>(reasoningModels.size());
        for (Route<ReasoningModelAdapter> route : reasoningModels) {
            String vendor = reasoningModels.get(0).lane().candidate.profile().provider();
            calls.add(ReasoningCall.of(calls.size(), route.lane(), route.adapter(), request, vendor, check));
        }
        return calls;
    }

    List<CutoutCall> cutoutCalls(BackgroundRemovalRequest request) {
        List<CutoutCall> calls = new ArrayList<>(backgroundRemovers.size());
        for (Route<BackgroundRemover> route : backgroundRemovers) {
            String vendor = backgroundRemovers.get(0).lane().candidate.profile().provider();
            calls.add(CutoutCall.of(calls.size(), route.lane(), route.adapter(), request, vendor));
        }
        return calls;
    }

    List<EmbeddingCall> embeddingCalls(EmbeddingRequest request) {
        return embeddingModel == null
                ? List.of()
                : List.of(new EmbeddingCall(embeddingModel.lane(), embeddingModel.adapter(), request));
    }

    Stream<Lane> lanes() {
        Stream<Lane> embedding = embeddingModel == null ? Stream.of() : Stream.of(embeddingModel.lane());
        return Stream.of(
                        imageModels.stream().map(Route::lane),
                        reasoningModels.stream().map(Route::lane),
                        backgroundRemovers.stream().map(Route::lane),
                        embedding)
                .flatMap(lanes -> lanes);
    }

    void invalidate() throws InterruptedException {
        if (byMeaning != null) {
            byMeaning.clear();
        }
        if (pictures != null) {
            pictures.clear();
        }
        cache.invalidateAll();
    }

    /** @throws IllegalStateException if the gateway is closed */
    void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the gateway is closed: it takes no more calls");
        }
    }

    @Override
    public void close() {
        closed = true;
        if (probes != null) {
            probes.close();
        }
        threads.close();
        cache.close();
        if (ownTime) {
            time.close();
        }
    }
}
