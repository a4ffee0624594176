package dev.pictor.prompts;

import java.util.Comparator;
import java.util.Locale;
import java.util.OptionalInt;
import org.immutables.value.Value;

/** Something in a prompt file that is wrong or could be better. Immutable. */
@Value.Immutable
public abstract class PromptFinding {

    static final Comparator<PromptFinding> ORDER = Comparator.comparing(PromptFinding::path)
            .thenComparing(PromptFinding::origin)
            .thenComparingInt(finding -> finding.line().orElse(0))
            .thenComparing(PromptFinding::rule)
            .thenComparing(PromptFinding::message);

    PromptFinding() {}

    /** How bad it is. More may be added, so a switch needs a {@code default}. */
    public enum Severity {
        /** The prompt fails, or does other than its file says, for some or all of its callers. */
        ERROR,
        /** The prompt works; something is superfluous, not told or not tried. */
        WARNING
    }

    static PromptFindingBuilder builder(String path, LintRule rule, String message) {
        return new PromptFindingBuilder()
                .path(path)
                .rule(rule.id())
                .severity(rule.severity())
                .message(message);
    }

    /**
     * The file, in its source.
     *
     * @return a path such as {@code generation/enhance.art.prompt}; for an override, that of the file it stands in for
     */
    public abstract String path();

    /**
     * The place of the file.
     *
     * @return what {@link PromptSource#origin} says, or whose override it is
     */
    public abstract String origin();

    /**
     * The line. Default: empty, which is the file as a whole.
     *
     * @return a line of the file, from 1
     */
    public abstract OptionalInt line();

    /**
     * Which rule it is about.
     *
     * @return one of the words that {@link PromptLint} lists, which stay as they are
     */
    public abstract String rule();

    /**
     * How bad it is.
     *
     * @return the severity, which is the same for all findings of a rule
     */
    public abstract Severity severity();

    /**
     * What is wrong and what to do.
     *
     * @return a sentence; it names variables and may quote the file, never the value of a variable
     */
    public abstract String message();

    /**
     * Returns the finding on one line.
     *
     * @return place, severity, rule and message
     */
    @Override
    public String toString() {
        return path() + (line().isPresent() ? ":" + line().getAsInt() : "") + " "
                + severity().name().toLowerCase(Locale.ROOT) + " " + rule() + ": " + message();
    }
}
