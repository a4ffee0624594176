package dev.pictor.evaluation;

import dev.pictor.image.ImageBytes;
import dev.pictor.model.CallContext;
import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.ModelProfileBuilder;
import dev.pictor.model.Price;
import dev.pictor.model.Rate;
import dev.pictor.model.Usage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.List;
import javax.imageio.ImageIO;

/** A model that draws nothing, at once, for a price. Its answers name the request that they were given to. Not thread-safe. */
final class PricedFake implements ImageModelAdapter {

    static final String FLASH = "gemini-flash";
    static final String PRO = "gemini-pro";
    static final String PHOTO = "imagen-3";

    private static final ImageBytes DOT = dot();
    private static final LocalDate AS_OF = LocalDate.of(2025, 11, 1);

    private final ModelProfile profile;
    private String serving = "";

    private PricedFake(ModelProfileBuilder profile, String dollars) {
        this.profile = profile.price(Price.builder("the design of the workload, a picture", AS_OF)
                        .addRates(Rate.perImage(dollars))
                        .build())
                .build();
    }

    /** The cheap model: $0.039 a picture, quality 0.6. */
    static PricedFake flash() {
        return new PricedFake(ModelProfile.builder(FLASH, "fake").quality(0.6), "0.039");
    }

    /** The good model: $0.069 a picture, quality 0.8. */
    static PricedFake pro() {
        return new PricedFake(ModelProfile.builder(PRO, "fake").quality(0.8), "0.069");
    }

    /** The specialist: $0.080 a picture, quality 0.9 in photographs and 0.7 in all else. */
    static PricedFake photo() {
        return new PricedFake(
                ModelProfile.builder(PHOTO, "fake").quality(0.7).putStrengths("photography", 0.9), "0.080");
    }

    /** Says which request is served from now on. */
    void serve(String requestId) {
        serving = requestId;
    }

    @Override
    public ModelProfile profile() {
        return profile;
    }

    @Override
    public ImageResult generate(ImageRequest request, CallContext call) {
        return ImageResult.builder(profile.id(), List.of(DOT))
                .usage(Usage.builder().images(1).build())
                .vendorRequestId(serving)
                .build();
    }

    private static ImageBytes dot() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB), "png", out)) {
                throw new IllegalStateException("this JDK writes no PNG");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write a PNG", e);
        }
        return ImageBytes.wrap(out.toByteArray());
    }
}
