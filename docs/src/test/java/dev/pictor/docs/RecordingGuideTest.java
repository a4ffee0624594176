package dev.pictor.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.Pictor;
import dev.pictor.gateway.CallOptions;
import dev.pictor.generation.GeneratedImages;
import dev.pictor.generation.GenerationRequest;
import dev.pictor.model.Money;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.testkit.FakeImageModel;
import dev.pictor.trace.AsyncTraceSink;
import dev.pictor.trace.ContentLevel;
import dev.pictor.trace.MemoryRunStore;
import dev.pictor.trace.Redaction;
import dev.pictor.trace.RunFeedback;
import dev.pictor.trace.RunRecord;
import dev.pictor.trace.Sampling;
import dev.pictor.trace.TraceSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The code of the page on traces. */
class RecordingGuideTest {

    private static final Pattern MAIL = Pattern.compile("\\S+@\\S+");

    private final FakeImageModel model = FakeImageModel.create();
    private final MemoryRunStore store = new MemoryRunStore();

    private static GeneratedImages draw(Pictor pictor, RunOptions options) {
        return pictor.images()
                .generate(GenerationRequest.builder("a lamp for a@b.example").build(), options);
    }

    private RunRecord drawn(Pictor pictor, RunOptions options) {
        return store.find(draw(pictor, options).runId()).orElseThrow();
    }

    @Test
    void contentLevels() {
        // @start region="content"
        Pictor pictor = Pictor.builder(model)
                .store(store)
                .content(ContentLevel.REFERENCES) // of every run that does not say so
                .build();

        RunOptions thisRun = RunOptions.builder().content(ContentLevel.FULL).build();
        CallOptions thisCall = CallOptions.builder().content(ContentLevel.NONE).build(); // it only lowers
        // @end

        assertThat(drawn(pictor, RunOptions.ofDefaults()).content()).isEqualTo(ContentLevel.REFERENCES);
        assertThat(drawn(pictor, thisRun).content()).isEqualTo(ContentLevel.FULL);
        assertThat(thisCall.content()).contains(ContentLevel.NONE);
        pictor.close();
    }

    @Test
    void redaction() {
        String key = "my-own-key-4711";
        // @start region="redaction"
        Pictor pictor = Pictor.builder(model)
                .store(store)
                .redaction(Redaction.builder()
                        .addSecret(key) // wherever it turns up
                        .addName("x-customer-pin") // a header, parameter or member of JSON
                        .redactor((path, text) -> MAIL.matcher(text).replaceAll("<mail>"))
                        .build())
                .build();
        // @end

        RunRecord run = drawn(pictor, RunOptions.builder().user(key).build());
        assertThat(run.user()).contains(Redaction.MARK);
        assertThat(store.events(run.runId()).toString()).doesNotContain("a@b.example");
        assertThat(run.calls().toString() + run.prompts()).doesNotContain("a@b.example");
        assertThat(run.input().orElseThrow().withheldBecause()).isPresent();
        pictor.close();
    }

    @Test
    void sampling() {
        // @start region="sampling"
        Sampling sampling = Sampling.builder(5) // of a hundred runs, whatever comes of them
                .keepSlowerThan(Duration.ofSeconds(30))
                .keepCostlierThan(Money.usd(500_000_000)) // half a dollar
                .build(); // and those that fail, and experiments
        // @end
        Pictor pictor = Pictor.builder(model)
                .store(store)
                .sampling(Sampling.builder(0).build())
                .build();

        assertThat(sampling.keepFailed() && sampling.keepExperiments()).isTrue();
        RunRecord run = drawn(pictor, RunOptions.ofDefaults());
        assertThat(run.sampled()).isFalse();
        assertThat(run.totals().calls()).isEqualTo(1);
        pictor.close();
    }

    @Test
    void sinks() throws InterruptedException {
        List<RunRecord> ended = new ArrayList<>();
        TraceSink remote = store;
        // @start region="sinks"
        AsyncTraceSink slow = AsyncTraceSink.builder(remote)
                .capacity(10_000)
                .overflow(AsyncTraceSink.Overflow.DROP)
                .build();
        TraceSink sink = TraceSink.composite(
                slow,
                TraceSink.logging(), // a line for each run, at DEBUG
                TraceSink.onRunEnd(run -> ended.add(run)),
                TraceSink.filtering(event -> event.type().equals("decision"), TraceSink.none()));
        // @end
        try (Pictor pictor = Pictor.builder(model).traceSink(sink).build()) {
            var unused = draw(pictor, RunOptions.ofDefaults());
        }
        assertThat(slow.flush(Duration.ofSeconds(30))).isTrue();
        slow.close();

        assertThat(ended).hasSize(1);
        assertThat(store.newest(1)).containsExactly(ended.get(0).runId());
    }

    @Test
    void feedback() {
        Pictor pictor = Pictor.builder(model).store(store).build();
        GeneratedImages images = draw(pictor, RunOptions.ofDefaults());
        // @start region="feedback"
        store.feedback(
                images.runId(),
                RunFeedback.builder("thumbs", RunFeedback.Source.USER)
                        .label("down")
                        .comment("the shade is green")
                        .build());
        // @end

        assertThat(store.find(images.runId()).orElseThrow().feedback()).hasSize(1);
        pictor.close();
    }
}
