package dev.pictor.adapter.cutout;

import dev.pictor.image.PixelSize;
import dev.pictor.model.BackgroundRemovalRequest;
import dev.pictor.model.BackgroundRemovalResult;
import dev.pictor.model.BackgroundRemovalResultBuilder;
import dev.pictor.model.BackgroundRemover;
import dev.pictor.model.CallContext;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.Money;
import dev.pictor.model.OptionWarning;
import dev.pictor.model.http.HttpAnswer;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * Background removal by remove.bg: {@code POST https://api.remove.bg/v1.0/removebg}. Thread-safe.
 *
 * <ul>
 *   <li><b>Pictures:</b> JPEG, PNG and WebP up to 22 MB and 50 megapixels are sent as they are; those that are turned,
 *       animated or in CMYK are converted first. PNG comes back up to 10 megapixels, which is the most that remove.bg writes
 *       as PNG, and WebP above.
 *   <li><b>Options:</b> the form's fields {@code size} (auto, above 25 megapixels 50MP), {@code format} (png or webp, as
 *       said), {@code type}, {@code type_level}, {@code roi}, {@code crop}, {@code crop_margin}, {@code scale},
 *       {@code position}, {@code channels}, {@code shadow_type}, {@code shadow_opacity}, {@code add_shadow},
 *       {@code semitransparency}, {@code bg_color}, {@code bg_image_url}. Without credits {@code auto} gives a preview, and a
 *       warning of {@code size} tells so.
 *   <li><b>Credits:</b> what was charged is {@link BackgroundRemovalResult#charged()}.
 *   <li><b>Errors:</b> as {@link dev.pictor.model.http.ModelHttp}; 402 is
 *       {@link dev.pictor.model.ModelFailure.Reason#QUOTA_EXHAUSTED}, 403 a wrong key, and 400, such as where remove.bg finds
 *       no foreground, {@link dev.pictor.model.ModelFailure.Reason#INVALID_REQUEST}; none of them is charged. A 2xx without
 *       a picture, or with one without transparency, is
 *       {@link dev.pictor.model.ModelFailure.Reason#MALFORMED_ANSWER}.
 * </ul>
 *
 * <p>Source: <a href="https://www.remove.bg/api">remove.bg's documentation</a>, in the copy that {@code ServiceTerms}
 * names, read on 2026-11-29.
 */
public final class RemoveBgRemover implements BackgroundRemover, AutoCloseable {

    private static final BigDecimal MOST_CREDITS = BigDecimal.valueOf(1_000_000);
    private static final int NANO_DIGITS = 9;

    private final CutoutService service;

    RemoveBgRemover(CutoutService service) {
        this.service = service;
    }

    /**
     * Returns a builder.
     *
     * @param apiKey a key of remove.bg, 1 to 512 printable ASCII characters
     * @return a new builder
     * @throws IllegalArgumentException if the key has other characters; the message does not show it
     */
    public static RemoveBgRemoverBuilder builder(String apiKey) {
        return new RemoveBgRemoverBuilder(apiKey);
    }

    @Override
    public ModelProfile profile() {
        return service.profile();
    }

    @Override
    public List<OptionWarning> unsupported(BackgroundRemovalRequest request) {
        return form(request).warnings();
    }

    @Override
    public BackgroundRemovalResult remove(BackgroundRemovalRequest request, CallContext call)
            throws InterruptedException {
        return service.remove(form(request), request, call, RemoveBgRemover::readCharge);
    }

    private ServiceForm form(BackgroundRemovalRequest request) {
        PixelSize size = request.image().size();
        boolean asPng = size.pixels() <= ServiceTerms.REMOVE_BG_PNG_PIXELS;
        return service.form(
                Map.of("format", asPng ? "png" : "webp", "size", ServiceTerms.REMOVE_BG.sizeFor(size, "auto", "50MP")),
                request);
    }

    private static void readCharge(HttpAnswer answer, BackgroundRemovalResultBuilder into) {
        Headers.number(answer, "x-credits-charged")
                .filter(credits -> credits.signum() >= 0 && credits.compareTo(MOST_CREDITS) <= 0)
                .ifPresent(credits -> into.charged(
                        new Money(credits.movePointRight(NANO_DIGITS).longValue(), "credits")));
    }

    /** Stops the calls in flight and closes their connections. */
    @Override
    public void close() {
        service.close();
    }

    @Override
    public String toString() {
        return "RemoveBgRemover[" + profile().id() + "]";
    }
}
