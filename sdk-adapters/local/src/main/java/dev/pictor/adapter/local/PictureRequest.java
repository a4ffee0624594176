package dev.pictor.adapter.local;

import dev.pictor.image.AspectRatio;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.PixelSize;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.OptionWarning;
import dev.pictor.model.http.MultipartBody;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An {@link ImageRequest} in the words of OpenAI's image API, with what the server has no words for. Immutable. */
final class PictureRequest {

    private static final double SAME_RATIO = 0.05;

    private final ImageRequest request;
    private final ModelProfile model;
    private final ServerProfile server;
    private final DrawnSizes sizes;

    PictureRequest(ImageRequest request, ModelProfile model, ServerProfile server) {
        this.request = request;
        this.model = model;
        this.server = server;
        this.sizes = new DrawnSizes(model.sizes(), server);
    }

    /** Throws if the model cannot serve the request at all. */
    void check() {
        if (request.references().size() > model.maxReferences()) {
            throw invalid("takes at most " + model.maxReferences() + " references, was given "
                    + request.references().size());
        }
        if (request.mask().isPresent() && !model.supportsMask()) {
            throw invalid("takes no mask; describe in the prompt what to change");
        }
        if (request.count() > model.maxCount()) {
            throw invalid("draws at most " + model.maxCount() + " at a time, was asked for " + request.count());
        }
        if (request.continuation().isPresent()) {
            throw invalid("does not go on from an earlier answer; give its picture as a reference");
        }
    }

    /** Returns what will not be honoured, as far as it is known before. */
    List<OptionWarning> warnings() {
        List<OptionWarning> warnings = new ArrayList<>();
        request.size()
                .filter(asked -> !isDrawn(asked))
                .ifPresent(asked -> warnings.add(new OptionWarning(
                        "size", "asked for " + sizes.nearest(asked) + ", the nearest to " + asked + " that it draws")));
        if (request.seed().isPresent() && !server.takesImageSeed()) {
            warnings.add(new OptionWarning("seed", "left out: " + server.title() + " takes none for pictures"));
        } else if (request.seed().isPresent() && !model.supportsSeed()) {
            warnings.add(new OptionWarning("seed", "sent, but the model does not promise to repeat itself"));
        }
        if (request.continuable()) {
            warnings.add(new OptionWarning("continuable", "nothing is kept there to go on from"));
        }
        request.options().keySet().stream()
                .filter(name -> !server.imageOptions().contains(name))
                .forEach(name -> warnings.add(new OptionWarning(
                        name, "left out: not an option that pictures of " + server.title() + " honour")));
        return warnings;
    }

    /** Returns what was not honoured, now that the picture is known. */
    List<OptionWarning> warnings(PixelSize drawn) {
        List<OptionWarning> warnings = new ArrayList<>(warnings());
        request.size()
                .filter(asked -> isDrawn(asked) && !asked.equals(drawn))
                .ifPresent(asked -> warnings.add(new OptionWarning("size", "asked " + asked + ", drew " + drawn)));
        request.aspectRatio()
                .filter(asked -> asked.distance(AspectRatio.of(drawn)) > SAME_RATIO)
                .ifPresent(
                        asked -> warnings.add(new OptionWarning("aspectRatio", "asked " + asked + ", drew " + drawn)));
        return warnings;
    }

    boolean isEdit() {
        return !request.references().isEmpty();
    }

    /** Returns the fields of a request without pictures. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("model", model.id());
        fields.put("prompt", request.prompt());
        if (request.count() > 1) {
            fields.put("n", request.count());
        }
        size().ifPresent(size -> fields.put("size", size.toString()));
        if (server.needsResponseFormat()) {
            fields.put("response_format", "b64_json");
        }
        if (server.takesImageSeed()) {
            request.seed().ifPresent(seed -> fields.put("seed", seed));
        }
        request.options().forEach((name, value) -> {
            if (server.imageOptions().contains(name)) {
                fields.put(name, value);
            }
        });
        return fields;
    }

    /** Returns a form with the same fields and the pictures. */
    MultipartBody form(SentPictures pictures) {
        MultipartBody form = MultipartBody.create();
        fields().forEach((name, value) -> {
            if (!(value instanceof String || value instanceof Number || value instanceof Boolean)) {
                throw invalid("needs a text, a number or a boolean for option " + name + " beside references");
            }
            form.field(name, value.toString());
        });
        int number = 0;
        for (ImageBytes reference : request.references()) {
            ImageBytes sent = pictures.of(reference);
            form.file(
                    server.referenceField(),
                    "reference-" + ++number + "." + sent.format().extension(),
                    sent);
        }
        request.mask().ifPresent(mask -> form.file("mask", "mask.png", pictures.mask(mask)));
        return form;
    }

    private Optional<PixelSize> size() {
        return request.size().map(sizes::nearest).or(() -> request.aspectRatio().map(sizes::nearest));
    }

    private boolean isDrawn(PixelSize size) {
        return sizes.nearest(size).equals(size);
    }

    private ModelException invalid(String problem) {
        return ServerErrors.refused(model.id(), problem, null);
    }
}
