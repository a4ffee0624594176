package dev.pictor.gateway;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.gateway.alert.AlertListener;
import dev.pictor.gateway.alert.AlertRules;
import dev.pictor.gateway.budget.Budgets;
import dev.pictor.gateway.cache.CacheSettings;
import dev.pictor.gateway.cache.SingleFlight;
import dev.pictor.gateway.price.PriceCatalogue;
import dev.pictor.gateway.price.PricedModel;
import dev.pictor.gateway.resilience.BreakerPolicy;
import dev.pictor.gateway.resilience.BulkheadPolicy;
import dev.pictor.gateway.resilience.RateLimit;
import dev.pictor.gateway.resilience.RetryPolicy;
import dev.pictor.gateway.routing.Candidate;
import dev.pictor.gateway.routing.FallbackPolicy;
import dev.pictor.gateway.routing.HealthProbe;
import dev.pictor.gateway.routing.HealthSettings;
import dev.pictor.gateway.routing.ProbeSettings;
import dev.pictor.gateway.routing.Router;
import dev.pictor.gateway.routing.Routers;
import dev.pictor.gateway.semantic.LexicalEmbedder;
import dev.pictor.gateway.semantic.SemanticSettings;
import dev.pictor.model.BackgroundRemover;
import dev.pictor.model.EmbeddingModelAdapter;
import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.ModelProfileBuilder;
import dev.pictor.model.Price;
import dev.pictor.model.ReasoningModelAdapter;
import dev.pictor.time.TimeSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sets up a {@link Gateway}. The defaults are safe and free: a failed attempt is repeated where that costs nothing, a
 * model in trouble is left alone for a while, pictures are looked at; nothing is cached, and no budget is kept, until
 * someone says so. Not thread-safe.
 */
public final class GatewayBuilder {

    final List<Model<ImageModelAdapter>> imageModels = new ArrayList<>();
    final List<Model<ReasoningModelAdapter>> reasoningModels = new ArrayList<>();

    final List<Model<BackgroundRemover>> backgroundRemovers = new ArrayList<>();

    @Nullable
    EmbeddingModelAdapter embeddingModel;

    Router router = Routers.staticOrder();
    FallbackPolicy fallback = FallbackPolicy.ofDefaults();
    RetryPolicy retry = RetryPolicy.ofDefaults();
    HedgePolicy hedge = HedgePolicy.none();
    BreakerPolicy breaker = BreakerPolicy.ofDefaults();
    BulkheadPolicy bulkhead = BulkheadPolicy.none();
    RateLimit rateLimit = RateLimit.none();
    Budgets budgets = Budgets.none();
    PriceCatalogue prices = PriceCatalogue.builtIn();
    CacheSettings cache = CacheSettings.none();
    SingleFlight.Mode singleFlight = SingleFlight.Mode.ON_OWN_THREAD;
    SemanticSettings semantic = SemanticSettings.none();
    PictureCheck pictureCheck = PictureCheck.decodes();
    HealthSettings health = HealthSettings.ofDefaults();

    HealthProbe probe = HealthProbe.none();

    ProbeSettings probeSettings = ProbeSettings.ofDefaults();

    AlertRules alertRules = AlertRules.none();

    AlertListener alertListener = alert -> {};

    boolean recordExchanges;

    @Nullable
    TimeSource time;

    RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();

    /** A model, and what the gateway is told of it. */
    record Model<A>(Candidate candidate, A adapter) {}

    GatewayBuilder(ImageModelAdapter imageModel) {
        addImageModel(imageModel);
    }

    /**
     * Adds another model that draws. It is asked when the router ranks it first, or those before it fail.
     *
     * @param imageModel the model; the caller closes it
     * @return this builder
     */
    @CanIgnoreReturnValue
    public GatewayBuilder addImageModel(ImageModelAdapter imageModel) {
        return addImageModel(
                imageModel,
                Candidate.of(requireNonNull(imageModel, "imageModel").profile()));
    }

    /**
     * Adds another model that draws, with options of its own.
     *
     * @param imageModel the model; the caller closes it
     * @param candidate options and limits for this model alone; its profile is the model's
     * @return this builder
     * @throws IllegalArgumentException if the candidate is of another model
     */
    @CanIgnoreReturnValue
    public GatewayBuilder addImageModel(ImageModelAdapter imageModel, Candidate candidate) {
        check(candidate, requireNonNull(imageModel, "imageModel").profile());
        imageModels.add(new Model<>(candidate, imageModel));
        return this;
    }

    /**
     * Sets the model that reads and answers, in place of any. Default: none.
     *
     * @param reasoningModel the model; the caller closes it
     * @return this builder
     */
    @CanIgnoreReturnValue
    public GatewayBuilder reasoningModel(ReasoningModelAdapter reasoningModel) {
        reasoningModels.clear();
        return addReasoningModel(
                reasoningModel,
                Candidate.of(requireNonNull(reasoningModel, "reasoningModel").profile()));
    }

    /**
     * Adds another model that reads and answers, with options of its own.
     *
     * @param reasoningModel the model; the caller closes it
     * @param candidate options and limits for this model alone; its profile is the model's
     * @return this builder
     * @throws IllegalArgumentException if the candidate is of another model
     */
    @CanIgnoreReturnValue
    public GatewayBuilder addReasoningModel(ReasoningModelAdapter reasoningModel, Candidate candidate) {
        check(candidate, requireNonNull(reasoningModel, "reasoningModel").profile());
        reasoningModels.add(new Model<>(candidate, reasoningModel));
        return this;
    }

    /**
     * Adds a service that removes backgrounds. Default: none. It is asked when the router ranks it first, or those before
     * it fail.
     *
     * @param remover the service; the caller closes it
     * @return this builder
     */
    @CanIgnoreReturnValue
    public GatewayBuilder addBackgroundRemover(BackgroundRemover remover) {
        return addBackgroundRemover(
                remover, Candidate.of(requireNonNull(remover, "remover").profile()));
    }

    /**
     * Adds a service that removes backgrounds, with options of its own.
     *
     * @param remover the service; the caller closes it
     * @param candidate options and limits for this service alone; its profile is the service's
     * @return this builder
     * @throws IllegalArgumentException if the candidate is of another service
     */
    @CanIgnoreReturnValue
    public GatewayBuilder addBackgroundRemover(BackgroundRemover remover, Candidate candidate) {
        check(candidate, requireNonNull(remover, "remover").profile());
        backgroundRemovers.add(new Model<>(candidate, remover));
        return this;
    }

    /**
     * Sets the model that embeds. The semantic cache uses it too. Default: none; the semantic cache then compares words,
     * as it does with {@link LexicalEmbedder}, which is no model and costs nothing.
     *
     * @param embeddingModel the model; the caller closes it
     * @return this builder
     */
    @CanIgnoreReturnValue
    public GatewayBuilder embeddingModel(EmbeddingModelAdapter embeddingModel) {
        this.embeddingModel = requireNonNull(embeddingModel, "embeddingModel");
        return this;
    }

    /**
     * Sets who is asked first. Default: {@link Routers#staticOrder()}, the order in which the models were added.
     *
     * @param router puts the models in order
     * @return this builder
     */
    @CanIgnoreReturnValue
    public GatewayBuilder router(Router router) {
        this.router = requireNonNull(router, "router");
        return this;
    }

    /**
     * Sets after which failures another model is asked. Default: {@link FallbackPolicy#ofDefaults()}.
     *
     * @param fallback tells them apart
     * @return this builder
     */
    @CanIgnoreReturnValue
    public GatewayBuilder fallback(FallbackPolicy fallback) {
        this.fallback = requireNonNull(fallback, "fallback");
        return this;
    }

    /**
     * Sets when a model is asked again. Default: {@link RetryPolicy#ofDefaults()}.
     *
     * @param retry how often and after what time; {@link RetryPolicy#none()} for one attempt
     * @return this builder
     */
    @CanIgnoreReturnValue
    public GatewayBuilder retry(RetryPolicy retry) {
        this.retry = requireNonNull(retry, "retry");
        return this;
    }

    /**
     * Sets whether a slow attempt gets a second one beside it. Default: {@link HedgePolicy#none()}.
     *
     * @param hedge what the second may cost, and when it begins
     * @return this builder
     */
    @CanIgnoreReturnValue
    public GatewayBuilder hedge(HedgePolicy hedge) {
        this.hedge = requireNonNull(hedge, "hedge");
        return this;
    }

    /**
     * Sets when a model in trouble is left alone. Each model has a breaker of its own. Default:
     * {@link BreakerPolicy#ofDefaults()}.
     *
     * @param breaker when a breaker opens and closes
     * @return this builder
     */
    @CanIgnoreReturnValue
    public GatewayBuilder breaker(BreakerPolicy breaker) {
        this.breaker = requireNonNull(breaker, "breaker");
        return this;
    }

    /**
     * Bounds the calls to each model that are under way at a time. Default: {@link BulkheadPolicy#none()}.
     *
     * @param bulkhead how many for each model
     * @return this builder
     */
    @CanIgnoreReturnValue
    public GatewayBuilder bulkhead(BulkheadPolicy bulkhead) {
        this.bulkhead = requireNonNull(bulkhead, "bulkhead");
        return this;
    }

    /**
     * Bounds how often each model is called. Default: {@link RateLimit#none()}.
     *
     * @param rateLimit how often for each model
     * @return this builder
     */
    @CanIgnoreReturnValue
    public GatewayBuilder rateLimit(RateLimit rateLimit) {
        this.rateLimit = requireNonNull(rateLimit, "rateLimit");
        return this;
    }

    /**
     * Sets what may be spent. Default: {@link Budgets#none()}.
     *
     * @param budgets the rules and who keeps them
     * @return this builder
     */
    @CanIgnoreReturnValue
    public GatewayBuilder budgets(Budgets budgets) {
        this.budgets = requireNonNull(budgets, "budgets");
        return this;
    }

    /**
     * Sets what models cost. A model that is not in the list costs what its profile says. What the list knows of a model
     * beside its price (other names, the longest prompt, the end of its service, its successor) completes what its profile
     * does not say, as it is when the gateway is built. Default: {@link PriceCatalogue#builtIn()}.
     *
     * @param prices finds prices by model
     * @return this builder
     */
    @CanIgnoreReturnValue
    public GatewayBuilder prices(PriceCatalogue prices) {
        this.prices = requireNonNull(prices, "prices");
        return this;
    }

    /**
     * Sets whether and how long answers are kept. Default: {@link CacheSettings#none()}.
     *
     * @param cache how much, how long and where
     * @return this builder
     */
    @CanIgnoreReturnValue
    public GatewayBuilder cache(CacheSettings cache) {
        this.cache = requireNonNull(cache, "cache");
        return this;
    }

    /**
     * Sets how equal calls under way are shared. Has an effect only with a cache: without one, who asks twice wants two
     * answers. Default: {@link SingleFlight.Mode#ON_OWN_THREAD}.
     *
     * @param singleFlight on which thread a shared call is made
     * @return this builder
     */
    @CanIgnoreReturnValue
    public GatewayBuilder singleFlight(SingleFlight.Mode singleFlight) {
        this.singleFlight = requireNonNull(singleFlight, "singleFlight");
        return this;
    }

    /**
     * Sets whether a request is answered that means the same as one before. Needs a cache. Default:
     * {@link SemanticSettings#none()}.
     *
     * @param semantic how near it must be
     * @return this builder
     */
    @CanIgnoreReturnValue
    public GatewayBuilder semantic(SemanticSettings semantic) {
        this.semantic = requireNonNull(semantic, "semantic");
        return this;
    }

    /**
     * Sets how pictures are looked at before they count as an answer. Default: {@link PictureCheck#decodes()}.
     *
     * @param pictureCheck what makes a picture useless, and what follows
     * @return this builder
     */
    @CanIgnoreReturnValue
    public GatewayBuilder pictureCheck(PictureCheck pictureCheck) {
        this.pictureCheck = requireNonNull(pictureCheck, "pictureCheck");
        return this;
    }

    /**
     * Sets when a model counts as degraded or down. Default: {@link HealthSettings#ofDefaults()}.
     *
     * @param health the bounds
     * @return this builder
     */
    @CanIgnoreReturnValue
    public GatewayBuilder health(HealthSettings health) {
        this.health = requireNonNull(health, "health");
        return this;
    }

    /**
     * Has models that are down probed until they are back. Default: {@link HealthProbe#none()}; live calls find out.
     *
     * @param probe asks a model for a sign of life, at no cost; {@link HealthProbe#none()} for no probes
     * @param settings how often
     * @return this builder
     */
    @CanIgnoreReturnValue
    public GatewayBuilder probe(HealthProbe probe, ProbeSettings settings) {
        this.probe = requireNonNull(probe, "probe");
        this.probeSettings = requireNonNull(settings, "settings");
        return this;
    }

    /**
     * Has someone told when something goes wrong, and when it is over. Default: {@link AlertRules#none()}.
     *
     * @param rules what counts as wrong; {@link AlertRules#none()} if nothing does
     * @param listener hears of it
     * @return this builder
     */
    @CanIgnoreReturnValue
    public GatewayBuilder alerts(AlertRules rules, AlertListener listener) {
        this.alertRules = requireNonNull(rules, "rules");
        this.alertListener = requireNonNull(listener, "listener");
        return this;
    }

    /**
     * Sets whether what goes over the wire is in the trace: request and answer of each attempt, at most 20, without keys and
     * with a digest in the place of each picture. Prompts and answers are in it. Costs a look at every byte, and has an
     * effect only with a trace sink. Default: false.
     *
     * @param records true if it is
     * @return this builder
     */
    @CanIgnoreReturnValue
    public GatewayBuilder recordExchanges(boolean records) {
        this.recordExchanges = records;
        return this;
    }

    /**
     * Sets where waits, pauses, budgets and the age of answers take their time from. Give the runner the same one. Default:
     * the machine's time.
     *
     * @param time tells and measures time; the caller closes it
     * @return this builder
     */
    @CanIgnoreReturnValue
    public GatewayBuilder time(TimeSource time) {
        this.time = requireNonNull(time, "time");
        return this;
    }

    /** Sets the chance in waits, for tests. */
    @CanIgnoreReturnValue
    GatewayBuilder random(RandomGenerator random) {
        this.random = random;
        return this;
    }

    /**
     * Builds the gateway. Starts no thread and reads nothing but prices that the artifact has in itself.
     *
     * @return a gateway to the models given so far; close it to let go of its threads
     * @throws IllegalStateException if there is a semantic cache without a cache to keep answers in, or two candidates
     *     have the same id
     */
    public Gateway build() {
        if (semantic.enabled() && !cache.isEnabled()) {
            throw new IllegalStateException("a semantic cache needs a cache to keep answers in: set cache(..) too");
        }
        checkIds(imageModels.stream().map(Model::candidate));
        checkIds(reasoningModels.stream().map(Model::candidate));
        checkIds(backgroundRemovers.stream().map(Model::candidate));
        return new Gateway(this);
    }

    private static void checkIds(Stream<Candidate> candidates) {
        Set<String> ids = new HashSet<>();
        candidates.map(Candidate::id).filter(id -> !ids.add(id)).findFirst().ifPresent(twice -> {
            throw new IllegalStateException(
                    "two candidates are named " + twice + "; give one of them an id of its own");
        });
    }

    /**
     * The list knows better than the model: it has dates, and its user may have laid own prices over it. Where the list
     * only knows that there is no price, the model's own counts.
     */
    Optional<Price> price(ModelProfile profile) {
        return prices.find(profile.provider(), profile.id())
                .map(PricedModel::price)
                .filter(price -> !price.rates().isEmpty())
                .or(profile::price);
    }

    /** A candidate with what the price list knows of its model and the model does not say itself. */
    Candidate completed(Candidate candidate) {
        ModelProfile profile = candidate.profile();
        ModelProfile more = prices.find(profile.provider(), profile.id())
                .map(known -> completed(profile, known))
                .orElse(profile);
        return more.equals(profile)
                ? candidate
                : candidate.toBuilder().profile(more).build();
    }

    private ModelProfile completed(ModelProfile profile, PricedModel known) {
        ModelProfileBuilder more = profile.toBuilder()
                .retiresOn(profile.retiresOn().or(known::retiresOn))
                .successor(profile.successor().or(known::successor));
        if (profile.maxPromptChars().isEmpty()) {
            more.maxPromptChars(known.maxPromptChars());
        }
        known.aliases().stream().filter(name -> !isTaken(name)).forEach(more::addAliases);
        return more.build();
    }

    /** Whether a model says itself that this is its name: what the list says of another does not take it away. */
    private boolean isTaken(String name) {
        return Stream.concat(imageModels.stream(), reasoningModels.stream())
                .anyMatch(model -> model.candidate().answersTo(name));
    }

    private static void check(Candidate candidate, ModelProfile profile) {
        if (!requireNonNull(candidate, "candidate").profile().equals(profile)) {
            throw new IllegalArgumentException(
                    "the candidate is " + candidate.id() + ", the model is " + profile.provider() + "/" + profile.id());
        }
    }
}
