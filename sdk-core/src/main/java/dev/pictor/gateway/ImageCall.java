package dev.pictor.gateway;

import dev.pictor.image.ImageBytes;
import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.OptionWarning;
import dev.pictor.pipeline.RunContext;
import dev.pictor.trace.TraceAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A call to a model that draws. */
final class ImageCall extends ModelCall<ImageResult> {

    private final ImageModelAdapter adapter;
    private final ImageRequest request;

    ImageCall(RunContext run, ImageModelAdapter adapter, ImageRequest request) {
        super(run, adapter.profile());
        this.adapter = adapter;
        this.request = request;
    }

    @Override
    String operation() {
        return "generate_content";
    }

    @Override
    String outputType() {
        return "image";
    }

    @Override
    ImageResult invoke() throws InterruptedException {
        return adapter.generate(request, run);
    }

    @Override
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (request.references().size() > profile.maxReferences()) {
            problems.add("takes at most " + profile.maxReferences() + " reference pictures, the request has "
                    + request.references().size());
        }
        if (request.mask().isPresent() && !profile.supportsMask()) {
            problems.add("takes no mask");
        }
        if (request.count() > profile.maxCount()) {
            problems.add("draws at most " + profile.maxCount() + " pictures a call, the request asks for "
                    + request.count());
        }
        request.size()
                .ifPresent(size -> profile.maxSize().ifPresent(max -> {
                    if (size.width() > max.width() || size.height() > max.height()) {
                        problems.add("draws at most " + max + ", the request asks for " + size);
                    }
                }));
        return problems;
    }

    @Override
    List<OptionWarning> shortcomings(ImageResult result) {
        int drawn = result.images().size();
        return drawn == request.count()
                ? List.of()
                : List.of(new OptionWarning("count", "asked for " + request.count() + " pictures, got " + drawn));
    }

    @Override
    Map<String, Object> attributes() {
        Map<String, Object> attributes = new LinkedHashMap<>();
        if (request.count() != 1) {
            attributes.put(TraceAttributes.CHOICE_COUNT, request.count());
        }
        request.seed().ifPresent(seed -> attributes.put(TraceAttributes.SEED, seed));
        return attributes;
    }

    @Override
    Map<String, Object> describe() {
        List<Object> parts = new ArrayList<>();
        parts.add(CallJson.text(request.prompt()));
        request.references().forEach(image -> parts.add(CallJson.picture(image, "reference")));
        request.mask().ifPresent(image -> parts.add(CallJson.picture(image, "mask")));
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("count", request.count());
        request.size().ifPresent(size -> parameters.put("size", size.toString()));
        request.aspectRatio().ifPresent(ratio -> parameters.put("aspect_ratio", ratio.toString()));
        request.seed().ifPresent(seed -> parameters.put("seed", seed));
        if (!request.options().isEmpty()) {
            parameters.put("options", request.options());
        }
        return Map.of("messages", List.of(Map.of("role", "user", "parts", parts)), "parameters", parameters);
    }

    @Override
    Map<String, Object> describe(ImageResult result) {
        Map<String, Object> response = new LinkedHashMap<>();
        result.text().ifPresent(text -> response.put("text", text));
        response.put(
                "images",
                result.images().stream()
                        .map(image -> CallJson.picture(image, "output"))
                        .toList());
        return response;
    }

    @Override
    void keepInputs() {
        request.references().forEach(image -> run.keep("input", image));
        request.mask().ifPresent(image -> run.keep("mask", image));
    }

    @Override
    void keepOutputs(ImageResult result) {
        for (ImageBytes image : result.images()) {
            run.keep("output", image);
        }
    }
}
