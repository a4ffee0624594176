package dev.pictor.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.pictor.image.Sha256;
import dev.pictor.model.Cost;
import dev.pictor.model.Money;
import dev.pictor.model.Usage;
import dev.pictor.prompts.LineDiff;
import dev.pictor.prompts.LineDiff.Side;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RunComparisonTest {

    private static final Instant BEGIN = Instant.parse("2026-11-20T13:20:00Z");

    private static RunRecordBuilder run() {
        return new RunRecordBuilder().runId(RunId.create()).startedAt(BEGIN);
    }

    private static StageRecord stage(String path, long millis) {
        return new StageRecordBuilder()
                .path(path)
                .kind("stage")
                .startedAfter(Duration.ZERO)
                .duration(Duration.ofMillis(millis))
                .outcome(StageOutcome.EXECUTED)
                .build();
    }

    private static CallRecord call(String stage, Optional<Cost> cost, long tokens) {
        return new CallRecordBuilder()
                .stage(stage)
                .operation("chat")
                .provider("stub")
                .requestedModel("stub-1")
                .startedAfter(Duration.ZERO)
                .cost(cost)
                .usage(Usage.builder().inputTextTokens(tokens).build())
                .build();
    }

    private static Optional<Cost> usd(long nanos) {
        return Optional.of(Cost.of(Money.usd(nanos)));
    }

    private static PromptRecord prompt(String version, String text) {
        return new PromptRecordBuilder()
                .stage("draw")
                .name("enhance")
                .version(version)
                .origin("enhance.prompt")
                .sha256(Sha256.of(version.getBytes(StandardCharsets.UTF_8)).hex())
                .text(text)
                .build();
    }

    private static DecisionRecord decision(String kind, String chosen) {
        return new DecisionRecordBuilder()
                .stage("draw")
                .decision(Decision.builder(kind, "which?", chosen, "it is so").build())
                .build();
    }

    private static ArtifactRecord artifact(int content) {
        return new ArtifactRecordBuilder()
                .stage("draw")
                .role("output")
                .artifact(new ArtifactRefBuilder()
                        .sha256(Sha256.of(new byte[] {(byte) content}))
                        .mediaType("image/png")
                        .byteCount(1)
                        .build())
                .build();
    }

    private static EvaluationRecord check(Evaluation.Verdict verdict, double score) {
        return new EvaluationRecordBuilder()
                .stage("draw")
                .evaluation(Evaluation.of("size", verdict, "as found"))
                .score(OptionalDouble.of(score))
                .build();
    }

    @Test
    void alignsStagesByTheirPaths() {
        RunComparison comparison = RunComparison.of(
                run().addStages(stage("ask", 5), stage("draw", 10)).build(),
                run().addStages(stage("draw", 30), stage("check", 1), stage("draw", 40))
                        .build());

        assertThat(comparison.stages())
                .extracting(StageComparison::path, StageComparison::isOnlyInA, StageComparison::isOnlyInB)
                .containsExactly(tuple("ask", true, false), tuple("draw", false, false), tuple("check", false, true));
        StageComparison draw = comparison.stages().get(1);
        assertThat(draw.b()).map(StageRecord::duration).contains(Optional.of(Duration.ofMillis(40)));
        assertThat(draw.spentB().timeBeyond(draw.spentA())).contains(Duration.ofMillis(30));
        assertThat(draw.spentA().timeBeyond(draw.spentB())).contains(Duration.ofMillis(-30));
    }

    @Test
    void tellsWhatStagesAndRunsSpent() {
        RunComparison comparison = RunComparison.of(
                run().addStages(stage("draw", 1), stage("check", 1))
                        .addCalls(call("draw", usd(10), 7), call("check", usd(5), 2))
                        .build(),
                run().addStages(stage("draw", 1))
                        .addCalls(call("draw", usd(4), 1), call("draw", usd(1), 2))
                        .build());

        assertThat(comparison.spentB().costBeyond(comparison.spentA()))
                .hasValueSatisfying(less -> assertThat(less).isEqualByComparingTo("-0.00000001"));
        assertThat(comparison.spentA().usage().inputTextTokens()).hasValue(9);
        StageComparison draw = comparison.stages().get(0);
        assertThat(draw.spentB().calls()).isEqualTo(2);
        assertThat(draw.spentB().costBeyond(draw.spentA()))
                .hasValueSatisfying(less -> assertThat(less).isEqualByComparingTo("-0.000000005"));
        assertThat(comparison.spentA().timeBeyond(comparison.spentB())).isEmpty();
    }

    @Test
    void knowsNoDifferenceOfCostsThatAreNotKnown() {
        RunComparison comparison = RunComparison.of(
                run().addCalls(call("draw", usd(10), 7), call("draw", Optional.empty(), 0))
                        .build(),
                run().addCalls(call("draw", Optional.of(Cost.of(new Money(3, "EUR"))), 1))
                        .build());

        assertThat(comparison.spentA().costBeyond(comparison.spentB())).isEmpty();
        RunRecord dollars = run().addCalls(call("draw", usd(10), 7)).build();
        RunComparison currencies = RunComparison.of(dollars, comparison.b());
        assertThat(currencies.spentA().costBeyond(currencies.spentB())).isEmpty();
    }

    @Test
    void showsHowPromptsDiffer() {
        RunComparison comparison = RunComparison.of(
                run().addPrompts(prompt("1", "a lamp\nin soft light\non a desk"))
                        .build(),
                run().addPrompts(prompt("2", "a lamp\nin hard light\non a desk"), prompt("3", "more"))
                        .build());

        assertThat(comparison.prompts()).hasSize(2);
        PromptComparison first = comparison.prompts().get(0);
        assertThat(first.isSameSource()).isFalse();
        assertThat(first.text())
                .containsExactly(
                        new LineDiff(Side.BOTH, "a lamp"),
                        new LineDiff(Side.A, "in soft light"),
                        new LineDiff(Side.B, "in hard light"),
                        new LineDiff(Side.BOTH, "on a desk"));
        assertThat(comparison.prompts().get(1).a()).isEmpty();
        assertThat(RunComparison.of(comparison.a(), comparison.a()).prompts()).allMatch(PromptComparison::isSameSource);
    }

    @Test
    void findsDecisionsThatWentAnotherWay() {
        RunComparison comparison = RunComparison.of(
                run().addDecisions(decision("route", "x"), decision("cache", "miss"), decision("route", "z"))
                        .build(),
                run().addDecisions(decision("cache", "miss"), decision("route", "y"), decision("route", "z"))
                        .build());

        assertThat(comparison.decisions()).hasSize(3);
        assertThat(comparison.otherDecisions())
                .extracting(
                        other -> other.a().orElseThrow().decision().chosen(),
                        other -> other.b().orElseThrow().decision().chosen())
                .containsExactly(tuple("x", "y"));
    }

    @Test
    void comparesArtifactsByTheirHashes() {
        RunComparison comparison = RunComparison.of(
                run().addArtifacts(artifact(1), artifact(2)).build(),
                run().addArtifacts(artifact(1), artifact(3)).build());

        assertThat(comparison.artifacts())
                .extracting(ArtifactComparison::isSameContent)
                .containsExactly(true, false);
    }

    @Test
    void comparesChecksByVerdictAndScore() {
        RunComparison comparison = RunComparison.of(
                run().addEvaluations(check(Evaluation.Verdict.PASS, 1), check(Evaluation.Verdict.PASS, 0.5))
                        .build(),
                run().addEvaluations(
                                check(Evaluation.Verdict.PASS, 1),
                                check(Evaluation.Verdict.PASS, 0.4),
                                check(Evaluation.Verdict.FAIL, 0))
                        .build());

        assertThat(comparison.evaluations())
                .extracting(EvaluationComparison::isSameResult)
                .containsExactly(true, false, false);
    }

    private static StageRecord ended(String path, StageOutcome outcome) {
        return new StageRecordBuilder()
                .path(path)
                .kind("stage")
                .startedAfter(Duration.ZERO)
                .duration(Duration.ZERO)
                .outcome(outcome)
                .build();
    }

    @Test
    void whatAForkTookOverDoesNotDiffer() {
        RunRecord past = run().addStages(stage("draw", 5))
                .addPrompts(prompt("1", "a chair"))
                .addDecisions(decision("route", "brush"))
                .addArtifacts(artifact(1))
                .build();
        RunRecord fork = run().addStages(ended("draw", StageOutcome.RESTORED)).build();

        for (RunComparison comparison : List.of(RunComparison.of(past, fork), RunComparison.of(fork, past))) {
            assertThat(comparison.prompts()).isEmpty();
            assertThat(comparison.otherDecisions()).isEmpty();
            assertThat(comparison.artifacts()).isEmpty();
        }
    }

    @Test
    void whatIsInsideOfAStageThatWasTakenOverDoesNotDiffer() {
        RunRecord past = run().addStages(stage("room", 5), stage("room/draw", 5))
                .addDecisions(new DecisionRecordBuilder()
                        .from(decision("route", "brush"))
                        .stage("room/draw")
                        .build())
                .build();
        RunRecord fork = run().addStages(ended("room", StageOutcome.RESTORED)).build();

        assertThat(RunComparison.of(past, fork).otherDecisions()).isEmpty();
    }

    @Test
    void aResumedRunDidWhatItDidBefore() {
        RunRecord resumed = run().addStages(stage("draw", 5), ended("draw", StageOutcome.RESTORED))
                .addDecisions(decision("route", "brush"))
                .build();
        RunRecord other = run().addStages(stage("draw", 5))
                .addDecisions(decision("route", "pencil"))
                .build();

        assertThat(RunComparison.of(other, resumed).otherDecisions()).hasSize(1);
    }
}
