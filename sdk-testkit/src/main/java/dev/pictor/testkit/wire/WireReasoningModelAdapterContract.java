package dev.pictor.testkit.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.model.CallContext;
import dev.pictor.model.FinishReason;
import dev.pictor.model.ReasoningModelAdapter;
import dev.pictor.model.ReasoningRequest;
import dev.pictor.model.ReasoningResult;
import dev.pictor.testkit.FaultAnswer;
import dev.pictor.testkit.ReasoningModelAdapterContract;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The tests of {@link ReasoningModelAdapterContract} and {@link WireAdapterContract} for an adapter that reaches its
 * model over a network, and those of words on the wire. A subclass gives {@link #wire()} and
 * {@link #adapter(java.net.URI, String)}; there is nothing to start and nothing to close. Not thread-safe.
 */
public abstract class WireReasoningModelAdapterContract extends ReasoningModelAdapterContract
        implements WireAdapterContract<ReasoningModelAdapter> {

    private @Nullable WireBench<ReasoningModelAdapter> bench;
    private int prepared;

    /** For subclasses. */
    protected WireReasoningModelAdapterContract() {}

    @Override
    public abstract ReasoningWire wire();

    @Override
    public final ReasoningResult ask(ReasoningModelAdapter adapter, CallContext call) throws InterruptedException {
        return adapter.reason(request(), call);
    }

    @Override
    protected final ReasoningModelAdapter adapter() {
        return bench().adapter();
    }

    private WireBench<ReasoningModelAdapter> bench() {
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
    protected final void prepare(ReasoningRequest request) {
        prepare(1);
    }

    @AfterEach
    void asksNoMoreThanOnceACall() {
        if (bench != null) {
            try (WireBench<ReasoningModelAdapter> used = bench) {
                assertThat(used.server().requestCount()).as("requests").isLessThanOrEqualTo(prepared);
            }
        }
    }

    /** Quotes, line ends and letters of all kinds. */
    @Test
    void givesTheWordsAsTheModelGaveThem() throws InterruptedException {
        String words =
                "{\"lamp\": \"brass\",\n \"price\": \"7 \u20ac\", \"mood\": \"\uD83D\uDCA1 \\\\ \u0131\u015f\u0131k\"}";
        assertThat(asked(wire().text(words)).text()).isEqualTo(words);
    }

    /** An answer that was cut short is an answer, and says so. */
    @Test
    void saysThatAnAnswerReachedItsLargestLength() throws InterruptedException {
        ReasoningResult result = asked(wire().cutShort("A lamp is"));
        assertThat(result.text()).isEqualTo("A lamp is");
        assertThat(result.finishReason()).isEqualTo(FinishReason.LENGTH);
    }

    /** The usual end has the same word with every vendor. */
    @Test
    void saysThatAModelWasDone() throws InterruptedException {
        assertThat(asked(wire().success()).finishReason()).isEqualTo(FinishReason.STOP);
    }

    private ReasoningResult asked(FaultAnswer answer) throws InterruptedException {
        try (WireBench<ReasoningModelAdapter> other = WireBench.open(this)) {
            ReasoningResult result = (ReasoningResult) other.ask(answer);
            other.assertRequests(1);
            return result;
        }
    }
}
