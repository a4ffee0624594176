package dev.pictor.testkit.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.gateway.Gateway;
import dev.pictor.image.ImageBytes;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.pipeline.Pipeline;
import dev.pictor.pipeline.StageKey;
import dev.pictor.replay.UnmatchedCallException;
import dev.pictor.testkit.FakeImageModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class CassetteTest {

    private static final StageKey<ImageBytes> DRAWN = StageKey.of("drawn", ImageBytes.class);

    @TempDir
    Path folder;

    private final FakeImageModel model = FakeImageModel.create();
    private final Gateway gateway = Gateway.builder(model).build();
    private final Pipeline<String, ImageBytes> pipeline = Pipeline.named("drawing", String.class)
            .stage(
                    DRAWN,
                    (run, wish) -> gateway.generate(
                                    run, ImageRequest.builder(wish).build())
                            .result()
                            .images()
                            .get(0))
            .returning(DRAWN);

    @AfterEach
    void close() {
        gateway.close();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Test
    void recordsTheFirstTimeAndReplaysFromThenOn() throws IOException {
        ImageBytes lamp;
        ImageBytes chair;
        try (Cassette cassette = Cassette.open(folder)) {
            assertThat(cassette.isRecording()).isTrue();
            lamp = cassette.run(pipeline, "a lamp").value();
            chair = cassette.run(pipeline, "a chair").value();
        }
        assertThat(model.requests()).hasSize(2);
        List<Path> recorded = files();

        try (Cassette cassette = Cassette.open(folder)) {
            assertThat(cassette.isRecording()).isFalse();
            assertThat(cassette.run(pipeline, "a lamp").value()).isEqualTo(lamp);
            assertThat(cassette.run(pipeline, "a chair").value()).isEqualTo(chair);
        }

        assertThat(model.requests()).hasSize(2);
        assertThat(files()).isEqualTo(recorded);
    }

    @Test
    void failsOnACallThatIsNotTheRecordedOne() {
        try (Cassette cassette = Cassette.open(folder)) {
            var unused = cassette.run(pipeline, "a lamp");
        }
        try (Cassette cassette = Cassette.open(folder)) {
            assertThatThrownBy(() -> cassette.run(pipeline, "a chair"))
                    .isInstanceOfSatisfying(
                            UnmatchedCallException.class,
                            mismatch -> assertThat(mismatch.differences()).containsExactly("messages[0]"));
        }
        assertThat(model.requests()).hasSize(1);
    }

    @Test
    void failsWhereMoreRunsAreStartedThanWereRecorded() {
        try (Cassette cassette = Cassette.open(folder)) {
            var unused = cassette.run(pipeline, "a lamp");
        }
        try (Cassette cassette = Cassette.open(folder)) {
            var unused = cassette.run(pipeline, "a lamp");

            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> cassette.run(pipeline, "a lamp"))
                    .withMessageContaining("more runs than the 1 recorded")
                    .withMessageContaining("-Dpictor.record=true");
        }
    }

    @Test
    void replaysAFailureThatWasRecorded() {
        model.thenFail(Reason.FORBIDDEN, Billed.REJECTED);
        try (Cassette cassette = Cassette.open(folder)) {
            assertThatThrownBy(() -> cassette.run(pipeline, "a lamp")).isInstanceOf(ModelException.class);
        }
        try (Cassette cassette = Cassette.open(folder)) {
            assertThatThrownBy(() -> cassette.run(pipeline, "a lamp"))
                    .isInstanceOfSatisfying(
                            ModelException.class,
                            failure -> assertThat(failure.reason()).isEqualTo(Reason.FORBIDDEN));
        }
        assertThat(model.requests()).hasSize(1);
    }

    @Test
    void recordsAnewWhenTold() throws IOException {
        Path note = Files.writeString(folder.resolve("README.md"), "ours");
        try (Cassette cassette = Cassette.open(folder)) {
            var unused = cassette.run(pipeline, "a lamp");
        }
        try (Cassette cassette = Cassette.record(folder)) {
            assertThat(cassette.isRecording()).isTrue();
            var unused = cassette.run(pipeline, "a chair");
        }

        try (Cassette cassette = Cassette.open(folder)) {
            var unused = cassette.run(pipeline, "a chair");
        }
        assertThat(model.requests()).hasSize(2);
        assertThat(note).hasContent("ours");
    }

    /** The folder outlives a build, so that this records in the first one and replays in the next. */
    @Test
    @RunCassette("target/cassettes/lamp")
    void isGivenToATestThatAsksForIt(Cassette cassette) {
        ImageBytes lamp = cassette.run(pipeline, "a lamp").value();

        assertThat(lamp.byteCount()).isPositive();
        assertThat(model.requests()).hasSize(cassette.isRecording() ? 1 : 0);
    }
}
