package dev.pictor.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pictor.image.Sha256;
import dev.pictor.model.Cost;
import dev.pictor.model.Money;
import dev.pictor.model.Usage;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SamplingTest {

    private static final Money CENT = Money.usd(10_000_000);

    private final List<Sha256> stored = new ArrayList<>();
    private final ArtifactStore store = new ArtifactStore() {
        @Override
        public void put(Sha256 sha256, ByteBuffer bytes) {
            stored.add(sha256);
        }

        @Override
        public Optional<ByteBuffer> get(Sha256 sha256) {
            return Optional.empty();
        }
    };

    private static RecordedSpan under(SamplingBuilder sampling) {
        return new RecordedSpan(TraceRules.builder().sampling(sampling.build()).build());
    }

    private void work(RecordedSpan run, String status) {
        run.span.emit(TraceEvent.RUN_START, Map.of(TraceAttributes.WORKFLOW, "sample"));
        TraceSpan stage = run.span.child();
        stage.emit(TraceEvent.STAGE_START, Map.of(TraceAttributes.STAGE, "draw"));
        TraceSpan call = stage.child();
        call.emit(TraceEvent.MODEL_CALL_START, Map.of());
        stage.keep(store, Sha256.of(new byte[] {1}), ByteBuffer.allocate(100));
        stage.emit(TraceEvent.ARTIFACT, Map.of());
        call.emit(
                TraceEvent.MODEL_CALL_END,
                Map.of(),
                Map.of(
                        TraceAttributes.COST,
                        Cost.of(CENT),
                        TraceAttributes.USAGE,
                        Usage.builder().inputTextTokens(7).build()));
        stage.emit(TraceEvent.ANSWER, Map.of(TraceAttributes.ANSWER_SOURCE, "MEMORY_CACHE"));
        stage.emit(TraceEvent.STAGE_END, Map.of(TraceAttributes.STAGE, "draw"));
        run.nanos.set(TimeUnit.SECONDS.toNanos(3));
        run.span.emit(TraceEvent.RUN_END, Map.of(TraceAttributes.STATUS, status));
    }

    @Test
    void aRunThatWasNotChosenHasItsStartItsEndAndItsTotals() {
        RecordedSpan run = under(Sampling.builder(0));

        work(run, "succeeded");

        assertThat(run.types()).containsExactly("run.start", "run.end");
        assertThat(stored).isEmpty();
        RunRecord record = run.record();
        assertThat(record.sampled()).isFalse();
        assertThat(record.missingEvents()).isZero();
        assertThat(record.duration()).contains(Duration.ofSeconds(3));
        assertThat(record.cost()).isEqualTo(Cost.of(CENT));
        assertThat(record.totals())
                .isEqualTo(new RunTotalsBuilder()
                        .calls(1)
                        .answers(1)
                        .cacheHits(1)
                        .cost(Cost.of(CENT))
                        .usage(Usage.builder().inputTextTokens(7).build())
                        .build());
    }

    @Test
    void theTotalsAreThoseOfTheWholeRunAlsoAfterTheStore() {
        RecordedSpan whole = under(Sampling.builder(100));
        RecordedSpan part = under(Sampling.builder(0));
        work(whole, "succeeded");
        work(part, "succeeded");

        List<TraceEvent> read = part.events.stream()
                .map(event -> TraceJson.parse(TraceJson.line(event)).orElseThrow())
                .toList();

        assertThat(RunRecord.of(read).totals()).isEqualTo(whole.record().totals());
        assertThat(RunRecord.of(read).cost()).isEqualTo(whole.record().cost());
        assertThat(whole.record().sampled()).isTrue();
    }

    @Test
    void aRunIsSeenWhileItIsUnderWay() {
        RecordedSpan run = under(Sampling.builder(0));

        run.span.emit(TraceEvent.RUN_START, Map.of());
        run.span.emit("acme.tick", Map.of());

        assertThat(run.types()).containsExactly("run.start");
        assertThat(run.record().status()).isEqualTo(RunStatus.RUNNING);
    }

    @Test
    void aRunThatFailedIsKeptAsAWhole() {
        RecordedSpan run = under(Sampling.builder(0));

        work(run, "failed");

        assertThat(run.events).hasSize(8);
        assertThat(run.events).extracting(TraceEvent::sequence).isSorted().doesNotHaveDuplicates();
        assertThat(run.last().attributes()).containsEntry(TraceAttributes.SAMPLING_KEPT, "failed");
        assertThat(stored).hasSize(1);
        assertThat(run.record().sampled()).isTrue();
    }

    @Test
    void slowAndCostlyRunsAreKeptAboveTheirLimits() {
        RecordedSpan slow = under(Sampling.builder(0).keepSlowerThan(Duration.ofMillis(2_999)));
        RecordedSpan quick = under(Sampling.builder(0).keepSlowerThan(Duration.ofSeconds(3)));
        RecordedSpan costly = under(Sampling.builder(0).keepCostlierThan(Money.usd(9_999_999)));
        RecordedSpan cheap = under(Sampling.builder(0).keepCostlierThan(CENT));
        RecordedSpan failed = under(Sampling.builder(0).keepFailed(false));
        Stream.of(slow, quick, costly, cheap).forEach(run -> work(run, "succeeded"));
        work(failed, "failed");

        assertThat(slow.last().attributes()).containsEntry(TraceAttributes.SAMPLING_KEPT, "slow");
        assertThat(costly.last().attributes()).containsEntry(TraceAttributes.SAMPLING_KEPT, "costly");
        assertThat(Stream.of(quick, cheap, failed))
                .allSatisfy(run -> assertThat(run.events).hasSize(2));
    }

    @Test
    void anExperimentIsKeptFromTheMomentItIsSeen() {
        RecordedSpan run = under(Sampling.builder(0));
        run.span.emit(TraceEvent.RUN_START, Map.of());
        run.span.emit("acme.before", Map.of());
        run.span.emit(TraceEvent.PROMPT_RENDER, Map.of(TraceAttributes.EXPERIMENT_ID, "bolder"));
        run.span.emit("acme.after", Map.of());

        assertThat(run.types()).containsExactly("run.start", "acme.before", "prompt.render", "acme.after");
    }

    @Test
    void aRunThatIsTooLargeToBeHeldIsKept() {
        RecordedSpan texts = under(Sampling.builder(0).maxBufferedBytes(10_000));
        texts.span.emit(TraceEvent.RUN_START, Map.of());
        texts.span.emit("acme.tick", Map.of(), Map.of("text", "x".repeat(9_000)));
        assertThat(texts.events).hasSize(1);
        texts.span.emit("acme.tick", Map.of(), Map.of("text", "x".repeat(9_000)));
        assertThat(texts.events).hasSize(3);

        RecordedSpan pictures = under(Sampling.builder(0).maxBufferedBytes(10_000));
        pictures.span.emit(TraceEvent.RUN_START, Map.of());
        pictures.span.emit("acme.tick", Map.of());
        pictures.span.keep(store, Sha256.of(new byte[] {2}), ByteBuffer.allocate(10_000));
        assertThat(stored).hasSize(1);
        assertThat(pictures.events).hasSize(2);
        pictures.span.keep(store, Sha256.of(new byte[] {3}), ByteBuffer.allocate(1));
        assertThat(stored).hasSize(2);
    }

    @Test
    void theShareOfChosenRunsIsAboutThePercentage() {
        Sampling sampling = Sampling.builder(25).build();
        long chosen = Stream.generate(RunId::create)
                .limit(4_000)
                .filter(sampling::chooses)
                .count();

        assertThat(chosen).isBetween(800L, 1_200L); // seven standard deviations
        assertThat(Sampling.all().chooses(RunId.create())).isTrue();
        RunId one = RunId.create();
        assertThat(sampling.chooses(one)).isEqualTo(Sampling.builder(25).build().chooses(one));
    }

    @Test
    void theStartSaysThePercentage() {
        RecordedSpan run = under(Sampling.builder(12.5));
        run.span.emit(TraceEvent.RUN_START, Map.of());

        assertThat(run.last().attributes()).containsEntry(TraceAttributes.SAMPLING_PERCENT, 12.5);
    }

    @Test
    void refusesSharesAndBoundsOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sampling.builder(101).build())
                .withMessage("percent must be 0 to 100, was 101.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sampling.builder(1).maxBufferedBytes(-1).build())
                .withMessage("maxBufferedBytes must be 0 to 1073741824, was -1");
    }
}
