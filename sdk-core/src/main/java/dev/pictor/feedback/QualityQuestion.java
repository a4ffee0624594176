package dev.pictor.feedback;

import dev.pictor.intent.Domain;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.immutables.value.Value;

/** What is known of a picture before it is drawn. What is not known is left out. Immutable. */
@Value.Immutable
public abstract class QualityQuestion {

    QualityQuestion() {}

    /**
     * Returns a builder of a question that knows nothing.
     *
     * @return a new builder
     */
    public static QualityQuestionBuilder builder() {
        return new QualityQuestionBuilder();
    }

    /**
     * Returns what was known of the pictures of a run.
     *
     * @param run the run
     * @return the question
     */
    public static QualityQuestion of(RatedRun run) {
        return builder()
                .domain(run.domain())
                .style(run.style())
                .model(run.model())
                .detail(run.detail())
                .complexity(run.complexity())
                .confidence(run.confidence())
                .promptLength(
                        run.wish().isPresent() ? OptionalInt.of(run.wish().get().length()) : OptionalInt.empty())
                .build();
    }

    /**
     * The craft that is to serve.
     *
     * @return the domain
     */
    public abstract Optional<Domain> domain();

    /**
     * The style within it.
     *
     * @return the style
     */
    public abstract Optional<String> style();

    /**
     * The model that is to draw.
     *
     * @return its id
     */
    public abstract Optional<String> model();

    /**
     * How much craft is to be added.
     *
     * @return such as {@code basic}
     */
    public abstract Optional<String> detail();

    /**
     * How complex the wish is.
     *
     * @return 0 to 1
     */
    public abstract OptionalDouble complexity();

    /**
     * How sure domain and style are.
     *
     * @return 0 to 1
     */
    public abstract OptionalDouble confidence();

    /**
     * How long the wish is.
     *
     * @return in characters
     */
    public abstract OptionalInt promptLength();
}
