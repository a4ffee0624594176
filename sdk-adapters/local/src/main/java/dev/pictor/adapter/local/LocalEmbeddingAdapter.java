package dev.pictor.adapter.local;

import dev.pictor.adapter.local.ServerProfile.VectorForm;
import dev.pictor.model.CallContext;
import dev.pictor.model.Embedding;
import dev.pictor.model.EmbeddingModelAdapter;
import dev.pictor.model.EmbeddingRequest;
import dev.pictor.model.EmbeddingResult;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.Usage;
import dev.pictor.model.UsageBuilder;
import dev.pictor.model.http.HttpAnswer;
import dev.pictor.model.http.JsonBody;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A model that embeds, over {@code POST /v1/embeddings}. Made by {@link LocalServer#embeddings}, and ends with that
 * server. Thread-safe.
 *
 * <p>Vectors are asked for in the form that the server knows, and read in either form. Where the profile has a number of
 * dimensions, it is asked for if the server takes it, and an answer with another number is of no use.
 */
public final class LocalEmbeddingAdapter implements EmbeddingModelAdapter {

    private static final String PATH = "/v1/embeddings";

    private final LocalServer server;
    private final ModelProfile profile;

    LocalEmbeddingAdapter(LocalServer server, ModelProfile profile) {
        this.server = server;
        this.profile = profile;
    }

    @Override
    public ModelProfile profile() {
        return profile;
    }

    /**
     * Embeds.
     *
     * @throws IllegalStateException if the server is closed
     */
    @Override
    public EmbeddingResult embed(EmbeddingRequest request, CallContext call) throws InterruptedException {
        return server.post(
                profile,
                PATH,
                "application/json",
                JsonBody.of(fields(request)),
                call,
                answer -> read(answer, request.texts().size()));
    }

    @Override
    public String toString() {
        return "LocalEmbeddingAdapter[" + profile.id() + " of " + server + "]";
    }

    private Map<String, Object> fields(EmbeddingRequest request) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("model", profile.id());
        fields.put("input", request.texts());
        VectorForm form = server.profile().vectorForm();
        if (form != VectorForm.UNSAID) {
            fields.put("encoding_format", form.name().toLowerCase(Locale.ROOT));
        }
        if (server.profile().takesDimensions()) {
            profile.dimensions().ifPresent(count -> fields.put("dimensions", count));
        }
        return fields;
    }

    private EmbeddingResult read(HttpAnswer answer, int texts) throws IOException {
        Vectors vectors = Vectors.read(answer.body());
        server.checkNoError(profile.id(), vectors.rest(), answer);
        if (vectors.byIndex().size() != texts
                || vectors.byIndex().firstKey() != 0
                || vectors.byIndex().lastKey() != texts - 1) {
            throw unusable("gave " + vectors.byIndex().size() + " vectors for " + texts + " texts", answer);
        }
        for (float[] vector : vectors.byIndex().values()) {
            if (vector.length == 0 || profile.dimensions().orElse(vector.length) != vector.length) {
                throw unusable(
                        "gave a vector of " + vector.length + " numbers"
                                + (profile.dimensions().isPresent()
                                        ? ", its profile says "
                                                + profile.dimensions().getAsInt()
                                        : ""),
                        answer);
            }
        }
        List<Embedding> embeddings =
                vectors.byIndex().values().stream().map(Embedding::of).toList();
        UsageBuilder usage = Usage.builder();
        Json.count(vectors.rest().at("/usage/prompt_tokens")).ifPresent(usage::inputTextTokens);
        return EmbeddingResult.builder(Json.text(vectors.rest().path("model")).orElse(profile.id()), embeddings)
                .usage(usage.build())
                .vendorRequestId(answer.vendorRequestId())
                .build();
    }

    private ModelException unusable(String problem, HttpAnswer answer) {
        return new ModelException(
                ServerErrors.unusable(profile.id(), Reason.MALFORMED_ANSWER, problem, answer.vendorRequestId())
                        .build());
    }
}
