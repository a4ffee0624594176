package dev.pictor.examples;

import dev.pictor.adapter.embedded.ProceduralPainter;
import dev.pictor.model.CallContext;
import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.Price;
import dev.pictor.model.Rate;
import java.time.Duration;
import java.time.LocalDate;

/**
 * A made-up model for demonstrations, which calls nobody: it has a price and a quality, and paints or fails. What it
 * paints is the work of the procedural painter.
 */
final class DemoModel implements ImageModelAdapter {

    private static final ProceduralPainter PAINTER = new ProceduralPainter();

    private final ModelProfile profile;
    private final boolean works;

    private DemoModel(ModelProfile profile, boolean works) {
        this.profile = profile;
        this.works = works;
    }

    /** A model that paints. */
    static DemoModel painting(String id, String dollars, double quality) {
        return new DemoModel(profile(id, dollars, quality), true);
    }

    /** A model whose vendor answers that it is out of service, and charges nothing for that. */
    static DemoModel failing(String id, String dollars, double quality) {
        return new DemoModel(profile(id, dollars, quality), false);
    }

    private static ModelProfile profile(String id, String dollars, double quality) {
        return PAINTER.profile().toBuilder()
                .id(id)
                .provider("demo")
                .quality(quality)
                .typicalLatency(Duration.ofMillis(50))
                .price(Price.builder("made up", LocalDate.of(2026, 1, 1))
                        .addRates(Rate.perImage(dollars))
                        .build())
                .build();
    }

    @Override
    public ModelProfile profile() {
        return profile;
    }

    @Override
    public ImageResult generate(ImageRequest request, CallContext call) throws InterruptedException {
        if (!works) {
            throw new ModelException(ModelFailure.builder(
                            profile.id(),
                            ModelFailure.Reason.UNAVAILABLE,
                            ModelFailure.Billed.REJECTED,
                            profile.id() + " is out of service")
                    .build());
        }
        ImageResult painted = PAINTER.generate(request, call);
        return ImageResult.builder(profile.id(), painted.images())
                .usage(painted.usage())
                .warnings(painted.warnings())
                .build();
    }
}
