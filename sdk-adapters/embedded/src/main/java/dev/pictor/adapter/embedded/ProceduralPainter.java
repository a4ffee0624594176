package dev.pictor.adapter.embedded;

import dev.pictor.image.Encoding;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.Imaging;
import dev.pictor.image.Picture;
import dev.pictor.image.PixelSize;
import dev.pictor.image.Sha256;
import dev.pictor.model.CallContext;
import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.OptionWarning;
import dev.pictor.model.Price;
import dev.pictor.model.Usage;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Paints pictures by rule. It is no generative model: it knows a list of English words, and composes places, things,
 * colours, light and moods from those that it finds in the prompt, or in its first paragraph if it has several. What it
 * does not know, it does not paint.
 *
 * <p>The medium follows the whole prompt: photographs have soft light and grain, paintings have brush strokes or washes,
 * diagrams have boxes and arrows on white, and products stand in a studio.
 *
 * <ul>
 *   <li><b>Pictures:</b> PNG, sRGB, no alpha, 64 to 4096 pixels a side. Default: 1024x1024. An aspect ratio is served
 *       with 1024 pixels on the long side.
 *   <li><b>Repeatable:</b> the same prompt, references, mask, seed, count and size give the same bytes on the same Java
 *       version. The pictures of one request differ from each other.
 *   <li><b>References:</b> up to four, PNG or JPEG, hung upright and side by side
 *       into the scene; a product's reference stands in the product's place.
 *   <li><b>Mask:</b> the first reference stays where the mask is opaque, and the picture has the reference's size.
 *   <li><b>Options:</b> none; each is reported as a warning.
 * </ul>
 *
 * <p>It needs no font, display, key or network. A picture of 1024x1024 takes about half a second on one core and 20 MB;
 * one of 4096x4096 about 16 times that. It stops soon after an interrupt.
 *
 * <p>Immutable and thread-safe.
 */
public final class ProceduralPainter implements ImageModelAdapter {

    private static final int MIN_SIDE_PX = 64;
    private static final int MAX_SIDE_PX = 4096;
    private static final int USUAL_SIDE_PX = 1024;
    private static final ModelProfile PROFILE = ModelProfile.builder("procedural-painter-1", "pictor.embedded")
            .maxReferences(4)
            .supportsMask(true)
            .supportsSeed(true)
            .maxCount(ImageRequest.MAX_COUNT)
            .maxSize(new PixelSize(MAX_SIDE_PX, MAX_SIDE_PX))
            .price(Price.free())
            .build();

    /** Creates a painter. */
    public ProceduralPainter() {}

    @Override
    public ModelProfile profile() {
        return PROFILE;
    }

    /**
     * Paints.
     *
     * @param request what to paint
     * @param call asked between layers whether to stop
     * @return as many pictures as the request counts
     * @throws ModelException if there are more than four references, a side is not 64 to 4096 pixels, a reference or
     *     mask cannot be decoded, or the mask has another size than the first reference
     *     ({@link Reason#INVALID_REQUEST}), or if the call was cancelled ({@link Reason#CANCELLED});
     *     {@link Billed#NOT_SENT} always
     * @throws InterruptedException if the thread was interrupted
     */
    @Override
    public ImageResult generate(ImageRequest request, CallContext call) throws InterruptedException {
        Checkpoint checkpoint = new Checkpoint(PROFILE.id(), call);
        checkpoint.pass();
        if (request.references().size() > PROFILE.maxReferences()) {
            throw invalid("takes at most " + PROFILE.maxReferences() + " references, the request has "
                    + request.references().size());
        }
        PixelSize size = size(request);
        Reading reading = Lexicon.WORDS.read(request.prompt()).ofWish();
        Optional<Stencil> stencil =
                request.mask().map(mask -> stencil(request.references().get(0), mask));
        List<BufferedImage> references = new ArrayList<>();
        for (int i = stencil.isPresent() ? 1 : 0; i < request.references().size(); i++) {
            checkpoint.pass();
            ImageBytes reference = request.references().get(i);
            references.add(References.decode(PROFILE.id(), "reference " + (i + 1), reference, size.longSide()));
        }
        List<ImageBytes> images = new ArrayList<>();
        for (int i = 0; i < request.count(); i++) {
            Canvas canvas = new Canvas(size, checkpoint);
            new Scene(canvas, reading, references, seed(request, i)).paint();
            stencil.ifPresent(mask -> mask.apply(canvas));
            checkpoint.pass();
            images.add(png(canvas.image));
            canvas.graphics.dispose();
        }
        return ImageResult.builder(PROFILE.id(), images)
                .usage(Usage.builder().images(images.size()).build())
                .warnings(warnings(request, size))
                .build();
    }

    private static PixelSize size(ImageRequest request) {
        PixelSize size = request.mask().isPresent()
                ? request.references().get(0).header().uprightSize()
                : request.size()
                        .or(() -> request.aspectRatio().map(ratio -> ratio.sizeWithin(USUAL_SIDE_PX)))
                        .orElse(new PixelSize(USUAL_SIDE_PX, USUAL_SIDE_PX));
        if (Math.min(size.width(), size.height()) < MIN_SIDE_PX || size.longSide() > MAX_SIDE_PX) {
            throw invalid("paints " + MIN_SIDE_PX + " to " + MAX_SIDE_PX + " pixels a side, was asked for " + size);
        }
        return size;
    }

    private static List<OptionWarning> warnings(ImageRequest request, PixelSize size) {
        List<OptionWarning> warnings = new ArrayList<>();
        request.options()
                .keySet()
                .forEach(option ->
                        warnings.add(new OptionWarning(option, "ignored: " + PROFILE.id() + " has no options")));
        if (request.mask().isPresent()) {
            String instead = "with a mask, the picture has the size of the first reference, " + size;
            request.size()
                    .filter(asked -> !asked.equals(size))
                    .ifPresent(asked -> warnings.add(new OptionWarning("size", instead)));
            request.aspectRatio().ifPresent(asked -> warnings.add(new OptionWarning("aspectRatio", instead)));
        }
        return warnings;
    }

    /** What of a picture is kept: the first reference, where the mask is opaque. */
    private record Stencil(BufferedImage kept, BufferedImage mask) {

        void apply(Canvas canvas) {
            for (int y = 0; y < kept.getHeight(); y++) {
                for (int x = 0; x < kept.getWidth(); x++) {
                    int at = y * kept.getWidth() + x;
                    canvas.px[at] = Tint.mix(canvas.px[at], kept.getRGB(x, y), (mask.getRGB(x, y) >>> 24) / 255.0);
                }
            }
        }
    }

    private static Stencil stencil(ImageBytes reference, ImageBytes mask) {
        PixelSize size = reference.header().uprightSize();
        if (!mask.header().uprightSize().equals(size)) {
            throw invalid("needs a mask of the first reference's size " + size + ", was " + mask.size());
        }
        return new Stencil(
                References.decode(PROFILE.id(), "reference 1", reference, MAX_SIDE_PX),
                References.decode(PROFILE.id(), "mask", mask, MAX_SIDE_PX));
    }

    private static long seed(ImageRequest request, int index) {
        StringBuilder text = new StringBuilder(request.prompt())
                .append('\n')
                .append(request.seed())
                .append('\n')
                .append(index);
        request.references().forEach(reference -> text.append('\n').append(reference.sha256()));
        Sha256 hash = Sha256.of(text.toString().getBytes(StandardCharsets.UTF_8));
        return Long.parseUnsignedLong(hash.hex(), 0, 16, 16);
    }

    private static ImageBytes png(BufferedImage image) {
        return Imaging.ofDefaults().encode(Picture.from(image), Encoding.png());
    }

    private static ModelException invalid(String why) {
        return new ModelException(
                ModelFailure.builder(PROFILE.id(), Reason.INVALID_REQUEST, Billed.NOT_SENT, PROFILE.id() + " " + why)
                        .build());
    }
}
