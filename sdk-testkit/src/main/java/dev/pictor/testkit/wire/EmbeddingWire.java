package dev.pictor.testkit.wire;

import dev.pictor.model.Embedding;
import dev.pictor.testkit.FaultAnswer;
import java.util.List;
import java.util.Map;

/** How a vendor of vectors writes its answers. {@link #success()} has two. Implementations are immutable. */
public interface EmbeddingWire extends WireFormat {

    /**
     * Returns an answer.
     *
     * @param vectors in the order of the texts
     * @return an answer whose counts are those of {@link #usage()}
     */
    FaultAnswer vectors(List<Embedding> vectors);

    /**
     * Returns answers that say the same in other forms, which the vendor or those who speak like it use.
     *
     * @param vectors in the order of the texts
     * @return answers by what they look like
     */
    Map<String, FaultAnswer> otherForms(List<Embedding> vectors);

    /**
     * Returns how long the vectors of {@link #success()} are.
     *
     * @return 1 or more
     */
    int dimensions();
}
