package dev.pictor.adapter.local;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pictor.adapter.local.ServerProfile.Endpoint;
import dev.pictor.adapter.local.ServerProfile.JsonForm;
import dev.pictor.adapter.local.ServerProfile.MaskForm;
import dev.pictor.catalogue.ModelCatalogue;
import dev.pictor.catalogue.ModelKind;
import dev.pictor.gateway.price.PriceCatalogue;
import dev.pictor.gateway.routing.Candidate;
import dev.pictor.gateway.routing.HealthProbe;
import dev.pictor.image.Imaging;
import dev.pictor.model.CallContext;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.ModelProfileBuilder;
import dev.pictor.model.Price;
import dev.pictor.model.http.AnswerReader;
import dev.pictor.model.http.HttpAnswer;
import dev.pictor.model.http.ModelHttp;
import dev.pictor.model.http.ModelHttpBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A server that speaks OpenAI's API: on this machine, such as Ollama or LM Studio, or api.openai.com itself. It makes
 * the adapters to its models, which share its connections. {@code docs/adapters/local.md} tells which server takes
 * what. Thread-safe; close it when its models are no longer needed.
 *
 * <p>A call is one HTTP/1.1 request on the caller's thread, without a retry. Interruption, cancellation and the deadline
 * close its connection. What went wrong is told as {@link ModelHttp} does it, and by the server's own codes and words;
 * an error in an answer with status 200 is a failure too.
 *
 * <p>What a model can do is not known of a local server: {@link #reasoningProfile}, {@link #imageProfile} and
 * {@link #embeddingProfile} give what is true of all models there, to be changed where a model can do more, such as
 * {@code readsPictures(true)}. Of OpenAI's models it is known from a file, with their prices.
 */
public final class LocalServer implements HealthProbe, AutoCloseable {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String OPENAI = "openai";
    private static final Set<String> TIERS = Set.of("fast", "balanced", "best");
    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");

    private final URI baseUrl;
    private final ServerProfile profile;
    private final Optional<String> apiKey;
    private final Imaging imaging;
    private final ServerErrors errors;
    private final ModelHttp http;

    LocalServer(LocalServerBuilder settings) {
        this.baseUrl = settings.baseUrl;
        this.profile = settings.profile;
        this.apiKey = settings.apiKey;
        this.imaging = settings.imaging;
        this.errors = new ServerErrors(profile);
        ModelHttpBuilder client = ModelHttp.builder()
                .connectTimeout(settings.connectTimeout)
                .idleTimeout(settings.idleTimeout)
                .errorReasons((status, body) -> errors.byWords(body));
        profile.errorCodes().forEach(client::putErrorCode);
        apiKey.ifPresent(client::addSecret);
        this.http = client.build();
    }

    /**
     * Returns a builder for Ollama at {@code http://127.0.0.1:11434}.
     *
     * @return a new builder
     */
    public static LocalServerBuilder ollama() {
        return usual(ServerProfile.ollama());
    }

    /**
     * Returns a builder for LM Studio at {@code http://127.0.0.1:1234}.
     *
     * @return a new builder
     */
    public static LocalServerBuilder lmStudio() {
        return usual(ServerProfile.lmStudio());
    }

    /**
     * Returns a builder for api.openai.com, without OpenAI's own library.
     *
     * @param apiKey as {@link LocalServerBuilder#apiKey} takes it
     * @return a new builder
     * @throws IllegalArgumentException if the key has another form
     */
    public static LocalServerBuilder openAi(String apiKey) {
        return usual(ServerProfile.openAi()).apiKey(apiKey);
    }

    /**
     * Returns a builder for a server of any kind, with the profile {@link ServerProfile#compatible()}.
     *
     * @param baseUrl as {@link LocalServerBuilder#baseUrl} takes it
     * @return a new builder
     * @throws IllegalArgumentException if it is no address of a server
     */
    public static LocalServerBuilder at(URI baseUrl) {
        return new LocalServerBuilder(baseUrl, ServerProfile.compatible());
    }

    private static LocalServerBuilder usual(ServerProfile profile) {
        return new LocalServerBuilder(profile.baseUrl().orElseThrow(), profile);
    }

    /**
     * Returns what the server takes.
     *
     * @return its profile
     */
    public ServerProfile profile() {
        return profile;
    }

    /**
     * Returns what is known of a model that reads and answers.
     *
     * @param model its id; at OpenAI also an alias, or {@code fast}, {@code balanced}, {@code best}
     * @return for a model that is in no file: it reads text only, and costs nothing where the server is free
     */
    public ModelProfile reasoningProfile(String model) {
        return known(ModelKind.REASONING, model)
                .orElseGet(() -> named(model)
                        .answersBySchema(profile.jsonForm() == JsonForm.SCHEMA && !profile.isCloud(model))
                        .build());
    }

    /**
     * Returns what is known of a model that draws.
     *
     * @param model as {@link #reasoningProfile} takes it
     * @return for a model that is in no file: what the server takes, and no limit of size
     */
    public ModelProfile imageProfile(String model) {
        boolean edits = profile.endpoints().contains(Endpoint.EDITS);
        return known(ModelKind.IMAGE, model)
                .orElseGet(() -> named(model)
                        .maxReferences(edits ? profile.maxReferences() : 0)
                        .supportsMask(edits && profile.maskForm() != MaskForm.NONE)
                        .supportsSeed(profile.takesImageSeed())
                        .maxCount(profile.maxCount())
                        .build());
    }

    /**
     * Returns what is known of a model that embeds.
     *
     * @param model as {@link #reasoningProfile} takes it
     * @return for a model that is in no file: no number of dimensions, which leaves it to the model
     */
    public ModelProfile embeddingProfile(String model) {
        return known(ModelKind.EMBEDDING, model).orElseGet(() -> named(model).build());
    }

    /**
     * Returns an adapter to a model that reads and answers.
     *
     * @param model as {@link #reasoningProfile} takes it
     * @return a new adapter, which ends with this server
     * @throws IllegalArgumentException if the server has no chats
     */
    public LocalReasoningAdapter reasoning(String model) {
        return reasoning(reasoningProfile(model));
    }

    /**
     * Returns an adapter to a model that reads and answers.
     *
     * @param model what it is and can do; its id is sent
     * @return a new adapter, which ends with this server
     * @throws IllegalArgumentException if the server has no chats, or takes less than the profile says
     */
    public LocalReasoningAdapter reasoning(ModelProfile model) {
        need(Endpoint.CHAT, "no chats", model);
        if (model.readsPdf() && !profile.takesPdf()) {
            throw new IllegalArgumentException(profile.title() + " takes no PDF, so " + model.id() + " reads none");
        }
        return new LocalReasoningAdapter(this, model);
    }

    /**
     * Returns an adapter to a model that draws.
     *
     * @param model as {@link #reasoningProfile} takes it
     * @return a new adapter, which ends with this server
     * @throws IllegalArgumentException if the server draws no pictures
     */
    public LocalImageAdapter images(String model) {
        return images(imageProfile(model));
    }

    /**
     * Returns an adapter to a model that draws.
     *
     * @param model what it is and can do; its id is sent
     * @return a new adapter, which ends with this server
     * @throws IllegalArgumentException if the server draws no pictures, or takes less than the profile says
     */
    public LocalImageAdapter images(ModelProfile model) {
        need(Endpoint.IMAGES, "no pictures", model);
        ModelProfile most = imageProfile("any");
        if (model.maxReferences() > 0 && most.maxReferences() == 0) {
            throw new IllegalArgumentException(
                    profile.title() + " draws after no pictures, so " + model.id() + " takes no references");
        }
        if ((model.supportsMask() && !most.supportsMask())
                || (model.supportsSeed() && !most.supportsSeed())
                || model.supportsContinuation()) {
            throw new IllegalArgumentException("a profile for " + profile.title() + " must promise "
                    + (most.supportsMask() ? "" : "no mask, ") + (most.supportsSeed() ? "" : "no seed, ")
                    + "no continuation, was " + model.id());
        }
        return new LocalImageAdapter(this, model);
    }

    /**
     * Returns an adapter to a model that embeds.
     *
     * @param model as {@link #reasoningProfile} takes it
     * @return a new adapter, which ends with this server
     * @throws IllegalArgumentException if the server gives no vectors
     */
    public LocalEmbeddingAdapter embeddings(String model) {
        return embeddings(embeddingProfile(model));
    }

    /**
     * Returns an adapter to a model that embeds.
     *
     * @param model what it is; its id is sent, and {@link ModelProfile#dimensions()} is asked for where it is there
     * @return a new adapter, which ends with this server
     * @throws IllegalArgumentException if the server gives no vectors
     */
    public LocalEmbeddingAdapter embeddings(ModelProfile model) {
        need(Endpoint.EMBEDDINGS, "no vectors", model);
        return new LocalEmbeddingAdapter(this, model);
    }

    /**
     * Lists the models of the server: those that it has, loaded or not.
     *
     * @param call deadline and cancellation
     * @return ids, in the order of the server
     * @throws ModelException if it gives no list; its model id is the server's name
     * @throws InterruptedException if the thread was interrupted while it waited
     */
    public List<String> models(CallContext call) throws InterruptedException {
        return http.send(profile.name(), to("/v1/models").GET().build(), call, answer -> {
            JsonNode root = tree(profile.name(), answer);
            if (!root.path("data").isArray()) {
                throw new ModelException(ServerErrors.unusable(
                                profile.name(),
                                Reason.MALFORMED_ANSWER,
                                "gave no list of models",
                                answer.vendorRequestId())
                        .build());
            }
            List<String> ids = new ArrayList<>();
            root.path("data").forEach(model -> ids.add(model.path("id").asText()));
            return List.copyOf(ids);
        });
    }

    /**
     * Returns whether the server lists its models, which costs nothing. Which model is asked about does not matter: a
     * server loads what it is asked for, and names it in ways of its own.
     *
     * @throws ModelException if it does not answer
     */
    @Override
    public boolean isUp(Candidate candidate, CallContext context) throws InterruptedException {
        requireNonNull(candidate, "candidate");
        return !models(context).isEmpty();
    }

    /** Stops the calls in flight and closes their connections. Calls after that fail. */
    @Override
    public void close() {
        http.close();
    }

    @Override
    public String toString() {
        return "LocalServer[" + profile.name() + " at " + baseUrl + "]";
    }

    Imaging imaging() {
        return imaging;
    }

    ServerErrors errors() {
        return errors;
    }

    /** Sends a body, once. */
    <T> T post(
            ModelProfile model,
            String path,
            String contentType,
            BodyPublisher body,
            CallContext call,
            AnswerReader<T> reader)
            throws InterruptedException {
        HttpRequest request =
                to(path).header("Content-Type", contentType).POST(body).build();
        return http.send(model.id(), request, call, reader);
    }

    /** Reads an answer that is JSON, and throws the error that stands in it. */
    JsonNode tree(String modelId, HttpAnswer answer) throws IOException {
        JsonNode root = MAPPER.readTree(answer.body());
        if (root == null || !root.isObject()) {
            throw new IOException("the answer is no JSON object");
        }
        checkNoError(modelId, root, answer);
        return root;
    }

    /** Throws the error that stands in an answer. */
    void checkNoError(String modelId, JsonNode root, HttpAnswer answer) {
        Optional<ModelException> error = errors.inAnswer(
                modelId,
                pointer -> Json.text(root.at(pointer)),
                pointer -> Json.number(root.at(pointer)),
                answer.vendorRequestId());
        if (error.isPresent()) {
            throw error.get();
        }
    }

    private HttpRequest.Builder to(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(baseUrl + path));
        apiKey.ifPresent(key -> request.header("Authorization", "Bearer " + key));
        return request;
    }

    private void need(Endpoint endpoint, String lack, ModelProfile model) {
        if (!profile.endpoints().contains(endpoint)) {
            throw new IllegalArgumentException(profile.title() + " has " + lack + " (" + endpoint + "), so "
                    + model.id() + " cannot be asked there");
        }
    }

    private boolean isOpenAi() {
        return profile.provider().equals(OPENAI);
    }

    private Optional<ModelProfile> known(ModelKind kind, String model) {
        if (!isOpenAi()) {
            return Optional.empty();
        }
        ModelCatalogue models = OpenAiModels.CATALOGUE;
        boolean known = TIERS.contains(model)
                || models.find(model).filter(found -> found.kind() == kind).isPresent();
        return known ? Optional.of(models.profile(kind, model)) : Optional.empty();
    }

    private ModelProfileBuilder named(String model) {
        ModelProfileBuilder named = ModelProfile.builder(model, profile.provider());
        if (isFree() && !profile.isCloud(model)) {
            named.price(Price.free());
        }
        if (isOpenAi()) {
            PriceCatalogue.builtIn()
                    .find(profile.provider(), model)
                    .ifPresent(priced -> named.price(priced.price())
                            .retiresOn(priced.retiresOn())
                            .successor(priced.successor()));
        }
        return named;
    }

    /** A server of an unknown kind costs nothing only if it is this machine. */
    private boolean isFree() {
        return profile.isFree() || (profile.name().equals("compatible") && HERE.contains(baseUrl.getHost()));
    }

    /** Read when OpenAI's models are first looked for. */
    private static final class OpenAiModels {

        private static final ModelCatalogue CATALOGUE = ModelCatalogue.beside(LocalServer.class, "openai-models.json");
    }
}
