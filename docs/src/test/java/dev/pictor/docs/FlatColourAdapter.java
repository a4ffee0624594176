package dev.pictor.docs;

import dev.pictor.image.ImageBytes;
import dev.pictor.image.PixelSize;
import dev.pictor.model.CallContext;
import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.OptionWarning;
import dev.pictor.model.Price;
import dev.pictor.model.Usage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;

/** The adapter of the guide: draws one colour. Thread-safe. */
// @start region="adapter"
final class FlatColourAdapter implements ImageModelAdapter {

    private static final ModelProfile PROFILE = ModelProfile.builder("flat-colour-1", "example")
            .maxCount(4)
            .maxSize(new PixelSize(2048, 2048))
            .price(Price.free())
            .build();

    @Override
    public ModelProfile profile() {
        return PROFILE;
    }

    @Override
    public ImageResult generate(ImageRequest request, CallContext call) throws InterruptedException {
        if (Thread.interrupted() || call.isCancelled()) {
            throw new InterruptedException();
        }
        if (!request.references().isEmpty() || request.count() > PROFILE.maxCount()) {
            throw refused("draws at most 4 pictures and takes no references");
        }
        PixelSize size = request.size()
                .or(() -> request.aspectRatio().map(ratio -> ratio.sizeWithin(512)))
                .orElse(new PixelSize(512, 512));
        List<OptionWarning> warnings = new ArrayList<>();
        request.seed()
                .ifPresent(seed -> warnings.add(new OptionWarning("seed", "the colour follows the prompt alone")));
        request.options()
                .keySet()
                .forEach(name -> warnings.add(new OptionWarning(name, "not an option of this model")));
        ImageBytes picture = draw(size, request.prompt().hashCode());
        return ImageResult.builder(PROFILE.id(), Collections.nCopies(request.count(), picture))
                .usage(Usage.builder().images(request.count()).build())
                .warnings(warnings)
                .build();
    }

    private static ModelException refused(String why) {
        return new ModelException(ModelFailure.builder(
                        PROFILE.id(),
                        ModelFailure.Reason.INVALID_REQUEST,
                        ModelFailure.Billed.NOT_SENT,
                        PROFILE.id() + " " + why)
                .build());
    }
    // @end

    private static ImageBytes draw(PixelSize size, int colour) {
        BufferedImage canvas = new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_INT_RGB);
        int[] row = new int[size.width()];
        Arrays.fill(row, colour);
        for (int y = 0; y < size.height(); y++) {
            canvas.setRGB(0, y, row.length, 1, row, 0, row.length);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(canvas, "png", out)) {
                throw new IllegalStateException("this JDK writes no PNG");
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot write to memory", e);
        }
        return ImageBytes.wrap(out.toByteArray());
    }
}
