package dev.pictor.testkit.wire;

import dev.pictor.image.ImageBytes;
import dev.pictor.model.BackgroundRemovalRequest;
import dev.pictor.model.BackgroundRemovalResult;
import dev.pictor.model.BackgroundRemover;
import dev.pictor.model.CallContext;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.OptionWarning;
import dev.pictor.model.http.ModelHttp;
import dev.pictor.model.http.MultipartBody;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The least that an adapter to a service for cut-outs has to do. */
class CutModel implements BackgroundRemover, AutoCloseable {

    private static final ModelProfile PROFILE =
            ModelProfile.builder("cut-1", "example").build();

    private final ModelHttp http = ModelHttp.builder()
            .errorReasons((status, body) -> status == 403 ? Optional.of(Reason.UNAUTHORIZED) : Optional.empty())
            .build();
    private final URI uri;
    private final String key;

    CutModel(URI server, String key) {
        this.uri = server.resolve("/v1/segment");
        this.key = key;
    }

    @Override
    public ModelProfile profile() {
        return PROFILE;
    }

    @Override
    public List<OptionWarning> unsupported(BackgroundRemovalRequest request) {
        return request.options().keySet().stream()
                .map(name -> new OptionWarning(name, "there are no options"))
                .toList();
    }

    @Override
    public BackgroundRemovalResult remove(BackgroundRemovalRequest request, CallContext call)
            throws InterruptedException {
        MultipartBody form = MultipartBody.create().file("image_file", "picture.png", request.image());
        HttpRequest post = HttpRequest.newBuilder(uri)
                .header("Content-Type", form.contentType())
                .header("x-api-key", key)
                .POST(form.publisher())
                .build();
        return http.send(PROFILE.id(), post, call, answer -> {
            ImageBytes image = ImageBytes.read(answer.body());
            if (!image.header().hasAlpha()) {
                throw new ModelException(ModelFailure.builder(
                                PROFILE.id(),
                                Reason.MALFORMED_ANSWER,
                                Billed.BILLED_UNUSABLE,
                                PROFILE.id() + " cut nothing out")
                        .build());
            }
            List<OptionWarning> warnings = new ArrayList<>(unsupported(request));
            if (!image.size().equals(request.image().size())) {
                warnings.add(new OptionWarning("size", "came back as " + image.size()));
            }
            return BackgroundRemovalResult.builder(PROFILE.id(), image)
                    .warnings(warnings)
                    .build();
        });
    }

    @Override
    public void close() {
        http.close();
    }
}
