package dev.pictor.testkit.wire;

import dev.pictor.image.ImageBytes;
import dev.pictor.testkit.FaultAnswer;
import java.util.List;

/** How a vendor of pictures writes its answers. Implementations are immutable. */
public interface ImageWire extends WireFormat {

    /**
     * Returns an answer with pictures.
     *
     * @param pictures in the order of the answer
     * @return an answer whose counts are those of {@link #usage()}
     */
    FaultAnswer pictures(List<ImageBytes> pictures);

    /**
     * Returns an answer with one picture, or what is said to be one.
     *
     * @param mediaType what the answer calls it, where it has a word for it
     * @param base64 what stands in its place
     * @return the answer
     */
    FaultAnswer picture(String mediaType, String base64);
}
