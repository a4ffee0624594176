package dev.pictor.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.image.Pictures;
import dev.pictor.image.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LargeValuesTest {

    private static final long SEED = 20261130;
    private static final String LONG_TEXT = "a brass lamp, İstanbul ışığı\n".repeat(1_000);

    @TempDir
    Path folder;

    private DirectoryRunStore store;
    private final RunId runId = RunId.create();

    @BeforeEach
    void open() {
        store = DirectoryRunStore.builder(folder).fsync(FsyncPolicy.NONE).build();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void areArtifactsInTheFileAndInTheirPlaceForReaders() throws IOException {
        TraceEvent event = event(Map.of(
                "messages", List.of(Map.of("text", LONG_TEXT, "role", "user"), Map.of("text", "short")), "cost", 0.25));

        store.accept(event);

        assertThat(store.events(runId)).containsExactly(event);
        assertThat(store.find(runId)).isPresent();
        String line = Files.readString(file());
        assertThat(line)
                .doesNotContain("brass")
                .contains("\"artifact\":{\"sha256\":\"" + sha256(LONG_TEXT) + "\"")
                .contains("\"replaces\":\"text\"")
                .contains("\"text\":\"short\"");
        assertThat(store.get(sha256(LONG_TEXT))).contains(StandardCharsets.UTF_8.encode(LONG_TEXT));
    }

    @Test
    void areAsLongInTheFileAsTheyMayBe() throws IOException {
        String longest = "x".repeat(LargeValues.MAX_TEXT_BYTES);

        store.accept(event(Map.of("text", longest)));
        store.accept(event(Map.of("text", "ş".repeat(LargeValues.MAX_TEXT_BYTES / 2 + 1))));

        List<String> lines = Files.readAllLines(file());
        assertThat(lines.get(0)).contains(longest);
        assertThat(lines.get(1)).doesNotContain("şş").contains("\"replaces\":\"text\"");
    }

    @Test
    void takeTheWholeContentAlongWhenThereAreTooManyOfThem() throws IOException {
        Map<String, Object> body = new HashMap<>();
        for (int i = 0; i < 40; i++) {
            body.put("text" + i, ("" + i).repeat(7_500));
        }
        TraceEvent event = event(body);

        store.accept(event);

        assertThat(store.events(runId)).containsExactly(event);
        assertThat(Files.size(file())).isLessThan(2_000);
    }

    @Test
    void neverMakeALineOfMoreThan256KibibytesAndLoseNothing() throws IOException {
        Random random = new Random(SEED);
        List<TraceEvent> taken = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            TraceEvent event = TraceEvent.builder(runId, "acme.odd", Instant.EPOCH)
                    .sequence(i + 1L)
                    .attributes(Map.of("acme.note", text(random, 40_000)))
                    .body(Map.of("deep", value(random, 4)))
                    .build();
            taken.add(event);
            store.accept(event);
        }

        assertThat(store.events(runId)).as("seed %s", SEED).isEqualTo(taken);
        assertThat(Files.readAllLines(file()))
                .allSatisfy(line -> assertThat(line.getBytes(StandardCharsets.UTF_8).length)
                        .isLessThanOrEqualTo(LargeValues.MAX_LINE_BYTES));
    }

    @Test
    void areNamedWhenTheirArtifactIsGoneOrDamaged() throws IOException {
        store.accept(event(Map.of("text", LONG_TEXT)));
        Path artifact = store.artifactFile(sha256(LONG_TEXT));
        Files.writeString(artifact, "x".repeat(Math.toIntExact(Files.size(artifact))));

        assertThat(store.events(runId).get(0).body().get("text"))
                .asString()
                .contains(sha256(LONG_TEXT).hex());

        Files.delete(artifact);

        assertThat(store.events(runId).get(0).body().get("text"))
                .asString()
                .contains(sha256(LONG_TEXT).hex());
    }

    @Test
    void leaveTheReferencesOfPicturesAlone() {
        ArtifactRef picture = store.put(Pictures.png(9, 4));
        TraceEvent event = TraceEvent.builder(runId, TraceEvent.ARTIFACT, Instant.EPOCH)
                .sequence(1)
                .body(Map.of("artifact", picture, "note", LONG_TEXT))
                .build();

        store.accept(event);

        TraceEvent read = store.events(runId).get(0);
        assertThat(TraceJson.MAPPER.convertValue(read.body().get("artifact"), ArtifactRef.class))
                .isEqualTo(picture);
        assertThat(read.body()).containsEntry("note", LONG_TEXT);
    }

    @Test
    void comeBackToWhoResumes() {
        JournaledRun run = JournaledRun.builder(
                        runId, "sample", Sha256.of(new byte[0]), Instant.EPOCH, JournaledValue.of(LONG_TEXT))
                .build();
        store.begin(run);
        store.stageFinished(runId, "draw", JournaledValue.of(Map.of("text", LONG_TEXT)));
        store.end(runId, true);

        JournaledRun read = store.read(runId).orElseThrow();

        assertThat(read.input()).isEqualTo(run.input());
        assertThat(read.stages()).containsEntry("draw", JournaledValue.of(Map.of("text", LONG_TEXT)));
    }

    private TraceEvent event(Map<String, ?> body) {
        return TraceEvent.builder(runId, "acme.tick", Instant.EPOCH)
                .sequence(1)
                .body(body)
                .build();
    }

    private static Object value(Random random, int depth) {
        return switch (depth == 0 ? 0 : random.nextInt(3)) {
            case 0 -> text(random, 60_000);
            case 1 -> List.of(value(random, depth - 1), random.nextInt(), value(random, depth - 1));
            default -> Map.of("one", value(random, depth - 1), "two", value(random, depth - 1), "flag", true);
        };
    }

    private static String text(Random random, int most) {
        return "aş€\"\\".repeat(random.nextInt(most) / 5);
    }

    private static Sha256 sha256(String text) {
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private Path file() throws IOException {
        try (var files = Files.walk(folder.resolve("runs"))) {
            return files.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
    }
}
