package dev.pictor.generation;

import dev.pictor.gateway.RecordedAnswers;
import dev.pictor.pipeline.RunContext;
import dev.pictor.trace.Decision;
import dev.pictor.trace.DecisionRecord;
import dev.pictor.trace.EvaluationRecord;
import dev.pictor.trace.RunRecord;
import java.util.List;
import java.util.Optional;

/**
 * What the stage that draws noted in a run that is replayed: who drew next, and what was expected, may have changed since.
 * Immutable.
 */
record DrawnThen(RunRecord past, String stage) {

    /** Nothing if the run is no replay. */
    static Optional<DrawnThen> of(RunContext run) {
        return run.extension(RecordedAnswers.class).map(answers -> new DrawnThen(answers.past(), run.stage()));
    }

    List<Decision> decisions() {
        return past.decisions().stream()
                .filter(made -> made.stage().equals(stage))
                .map(DecisionRecord::decision)
                .toList();
    }

    /** Why something had to be done without, where the reason begins so. */
    List<String> degradations(String beginning) {
        return decisions().stream()
                .filter(decision -> decision.kind().equals("fallback"))
                .map(Decision::reason)
                .filter(reason -> reason.startsWith(beginning))
                .toList();
    }

    Optional<QualityEstimate> estimate() {
        return past.evaluations().stream()
                .filter(made -> made.stage().equals(stage))
                .map(EvaluationRecord::evaluation)
                .filter(evaluation -> evaluation.name().equals(QualityEstimate.EVALUATION)
                        && evaluation.score().isPresent())
                .map(QualityEstimate::read)
                .reduce((first, last) -> last);
    }
}
