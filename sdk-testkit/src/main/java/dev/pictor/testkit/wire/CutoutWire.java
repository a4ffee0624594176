package dev.pictor.testkit.wire;

import dev.pictor.testkit.FaultAnswer;
import java.util.Map;

/**
 * How services that remove backgrounds write their answers: the picture itself, and errors in JSON. Implementations are
 * immutable.
 */
public interface CutoutWire extends WireFormat {

    /**
     * Returns PhotoRoom's {@code POST /v1/segment}. A wrong key is a 403; it counts nothing.
     *
     * @return a format
     */
    static CutoutWire photoRoom() {
        return new CutoutAnswers(CutoutAnswers.Service.PHOTOROOM);
    }

    /**
     * Returns remove.bg's {@code POST /v1.0/removebg}. A wrong key is a 403; errors are
     * {@code {"errors": [{"title", "code"}]}}.
     *
     * @return a format
     */
    static CutoutWire removeBg() {
        return new CutoutAnswers(CutoutAnswers.Service.REMOVE_BG);
    }

    /**
     * Returns an answer with a picture, or what is said to be one.
     *
     * @param mediaType what the answer calls it
     * @param bytes what is sent
     * @return the answer
     */
    FaultAnswer picture(String mediaType, byte[] bytes);

    /** Returns nothing: an answer that is no picture is broken, whatever it says. */
    @Override
    default Map<String, FaultAnswer> errorsInSuccess() {
        return Map.of();
    }
}
