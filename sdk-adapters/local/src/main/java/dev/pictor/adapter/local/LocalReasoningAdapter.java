package dev.pictor.adapter.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pictor.model.CallContext;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.OptionWarning;
import dev.pictor.model.ReasoningModelAdapter;
import dev.pictor.model.ReasoningRequest;
import dev.pictor.model.ReasoningResult;
import dev.pictor.model.http.JsonBody;
import java.util.ArrayList;
import java.util.List;

/**
 * A model that reads and answers, over {@code POST /v1/chat/completions}. Made by {@link LocalServer#reasoning}, and
 * ends with that server. Thread-safe.
 *
 * <p>Pictures go as data URLs, in a format that the server reads. A schema goes in the form that the server knows, in
 * words where it knows none, and the answer is checked to be JSON. {@code thinkingTokens} becomes
 * {@code reasoning_effort} where the server knows it: 0 switches thinking off, up to 2,048 tokens are the least level, up
 * to 8,192 the middle one. Options by the server's names: {@link ServerProfile#chatOptions()}.
 */
public final class LocalReasoningAdapter implements ReasoningModelAdapter {

    private static final String PATH = "/v1/chat/completions";

    private final LocalServer server;
    private final ModelProfile profile;
    private final SentPictures pictures;

    LocalReasoningAdapter(LocalServer server, ModelProfile profile) {
        this.server = server;
        this.profile = profile;
        this.pictures = new SentPictures(profile.id(), server);
    }

    @Override
    public ModelProfile profile() {
        return profile;
    }

    @Override
    public List<OptionWarning> unsupported(ReasoningRequest request) {
        return new ChatRequest(request, profile, server.profile()).warnings();
    }

    /**
     * Answers.
     *
     * @throws IllegalStateException if the server is closed
     */
    @Override
    public ReasoningResult reason(ReasoningRequest request, CallContext call) throws InterruptedException {
        ChatRequest asked = new ChatRequest(request, profile, server.profile());
        return server.post(profile, PATH, "application/json", JsonBody.of(asked.fields(pictures)), call, answer -> {
            JsonNode root = server.tree(profile.id(), answer);
            ChatAnswer given = new ChatAnswer(profile.id(), root, answer.vendorRequestId());
            return ReasoningResult.builder(
                            given.servedBy(), given.text(!request.answerSchema().isEmpty()))
                    .usage(given.usage())
                    .finishReason(given.finishReason())
                    .warnings(warnings(asked, given.servedBy()))
                    .vendorRequestId(answer.vendorRequestId())
                    .build();
        });
    }

    @Override
    public String toString() {
        return "LocalReasoningAdapter[" + profile.id() + " of " + server + "]";
    }

    private List<OptionWarning> warnings(ChatRequest asked, String servedBy) {
        List<OptionWarning> warnings = new ArrayList<>(asked.warnings());
        // one model loaded twice is "model:2"
        if (server.profile().answersAsLoadedModel() && !servedBy.startsWith(profile.id())) {
            warnings.add(new OptionWarning("model", servedBy + " is loaded there and answered instead"));
        }
        return warnings;
    }
}
