package dev.pictor.adapter.openai;

import com.openai.models.images.ImageGenerateParams;
import com.openai.models.responses.EasyInputMessage;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseInputContent;
import com.openai.models.responses.ResponseInputImage;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseInputText;
import com.openai.models.responses.Tool;
import com.openai.models.responses.ToolChoiceTypes;
import dev.pictor.image.ImageBytes;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.http.MultipartBody;
import java.util.ArrayList;
import java.util.List;

/** Writes requests for pictures, in the three forms that OpenAI takes. */
final class ImageBodies {

    private ImageBodies() {}

    /** Returns a request for new pictures: {@code POST /images/generations}. */
    static ImageGenerateParams.Body generation(String model, ImagePlan plan) {
        ImageGenerateParams.Body.Builder body = ImageGenerateParams.Body.builder()
                .model(model)
                .prompt(plan.request().prompt())
                .n(plan.request().count());
        plan.fields().forEach((name, value) -> {
            String word = value.toString();
            switch (name) {
                case "size" -> body.size(word);
                case "quality" -> body.quality(ImageGenerateParams.Quality.of(word));
                case "background" -> body.background(ImageGenerateParams.Background.of(word));
                case "moderation" -> body.moderation(ImageGenerateParams.Moderation.of(word));
                case "output_format" -> body.outputFormat(ImageGenerateParams.OutputFormat.of(word));
                case "output_compression" -> body.outputCompression(((Integer) value).longValue());
                case "complexity" -> body.complexity(ImageGenerateParams.Complexity.of(word));
                case "safety_identifier" -> body.safetyIdentifier(word);
                default -> throw new IllegalStateException("no field of a generation: " + name);
            }
        });
        return body.build();
    }

    /**
     * Returns a request for changed pictures: {@code POST /images/edits}. The vendor's SDK has one media type and one
     * file name for all references together, so this form is not written by it.
     */
    static MultipartBody edit(String model, ImagePlan plan) {
        ImageRequest request = plan.request();
        MultipartBody form = MultipartBody.create()
                .field("model", model)
                .field("prompt", request.prompt())
                .field("n", Integer.toString(request.count()));
        plan.fields().forEach((name, value) -> form.field(name, value.toString()));
        List<ImageBytes> references = request.references();
        String name = references.size() == 1 ? "image" : "image[]";
        for (int i = 0; i < references.size(); i++) {
            ImageBytes reference = references.get(i);
            form.file(name, "reference-" + (i + 1) + "." + reference.format().extension(), reference);
        }
        request.mask().ifPresent(mask -> form.file("mask", "mask.png", mask));
        return form;
    }

    /**
     * Returns a turn of a conversation: {@code POST /responses} with the tool that draws.
     *
     * @param host the model that talks and calls the tool
     */
    static ResponseCreateParams.Body turn(String model, String host, ImagePlan plan) {
        ImageRequest request = plan.request();
        ResponseCreateParams.Body.Builder body = ResponseCreateParams.Body.builder()
                .model(host)
                .inputOfResponse(List.of(message(request)))
                .addTool(tool(model, plan))
                .toolChoice(ToolChoiceTypes.builder()
                        .type(ToolChoiceTypes.Type.IMAGE_GENERATION)
                        .build())
                .store(request.continuable());
        plan.previousResponse().ifPresent(body::previousResponseId);
        if (plan.fields().get("safety_identifier") instanceof String identifier) {
            body.safetyIdentifier(identifier);
        }
        return body.build();
    }

    private static ResponseInputItem message(ImageRequest request) {
        List<ResponseInputContent> parts = new ArrayList<>();
        parts.add(ResponseInputContent.ofInputText(
                ResponseInputText.builder().text(request.prompt()).build()));
        request.references()
                .forEach(reference -> parts.add(ResponseInputContent.ofInputImage(ResponseInputImage.builder()
                        .imageUrl(reference.toDataUri())
                        .detail(ResponseInputImage.Detail.AUTO)
                        .build())));
        return ResponseInputItem.ofEasyInputMessage(EasyInputMessage.builder()
                .role(EasyInputMessage.Role.USER)
                .contentOfResponseInputMessageContentList(parts)
                .build());
    }

    private static Tool.ImageGeneration tool(String model, ImagePlan plan) {
        Tool.ImageGeneration.Builder tool = Tool.ImageGeneration.builder().model(model);
        plan.request()
                .mask()
                .ifPresent(mask -> tool.inputImageMask(Tool.ImageGeneration.InputImageMask.builder()
                        .imageUrl(mask.toDataUri())
                        .build()));
        plan.fields().forEach((name, value) -> {
            String word = value.toString();
            switch (name) {
                case "size" -> tool.size(word);
                case "quality" -> tool.quality(Tool.ImageGeneration.Quality.of(word));
                case "background" -> tool.background(Tool.ImageGeneration.Background.of(word));
                case "moderation" -> tool.moderation(Tool.ImageGeneration.Moderation.of(word));
                case "output_format" -> tool.outputFormat(Tool.ImageGeneration.OutputFormat.of(word));
                case "output_compression" -> tool.outputCompression(((Integer) value).longValue());
                case "input_fidelity" -> tool.inputFidelity(Tool.ImageGeneration.InputFidelity.of(word));
                case "complexity" -> tool.complexity(Tool.ImageGeneration.Complexity.of(word));
                case "safety_identifier" -> {} // of the request, not of the tool
                default -> throw new IllegalStateException("no field of the tool: " + name);
            }
        });
        return tool.build();
    }
}
