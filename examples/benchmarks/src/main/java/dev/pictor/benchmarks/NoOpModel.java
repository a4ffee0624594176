package dev.pictor.benchmarks;

import dev.pictor.image.ImageBytes;
import dev.pictor.model.CallContext;
import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.Price;
import dev.pictor.model.Rate;
import dev.pictor.model.Usage;
import dev.pictor.testkit.FakeImageModel;
import dev.pictor.testkit.TestCallContext;
import java.time.LocalDate;
import java.util.List;

/** A model that answers at once, always with the same picture. What a call takes is the gateway's own time. Immutable. */
public final class NoOpModel implements ImageModelAdapter {

    private final ModelProfile profile;
    private final ImageResult answer;

    private NoOpModel(ModelProfile profile, ImageBytes picture) {
        this.profile = profile;
        this.answer = ImageResult.builder(profile.id(), List.of(picture))
                .usage(Usage.builder().images(1).build())
                .build();
    }

    /**
     * Returns a model with a price.
     *
     * @param id its name
     * @param dollars what a picture costs
     */
    public static NoOpModel create(String id, String dollars) {
        ModelProfile profile = profile(id, dollars);
        try (TestCallContext call = TestCallContext.unbounded()) {
            ImageRequest any = ImageRequest.builder("a red chair").build();
            return new NoOpModel(
                    profile,
                    FakeImageModel.create().generate(any, call).images().get(0));
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while a fake drew", e);
        }
    }

    /** What a model with a price and nothing special says of itself. */
    public static ModelProfile profile(String id, String dollars) {
        return FakeImageModel.create().profile().toBuilder()
                .id(id)
                .price(Price.builder("invented", LocalDate.of(2026, 1, 1))
                        .addRates(Rate.perImage(dollars))
                        .build())
                .build();
    }

    @Override
    public ModelProfile profile() {
        return profile;
    }

    @Override
    public ImageResult generate(ImageRequest request, CallContext call) {
        return answer;
    }
}
