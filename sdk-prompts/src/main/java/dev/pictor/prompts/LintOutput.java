package dev.pictor.prompts;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** Checks the schema of an answer. Immutable. */
final class LintOutput {

    private static final int MAX_DEPTH = 16;

    private final BiConsumer<LintRule, String> sink;

    LintOutput(BiConsumer<LintRule, String> sink) {
        this.sink = sink;
    }

    /** Returns why a schema cannot be given to a model, or empty if it can. */
    static Optional<String> wireProblem(String name, Map<String, Object> schema) {
        try {
            AnswerSchema unused = AnswerSchema.of(name, schema);
            return Optional.empty();
        } catch (PromptFailure e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    void check(LintSchema schema, String at) {
        check(schema, at, 0);
    }

    private void check(LintSchema schema, String at, int depth) {
        if (depth > MAX_DEPTH) {
            return; // one that names itself
        }
        Set<String> required = schema.required();
        if (schema.types().contains("object") && !schema.isClosed()) {
            sink.accept(LintRule.OPEN_OBJECT, at + " may have any further properties; add additionalProperties: false");
        }
        schema.properties().keySet().forEach(name -> {
            LintSchema property = schema.step(name).orElse(LintSchema.ANY);
            if (!required.contains(name) && !property.allowsNull()) {
                sink.accept(
                        LintRule.OPTIONAL_NOT_NULLABLE,
                        at + "." + name + " is optional and may not be null; models must give every property, so let it"
                                + " be null or require it");
            }
            check(property, at + "." + name, depth + 1);
        });
        if (schema.types().contains("array")) {
            check(schema.items(), at + "[]", depth + 1);
        }
    }
}
