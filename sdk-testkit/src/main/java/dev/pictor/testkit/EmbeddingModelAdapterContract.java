package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.model.CallContext;
import dev.pictor.model.EmbeddingModelAdapter;
import dev.pictor.model.EmbeddingRequest;
import dev.pictor.model.EmbeddingResult;
import dev.pictor.model.ModelProfile;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The tests that every {@link EmbeddingModelAdapter} passes, offline. Extend it and give the adapter; for an adapter over
 * a network extend {@code dev.pictor.testkit.wire.WireEmbeddingModelAdapterContract}, which has more. Not thread-safe.
 */
public abstract class EmbeddingModelAdapterContract extends AdapterContract<EmbeddingRequest, EmbeddingResult> {

    private static final int MANY = 20;

    /** For subclasses. */
    protected EmbeddingModelAdapterContract() {}

    /**
     * Returns the adapter under test.
     *
     * @return the same adapter throughout a test; the subclass closes it
     */
    protected abstract EmbeddingModelAdapter adapter();

    /**
     * Returns a request that the adapter serves. Default: two texts.
     *
     * @return nothing beyond the ordinary
     */
    @Override
    protected EmbeddingRequest request() {
        return new EmbeddingRequest(List.of("a brass lamp", "a linen chair"));
    }

    @Override
    final ModelProfile profile() {
        return adapter().profile();
    }

    @Override
    final EmbeddingResult call(EmbeddingRequest request, CallContext call) throws InterruptedException {
        return adapter().embed(request, call);
    }

    @Test
    void givesAVectorForEachText() throws InterruptedException {
        List<String> many =
                IntStream.range(0, MANY).mapToObj(i -> "lamp number " + i).toList();
        for (EmbeddingRequest request :
                List.of(request(), new EmbeddingRequest(List.of("one")), new EmbeddingRequest(many))) {
            EmbeddingResult result = ask(request);
            assertThat(result.embeddings()).hasSize(request.texts().size());
            assertThat(result.servedBy()).isNotBlank();
        }
    }

    @Test
    void givesVectorsOfTheLengthThatItsProfileSays() throws InterruptedException {
        EmbeddingResult result = ask(request());
        int length = profile().dimensions().orElse(result.embeddings().get(0).dimensions());
        assertThat(result.embeddings())
                .allSatisfy(vector -> assertThat(vector.dimensions()).isEqualTo(length));
    }

    @Test
    void givesTheSameTextTheSameVector() throws InterruptedException {
        assertThat(ask(request()).embeddings()).isEqualTo(ask(request()).embeddings());
    }
}
