package dev.pictor.trace;

import dev.pictor.model.Cost;
import java.time.Duration;
import java.util.Optional;

/** From records to summaries. */
final class Summarizing {

    private Summarizing() {}

    static RunSummary of(RunRecord run) {
        RunSummaryBuilder summary = new RunSummaryBuilder()
                .runId(run.runId())
                .pipeline(run.pipeline())
                .status(run.status())
                .startedAt(run.startedAt())
                .duration(run.duration())
                .tenant(run.tenant())
                .user(run.user())
                .labels(run.labels())
                .assets(run.assets())
                .cost(run.cost())
                .errorType(run.errorType())
                .failedStage(run.failedStage())
                .resumes(run.resumes())
                .missingEvents(run.missingEvents())
                .degradations((int) run.decisions().stream()
                        .filter(Summarizing::isDegradation)
                        .count());
        run.artifacts().stream()
                .map(artifact -> artifact.artifact().sha256())
                .distinct()
                .forEach(summary::addArtifacts);
        run.prompts().stream().map(Summarizing::use).distinct().forEach(summary::addPrompts);
        run.stages()
                .forEach(stage -> summary.addStageRows(new SummaryRows.Stage(
                        stage.path(),
                        stage.outcome().orElse(null),
                        nanos(stage.duration()),
                        stage.errorType().orElse(null))));
        run.calls()
                .forEach(call -> summary.addCallRows(new SummaryRows.Call(
                        call.stage(),
                        call.requestedModel(),
                        call.servedBy().orElse(null),
                        call.attempt(),
                        nanos(call.duration()),
                        call.errorType().orElse(null),
                        call.usage(),
                        call.cost().orElse(Cost.unknown()))));
        run.answers()
                .forEach(answer -> summary.addAnswerRows(new SummaryRows.Answer(
                        answer.stage(),
                        answer.servedBy().orElse(null),
                        answer.source().orElse(null),
                        answer.isFallback(),
                        answer.errorType().orElse(null))));
        run.evaluations()
                .forEach(check -> summary.addCheckRows(new SummaryRows.Check(
                        check.stage(),
                        check.evaluation().name(),
                        check.evaluation().verdict(),
                        check.score().orElse(Double.NaN))));
        return summary.build();
    }

    private static PromptUse use(PromptRecord prompt) {
        return new PromptUseBuilder()
                .name(prompt.name())
                .variant(prompt.variant())
                .version(prompt.version())
                .rule(prompt.rule())
                .experiment(prompt.experiment())
                .build();
    }

    private static long nanos(Optional<Duration> duration) {
        return duration.map(Duration::toNanos).orElse(SummaryRows.NOT_ENDED);
    }

    /** As {@code RunContext.degrade} notes it. */
    private static boolean isDegradation(DecisionRecord decision) {
        return decision.decision().kind().equals("fallback")
                && decision.decision().question().equals("go on without?");
    }
}
