package dev.pictor.feedback;

import dev.pictor.intent.Calibration;
import dev.pictor.intent.Calibration.Form;
import dev.pictor.intent.Calibration.Outcome;
import dev.pictor.intent.IntentTier;
import dev.pictor.intent.ReliabilityTable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Holds confidences against what users said of the pictures, and fits calibrations to that. */
final class Calibrations {

    static final String WORDS = "words";
    static final String MODEL = "model";

    private static final double HELD_BACK = 0.2;
    private static final int ISOTONIC_FROM = 2_000; // a rising line through points needs more than a curve
    private static final Set<String> OF_WORDS =
            Set.of(IntentTier.KEYWORDS.toString(), IntentTier.UNSURE_KEYWORDS.toString());
    private static final Set<String> OF_MODELS =
            Set.of(IntentTier.MODEL.toString(), IntentTier.CACHED_ANALYSIS.toString());

    private Calibrations() {}

    /** A confidence before and after it was calibrated, and whether the wish was understood. */
    private record Answer(double raw, double confidence, boolean right) {

        Outcome outcome() {
            return new Outcome(raw, right);
        }

        double off(double probability) {
            double miss = probability - (right ? 1 : 0);
            return miss * miss;
        }
    }

    /** The runs must be sorted by time. */
    static List<TierCalibration> of(List<RatedRun> runs, AnalysisOptions options) {
        return Stream.of(of(WORDS, OF_WORDS, runs, options), of(MODEL, OF_MODELS, runs, options))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<TierCalibration> of(
            String name, Set<String> tiers, List<RatedRun> runs, AnalysisOptions options) {
        List<Answer> answers = runs.stream()
                .filter(run -> run.tier().filter(tiers::contains).isPresent())
                .flatMap(run -> answer(run, options).stream())
                .toList();
        int older = answers.size() - (int) Math.round(answers.size() * HELD_BACK);
        if (answers.size() - older < options.minRuns()) {
            return Optional.empty();
        }
        Calibration ofOlder = fit(answers.subList(0, older));
        List<Answer> newer = answers.subList(older, answers.size());
        double inForce = 0;
        double fitted = 0;
        double squares = 0;
        for (Answer answer : newer) {
            double before = answer.off(answer.confidence);
            double after = answer.off(ofOlder.apply(answer.raw));
            inForce += before;
            fitted += after;
            squares += (before - after) * (before - after);
        }
        int count = newer.size();
        double gain = (inForce - fitted) / count;
        double variance = Math.max(0, squares / count - gain * gain);
        return Optional.of(new TierCalibrationBuilder()
                .tier(name)
                .inForce(ReliabilityTable.of(answers.stream()
                        .map(answer -> new Outcome(answer.confidence, answer.right))
                        .toList()))
                .fitted(fit(answers))
                .brierInForce(inForce / count)
                .brierFitted(fitted / count)
                .heldBack(count)
                .z(gain == 0 ? 0 : gain / Math.max(1e-9, Math.sqrt(variance / count)))
                .build());
    }

    private static Calibration fit(List<Answer> answers) {
        return Calibration.fit(
                answers.size() < ISOTONIC_FROM ? Form.PLATT : Form.ISOTONIC,
                answers.stream().map(Answer::outcome).toList());
    }

    private static Optional<Answer> answer(RatedRun run, AnalysisOptions options) {
        if (run.confidence().isEmpty()
                || run.rawConfidence().isEmpty()
                || run.rating().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Answer(
                run.rawConfidence().getAsDouble(),
                run.confidence().getAsDouble(),
                isUnderstood(run.rating().get(), options)));
    }

    /** Whoever finds fault with something else than how the wish was understood, and says so, was understood. */
    private static boolean isUnderstood(Rating rating, AnalysisOptions options) {
        boolean blames =
                rating.reasons().isEmpty() || rating.reasons().stream().anyMatch(options.misunderstood()::contains);
        return rating.isSatisfied() || !blames;
    }
}
