package dev.pictor.generation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.pictor.image.ImageBytes;
import dev.pictor.intent.Understanding;
import dev.pictor.model.Cost;
import dev.pictor.model.OptionWarning;
import dev.pictor.pipeline.Degradation;
import dev.pictor.trace.RunId;
import java.util.List;
import org.immutables.value.Value;

/** Pictures, and how they came about. Immutable. */
@Value.Immutable
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonDeserialize(builder = GeneratedImagesBuilder.class)
public abstract class GeneratedImages {

    GeneratedImages() {}

    /**
     * The pictures.
     *
     * @return at least one
     */
    public abstract List<ImageBytes> images();

    /**
     * Returns the first picture.
     *
     * @return the only one, unless more were asked for
     */
    public final ImageBytes first() {
        return images().get(0);
    }

    /**
     * What the wish was understood to ask for.
     *
     * @return the understanding
     */
    public abstract Understanding understanding();

    /**
     * What the model was told.
     *
     * @return the wish with craft added around it
     */
    @Value.Redacted
    public abstract String enhancedPrompt();

    /**
     * The model that drew.
     *
     * @return its id, as the vendor names it
     */
    public abstract String model();

    /**
     * What the calls cost whose answers are in this result. Calls that were lost with a process that ended are in the
     * trace only, see {@code RunRecord.cost()}.
     *
     * @return the sum; not complete if a price is unknown
     */
    public abstract Cost cost();

    /**
     * What was not done as asked.
     *
     * @return one for each option, empty if everything was
     */
    public abstract List<OptionWarning> warnings();

    /**
     * What is less than it could be.
     *
     * @return each fallback that took over, empty if none did
     */
    public abstract List<Degradation> degradations();

    /**
     * The run, for looking it up in a store.
     *
     * @return its id
     */
    public abstract RunId runId();
}
