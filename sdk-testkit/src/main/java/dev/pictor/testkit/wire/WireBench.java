package dev.pictor.testkit.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pictor.model.CallContext;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelResult;
import dev.pictor.testkit.FaultAnswer;
import dev.pictor.testkit.FaultServer;
import dev.pictor.testkit.TestCallContext;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One adapter and the server that it asks. Not thread-safe. */
final class WireBench<A> implements AutoCloseable {

    static final String KEY = "sk-contract-4f1d7a90c2b8";
    /** Long enough for a machine that is busy; nothing waits for it that goes well. */
    static final Duration LONG = Duration.ofSeconds(60);

    static final Duration SHORT = Duration.ofMillis(300);
    static final Duration PROMPTLY = Duration.ofSeconds(5);

    private final WireAdapterContract<A> contract;
    private final FaultServer server = FaultServer.start();
    private final List<WireCall> calls = new ArrayList<>();
    private final A adapter;

    private WireBench(WireAdapterContract<A> contract) {
        this.contract = contract;
        try {
            this.adapter = contract.adapter(server.uri(), KEY);
        } catch (RuntimeException | Error e) {
            server.close();
            throw e;
        }
    }

    static <A> WireBench<A> open(WireAdapterContract<A> contract) {
        return new WireBench<>(contract);
    }

    FaultServer server() {
        return server;
    }

    A adapter() {
        return adapter;
    }

    ModelResult ask() throws InterruptedException {
        try (TestCallContext call = TestCallContext.within(LONG)) {
            return ask(call);
        }
    }

    ModelResult ask(CallContext call) throws InterruptedException {
        return contract.ask(adapter, call);
    }

    ModelResult ask(FaultAnswer answer) throws InterruptedException {
        server.enqueue(answer);
        return ask();
    }

    /** Makes a call of one's own. */
    static <R extends ModelResult> R within(Asked<R> asked) throws InterruptedException {
        try (TestCallContext call = TestCallContext.within(LONG)) {
            return asked.ask(call);
        }
    }

    /** A call of one's own. */
    interface Asked<R> {
        R ask(CallContext call) throws InterruptedException;
    }

    WireCall askInBackground() {
        WireCall call = new WireCall(this::ask);
        calls.add(call);
        return call;
    }

    /** Asks once and returns how that failed, without a word of what is nobody's business. */
    ModelException fail(FaultAnswer answer) {
        ModelException failure = failWithoutCounting(answer);
        assertRequests(1);
        return failure;
    }

    ModelException failWithoutCounting(FaultAnswer answer) {
        Throwable thrown = catchThrowable(() -> ask(answer));
        assertThat(thrown).as("what %s leads to", answer).isInstanceOf(ModelException.class);
        ModelException failure = (ModelException) thrown;
        assertThat(failure.modelId()).isNotBlank();
        assertThat(failure.getMessage()).startsWith(failure.modelId());
        assertThat(printed(failure)).as("exception").doesNotContain(KEY).doesNotContain(WireFormat.VENDOR_WORDS);
        return failure;
    }

    /** The time between two bytes so that all of them take twice as long as any test. */
    static Duration drip(FaultAnswer whole) {
        return Duration.ofMillis(Math.max(1, 2 * LONG.toMillis() / whole.byteCount()));
    }

    static String printed(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    void assertRequests(int count) {
        assertThat(server.requestCount()).as("requests").isEqualTo(count);
    }

    void closeAdapter() {
        close(adapter);
    }

    /** Closes an adapter, which has to be such that it can be closed. */
    static void close(Object adapter) {
        assertThat(adapter).as("an adapter over a network").isInstanceOf(AutoCloseable.class);
        Throwable thrown = catchThrowable(((AutoCloseable) adapter)::close);
        assertThat(thrown).as("close").isNull();
    }

    /** What hangs is stopped first, so that a test that fails does not wait. */
    @Override
    public void close() {
        server.release();
        calls.forEach(WireCall::cancel);
        try {
            closeAdapter();
        } finally {
            server.close();
        }
        calls.forEach(WireCall::close);
    }
}
