package dev.pictor.testkit;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pictor.image.AspectRatio;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.PixelSize;
import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.OptionWarning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * The tests that every {@link ImageModelAdapter} passes, offline. Extend it and give the adapter; for an adapter over a
 * network extend {@link RemoteImageModelAdapterContract}, which has more. Not thread-safe.
 */
public abstract class ImageModelAdapterContract {

    private static final Duration PROMPTLY = Duration.ofSeconds(1);
    private static final int THREADS = 8;
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
    protected abstract ImageRequest request();

    /**
     * Prepares the other side for calls that are to succeed, such as by putting as many answers into the script of a
     * server. Does nothing by default.
     *
     * @param calls how many calls will follow, 1 or more
     */
    protected void prepare(int calls) {}

    @Test
    void itsProfileIsCompleteAndTheSameOnEachCall() {
        ModelProfile profile = adapter().profile();
        assertThat(adapter().profile()).isEqualTo(profile);
        assertThat(profile.id()).isNotBlank();
        assertThat(profile.provider()).isNotBlank();
        assertThat(profile.maxCount()).isBetween(1, ImageRequest.MAX_COUNT);
        assertThat(profile.maxReferences()).isNotNegative();
        assertThat(profile.aspectRatios()).doesNotHaveDuplicates();
    }

    @Test
    void drawsOnePictureOfAKnownFormatAndSaysWhoDrewIt() throws InterruptedException {
        ImageResult result = draw(request());
        assertThat(result.images()).hasSize(1);
        assertThat(result.images().get(0).format()).isNotNull();
        assertThat(result.servedBy()).isNotBlank();
        assertThat(result.warnings()).isEmpty();
    }

    @Test
    void drawsAndCountsAsManyPicturesAsAskedUpToItsLimit() throws InterruptedException {
        for (int count = 1; count <= adapter().profile().maxCount(); count++) {
            ImageResult result = draw(request().toBuilder().count(count).build());
            assertThat(result.images()).as("pictures for count " + count).hasSize(count);
            assertThat(result.usage().images()).as("pictures in the usage").isEqualTo(count);
        }
    }

    @Test
    void takesAsManyReferencesAsItsProfileSays() throws InterruptedException {
        List<ImageBytes> most = Collections.nCopies(adapter().profile().maxReferences(), CLEAR);
        ImageResult result = draw(request().toBuilder().references(most).build());
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
            assertThat(draw(masked).images()).hasSize(1);
        } else {
            assertRefused(masked);
        }
    }

    @Test
    void warnsOfAnOptionThatItDoesNotKnow() throws InterruptedException {
        String unknown = "pictorContractNoSuchOption";
        ImageResult result = draw(request().toBuilder().putOptions(unknown, 7).build());
        assertThat(result.images()).hasSize(1);
        assertThat(warnedOptions(result)).containsExactly(unknown);
    }

    @Test
    void honoursASeedOrWarnsOfItAsItsProfileSays() throws InterruptedException {
        ImageRequest seeded = request().toBuilder().seed(4711).build();
        ImageResult result = draw(seeded);
        if (adapter().profile().supportsSeed()) {
            assertThat(warnedOptions(result)).doesNotContain("seed");
            assertThat(draw(seeded).images()).isEqualTo(result.images());
        } else {
            assertThat(warnedOptions(result)).contains("seed");
        }
    }

    @Test
    void honoursASizeOrWarnsOfIt() throws InterruptedException {
        ImageResult result = draw(request().toBuilder().size(ODD_SIZE).build());
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
            ImageResult result = draw(request().toBuilder().aspectRatio(ratio).build());
            AspectRatio drawn = AspectRatio.of(result.images().get(0).size());
            assertThat(drawn.distance(ratio) < SAME_RATIO
                            || warnedOptions(result).contains("aspectRatio"))
                    .as("asked " + ratio + ", drew " + drawn + ", warned of " + result.warnings())
                    .isTrue();
        }
    }

    @Test
    void drawsNothingOnAnInterruptedThread() {
        prepare(1);
        try (TestCallContext call = TestCallContext.unbounded()) {
            long start = System.nanoTime();
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> adapter().generate(request(), call)).isInstanceOf(InterruptedException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PROMPTLY);
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void drawsNothingForACallThatIsCancelledAlready() {
        prepare(1);
        try (TestCallContext call = TestCallContext.unbounded()) {
            call.cancel();
            long start = System.nanoTime();
            assertStopped(catchThrowable(() -> adapter().generate(request(), call)));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PROMPTLY);
        }
    }

    @Test
    void drawsNothingForACallWhoseTimeIsUp() {
        prepare(1);
        try (TestCallContext call = TestCallContext.within(Duration.ZERO, new Thread())) {
            long start = System.nanoTime();
            assertStopped(catchThrowable(() -> adapter().generate(request(), call)));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PROMPTLY);
        }
    }

    @Test
    void servesManyThreadsAtOnce() throws Exception {
        prepare(THREADS);
        CyclicBarrier together = new CyclicBarrier(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<ImageResult>> calls = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                calls.add(threads.submit(() -> {
                    together.await(10, SECONDS);
                    try (TestCallContext call = TestCallContext.unbounded()) {
                        return adapter().generate(request(), call);
                    }
                }));
            }
            for (Future<ImageResult> call : calls) {
                assertThat(call.get(60, SECONDS).images()).hasSize(1);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private ImageResult draw(ImageRequest request) throws InterruptedException {
        prepare(1);
        try (TestCallContext call = TestCallContext.unbounded()) {
            return adapter().generate(request, call);
        }
    }

    private void assertRefused(ImageRequest request) {
        try (TestCallContext call = TestCallContext.unbounded()) {
            assertThatThrownBy(() -> adapter().generate(request, call))
                    .isInstanceOfSatisfying(ModelException.class, refusal -> {
                        assertThat(refusal.reason()).isEqualTo(Reason.INVALID_REQUEST);
                        assertThat(refusal.billed()).isIn(Billed.NOT_SENT, Billed.REJECTED);
                        assertThat(refusal.modelId())
                                .isEqualTo(adapter().profile().id());
                    });
        }
    }

    /** Asserts that a call ended because it was stopped, and in no other way. */
    static void assertStopped(Throwable thrown) {
        if (thrown instanceof ModelException failure) {
            assertThat(failure.reason()).isIn(Reason.CANCELLED, Reason.TIMED_OUT);
        } else {
            assertThat(thrown).isInstanceOf(InterruptedException.class);
        }
    }

    private static List<String> warnedOptions(ImageResult result) {
        return result.warnings().stream().map(OptionWarning::option).toList();
    }
}
