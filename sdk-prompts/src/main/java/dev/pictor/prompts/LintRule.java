package dev.pictor.prompts;

import static dev.pictor.prompts.PromptFinding.Severity.ERROR;
import static dev.pictor.prompts.PromptFinding.Severity.WARNING;

import java.util.Locale;

/** The rules of {@link PromptLint}, whose javadoc says what they are about. */
enum LintRule {
    BAD_FILE_NAME(ERROR),
    BAD_EXPERIMENT(ERROR),
    BAD_HELPER_ARGUMENT(ERROR),
    BAD_LABEL(ERROR),
    BAD_OVERRIDE(ERROR),
    BRACES_LEFT(WARNING),
    DESCRIPTION_MISSING(WARNING),
    EXAMPLE_EMPTY(ERROR),
    EXAMPLE_FAILS(ERROR),
    EXAMPLE_MISSING(WARNING),
    EXAMPLE_UNFIT(ERROR),
    EXPERIMENT_OVERLAP(ERROR),
    EXPERIMENT_SCHEMA(ERROR),
    MALFORMED(ERROR),
    MISSING_PARTIAL(ERROR),
    NEVER_EQUAL(WARNING),
    NO_INPUT_SCHEMA(WARNING),
    NOT_TEXT(ERROR),
    NO_WIRE_FORM(ERROR),
    OPEN_OBJECT(WARNING),
    OPTIONAL_NOT_NULLABLE(WARNING),
    REQUIRED_WITH_DEFAULT(WARNING),
    TARGET_MISSING(ERROR),
    TARGET_VERSION(ERROR),
    TOO_LARGE(ERROR),
    UNKNOWN_CONTEXT(WARNING),
    UNKNOWN_HELPER(ERROR),
    UNKNOWN_KEY(WARNING),
    UNKNOWN_VARIABLE(ERROR),
    UNREADABLE(ERROR),
    UNUSED_PARTIAL(WARNING),
    UNUSED_VARIABLE(WARNING);

    private final PromptFinding.Severity severity;

    LintRule(PromptFinding.Severity severity) {
        this.severity = severity;
    }

    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    PromptFinding.Severity severity() {
        return severity;
    }
}
