package dev.pictor.testkit.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.pictor.model.CallContext;
import dev.pictor.model.Embedding;
import dev.pictor.model.EmbeddingModelAdapter;
import dev.pictor.model.EmbeddingRequest;
import dev.pictor.model.EmbeddingResult;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.testkit.EmbeddingModelAdapterContract;
import dev.pictor.testkit.FaultAnswer;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The tests of {@link EmbeddingModelAdapterContract} and {@link WireAdapterContract} for an adapter that reaches its
 * model over a network, and those of vectors on the wire. A subclass gives {@link #wire()} and
 * {@link #adapter(java.net.URI, String)}; there is nothing to start and nothing to close. Not thread-safe.
 */
public abstract class WireEmbeddingModelAdapterContract extends EmbeddingModelAdapterContract
        implements WireAdapterContract<EmbeddingModelAdapter> {

    private @Nullable WireBench<EmbeddingModelAdapter> bench;
    private int prepared;

    /** For subclasses. */
    protected WireEmbeddingModelAdapterContract() {}

    @Override
    public abstract EmbeddingWire wire();

    /** Returns two texts, for which {@link WireFormat#success()} is an answer. */
    @Override
    protected final EmbeddingRequest request() {
        return super.request();
    }

    @Override
    public final EmbeddingResult ask(EmbeddingModelAdapter adapter, CallContext call) throws InterruptedException {
        return adapter.embed(request(), call);
    }

    @Override
    protected final EmbeddingModelAdapter adapter() {
        return bench().adapter();
    }

    private WireBench<EmbeddingModelAdapter> bench() {
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
    protected final void prepare(EmbeddingRequest request) {
        prepared++;
        bench().server().enqueue(wire().vectors(WireText.vectors(request.texts().size(), wire().dimensions())));
    }

    @AfterEach
    void asksNoMoreThanOnceACall() {
        if (bench != null) {
            try (WireBench<EmbeddingModelAdapter> used = bench) {
                assertThat(used.server().requestCount()).as("requests").isLessThanOrEqualTo(prepared);
            }
        }
    }

    private List<Embedding> vectors() {
        return WireText.vectors(2, wire().dimensions());
    }

    /** To the last bit. */
    @Test
    void givesTheVectorsAsTheyAreAndInOrder() throws InterruptedException {
        float[] odd = new float[wire().dimensions()];
        odd[0] = -0.1f;
        odd[1] = 1.1754944e-38f;
        List<Embedding> vectors = List.of(Embedding.of(odd), vectors().get(1));
        assertThat(asked(wire().vectors(vectors)).embeddings()).isEqualTo(vectors);
    }

    /**
     * Each other form.
     *
     * @return a test for each
     */
    @TestFactory
    Stream<DynamicTest> readsTheVectorsInOtherForms() {
        return wire().otherForms(vectors()).entrySet().stream()
                .map(form -> dynamicTest(
                        form.getKey(),
                        () -> assertThat(asked(form.getValue()).embeddings()).isEqualTo(vectors())));
    }

    /** Nobody knows which text lacks its vector. */
    @Test
    void takesFewerVectorsThanTextsForAFailure() {
        try (WireBench<EmbeddingModelAdapter> other = WireBench.open(this)) {
            ModelException failure = other.fail(wire().vectors(vectors().subList(0, 1)));
            assertThat(failure.reason()).isEqualTo(Reason.MALFORMED_ANSWER);
            assertThat(failure.billed()).isEqualTo(Billed.BILLED_UNUSABLE);
        }
    }

    private EmbeddingResult asked(FaultAnswer answer) throws InterruptedException {
        try (WireBench<EmbeddingModelAdapter> other = WireBench.open(this)) {
            EmbeddingResult result = (EmbeddingResult) other.ask(answer);
            other.assertRequests(1);
            return result;
        }
    }
}
