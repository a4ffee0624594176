package dev.pictor.trace;

import dev.pictor.model.Cost;
import java.time.Duration;
import java.util.Optional;

/** From records to summaries. */
final class Summarizing {

    private Summarizing() {}

    static RunSummary of(RunRecord run) {
        SummaryRows.Draft rows = new SummaryRows.Draft();
        rows.labels.putAll(run.labels());
        rows.assets.addAll(run.assets());
        run.artifacts().stream()
                .map(artifact -> artifact.artifact().sha256())
                .distinct()
                .forEach(rows.artifacts::add);
        run.prompts().stream().map(Summarizing::use).distinct().forEach(rows.prompts::add);
        run.stages().forEach(stage -> rows.stages.add(stage(stage)));
        run.calls().forEach(call -> rows.calls.add(call(call)));
        run.answers().forEach(answer -> rows.answers.add(answer(answer)));
        run.evaluations().forEach(check -> rows.checks.add(check(check)));
        if (!run.sampled() && run.calls().isEmpty()) {
            rows.leftOut = new SummaryRows.LeftOut(
                    run.totals().calls(), run.totals().usage(), run.totals().cost());
        }
        return new RunSummaryBuilder()
                .runId(run.runId())
                .pipeline(run.pipeline())
                .status(run.status())
                .startedAt(run.startedAt())
                .duration(run.duration())
                .tenant(run.tenant())
                .user(run.user())
                .cost(run.cost())
                .errorType(run.errorType())
                .failedStage(run.failedStage())
                .resumes(run.resumes())
                .missingEvents(run.missingEvents())
                .degradations((int) run.decisions().stream()
                        .filter(Summarizing::isDegradation)
                        .count())
                .rows(rows.rows(new Pool()))
                .build();
    }

    private static SummaryRows.Stage stage(StageRecord stage) {
        return new SummaryRows.Stage(
                stage.path(),
                stage.outcome().orElse(null),
                nanos(stage.duration()),
                stage.errorType().orElse(null));
    }

    private static SummaryRows.Call call(CallRecord call) {
        return new SummaryRows.Call(
                call.stage(),
                call.requestedModel(),
                call.servedBy().orElse(null),
                call.attempt(),
                nanos(call.duration()),
                call.errorType().orElse(null),
                call.usage(),
                call.cost().orElse(Cost.unknown()));
    }

    private static SummaryRows.Answer answer(AnswerRecord answer) {
        return new SummaryRows.Answer(
                answer.stage(),
                answer.servedBy().orElse(null),
                answer.source().orElse(null),
                answer.isFallback(),
                answer.errorType().orElse(null));
    }

    private static SummaryRows.Check check(EvaluationRecord check) {
        return new SummaryRows.Check(
                check.stage(),
                check.evaluation().name(),
                check.evaluation().verdict(),
                check.score().orElse(Double.NaN));
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
