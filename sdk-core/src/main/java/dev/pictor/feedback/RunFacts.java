package dev.pictor.feedback;

import dev.pictor.intent.Domain;
import dev.pictor.trace.Decision;
import dev.pictor.trace.DecisionBuilder;
import dev.pictor.trace.DecisionRecord;
import dev.pictor.trace.JournaledValue;
import dev.pictor.trace.RunRecord;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The names under which runs keep the facts that are learned from, and the one place that writes and reads them. Each fact
 * is a decision, so it has its reason beside it and is there at every content level, except that a confidence needs
 * {@link dev.pictor.trace.ContentLevel#REFERENCES}:
 *
 * <table>
 * <caption>Decisions</caption>
 * <tr><th>kind</th><th>chosen</th><th>more</th></tr>
 * <tr><td>{@value #INTENT}</td><td>the domain, or {@code none}</td><td>scores {@value #CONFIDENCE} and {@value #RAW_CONFIDENCE}; the tier as policy</td></tr>
 * <tr><td>{@value #STYLE}</td><td>the style</td><td></td></tr>
 * <tr><td>{@value #COMPLEXITY}</td><td>0 to 1, such as {@code 0.42}</td><td>features as scores</td></tr>
 * <tr><td>{@value #DETAIL}</td><td>such as {@code expert}</td><td></td></tr>
 * </table>
 */
public final class RunFacts {

    /** The kind of the decision for a domain. */
    public static final String INTENT = "intent";

    /** The kind of the decision for a style. */
    public static final String STYLE = "style";

    /** The kind of the decision that tells how complex a wish is. */
    public static final String COMPLEXITY = "complexity";

    /** The kind of the decision that tells how much craft is added. */
    public static final String DETAIL = "detail";

    /** The score of the decision {@value #INTENT} that tells how sure it is. */
    public static final String CONFIDENCE = "confidence";

    /** The score of the decision {@value #INTENT} that tells what its confidence was calibrated from. */
    public static final String RAW_CONFIDENCE = "raw_confidence";

    private static final String ROUTE = "route";

    private RunFacts() {}

    /**
     * Returns the decision for a domain.
     *
     * @param domain the domain's name, or {@code none}
     * @param confidence how sure it is, 0 to 1
     * @param tier what said so, such as {@code keyword} or {@code model}
     * @param reason why, in a sentence
     * @return a builder; further scores, such as those of the other domains, may be put
     */
    public static DecisionBuilder intent(String domain, double confidence, String tier, String reason) {
        return Decision.builder(INTENT, "which craft serves the wish?", domain, reason)
                .putScores(CONFIDENCE, confidence)
                .policy(tier);
    }

    /**
     * Returns the decision for a style.
     *
     * @param style the style's name
     * @param reason why, in a sentence
     * @return a builder
     */
    public static DecisionBuilder style(String style, String reason) {
        return Decision.builder(STYLE, "which style within that craft?", style, reason);
    }

    /**
     * Returns the decision that tells how complex a wish is.
     *
     * @param score 0 for a trifle to 1
     * @param reason why, in a sentence
     * @return a builder; the features may be put as scores
     */
    public static DecisionBuilder complexity(double score, String reason) {
        return Decision.builder(
                COMPLEXITY, "how complex is the wish?", String.format(Locale.ROOT, "%.3f", score), reason);
    }

    /**
     * Returns the decision that tells how much craft is added.
     *
     * @param detail such as {@code expert}
     * @param reason why, in a sentence
     * @return a builder
     */
    public static DecisionBuilder detail(String detail, String reason) {
        return Decision.builder(DETAIL, "how much craft is added?", detail, reason);
    }

    static Optional<Domain> domain(RunRecord run) {
        return last(run, INTENT).flatMap(intent -> {
            try {
                return Optional.of(Domain.parse(intent.chosen()));
            } catch (IllegalArgumentException e) {
                return Optional.empty(); // none, or a domain of a later version
            }
        });
    }

    static Optional<String> style(RunRecord run) {
        return last(run, STYLE).map(Decision::chosen);
    }

    static OptionalDouble confidence(RunRecord run) {
        return number(last(run, INTENT).map(intent -> intent.scores().get(CONFIDENCE)));
    }

    static OptionalDouble rawConfidence(RunRecord run) {
        return number(last(run, INTENT).map(intent -> intent.scores().get(RAW_CONFIDENCE)));
    }

    static Optional<String> tier(RunRecord run) {
        return last(run, INTENT).flatMap(Decision::policy).map(policy -> policy.replaceFirst("/.*", ""));
    }

    static OptionalDouble complexity(RunRecord run) {
        return number(last(run, COMPLEXITY).map(complexity -> parsed(complexity.chosen())));
    }

    static Optional<String> detail(RunRecord run) {
        return last(run, DETAIL)
                .map(Decision::chosen)
                .or(() -> member(run, "detail").map(word -> word.toLowerCase(Locale.ROOT)));
    }

    /** By what a stage chose its model, such as the rules and the one of them that decided. */
    static Optional<String> routePolicy(RunRecord run, String stage) {
        return run.decisions().stream()
                .filter(record -> record.stage().equals(stage))
                .map(DecisionRecord::decision)
                .filter(decision -> decision.kind().equals(ROUTE))
                .reduce((earlier, later) -> later)
                .flatMap(Decision::policy);
    }

    /** On or off by the name of the flag, of flags that let the share decide: who is named was not dealt by chance. */
    static Map<String, String> flags(RunRecord run) {
        Map<String, String> flags = new TreeMap<>();
        run.decisions().stream()
                .map(DecisionRecord::decision)
                .filter(decision -> decision.kind().equals(FlagDecision.KIND)
                        && decision.policy().filter(FlagDecision.SHARE::equals).isPresent())
                .forEach(decision -> {
                    int equals = decision.chosen().lastIndexOf('=');
                    if (equals > 0) {
                        flags.put(
                                decision.chosen().substring(0, equals),
                                decision.chosen().substring(equals + 1));
                    }
                });
        return flags;
    }

    /** A member of what the run was started with, if it is a text. */
    static Optional<String> member(RunRecord run, String name) {
        return run.input()
                .flatMap(JournaledValue::json)
                .flatMap(json -> json instanceof Map<?, ?> members && members.get(name) instanceof String text
                        ? Optional.of(text)
                        : Optional.empty());
    }

    /** A run that is resumed may decide again. */
    private static Optional<Decision> last(RunRecord run, String kind) {
        return run.decisions().stream()
                .map(DecisionRecord::decision)
                .filter(decision -> decision.kind().equals(kind))
                .reduce((earlier, later) -> later);
    }

    private static double parsed(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /** A share, or nothing if it is none. */
    private static OptionalDouble number(Optional<Double> figure) {
        return figure.filter(share -> share >= 0 && share <= 1)
                .map(OptionalDouble::of)
                .orElse(OptionalDouble.empty());
    }
}
