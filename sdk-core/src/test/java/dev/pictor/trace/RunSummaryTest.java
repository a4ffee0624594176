package dev.pictor.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pictor.image.Sha256;
import dev.pictor.model.Cost;
import dev.pictor.model.Money;
import dev.pictor.model.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RunSummaryTest {

    private static final RunId RUN = RunId.create();
    private static final Instant BEGIN = Instant.parse("2026-11-20T13:20:00.123456789Z");

    private static RunSummary bare() {
        return RunSummary.of(new RunRecordBuilder().runId(RUN).startedAt(BEGIN).build());
    }

    private static RunSummary rich() {
        return RunSummary.of(new RunRecordBuilder()
                .runId(RUN)
                .pipeline("generation")
                .status(RunStatus.FAILED)
                .startedAt(BEGIN)
                .duration(Duration.ofMillis(1_234))
                .tenant("acme")
                .user("u\n1")
                .putLabels("campaign", "\"spring\"")
                .addAssets("sku-1")
                .addArtifacts(artifact(), artifact())
                .addPrompts(prompt(), prompt())
                .addStages(new StageRecordBuilder()
                        .path("draw")
                        .kind("stage")
                        .startedAfter(Duration.ZERO)
                        .duration(Duration.ofMillis(5))
                        .outcome(StageOutcome.FALLBACK)
                        .errorType("IOException")
                        .build())
                .addCalls(new CallRecordBuilder()
                        .stage("draw")
                        .operation("chat")
                        .provider("stub")
                        .requestedModel("brush")
                        .servedBy("brush-2026")
                        .attempt(2)
                        .startedAfter(Duration.ZERO)
                        .duration(Duration.ofMillis(3))
                        .usage(Usage.builder()
                                .inputTextTokens(1)
                                .inputImageTokens(2)
                                .cachedTextTokens(3)
                                .cachedImageTokens(4)
                                .outputTextTokens(5)
                                .outputImageTokens(6)
                                .images(7)
                                .build())
                        .cost(Cost.of(Money.usd(39_000_000)).plus(Cost.unknown()))
                        .build())
                .addAnswers(new AnswerRecordBuilder()
                        .stage("draw")
                        .servedBy("pencil")
                        .source("MEMORY_CACHE")
                        .isFallback(true)
                        .attempts(3)
                        .cost(Cost.nothing())
                        .errorType("rate_limited")
                        .build())
                .addEvaluations(new EvaluationRecordBuilder()
                        .stage("draw")
                        .evaluation(Evaluation.of("taste", Evaluation.Verdict.WARN, "so so"))
                        .score(OptionalDouble.of(0.25))
                        .build())
                .cost(Cost.of(new Money(39, "EUR")))
                .errorType("StageException")
                .failedStage("draw")
                .resumes(2)
                .missingEvents(3)
                .build());
    }

    private static ArtifactRecord artifact() {
        return new ArtifactRecordBuilder()
                .stage("draw")
                .role("output")
                .artifact(new ArtifactRefBuilder()
                        .sha256(Sha256.of(new byte[1]))
                        .mediaType("image/png")
                        .byteCount(1)
                        .build())
                .build();
    }

    private static PromptRecord prompt() {
        return new PromptRecordBuilder()
                .stage("draw")
                .name("enhance")
                .variant("art")
                .version("1.2")
                .origin("memory")
                .sha256("00")
                .rule("experiment")
                .experiment("light/bold")
                .text("never in a summary")
                .build();
    }

    @Test
    void comesBackFromJson() {
        for (RunSummary run : List.of(bare(), rich())) {
            assertThat(RunSummary.parse(run.toJson())).isEqualTo(run);
            assertThat(RunSummary.parse(run.toJson()).toJson()).isEqualTo(run.toJson());
        }
    }

    @Test
    void hasNoContentAndEachArtifactAndPromptOnce() {
        assertThat(rich().artifacts()).hasSize(1);
        assertThat(rich().prompts()).extracting(PromptUse::key).containsExactly("enhance.art@1.2");
        assertThat(rich().models()).containsExactly("brush", "brush-2026", "pencil");
        assertThat(rich().toJson()).doesNotContain("never in a summary").doesNotContain("so so");
    }

    @Test
    void leavesOutWhatIsEmpty() {
        assertThat(bare().toJson())
                .isEqualTo("{\"v\":1,\"run_id\":\"" + RUN + "\",\"pipeline\":\"unknown\",\"status\":\"running\","
                        + "\"started\":\"2026-11-20T13:20:00.123456789Z\","
                        + "\"cost\":{\"nanos\":0,\"currency\":\"USD\",\"complete\":true}}");
    }

    @Test
    void skipsWhatALaterVersionSays() {
        String json = rich().toJson();
        String more = "\"later\":{\"list\":[1,{\"x\":null}]},\"nothing\":null,";
        String later = json.replaceAll("\\{\"(v|name|path|stage|nanos|input_text)\"", "{" + more + "\"$1\"");

        assertThat(later.length() - json.length()).isEqualTo(9 * more.length());
        assertThat(RunSummary.parse(later)).isEqualTo(rich());
    }

    @Test
    void refusesWhatIsNone() {
        String json = rich().toJson();
        for (String other : List.of(
                "",
                "[]",
                "{}",
                "{\"run_id\":1}",
                json.substring(0, json.length() - 5),
                json.replace("\"failed\"", "\"levitating\""),
                json.replace("\"ns\":1234000000", "\"ns\":\"long\""),
                json.replace("\"images\":7", "\"images\":-7"),
                json.replace("[\"sku-1\"]", "\"sku-1\""))) {
            assertThatIllegalArgumentException().as(other).isThrownBy(() -> RunSummary.parse(other));
        }
    }
}
