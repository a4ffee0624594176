package dev.pictor.generation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.pictor.gateway.AnswerSource;
import dev.pictor.image.ImageBytes;
import dev.pictor.intent.Intent;
import dev.pictor.intent.Understanding;
import dev.pictor.model.Cost;
import dev.pictor.model.Money;
import dev.pictor.model.OptionWarning;
import dev.pictor.pipeline.Degradation;
import dev.pictor.trace.RunId;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
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
     * What was wished for, with what its user answered when asked.
     *
     * @return the wish
     */
    @Value.Redacted
    public abstract String wish();

    /**
     * What the wish was understood to ask for, who said so and how sure that is.
     *
     * @return the intent
     */
    public abstract Intent intent();

    /**
     * Returns what the wish was understood to ask for.
     *
     * @return the understanding of {@link #intent()}
     */
    public final Understanding understanding() {
        return intent().understanding();
    }

    /**
     * What the wish became.
     *
     * @return the prompt that the model was told, how it was made and what it added
     */
    public abstract EnhancedPrompt enhancement();

    /**
     * Returns what the model was told.
     *
     * @return the text of {@link #enhancement()}
     */
    public final String enhancedPrompt() {
        return enhancement().text();
    }

    /**
     * The model that drew.
     *
     * @return its id, as the vendor names it
     */
    public abstract String model();

    /**
     * How good the pictures of the model that was asked first were expected to be, before they were drawn.
     *
     * @return the estimate, or empty if nothing is known of the model
     */
    public abstract Optional<QualityEstimate> estimate();

    /**
     * What the pictures show, as a model judged it.
     *
     * @return one for each picture that was judged, in their order; empty unless the request asks for it
     */
    public abstract List<PictureJudgement> judgements();

    /**
     * Whether it drew because a model before it failed, or drew nothing that is good enough.
     *
     * @return true if it was not the first choice
     */
    public abstract boolean isFallback();

    /**
     * Where the pictures come from: a model, or a level of the caches.
     *
     * @return the source
     */
    public abstract AnswerSource source();

    /**
     * How long drawing took, with all attempts and waits, and with judging what was drawn if the request asks for that.
     *
     * @return the time of all calls together; of a picture from a cache how long it took to find it
     */
    public abstract Duration latency();

    /**
     * How much of that was Pictor's own: neither a model's nor spent waiting. It is the sum over the calls that were answered.
     *
     * @return a part of {@link #latency()}
     */
    public abstract Duration overhead();

    /**
     * What the calls cost whose answers are in this result. Calls that were lost with a process that ended are in the
     * trace only, see {@code RunRecord.cost()}.
     *
     * @return the sum; not complete if a price is unknown
     */
    public abstract Cost cost();

    /**
     * What the user has spent today, with this run, on the budget of {@link #dailyLimit()}.
     *
     * @return the amount; empty if no budget counts by user and day, or the ledger cannot tell, which is a degradation
     */
    public abstract Optional<Money> spentToday();

    /**
     * What the user may spend in a day.
     *
     * @return the limit of the budget by user and day of which the greatest share is used or held; empty if there is none, or
     *     the ledger cannot tell
     */
    public abstract Optional<Money> dailyLimit();

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

    /**
     * Returns a picture as a {@code data:} URI, for pages and answers over HTTP. It is made anew at each call and a third
     * longer than the picture.
     *
     * @param index 0 for the first
     * @return such as {@code data:image/png;base64,iVBORw0KGgo...}
     * @throws IndexOutOfBoundsException if there is no such picture
     */
    public final String dataUri(int index) {
        ImageBytes image = images().get(index);
        return "data:" + image.format().mediaType() + ";base64,"
                + Base64.getEncoder().encodeToString(image.toByteArray());
    }
}
