package dev.pictor.testkit.wire;

import dev.pictor.testkit.FaultAnswer;

/** How a vendor of words writes its answers. Implementations are immutable. */
public interface ReasoningWire extends WireFormat {

    /**
     * Returns an answer.
     *
     * @param text what the model says
     * @return an answer whose counts are those of {@link #usage()}
     */
    FaultAnswer text(String text);

    /**
     * Returns an answer that reached its largest length.
     *
     * @param text how far it came
     * @return the answer
     */
    FaultAnswer cutShort(String text);
}
