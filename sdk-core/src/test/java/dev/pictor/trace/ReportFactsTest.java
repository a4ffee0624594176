package dev.pictor.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a report says of the record itself. */
class ReportFactsTest {

    private static final Instant BEGIN = Instant.parse("2026-11-20T13:20:00Z");
    private static final RunId PAST = RunId.create();

    private static RunRecordBuilder run() {
        return new RunRecordBuilder().runId(RunId.create()).startedAt(BEGIN).duration(Duration.ofMillis(100));
    }

    private static String text(RunRecordBuilder run) {
        return RunReport.of(run.build(), ArtifactStore.none())
                .html()
                .replaceAll("(?s)<(style|script).*?</\\1>", "")
                .replaceAll("<[^>]*>", " ")
                .replaceAll("\\s+", " ");
    }

    private static StageRecord stage(String path, long start, long millis) {
        return new StageRecordBuilder()
                .path(path)
                .kind("stage")
                .startedAfter(Duration.ofMillis(start))
                .duration(Duration.ofMillis(millis))
                .outcome(StageOutcome.EXECUTED)
                .build();
    }

    @Test
    void namesTheRunThatItWasForkedFromAndWhatWasChanged() {
        assertThat(text(run().lineage(new RunLineageBuilder()
                        .of(PAST)
                        .mode("fork")
                        .fromStage("enhance")
                        .addChanges("prompt generation/enhance", "parameter seed of generate")
                        .build())))
                .contains("Fork of " + PAST + ", from enhance")
                .contains("Changed prompt generation/enhance, parameter seed of generate");
    }

    @Test
    void namesTheRunThatItReplays() {
        assertThat(text(run().lineage(new RunLineageBuilder()
                        .of(PAST)
                        .mode("cassette")
                        .build())))
                .contains("Replay of " + PAST)
                .doesNotContain("Changed");
    }

    @Test
    void saysHowMuchOfTheRunIsInIt() {
        assertThat(text(run().content(ContentLevel.REFERENCES).sampled(false).environment("staging")))
                .contains("Content references only")
                .contains("Sampled start and end only")
                .contains("Environment staging");
        assertThat(text(run())).doesNotContain("Content full", "Sampled");
    }

    @Test
    void saysWhatTheRunWasAbout() {
        assertThat(text(run().putLabels("campaign", "spring").addAssets("sku-1", "sku-2")))
                .contains("Labels campaign=spring")
                .contains("Assets sku-1, sku-2");
    }

    @Test
    void tellsWhatWasRedactedAndWhere() {
        assertThat(text(run().addRedactions(new RedactionRecordBuilder()
                        .sequence(3)
                        .eventType("model_call.end")
                        .field(new RedactedField("/body/exchanges/0/requestHeaders/authorization", "name"))
                        .build())))
                .contains("1 place redacted: model_call.end /body/exchanges/0/requestHeaders/authorization (name).");
        assertThat(text(run())).doesNotContain("redacted");
    }

    @Test
    void hasWhatWasSaidLater() {
        assertThat(text(run().addFeedback(RunFeedback.builder("thumbs", RunFeedback.Source.USER)
                        .label("down")
                        .comment("the <shade> is green")
                        .time(BEGIN.plusSeconds(60))
                        .build())))
                .contains("Said later")
                .contains("thumbs user down the &lt;shade&gt; is green 2026-11-20");
        assertThat(text(run())).doesNotContain("Said later");
    }

    @Test
    void findsTheStagesThatTheRunWaitedFor() {
        assertThat(text(run().addStages(
                                stage("read", 0, 10),
                                stage("slow", 10, 60),
                                stage("fast", 10, 20),
                                stage("check", 70, 30))))
                .contains("Critical path: read → slow → check, 100 ms of 100 ms");
    }

    @Test
    void saysNothingOfAPathWhereAllStagesAreOnIt() {
        assertThat(text(run().addStages(stage("read", 0, 10), stage("draw", 10, 90))))
                .doesNotContain("Critical path");
    }
}
