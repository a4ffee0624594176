package dev.pictor.trace;

import dev.pictor.model.Cost;
import java.util.Optional;
import org.immutables.value.Value;

/** What a call to the gateway came to, after all its attempts. Immutable. */
@Value.Immutable
public abstract class AnswerRecord {

    AnswerRecord() {}

    /**
     * The stage that called.
     *
     * @return its path
     */
    public abstract String stage();

    /**
     * The model whose answer it is, as its profile calls it.
     *
     * @return its id, or empty if nobody answered
     */
    public abstract Optional<String> model();

    /**
     * The model whose answer it is, as its provider calls it.
     *
     * @return its id, or empty if nobody answered
     */
    public abstract Optional<String> servedBy();

    /**
     * Where the answer came from.
     *
     * @return such as {@code MODEL} or {@code MEMORY_CACHE}, or empty if nobody answered
     */
    public abstract Optional<String> source();

    /**
     * Whether it is of another model than the first choice, which failed. Default: false.
     *
     * @return true if it is
     */
    @Value.Default
    public boolean isFallback() {
        return false;
    }

    /**
     * How many attempts at models it took. Default: 0.
     *
     * @return 0 or more
     */
    @Value.Default
    public int attempts() {
        return 0;
    }

    /**
     * What all attempts cost together.
     *
     * @return the cost
     */
    public abstract Cost cost();

    /**
     * The kind of failure.
     *
     * @return such as {@code rate_limited}, or empty if it did not fail
     */
    public abstract Optional<String> errorType();
}
