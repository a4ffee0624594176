package dev.pictor.gateway;

import dev.pictor.model.ReasoningResult;
import dev.pictor.prompts.AnswerReading;
import dev.pictor.prompts.AnswerSchema;
import org.jspecify.annotations.Nullable;

/** Holds answers to a schema. Remembers the last one, which is looked at where it is kept and where it is used. Thread-safe. */
final class AnswerCheck {

    private final @Nullable AnswerSchema schema;
    private volatile @Nullable Known last;

    private record Known(String text, AnswerReading reading) {}

    private AnswerCheck(@Nullable AnswerSchema schema) {
        this.schema = schema;
    }

    /** A check that every answer passes. */
    static AnswerCheck none() {
        return new AnswerCheck(null);
    }

    static AnswerCheck of(AnswerSchema schema) {
        return new AnswerCheck(schema);
    }

    boolean passes(ReasoningResult result) {
        return schema == null || read(schema, result).fits();
    }

    AnswerReading read(AnswerSchema by, ReasoningResult result) {
        Known known = last;
        if (known == null || !known.text().equals(result.text())) {
            known = new Known(result.text(), by.read(result.text()));
            last = known;
        }
        return known.reading();
    }
}
