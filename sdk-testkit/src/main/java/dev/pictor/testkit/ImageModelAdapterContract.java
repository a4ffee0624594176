package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.image.AspectRatio;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.PixelSize;
import dev.pictor.model.CallContext;
import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelProfile;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The tests that every {@link ImageModelAdapter} passes, offline. Extend it and give the adapter; for an adapter over a
 * network extend {@link RemoteImageModelAdapterContract}, which has more. Not thread-safe.
 */
public abstract class ImageModelAdapterContract extends AdapterContract<ImageRequest, ImageResult> {

    private static final double SAME_RATIO = 0.05;
    private static final PixelSize ODD_SIZE = new PixelSize(328, 200);
    /** 64x64, transparent all over: fit for a reference and for its mask. */
    private static final ImageBytes CLEAR = ImageBytes.wrap(Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAYAAACqaXHeAAAAJ0lEQVR42u3BAQ0AAADCoPdPbQ43oAAAAAAAAAAAAA"
                    + "AAAAAAAIB3A0BAAAGveg7oAAAAAElFTkSuQmCC"));

    /** For subclasses. */
    protected ImageModelAdapterContract() {}

    /**
     * Returns the adapter under test.
     *
     * @return the same adapter throughout a test; the subclass closes it
     */
    protected abstract ImageModelAdapter adapter();

    /**
     * Returns a request that the adapter serves without a warning.
     *
     * @return a prompt, one picture, nothing else
     */
    @Override
    protected abstract ImageRequest request();

    @Override
    final ModelProfile profile() {
        return adapter().profile();
    }

    @Override
    final ImageResult call(ImageRequest request, CallContext call) throws InterruptedException {
        return adapter().generate(request, call);
    }

    @Test
    void drawsNoMorePicturesACallThanARequestMayAskFor() {
        assertThat(profile().maxCount()).isBetween(1, ImageRequest.MAX_COUNT);
    }

    @Test
    void drawsOnePictureOfAKnownFormatAndSaysWhoDrewIt() throws InterruptedException {
        ImageResult result = ask(request());
        assertThat(result.images()).hasSize(1);
        assertThat(result.images().get(0).format()).isNotNull();
        assertThat(result.servedBy()).isNotBlank();
        assertThat(result.warnings()).isEmpty();
    }

    @Test
    void drawsAndCountsAsManyPicturesAsAskedUpToItsLimit() throws InterruptedException {
        for (int count = 1; count <= adapter().profile().maxCount(); count++) {
            ImageResult result = ask(request().toBuilder().count(count).build());
            assertThat(result.images()).as("pictures for count " + count).hasSize(count);
            assertThat(result.usage().images()).as("pictures in the usage").isEqualTo(count);
        }
    }

    @Test
    void takesAsManyReferencesAsItsProfileSays() throws InterruptedException {
        List<ImageBytes> most = Collections.nCopies(adapter().profile().maxReferences(), CLEAR);
        ImageResult result = ask(request().toBuilder().references(most).build());
        assertThat(result.images()).hasSize(1);
        assertThat(warnedOptions(result)).doesNotContain("references");
    }

    @Test
    void refusesMoreReferencesThanItsProfileSays() {
        int tooMany = adapter().profile().maxReferences() + 1;
        assertRefused(request().toBuilder()
                .references(Collections.nCopies(tooMany, CLEAR))
                .build());
    }

    @Test
    void refusesAMaskOrTakesItAsItsProfileSays() throws InterruptedException {
        ImageRequest masked =
                request().toBuilder().addReferences(CLEAR).mask(CLEAR).build();
        if (adapter().profile().supportsMask()) {
            assertThat(ask(masked).images()).hasSize(1);
        } else {
            assertRefused(masked);
        }
    }

    @Test
    void warnsOfAnOptionThatItDoesNotKnow() throws InterruptedException {
        String unknown = "pictorContractNoSuchOption";
        ImageResult result = ask(request().toBuilder().putOptions(unknown, 7).build());
        assertThat(result.images()).hasSize(1);
        assertThat(warnedOptions(result)).containsExactly(unknown);
    }

    @Test
    void honoursASeedOrWarnsOfItAsItsProfileSays() throws InterruptedException {
        ImageRequest seeded = request().toBuilder().seed(4711).build();
        ImageResult result = ask(seeded);
        if (adapter().profile().supportsSeed()) {
            assertThat(warnedOptions(result)).doesNotContain("seed");
            assertThat(ask(seeded).images()).isEqualTo(result.images());
        } else {
            assertThat(warnedOptions(result)).contains("seed");
        }
    }

    @Test
    void honoursASizeOrWarnsOfIt() throws InterruptedException {
        ImageResult result = ask(request().toBuilder().size(ODD_SIZE).build());
        assertThat(result.images()).hasSize(1);
        assertThat(result.images().get(0).size().equals(ODD_SIZE))
                .as("drew " + result.images() + ", warned of " + result.warnings())
                .isNotEqualTo(warnedOptions(result).contains("size"));
    }

    @Test
    void honoursEachAspectRatioOrWarnsOfIt() throws InterruptedException {
        List<AspectRatio> ratios = new ArrayList<>(adapter().profile().aspectRatios());
        ratios.add(new AspectRatio(31, 17));
        for (AspectRatio ratio : ratios) {
            ImageResult result = ask(request().toBuilder().aspectRatio(ratio).build());
            AspectRatio drawn = AspectRatio.of(result.images().get(0).size());
            assertThat(drawn.distance(ratio) < SAME_RATIO
                            || warnedOptions(result).contains("aspectRatio"))
                    .as("asked " + ratio + ", drew " + drawn + ", warned of " + result.warnings())
                    .isTrue();
        }
    }

    private static List<String> warnedOptions(ImageResult result) {
        return options(result.warnings());
    }
}
