package dev.pictor.testkit.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.pictor.image.AspectRatio;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.ImageFormat;
import dev.pictor.image.PixelSize;
import dev.pictor.model.CallContext;
import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelFailure.Refusal;
import dev.pictor.model.OptionWarning;
import dev.pictor.testkit.FaultAnswer;
import dev.pictor.testkit.ImageModelAdapterContract;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The tests of {@link ImageModelAdapterContract} and {@link WireAdapterContract} for an adapter that reaches its model
 * over a network, and those of pictures on the wire. A subclass gives {@link #wire()} and
 * {@link #adapter(java.net.URI, String)}; there is nothing to start and nothing to close. Not thread-safe.
 */
public abstract class WireImageModelAdapterContract extends ImageModelAdapterContract
        implements WireAdapterContract<ImageModelAdapter> {

    private @Nullable WireBench<ImageModelAdapter> bench;
    private int prepared;

    /** For subclasses. */
    protected WireImageModelAdapterContract() {}

    @Override
    public abstract ImageWire wire();

    /**
     * Returns a request that the adapter serves without a warning. Default: a brass lamp.
     *
     * @return a prompt, one picture, nothing else
     */
    @Override
    protected ImageRequest request() {
        return ImageRequest.builder("a brass lamp").build();
    }

    @Override
    public final ImageResult ask(ImageModelAdapter adapter, CallContext call) throws InterruptedException {
        return adapter.generate(request(), call);
    }

    @Override
    protected final ImageModelAdapter adapter() {
        return bench().adapter();
    }

    private WireBench<ImageModelAdapter> bench() {
        if (bench == null) {
            bench = WireBench.open(this);
        }
        return bench;
    }

    @Override
    protected final void prepare(int calls) {
        prepared += calls;
        for (int i = 0; i < calls; i++) {
            bench().server().enqueue(wire().success());
        }
    }

    @Override
    protected final void prepare(ImageRequest request) {
        prepared++;
        bench().server().enqueue(wire().pictures(Collections.nCopies(request.count(), WireText.anyPicture())));
    }

    @AfterEach
    void asksNoMoreThanOnceACall() {
        if (bench != null) {
            try (WireBench<ImageModelAdapter> used = bench) {
                assertThat(used.server().requestCount()).as("requests").isLessThanOrEqualTo(prepared);
            }
        }
    }

    /**
     * Each thing that stands where a picture should be.
     *
     * @return a test for each
     */
    @TestFactory
    Stream<DynamicTest> takesWhatIsNoPictureForAFailure() {
        String picture = WireText.base64(WireText.anyPicture());
        Map<String, FaultAnswer> others = new LinkedHashMap<>();
        others.put("a picture cut off within its header", wire().picture("image/png", picture.substring(0, 20)));
        others.put("base64 cut off within a group", wire().picture("image/png", picture.substring(0, 81)));
        others.put("what is not base64", wire().picture("image/png", "*".repeat(80)));
        others.put("a page of HTML", wire().picture("text/html", base64("<!DOCTYPE html><html></html>")));
        others.put("a page of HTML, called a picture", wire().picture("image/png", base64("<!DOCTYPE html><html>")));
        others.put("text", wire().picture("text/plain", base64("I am afraid that I cannot draw that.")));
        others.put("SVG", wire().picture("image/svg+xml", base64("<svg xmlns=\"http://www.w3.org/2000/svg\"/>")));
        return others.entrySet().stream()
                .map(other -> dynamicTest(other.getKey(), () -> {
                    ModelException failure = fail(other.getValue());
                    assertThat(failure.reason()).isEqualTo(Reason.MALFORMED_ANSWER);
                    assertThat(failure.billed()).isEqualTo(Billed.BILLED_UNUSABLE);
                }));
    }

    /**
     * Each answer with nothing in it.
     *
     * @return a test for each
     */
    @TestFactory
    Stream<DynamicTest> saysThatThereIsNoPictureWhereThereIsNone() {
        return wire().empty().entrySet().stream()
                .map(empty -> dynamicTest(
                        empty.getKey(),
                        () -> assertThat(fail(empty.getValue()).refusal()).contains(Refusal.NO_PICTURE)));
    }

    private ModelException fail(FaultAnswer answer) {
        try (WireBench<ImageModelAdapter> other = WireBench.open(this)) {
            return other.fail(answer);
        }
    }

    /** What a picture is, its bytes tell. */
    @Test
    void looksAtThePictureAndNotAtWhatItIsCalled() throws InterruptedException {
        String picture = WireText.base64(WireText.anyPicture());
        ImageResult result = asked(wire().picture("image/webp", picture));
        assertThat(result.images()).extracting(ImageBytes::format).containsExactly(ImageFormat.PNG);
    }

    /** As Google's servers write an equals sign, and others a slash. */
    @Test
    void readsAPictureWithEscapedCharacters() throws InterruptedException {
        String picture = WireText.base64(WireText.anyPicture());
        ImageResult result = asked(wire().picture(
                        "image/png",
                        picture.replace("=", "\\u003d").replace("/", "\\/").replaceFirst("A", "\\\\u0041")));
        assertThat(result.images()).containsExactly(WireText.anyPicture());
    }

    private ImageResult asked(FaultAnswer answer) throws InterruptedException {
        try (WireBench<ImageModelAdapter> other = WireBench.open(this)) {
            ImageResult result = (ImageResult) other.ask(answer);
            other.assertRequests(1);
            return result;
        }
    }

    /** Beside what only the picture tells: its size. */
    @Test
    void knowsBeforeTheCallWhatItWillNotHonour() throws InterruptedException {
        String unknown = "pictorContractNoSuchOption";
        List<ImageRequest> requests = List.of(
                request(),
                request().toBuilder().seed(4711).build(),
                request().toBuilder().seed(1L << 40).build(),
                request().toBuilder().putOptions(unknown, 7).seed(4711).build(),
                request().toBuilder().size(new PixelSize(328, 200)).build(),
                request().toBuilder().aspectRatio(new AspectRatio(31, 17)).build(),
                request().toBuilder().aspectRatio(new AspectRatio(1, 1)).build());
        for (ImageRequest request : requests) {
            List<OptionWarning> known = adapter().unsupported(request);
            prepare(request);
            List<OptionWarning> warnings =
                    WireBench.within(call -> adapter().generate(request, call)).warnings();
            assertThat(warnings).as("warnings of the answer to %s", request).containsAll(known);
            assertThat(warnings.stream().filter(warning -> !known.contains(warning)))
                    .as("warnings that were not known before the call")
                    .extracting(OptionWarning::option)
                    .isSubsetOf("size", "aspectRatio");
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
