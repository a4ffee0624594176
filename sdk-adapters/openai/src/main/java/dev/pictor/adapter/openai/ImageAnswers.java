package dev.pictor.adapter.openai;

import dev.pictor.model.Continuation;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ImageResultBuilder;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.OptionWarning;
import dev.pictor.model.Usage;
import dev.pictor.model.UsageBuilder;
import dev.pictor.model.http.JsonAnswer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads answers with pictures. What is not known in them is passed over. */
final class ImageAnswers {

    private final ModelProfile profile;
    private final ImagePlan plan;
    private final JsonAnswer answer;

    ImageAnswers(ModelProfile profile, ImagePlan plan, JsonAnswer answer) {
        this.profile = profile;
        this.plan = plan;
        this.answer = answer;
    }

    /** Returns the result of a generation or an edit. */
    ImageResult ofImages() {
        if (answer.images().isEmpty()) {
            String code = answer.text("/error/code")
                    .or(() -> answer.text("/error/type"))
                    .orElse("");
            if (OpenAiFailures.CODES.containsKey(code)) {
                throw OpenAiFailures.failed(profile.id(), code, words(""), answer.vendorRequestId());
            }
            throw OpenAiFailures.withoutPicture(profile.id(), words(""), answer.vendorRequestId());
        }
        return start("/usage").build();
    }

    /** Returns the result of a turn of a conversation. */
    ImageResult ofTurn(String host) {
        String said = said();
        if (answer.images().isEmpty()) {
            throw withoutPicture(said);
        }
        ImageResultBuilder result = start("/tool_usage/image_gen");
        if (!said.isBlank()) {
            result.text(said);
        }
        hostTokens(host).ifPresent(result::addWarnings);
        if (plan.request().continuable()) {
            Optional<String> id = answer.text("/id");
            id.ifPresent(name ->
                    result.continuation(Continuation.of(profile.provider(), name.getBytes(StandardCharsets.UTF_8))));
            if (id.isEmpty()) {
                result.addWarnings(new OptionWarning("continuable", "the answer has no name to go on from"));
            }
        }
        return result.build();
    }

    private ImageResultBuilder start(String usage) {
        return ImageResult.builder(profile.id(), answer.images())
                .usage(usage(usage))
                .warnings(plan.warnings(answer.images().get(0).size()))
                .vendorRequestId(answer.vendorRequestId());
    }

    /** What the model that talks has read and written has its own price, and would count at the wrong one. */
    private Optional<OptionWarning> hostTokens(String host) {
        OptionalLong read = answer.number("/usage/input_tokens");
        OptionalLong written = answer.number("/usage/output_tokens");
        return read.isEmpty() && written.isEmpty()
                ? Optional.empty()
                : Optional.of(new OptionWarning(
                        "continuable",
                        host + " read " + read.orElse(0) + " tokens and wrote " + written.orElse(0)
                                + " beside the picture: they are charged at its price and not in the usage"));
    }

    /** Picture tokens that were written and are not told apart are all of the picture: the dearer of the two. */
    private Usage usage(String at) {
        UsageBuilder usage = Usage.builder().images(answer.images().size());
        OptionalLong text = answer.number(at + "/input_tokens_details/text_tokens");
        OptionalLong image = answer.number(at + "/input_tokens_details/image_tokens");
        if (text.isEmpty() && image.isEmpty()) {
            answer.number(at + "/input_tokens").ifPresent(usage::inputTextTokens);
        }
        text.ifPresent(usage::inputTextTokens);
        image.ifPresent(usage::inputImageTokens);
        cached(at, "text").ifPresent(usage::cachedTextTokens);
        cached(at, "image").ifPresent(usage::cachedImageTokens);
        OptionalLong drawn = answer.number(at + "/output_tokens_details/image_tokens");
        if (drawn.isEmpty()) {
            answer.number(at + "/output_tokens").ifPresent(usage::outputImageTokens);
        } else {
            usage.outputImageTokens(drawn.getAsLong());
            answer.number(at + "/output_tokens_details/text_tokens").ifPresent(usage::outputTextTokens);
        }
        return usage.build();
    }

    private OptionalLong cached(String at, String modality) {
        OptionalLong inside = answer.number(at + "/input_tokens_details/cached_tokens_details/" + modality + "_tokens");
        return inside.isPresent() ? inside : answer.number(at + "/cached_tokens_details/" + modality + "_tokens");
    }

    private ModelException withoutPicture(String said) {
        Optional<String> id = answer.vendorRequestId();
        Optional<String> code = answer.text("/error/code");
        if (code.isPresent()) {
            return OpenAiFailures.failed(profile.id(), code.get(), words(""), id);
        }
        for (int i = 0; i < answer.count("/output"); i++) {
            String item = "/output/" + i;
            Optional<String> stage = answer.text(item + "/error/moderation_details/moderation_stage");
            if (stage.isPresent()) {
                return stage.get().equals("output")
                        ? OpenAiFailures.heldBack(profile.id(), words(item), id)
                        : OpenAiFailures.blocked(profile.id(), words(item), id);
            }
            Optional<String> itemCode = answer.text(item + "/error/code");
            if (itemCode.isPresent()) {
                return OpenAiFailures.failed(profile.id(), itemCode.get(), words(item), id);
            }
            for (int j = 0; j < answer.count(item + "/content"); j++) {
                Optional<String> refusal = answer.text(item + "/content/" + j + "/refusal");
                if (refusal.isPresent()) {
                    return OpenAiFailures.declined(profile.id(), refusal.get(), id);
                }
            }
        }
        if (answer.text("/incomplete_details/reason").orElse("").equals("content_filter")) {
            return OpenAiFailures.heldBack(profile.id(), Optional.empty(), id);
        }
        return OpenAiFailures.withoutPicture(profile.id(), Optional.of(said), id);
    }

    private Optional<String> words(String item) {
        return answer.text(item + "/error/message").or(() -> answer.text(item + "/error"));
    }

    /** Returns what was said beside the pictures, or an empty text. */
    private String said() {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < answer.count("/output"); i++) {
            for (int j = 0; j < answer.count("/output/" + i + "/content"); j++) {
                String part = "/output/" + i + "/content/" + j;
                if (answer.text(part + "/type").orElse("").equals("output_text")) {
                    answer.text(part + "/text").ifPresent(texts::add);
                }
            }
        }
        return String.join("\n", texts);
    }
}
