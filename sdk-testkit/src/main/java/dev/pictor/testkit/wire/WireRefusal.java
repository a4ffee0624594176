package dev.pictor.testkit.wire;

import static java.util.Objects.requireNonNull;

import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Refusal;
import dev.pictor.testkit.FaultAnswer;

/**
 * One way in which a vendor declines to serve. Immutable.
 *
 * @param name what it looks like on the wire, such as {@code finishReason IMAGE_SAFETY}
 * @param refusal what it means
 * @param billed whether the vendor charges for it
 * @param answer what is sent
 */
public record WireRefusal(String name, Refusal refusal, Billed billed, FaultAnswer answer) {

    /** Checks that all are given. */
    public WireRefusal {
        requireNonNull(name, "name");
        requireNonNull(refusal, "refusal");
        requireNonNull(billed, "billed");
        requireNonNull(answer, "answer");
    }

    /** What was sent was refused before any work: not charged. */
    static WireRefusal ofInput(String name, FaultAnswer answer) {
        return new WireRefusal(name, Refusal.BLOCKED_INPUT, Billed.REJECTED, answer);
    }

    /** What was made was held back: charged. */
    static WireRefusal ofOutput(String name, FaultAnswer answer) {
        return new WireRefusal(name, Refusal.BLOCKED_OUTPUT, Billed.BILLED_UNUSABLE, answer);
    }

    /** The model declined in words: charged. */
    static WireRefusal inWords(String name, FaultAnswer answer) {
        return new WireRefusal(name, Refusal.REFUSED, Billed.BILLED_UNUSABLE, answer);
    }

    /** The model was done without a picture: charged. */
    static WireRefusal withoutPicture(String name, FaultAnswer answer) {
        return new WireRefusal(name, Refusal.NO_PICTURE, Billed.BILLED_UNUSABLE, answer);
    }
}
