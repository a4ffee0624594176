package dev.pictor.adapter.cutout;

import dev.pictor.model.BackgroundRemovalRequest;
import dev.pictor.model.BackgroundRemovalResult;
import dev.pictor.model.BackgroundRemovalResultBuilder;
import dev.pictor.model.BackgroundRemover;
import dev.pictor.model.CallContext;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.OptionWarning;
import dev.pictor.model.http.HttpAnswer;
import java.util.List;
import java.util.Map;

/**
 * Background removal by PhotoRoom: {@code POST https://sdk.photoroom.com/v1/segment}. Thread-safe.
 *
 * <ul>
 *   <li><b>Pictures:</b> JPEG, PNG and WebP are sent as they are; those that are turned, animated, in CMYK or have a
 *       profile are converted first, since PhotoRoom reads sRGB. PNG comes back, as large as the picture up to 36
 *       megapixels.
 *   <li><b>Options:</b> the form's fields {@code format} (png), {@code size} (full), {@code channels}, {@code bg_color},
 *       {@code crop}, {@code despill}.
 *   <li><b>Uncertainty:</b> PhotoRoom's own score is {@link BackgroundRemovalResult#uncertainty()}. There is none for
 *       people.
 *   <li><b>Errors:</b> as {@link dev.pictor.model.http.ModelHttp}; 403 is a wrong key. A 2xx without a picture, or with
 *       one without transparency, is {@link dev.pictor.model.ModelFailure.Reason#MALFORMED_ANSWER}. What is refused before
 *       it is sent is {@link dev.pictor.model.ModelFailure.Reason#INVALID_REQUEST}.
 * </ul>
 *
 * <p>Source: <a href="https://docs.photoroom.com/remove-background-api-basic-plan">PhotoRoom's documentation</a> and its
 * OpenAPI document, in the copies that {@code ServiceTerms} names, read on 2026-11-29.
 */
public final class PhotoRoomRemover implements BackgroundRemover, AutoCloseable {

    private static final Map<String, String> USUAL = Map.of("format", "png", "size", "full");

    private final CutoutService service;

    PhotoRoomRemover(CutoutService service) {
        this.service = service;
    }

    /**
     * Returns a builder.
     *
     * @param apiKey a key of PhotoRoom, 1 to 512 printable ASCII characters; one that begins with {@code sandbox_} gets
     *     pictures with a watermark
     * @return a new builder
     * @throws IllegalArgumentException if the key has other characters; the message does not show it
     */
    public static PhotoRoomRemoverBuilder builder(String apiKey) {
        return new PhotoRoomRemoverBuilder(apiKey);
    }

    @Override
    public ModelProfile profile() {
        return service.profile();
    }

    @Override
    public List<OptionWarning> unsupported(BackgroundRemovalRequest request) {
        return service.form(USUAL, request).warnings();
    }

    @Override
    public BackgroundRemovalResult remove(BackgroundRemovalRequest request, CallContext call)
            throws InterruptedException {
        return service.remove(service.form(USUAL, request), request, call, PhotoRoomRemover::readScore);
    }

    /** 0 is sure, 1 is unsure, -1 stands for none. */
    private static void readScore(HttpAnswer answer, BackgroundRemovalResultBuilder into) {
        Headers.number(answer, "x-uncertainty-score")
                .filter(score -> score.signum() >= 0 && score.doubleValue() <= 1)
                .ifPresent(score -> into.uncertainty(score.doubleValue()));
    }

    /** Stops the calls in flight and closes their connections. */
    @Override
    public void close() {
        service.close();
    }

    @Override
    public String toString() {
        return "PhotoRoomRemover[" + profile().id() + "]";
    }
}
