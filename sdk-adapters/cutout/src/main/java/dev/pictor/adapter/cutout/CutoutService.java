package dev.pictor.adapter.cutout;

import dev.pictor.image.ImageBytes;
import dev.pictor.image.ImageRejectedException;
import dev.pictor.image.PixelSize;
import dev.pictor.model.BackgroundRemovalRequest;
import dev.pictor.model.BackgroundRemovalResult;
import dev.pictor.model.BackgroundRemovalResultBuilder;
import dev.pictor.model.CallContext;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelFailure.Refusal;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.OptionWarning;
import dev.pictor.model.http.HttpAnswer;
import dev.pictor.model.http.ModelHttp;
import dev.pictor.model.http.MultipartBody;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One way to a service: a form with a picture out, a picture back. Thread-safe. */
final class CutoutService implements AutoCloseable {

    private static final String SANDBOX = "sandbox_";

    private final ServiceTerms terms;
    private final ModelProfile profile;
    private final URI uri;
    private final String apiKey;
    private final Upload upload;
    private final ModelHttp http;

    CutoutService(ServiceTerms terms, ServiceBuilder<?> settings) {
        this.terms = terms;
        this.profile = settings.profile;
        this.uri = settings.uri(terms.path());
        this.apiKey = settings.apiKey;
        this.upload = new Upload(profile.id(), terms, settings.imaging);
        this.http = ModelHttp.builder()
                .connectTimeout(settings.connectTimeout)
                .addSecret(apiKey)
                // both answer 403 where the key is missing or wrong
                .errorReasons((status, body) -> status == 403 ? Optional.of(Reason.UNAUTHORIZED) : Optional.empty())
                .build();
    }

    ModelProfile profile() {
        return profile;
    }

    /** What a service tells beside the picture. */
    @FunctionalInterface
    interface Extras {
        void read(HttpAnswer answer, BackgroundRemovalResultBuilder into);
    }

    ServiceForm form(Map<String, String> usual, BackgroundRemovalRequest request) {
        ServiceForm form = ServiceForm.of(profile.id(), terms, usual, request);
        if (!apiKey.startsWith(SANDBOX)) {
            return form;
        }
        List<OptionWarning> warnings = new ArrayList<>(form.warnings());
        warnings.add(new OptionWarning("apiKey", "what a sandbox key gets has a watermark"));
        return new ServiceForm(form.fields(), List.copyOf(warnings), form.opaque());
    }

    BackgroundRemovalResult remove(ServiceForm form, BackgroundRemovalRequest request, CallContext call, Extras extras)
            throws InterruptedException {
        new Stopping(profile.id(), call).check();
        ImageBytes sent = upload.prepare(request.image());
        MultipartBody body = MultipartBody.create()
                .file("image_file", "image." + sent.format().name().toLowerCase(Locale.ROOT), sent);
        form.fields().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(field -> body.field(field.getKey(), field.getValue()));
        HttpRequest post = HttpRequest.newBuilder(uri)
                .header("Content-Type", body.contentType())
                .header(terms.keyHeader(), apiKey)
                .POST(body.publisher())
                .build();
        PixelSize given = request.image().header().uprightSize();
        return http.send(profile.id(), post, call, answer -> {
            ImageBytes image = picture(answer);
            if (!image.header().hasAlpha() && !form.opaque()) {
                throw unusable(answer, "a picture without transparency");
            }
            List<OptionWarning> warnings = new ArrayList<>(form.warnings());
            if (!image.size().equals(given) && form.warnings().stream().noneMatch(CutoutService::isOfSize)) {
                warnings.add(new OptionWarning("size", "came back as " + image.size() + ", was " + given));
            }
            BackgroundRemovalResultBuilder result = BackgroundRemovalResult.builder(profile.id(), image)
                    .warnings(warnings)
                    .vendorRequestId(answer.vendorRequestId());
            extras.read(answer, result);
            return result.build();
        });
    }

    private static boolean isOfSize(OptionWarning warning) {
        return warning.option().equals("size");
    }

    private ImageBytes picture(HttpAnswer answer) {
        try {
            return ImageBytes.read(answer.body());
        } catch (ImageRejectedException e) {
            if (e.reason() == ImageRejectedException.Reason.NOT_AN_IMAGE
                    || e.reason() == ImageRejectedException.Reason.EMPTY) {
                throw unusable(answer, "an answer without a picture");
            }
            throw e;
        }
    }

    private ModelException unusable(HttpAnswer answer, String what) {
        return new ModelException(ModelFailure.builder(
                        profile.id(), Reason.MALFORMED_ANSWER, Billed.BILLED_UNUSABLE, profile.id() + " sent " + what)
                .refusal(Refusal.NO_PICTURE)
                .httpStatus(answer.status())
                .vendorRequestId(answer.vendorRequestId())
                .build());
    }

    @Override
    public void close() {
        http.close();
    }
}
