package dev.pictor.testkit;

import static dev.pictor.testkit.TraceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.gateway.CallOptions;
import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.PictureCheck;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.PixelSize;
import dev.pictor.model.Cost;
import dev.pictor.model.ImageRequest;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.trace.CallRecord;
import dev.pictor.trace.ContentLevel;
import dev.pictor.trace.MemoryRunStore;
import dev.pictor.trace.RunRecord;
import dev.pictor.trace.TraceEvent;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How much of a call's content is in the trace. */
@Timeout(60)
class GatewayContentTest {

    private static final String PROMPT = "a brass lamp for Ms Doe";
    private static final ImageBytes PICTURE = FakePicture.of(new PixelSize(3, 2), 0xB5A642);

    private final RecordingTraceSink sink = RecordingTraceSink.create();

    @RegisterExtension
    final TraceLifecycle lifecycle = TraceLifecycle.of(sink);

    private final MemoryRunStore artifacts = new MemoryRunStore();
    private final FakeImageModel painter = GatewayCalls.model("painter", "0.04").thenReturn(PICTURE);
    private final Gateway gateway =
            Gateway.builder(painter).pictureCheck(PictureCheck.none()).build();
    private final PipelineRunner runner =
            PipelineRunner.builder().traceSink(sink).artifacts(artifacts).build();

    @AfterEach
    void close() {
        runner.close();
        gateway.close();
    }

    private RunRecord draw(RunOptions run, CallOptions call) {
        GatewayCalls.inRun(
                runner,
                run,
                context -> gateway.generate(
                        context,
                        ImageRequest.builder(PROMPT).addReferences(PICTURE).build(),
                        call));
        return sink.record(sink.events().get(0).runId());
    }

    private static CallOptions call(ContentLevel level) {
        return CallOptions.builder().content(level).build();
    }

    private static RunOptions run(ContentLevel level) {
        return RunOptions.builder().content(level).build();
    }

    @ParameterizedTest
    @EnumSource(ContentLevel.class)
    void costUsageAndOutcomeAreThereAtEveryLevel(ContentLevel level) {
        RunRecord record = draw(run(level), CallOptions.ofDefaults());

        assertThat(record).hasContent(level).hasCalls(1).servedBy("painter").costs(GatewayCalls.usd("0.04"));
        assertThat(record.totals().cost()).isEqualTo(Cost.of(GatewayCalls.usd("0.04")));
        assertThat(record.totals().answers()).isEqualTo(1);
    }

    @Test
    void atNoneNoTextAndNoPictureIsThere() {
        RunRecord record = draw(run(ContentLevel.NONE), CallOptions.ofDefaults());

        assertThat(sink.events().toString() + bodies())
                .doesNotContain("Doe", PICTURE.sha256().hex());
        assertThat(record.artifacts()).isEmpty();
        assertThat(artifacts.get(PICTURE.sha256())).isEmpty();
        assertThat(record.calls().get(0).request()).isEmpty();
    }

    @Test
    void atReferencesTextsAndPicturesAreNamedAndNotKept() {
        RunRecord record = draw(run(ContentLevel.REFERENCES), CallOptions.ofDefaults());

        assertThat(bodies()).doesNotContain("Doe").contains(PICTURE.sha256().hex(), "text/plain, 23 bytes");
        assertThat(record.artifacts()).hasSize(2);
        assertThat(artifacts.get(PICTURE.sha256())).isEmpty();
    }

    @Test
    void atFullEverythingIsThere() {
        RunRecord record = draw(run(ContentLevel.FULL), CallOptions.ofDefaults());

        assertThat(bodies()).contains(PROMPT);
        assertThat(record.artifacts()).hasSize(2);
        assertThat(artifacts.get(PICTURE.sha256())).isPresent();
    }

    @Test
    void aCallMayKeepLessThanItsRun() {
        CallRecord drawn =
                draw(run(ContentLevel.FULL), call(ContentLevel.NONE)).calls().get(0);

        assertThat(drawn.content()).contains(ContentLevel.NONE);
        assertThat(bodies()).doesNotContain("Doe");
        assertThat(artifacts.get(PICTURE.sha256())).isEmpty();
    }

    @Test
    void aCallNeverKeepsMoreThanItsRun() {
        CallRecord drawn =
                draw(run(ContentLevel.NONE), call(ContentLevel.FULL)).calls().get(0);

        assertThat(drawn.content()).isEmpty();
        assertThat(bodies()).doesNotContain("Doe");
        assertThat(artifacts.get(PICTURE.sha256())).isEmpty();
    }

    private String bodies() {
        List<Map<String, Object>> bodies =
                sink.events().stream().map(TraceEvent::body).toList();
        return bodies.toString();
    }
}
