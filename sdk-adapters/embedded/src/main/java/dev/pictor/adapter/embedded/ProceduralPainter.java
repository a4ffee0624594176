package dev.pictor.adapter.embedded;

import dev.pictor.image.ImageBytes;
import dev.pictor.image.PixelSize;
import dev.pictor.model.CallContext;
import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.Price;
import dev.pictor.model.Usage;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/** Paints a field of colour that depends on the prompt. No generative model. Thread-safe. */
public final class ProceduralPainter implements ImageModelAdapter {

    private static final PixelSize DEFAULT_SIZE = new PixelSize(1024, 1024);
    private static final ModelProfile PROFILE = ModelProfile.builder("procedural-painter", "pictor.embedded")
            .price(Price.free())
            .build();

    /** Creates a painter. */
    public ProceduralPainter() {}

    @Override
    public ModelProfile profile() {
        return PROFILE;
    }

    @Override
    public ImageResult generate(ImageRequest request, CallContext call) {
        PixelSize size = request.size().orElse(DEFAULT_SIZE);
        float hue = new Random(request.prompt().hashCode()).nextFloat();
        BufferedImage canvas = new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < size.height(); y++) {
            int colour = Color.HSBtoRGB(hue + 0.2f * y / size.height(), 0.6f, 0.9f - 0.4f * y / size.height());
            for (int x = 0; x < size.width(); x++) {
                canvas.setRGB(x, y, colour);
            }
        }
        return ImageResult.builder(PROFILE.id(), List.of(png(canvas)))
                .usage(Usage.builder().images(1).build())
                .build();
    }

    private static ImageBytes png(BufferedImage canvas) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(canvas, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot encode a picture in memory", e);
        }
        return ImageBytes.wrap(out.toByteArray());
    }
}
