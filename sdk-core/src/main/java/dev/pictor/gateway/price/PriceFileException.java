package dev.pictor.gateway.price;

import dev.pictor.error.PictorException;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A price list cannot be used. Prices that were read before stay in force. Thread-safe. */
public final class PriceFileException extends PictorException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final ArrayList<String> problems;

    PriceFileException(String source, List<String> problems, @Nullable Throwable cause) {
        super("the price list " + source + " cannot be used: " + String.join("; ", problems), cause);
        this.problems = new ArrayList<>(problems);
    }

    /**
     * Returns everything that is wrong with it.
     *
     * @return at least one sentence, each with the entry it is about
     */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    @Override
    public boolean isRetryable() {
        return false;
    }
}
