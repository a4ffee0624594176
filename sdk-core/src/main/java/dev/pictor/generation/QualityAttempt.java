package dev.pictor.generation;

import dev.pictor.image.ImageBytes;
import dev.pictor.model.Cost;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/** One try at a picture that is good enough, and why it was not. Immutable. */
@Value.Immutable
public abstract class QualityAttempt {

    QualityAttempt() {}

    /**
     * The model that drew.
     *
     * @return its id as the vendor names it, or the name it was asked by if it did not draw
     */
    public abstract String model();

    /**
     * Why it was not good enough.
     *
     * @return a sentence, or empty if it was
     */
    @Value.Redacted
    public abstract Optional<String> problem();

    /**
     * What was said of its pictures.
     *
     * @return one for each picture that was judged, empty if none was
     */
    public abstract List<PictureJudgement> judgements();

    /**
     * The pictures, which are paid for.
     *
     * @return what the model drew, empty if it drew nothing
     */
    public abstract List<ImageBytes> images();

    /**
     * What it cost, drawing and judging.
     *
     * @return the sum, not complete if a price is unknown
     */
    public abstract Cost cost();
}
