package dev.pictor.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.Pictor;
import dev.pictor.adapter.embedded.ProceduralPainter;
import dev.pictor.adapter.embedded.RuleBasedReasoner;
import dev.pictor.gateway.AnswerSource;
import dev.pictor.generation.GeneratedImages;
import dev.pictor.generation.GenerationRequest;
import dev.pictor.generation.ImageGenerator;
import dev.pictor.model.Cost;
import dev.pictor.model.Money;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.replay.BatchOptions;
import dev.pictor.replay.ForkBatch;
import dev.pictor.replay.ForkOutcome;
import dev.pictor.replay.RunChanges;
import dev.pictor.testkit.recording.Cassette;
import dev.pictor.testkit.recording.RunCassette;
import dev.pictor.trace.DirectoryRunStore;
import dev.pictor.trace.RunComparison;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunRecord;
import dev.pictor.trace.RunStatus;
import dev.pictor.trace.StageOutcome;
import dev.pictor.trace.TraceAttributes;
import dev.pictor.trace.TraceEvent;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Past runs of Generation, again. What the guide shows. */
class ReplayGuideTest {

    private DirectoryRunStore store;
    private Pictor pictor;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = DirectoryRunStore.open(folder);
        pictor = Pictor.builder(new ProceduralPainter())
                .reasoningModel(new RuleBasedReasoner())
                .store(store)
                .build();
    }

    @AfterEach
    void close() {
        pictor.close();
        store.close();
    }

    @Test
    void aKeyMakesTwoStartsOneRun() {
        // @start region="key"
        GenerationRequest wish = GenerationRequest.builder("a brass lamp").build();
        RunOptions order = RunOptions.builder().idempotencyKey("order-4711").build();
        GeneratedImages first = pictor.images().generate(wish, order);
        GeneratedImages again = pictor.images().generate(wish, order); // a message that was delivered twice
        // @end
        assertThat(again.runId()).isEqualTo(first.runId());
        assertThat(again.images()).isEqualTo(first.images());
        assertThat(store.newest(10)).containsExactly(first.runId());
    }

    @Test
    void aReplayGivesTheSamePicturesAndCallsNobody() {
        // @start region="replay"
        GeneratedImages then = pictor.images().generate("a brass lamp on a walnut desk");
        GeneratedImages now = pictor.images().replay(then.runId());
        // @end
        assertThat(now.images()).isEqualTo(then.images());
        assertThat(now.enhancedPrompt()).isEqualTo(then.enhancedPrompt());
        assertThat(now.understanding()).isEqualTo(then.understanding());
        assertThat(now.warnings()).isEqualTo(then.warnings());
        assertThat(now.cost()).isEqualTo(Cost.nothing());
        RunRecord record = store.find(now.runId()).orElseThrow();
        assertThat(record.calls()).isEmpty();
        assertThat(store.events(now.runId()).stream()
                        .filter(event -> event.type().equals(TraceEvent.ANSWER))
                        .map(event -> event.attributes().get(TraceAttributes.ANSWER_SOURCE)))
                .isNotEmpty()
                .containsOnly(AnswerSource.REPLAY.name());
    }

    @Test
    void aForkTriesAnotherPrompt() {
        RunId complaint = pictor.images().generate("a brass lamp").runId();
        // @start region="fork"
        GeneratedImages mended = pictor.images()
                .fork(
                        complaint,
                        RunChanges.builder()
                                .putPrompts("generation/enhance", "{{wish}}, on our grey studio sweep")
                                .putParameters("generate", Map.of("seed", 7))
                                .build());
        // @end
        assertThat(mended.enhancedPrompt()).isEqualTo("a brass lamp, on our grey studio sweep");
        RunRecord record = store.find(mended.runId()).orElseThrow();
        assertThat(record.stages().get(0).path()).isEqualTo("understand");
        assertThat(record.stages().get(0).outcome()).contains(StageOutcome.RESTORED);
        assertThat(record.calls()).hasSize(1);
    }

    @Test
    void aBatchTriesItOnManyRuns() {
        for (String wish : new String[] {"a red chair", "a brass lamp"}) {
            GeneratedImages unused = pictor.images().generate(wish);
        }
        RunChanges changes = RunChanges.builder()
                .putPrompts("generation/enhance", "{{wish}}, on our grey studio sweep")
                .build();
        ImageGenerator images = pictor.images();
        // @start region="batch"
        ForkBatch batch = pictor.replay()
                .forkAll(
                        images.pipeline(),
                        run -> run.status() == RunStatus.SUCCEEDED,
                        200, // of the newest runs
                        changes,
                        BatchOptions.builder()
                                .concurrency(4)
                                .maxRuns(50)
                                .maxCost(Money.usd(2_000_000_000L))
                                .build());
        batch.runs().forEach(run -> run.comparison().ifPresent(this::show));
        // @end
        assertThat(batch.count(ForkOutcome.SUCCEEDED)).isEqualTo(2);
    }

    private void show(RunComparison comparison) {
        assertThat(comparison.a().runId()).isNotEqualTo(comparison.b().runId());
    }

    // @start region="cassette"
    @Test
    @RunCassette("target/cassettes/red-chair") // your own: a folder under version control
    void drawsAChair(Cassette cassette) {
        GenerationRequest wish = GenerationRequest.builder("a red chair").build();
        GeneratedImages chair = cassette.run(pictor.images().pipeline(), wish).value();
        assertThat(chair.enhancedPrompt()).contains("a red chair");
    }
    // @end
}
