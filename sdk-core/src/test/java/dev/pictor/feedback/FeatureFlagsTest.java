package dev.pictor.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.pipeline.Pipeline;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.pipeline.StageKey;
import dev.pictor.prompts.Bucketing;
import dev.pictor.trace.Decision;
import dev.pictor.trace.MemoryRunStore;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunQuery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FeatureFlagsTest {

    private static final String FILE = """
            {"version": 1, "flags": {
              "some": {"percent": 20},
              "all": {"percent": 100},
              "off": {"percent": 100, "enabled": false, "users": {"ana": true}},
              "named": {
                "percent": 0,
                "tenants": {"acme": {"on": true, "users": {"u-7": false}}, "other": {"users": {"u-7": true}}},
                "users": {"u-7": true}
              }
            }}
            """;
    private final FeatureFlags flags = FeatureFlags.parse(FILE);

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    private static FeatureFlags share(double percent) {
        return FeatureFlags.parse("{\"flags\": {\"f\": {\"percent\": " + percent + "}}}");
    }

    @ParameterizedTest(name = "user {0}")
    @MethodSource("seeds")
    void keepWhoIsInAsTheShareGrows(long seed) {
        boolean before = false;
        for (double percent = 0; percent <= 100; percent += 0.5) {
            boolean now = share(percent).decide("f", "t", "user-" + seed).isOn();
            assertThat(now || !before).as("user %d at %s", seed, percent).isTrue();
            before = now;
        }
        assertThat(before).isTrue();
    }

    @Test
    void areOnForAboutTheirShareAsExperimentsAreDealt() {
        int on = 0;
        for (int i = 0; i < 10_000; i++) {
            boolean isOn = flags.decide("some", "", "u" + i).isOn();
            assertThat(isOn).isEqualTo(Bucketing.isIn("some", "", "u" + i, 20));
            on += isOn ? 1 : 0;
        }
        assertThat(on).isBetween(1_850, 2_150);
    }

    @ParameterizedTest(name = "{0} for {1}/{2}")
    @CsvSource(
            emptyValue = "",
            value = {
                "all, '', ana, true, percent",
                "all, '', '', true, percent",
                "some, '', '', false, nobody",
                "off, '', ana, false, off",
                "named, acme, ana, true, tenant",
                "named, acme, u-7, false, user",
                "named, other, u-7, true, user",
                "named, other, ana, false, percent",
                "named, third, u-7, false, percent",
                "named, '', u-7, true, user",
                "missing, acme, ana, false, unknown"
            })
    void sayByWhichRule(String flag, String tenant, String user, boolean isOn, String rule) {
        FlagDecision decision = flags.decide(flag, tenant, user);
        assertThat(decision.isOn()).isEqualTo(isOn);
        assertThat(decision.rule()).isEqualTo(rule);
    }

    @Test
    void areStoppedAtOnceBeforeAnythingElse() {
        Set<String> stopped = ConcurrentHashMap.newKeySet();
        FeatureFlags switched = flags.killSwitch(stopped::contains);
        assertThat(switched.decide("named", "acme", "ana").isOn()).isTrue();
        assertThat(stopped.add("named")).isTrue();
        assertThat(switched.decide("named", "acme", "ana"))
                .isEqualTo(new FlagDecision("named", false, "stopped", "the switch turns it off"));
        assertThat(switched.decide("all", "acme", "ana").isOn()).isTrue();
        assertThat(flags.names()).containsExactly("all", "named", "off", "some");
    }

    @Test
    void areInTheTraceOfARunThatAsks() {
        MemoryRunStore store = new MemoryRunStore();
        StageKey<Boolean> ask = StageKey.of("ask", Boolean.class);
        Pipeline<String, Boolean> asking = Pipeline.named("asking", String.class)
                .stage(ask, (run, input) -> flags.isOn(run, input))
                .returning(ask);
        RunId runId = PipelineRunner.builder()
                .traceSink(store)
                .build()
                .run(
                        asking,
                        "named",
                        RunOptions.builder().tenant("acme").user("u-7").build())
                .runId();
        Decision decision = store.find(runId).orElseThrow().decisions().get(0).decision();
        assertThat(decision.kind()).isEqualTo(FlagDecision.KIND);
        assertThat(decision.chosen()).isEqualTo("named=off");
        assertThat(decision.policy()).contains("user");
        assertThat(decision.reason()).doesNotContain("u-7");
    }

    @Test
    void showWhatTheyChangeForThoseWhomTheShareDealt() {
        MemoryRunStore store = new MemoryRunStore();
        StageKey<Boolean> ask = StageKey.of("ask", Boolean.class);
        FeatureFlags half = FeatureFlags.parse(
                "{\"flags\": {\"half\": {\"percent\": 50, \"users\": {\"named\": true}}, \"off\": {\"enabled\": false}}}");
        Pipeline<String, Boolean> asking = Pipeline.named("asking", String.class)
                .stage(ask, (run, input) -> half.isOn(run, "off") || half.isOn(run, "half"))
                .returning(ask);
        int on = 0;
        try (PipelineRunner runner = PipelineRunner.builder().traceSink(store).build()) {
            for (int i = 0; i < 40; i++) {
                RunOptions options = RunOptions.builder()
                        .user(i == 0 ? "named" : i == 1 ? "" : "u" + i)
                        .build();
                boolean isOn = runner.run(asking, "x", options).value();
                on += isOn && i > 1 ? 1 : 0;
            }
        }
        ExperimentPlan plan = ExperimentPlan.builder("half", "off", "on").build();

        ExperimentResult result = ExperimentEvaluation.of(plan, RatedRuns.read(store, RunQuery.all()));

        assertThat(result.treatment().exposed()).isEqualTo(on).isBetween(10L, 30L);
        assertThat(result.control().exposed()).isEqualTo(38 - on);
        assertThat(RatedRuns.read(store, RunQuery.all()))
                .allSatisfy(run -> assertThat(run.experiments()).doesNotContainKey("off"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | the file must be an object, was ARRAY",
                "{} | the file must have \"flags\"",
                "{\"flags\": []} | the file: flags must be an object, was ARRAY",
                "{\"flags\": {\"a\": {\"percentage\": 5}}} | flag a must have no \"percentage\", but any of [enabled, note, percent, salt, tenants, users]",
                "{\"flags\": {\"a\": {\"percent\": 101}}} | flag a: percent must be 0 to 100, was 101",
                "{\"flags\": {\"a\": {\"percent\": \"5\"}}} | flag a: percent must be 0 to 100, was \"5\"",
                "{\"flags\": {\"a\": {\"salt\": 5}}} | flag a: salt must be a text, was 5",
                "{\"flags\": {\"a\": {\"enabled\": 1}}} | flag a: enabled must be true or false, was 1",
                "{\"flags\": {\"a\": {\"tenants\": {\"t\": {\"users\": {\"u\": 1}}}}}} | flag a, tenant t: a user must be true or false, was 1"
            })
    void refuseAFileThatSaysWhatIsNotKnown(String file, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FeatureFlags.parse(file))
                .withMessage(message);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{ | the flags are no JSON: line 1, column 2: Unexpected end-of-input",
                "{\"flags\": {\"a\": {\"percent\": 100, \"percent\": 0}}} | Duplicate field 'percent'",
                "{\"flags\": {\"a\": {}, \"a\": {}}} | Duplicate field 'a'",
                "{\"flags\": {}} trailing | the flags are no JSON: line 1, column",
                "{\"flags\": {}} {} | Trailing token"
            })
    void refuseAFileThatCanBeReadInTwoWays(String file, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FeatureFlags.parse(file))
                .withMessageContaining(message);
    }

    @Test
    void haveABound(@TempDir Path folder) throws IOException {
        String padded = FILE + " ".repeat(FeatureFlags.MAX_BYTES);
        Path file = Files.writeString(folder.resolve("flags.json"), padded);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> FeatureFlags.read(file))
                .withMessage("the flags must have at most 4194304 bytes");
        assertThatIllegalArgumentException().isThrownBy(() -> FeatureFlags.parse(padded));
    }

    @Test
    void areReadFromAFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("flags.json"), FILE);
        assertThat(FeatureFlags.read(file).names()).hasSize(4);
        Path missing = folder.resolve("none.json");
        assertThatThrownBy(() -> FeatureFlags.read(missing)).isInstanceOf(UncheckedIOException.class);
    }
}
