package dev.pictor.feedback;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Tells before a picture is drawn how likely it pleases, from the runs that users rated. Says how well it would have done on
 * the newest fifth of them, and nothing at all if there are too few. Thread-safe, immutable.
 *
 * <p>A logistic model of domain, style, model, detail, complexity, confidence and length of the wish. The same runs give the
 * same model.
 */
public final class QualityPredictor {

    /** How many rated runs it takes at least: 200. */
    public static final int MIN_RUNS = 200;

    /** How many of them must be satisfied, and how many not, in the part that is fitted to: 20. */
    public static final int MIN_OF_EACH = 20;

    private static final double HELD_BACK = 0.2;
    private static final double LIKELY = 0.5;
    private static final int BINS = 10;

    private final PredictionReport report;
    private final @Nullable QualityFeatures features;
    private final @Nullable LogisticModel model;

    private QualityPredictor(
            PredictionReport report, @Nullable QualityFeatures features, @Nullable LogisticModel model) {
        this.report = report;
        this.features = features;
        this.model = model;
    }

    /** Questions and what came of them, oldest first. */
    private record History(List<QualityQuestion> questions, List<Boolean> outcomes) {

        History part(int from, int to) {
            return new History(questions.subList(from, to), outcomes.subList(from, to));
        }

        int satisfied() {
            return (int) outcomes.stream().filter(outcome -> outcome).count();
        }

        int size() {
            return outcomes.size();
        }
    }

    /**
     * Learns from runs.
     *
     * @param runs runs in any order; those without a rating are left out
     * @return a predictor, which predicts nothing if the history is too small
     */
    public static QualityPredictor train(List<RatedRun> runs) {
        History history = new History(new ArrayList<>(), new ArrayList<>());
        runs.stream()
                .sorted(Comparator.comparing(RatedRun::time).thenComparing(RatedRun::runId))
                .forEach(run -> run.satisfied().ifPresent(satisfied -> {
                    history.questions.add(QualityQuestion.of(run));
                    history.outcomes.add(satisfied);
                }));
        int split = history.size() - (int) Math.round(history.size() * HELD_BACK);
        History older = history.part(0, split);
        Optional<String> tooSmall = tooSmall(history, older);
        if (tooSmall.isPresent()) {
            return new QualityPredictor(
                    new PredictionReportBuilder()
                            .ratedRuns(history.size())
                            .tooSmall(tooSmall)
                            .accuracy(new Proportion(0, 0))
                            .baseRate(new Proportion(0, 0))
                            .brier(1)
                            .baseBrier(1)
                            .calibrationError(1)
                            .build(),
                    null,
                    null);
        }
        QualityFeatures olderFeatures = QualityFeatures.of(older.questions);
        PredictionReport report = report(
                history.size(), older, history.part(split, history.size()), olderFeatures, fit(older, olderFeatures));
        QualityFeatures features = QualityFeatures.of(history.questions);
        return new QualityPredictor(report, features, fit(history, features));
    }

    private static Optional<String> tooSmall(History history, History older) {
        if (history.size() < MIN_RUNS) {
            return Optional.of("only " + history.size() + " runs are rated, it takes " + MIN_RUNS);
        }
        int fewer = Math.min(older.satisfied(), older.size() - older.satisfied());
        return fewer < MIN_OF_EACH
                ? Optional.of("only " + fewer + " runs went the other way, it takes " + MIN_OF_EACH)
                : Optional.empty();
    }

    private static LogisticModel fit(History history, QualityFeatures features) {
        return LogisticModel.fit(
                history.questions.stream().map(features::row).toList(), history.outcomes, features.size());
    }

    private static PredictionReport report(
            int all, History older, History newer, QualityFeatures features, LogisticModel model) {
        double share = (double) older.satisfied() / older.size();
        Proportion right = new Proportion(0, 0);
        Proportion baseRight = new Proportion(0, 0);
        double brier = 0;
        double baseBrier = 0;
        double[] expected = new double[BINS];
        double[] came = new double[BINS];
        for (int i = 0; i < newer.size(); i++) {
            boolean outcome = newer.outcomes.get(i);
            double actual = outcome ? 1 : 0;
            double probability = model.probability(features.row(newer.questions.get(i)));
            right = right.plus((probability >= LIKELY) == outcome);
            baseRight = baseRight.plus((share >= LIKELY) == outcome);
            brier += (probability - actual) * (probability - actual);
            baseBrier += (share - actual) * (share - actual);
            int bin = Math.min(BINS - 1, (int) (probability * BINS));
            expected[bin] += probability;
            came[bin] += actual;
        }
        double off = 0;
        for (int bin = 0; bin < BINS; bin++) {
            off += Math.abs(expected[bin] - came[bin]);
        }
        return new PredictionReportBuilder()
                .ratedRuns(all)
                .accuracy(right)
                .baseRate(baseRight)
                .brier(brier / newer.size())
                .baseBrier(baseBrier / newer.size())
                .calibrationError(off / newer.size())
                .build();
    }

    /**
     * Returns how well it would have done.
     *
     * @return the figures
     */
    public PredictionReport report() {
        return report;
    }

    /**
     * Returns how likely a picture pleases. It is worth as much as {@link #report()} says.
     *
     * @param question what is known before it is drawn
     * @return 0 to 1, or empty if the history was too small
     */
    public OptionalDouble probability(QualityQuestion question) {
        return features == null || model == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(model.probability(features.row(question)));
    }
}
