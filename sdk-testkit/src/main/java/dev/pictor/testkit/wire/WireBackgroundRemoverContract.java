package dev.pictor.testkit.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.image.ImageBytes;
import dev.pictor.model.BackgroundRemovalRequest;
import dev.pictor.model.BackgroundRemovalResult;
import dev.pictor.model.BackgroundRemover;
import dev.pictor.model.CallContext;
import dev.pictor.model.OptionWarning;
import dev.pictor.testkit.BackgroundRemoverContract;
import dev.pictor.testkit.FaultAnswer;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The tests of {@link BackgroundRemoverContract} and {@link WireAdapterContract} for a remover that reaches its
 * service over a network, and those of pictures that come as they are. A subclass gives {@link #wire()} and
 * {@link #adapter(java.net.URI, String)}; there is nothing to start and nothing to close. Not thread-safe.
 */
public abstract class WireBackgroundRemoverContract extends BackgroundRemoverContract
        implements WireAdapterContract<BackgroundRemover> {

    /** 64x64, transparent all over. */
    private static final String SMALL =
            "iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAYAAACqaXHeAAAAJ0lEQVR42u3BAQ0AAADCoPdPbQ43oAAAAAAAAAAAAAAAAAAA"
                    + "AIB3A0BAAAGveg7oAAAAAElFTkSuQmCC";

    private @Nullable WireBench<BackgroundRemover> bench;
    private int prepared;

    /** For subclasses. */
    protected WireBackgroundRemoverContract() {}

    @Override
    public abstract CutoutWire wire();

    /** Returns the disc, for which {@link WireFormat#success()} is an answer. */
    @Override
    protected final BackgroundRemovalRequest request() {
        return super.request();
    }

    @Override
    public final BackgroundRemovalResult ask(BackgroundRemover adapter, CallContext call) throws InterruptedException {
        return adapter.remove(request(), call);
    }

    @Override
    protected final BackgroundRemover remover() {
        return bench().adapter();
    }

    private WireBench<BackgroundRemover> bench() {
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
    protected final void prepare(BackgroundRemovalRequest request) {
        prepare(1);
    }

    @AfterEach
    void asksNoMoreThanOnceACall() {
        if (bench != null) {
            try (WireBench<BackgroundRemover> used = bench) {
                assertThat(used.server().requestCount()).as("requests").isLessThanOrEqualTo(prepared);
            }
        }
    }

    /** A service that makes what it was given smaller has to say so. */
    @Test
    void warnsOfACutoutOfAnotherSize() throws InterruptedException {
        ImageBytes small = ImageBytes.wrap(Base64.getDecoder().decode(SMALL));
        BackgroundRemovalResult result = asked(wire().picture("image/png", small.toByteArray()));
        assertThat(result.image()).isEqualTo(small);
        assertThat(result.warnings()).extracting(OptionWarning::option).containsExactly("size");
    }

    /** What a picture is, its bytes tell. */
    @Test
    void looksAtThePictureAndNotAtWhatItIsCalled() throws InterruptedException {
        BackgroundRemovalResult result =
                asked(wire().picture("image/webp", WireText.cutout().toByteArray()));
        assertThat(result.image()).isEqualTo(WireText.cutout());
    }

    private BackgroundRemovalResult asked(FaultAnswer answer) throws InterruptedException {
        try (WireBench<BackgroundRemover> other = WireBench.open(this)) {
            BackgroundRemovalResult result = (BackgroundRemovalResult) other.ask(answer);
            other.assertRequests(1);
            return result;
        }
    }
}
