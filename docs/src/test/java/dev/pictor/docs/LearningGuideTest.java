package dev.pictor.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.Pictor;
import dev.pictor.feedback.AnalysisOptions;
import dev.pictor.feedback.DataFileLayout;
import dev.pictor.feedback.ExperimentEvaluation;
import dev.pictor.feedback.ExperimentPlan;
import dev.pictor.feedback.ExperimentResult;
import dev.pictor.feedback.ExperimentVerdict;
import dev.pictor.feedback.FeatureFlags;
import dev.pictor.feedback.FeedbackAnalysis;
import dev.pictor.feedback.LearningReport;
import dev.pictor.feedback.PreferenceLearner;
import dev.pictor.feedback.PreferenceOptions;
import dev.pictor.feedback.PreferenceStore;
import dev.pictor.feedback.QualityPredictor;
import dev.pictor.feedback.QualityQuestion;
import dev.pictor.feedback.RatedRun;
import dev.pictor.feedback.RatedRuns;
import dev.pictor.feedback.Rating;
import dev.pictor.feedback.Ratings;
import dev.pictor.feedback.UserErasure;
import dev.pictor.feedback.UserKey;
import dev.pictor.feedback.UserPreferences;
import dev.pictor.feedback.UserPreferences.Preference;
import dev.pictor.generation.GeneratedImages;
import dev.pictor.generation.GenerationRequest;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.testkit.FakeImageModel;
import dev.pictor.trace.MemoryRunStore;
import dev.pictor.trace.RunQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of the page on learning. */
class LearningGuideTest {

    private static final Path RESOURCES = Path.of("..", "sdk-core", "src", "main", "resources", "dev", "pictor");

    private final MemoryRunStore store = new MemoryRunStore();
    private final UserKey ana = new UserKey("acme", "ana");

    private GeneratedImages draw(Pictor pictor, RunOptions options) {
        return pictor.images()
                .generate(GenerationRequest.builder("a lamp on a desk").build(), options);
    }

    @Test
    void ratingsAndRegenerations() {
        try (Pictor pictor =
                Pictor.builder(FakeImageModel.create()).store(store).build()) {
            RunOptions options = RunOptions.builder().tenant("acme").user("ana").build();
            GeneratedImages images = draw(pictor, options);
            // @start region="rate"
            Ratings.rate(
                    store,
                    images.runId(),
                    Rating.builder(0.25) // two of five stars
                            .addReasons("colours")
                            .comment("the shade is green")
                            .build());
            RunOptions anotherTry = Ratings.regenerating(images.runId(), options);
            // @end
            assertThat(draw(pictor, anotherTry).runId()).isNotEqualTo(images.runId());
            List<RatedRun> runs = RatedRuns.read(store, RunQuery.all());
            assertThat(runs).hasSize(2);
            RatedRun first = runs.stream()
                    .filter(run -> run.runId().equals(images.runId()))
                    .findFirst()
                    .orElseThrow();
            assertThat(first.isRegenerated()).isTrue();
            assertThat(first.rating().orElseThrow().reasons()).containsExactly("colours");
            assertThat(first.wish()).contains("a lamp on a desk");
            assertThat(first.model()).isPresent();
        }
    }

    @Test
    void report() throws IOException {
        Path lexicon = RESOURCES.resolve("intent").resolve("lexicon.json");
        Path rules = RESOURCES.resolve("gateway").resolve("routing").resolve("tiers.json");
        Instant now = Instant.parse("2026-11-30T00:00:00Z");
        // @start region="report"
        AnalysisOptions options =
                AnalysisOptions.builder().addCheapModels("gemini-flash").build();
        String words = Files.readString(lexicon);
        String routes = Files.readString(rules);
        DataFileLayout layout =
                DataFileLayout.forFiles("lexicon.json", words, "tiers.json", routes, options.complexityThreshold());
        Map<String, String> files = Map.of("lexicon.json", words, "tiers.json", routes);

        LearningReport report = FeedbackAnalysis.of(options, layout)
                .report(
                        store,
                        RunQuery.builder().since(now.minus(Duration.ofDays(7))).build());
        String forPeople = report.toText();
        String patch = report.diff(files); // for a pull request, or for nothing
        // @end
        assertThat(forPeople).contains("only 0 runs are rated");
        assertThat(patch).isEmpty();
    }

    @Test
    void preferences() {
        PreferenceStore preferences = PreferenceStore.inMemory();
        Instant now = Instant.parse("2026-11-30T00:00:00Z");
        // @start region="preferences"
        UserPreferences set = preferences.update(
                ana,
                known -> known.toBuilder()
                        .favouriteStyle(Preference.set("watercolour")) // what is set wins
                        .build());
        UserPreferences known =
                PreferenceLearner.of(PreferenceOptions.ofDefaults()).update(store, preferences, ana, now);
        boolean upgrade = known.qualitySensitive().map(Preference::value).orElse(false);
        // @end
        assertThat(known).isEqualTo(set);
        assertThat(upgrade).isFalse();
    }

    @Test
    void experiments() {
        List<RatedRun> runs = List.of();
        // @start region="experiment"
        ExperimentPlan plan = ExperimentPlan.builder("caption-material", "control", "material")
                .baseline(0.7)
                .leastEffect(0.05)
                .build(); // 1,251 users of each arm have to rate
        ExperimentResult result = ExperimentEvaluation.of(plan, runs);
        // @end
        assertThat(plan.controlUsers()).isEqualTo(1_251);
        assertThat(result.verdict()).isEqualTo(ExperimentVerdict.TOO_EARLY);
    }

    @Test
    void flags(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("flags.json"), """
                {"flags": {"model-intent": {"percent": 20, "tenants": {"acme": {"on": true, "users": {"ana": false}}}}}}
                """);
        // @start region="flags"
        Set<String> stopped = ConcurrentHashMap.newKeySet();
        FeatureFlags flags = FeatureFlags.read(file).killSwitch(stopped::contains);
        boolean on = flags.decide("model-intent", "acme", "ben").isOn();
        // @end
        assertThat(on).isTrue();
        assertThat(flags.decide("model-intent", "acme", "ana").isOn()).isFalse();
        assertThat(stopped.add("model-intent")).isTrue();
        assertThat(flags.decide("model-intent", "acme", "ben").isOn()).isFalse();
    }

    @Test
    void prediction() {
        List<RatedRun> runs = List.of();
        // @start region="predict"
        QualityPredictor predictor = QualityPredictor.train(runs);
        OptionalDouble pleases = predictor.probability(
                QualityQuestion.builder().model("gemini-flash").complexity(0.8).build());
        String howGood = predictor.report().toString();
        // @end
        assertThat(pleases).isEmpty();
        assertThat(howGood).isEqualTo("only 0 runs are rated, it takes 200");
    }

    @Test
    void estimate() {
        FakeImageModel model = FakeImageModel.create();
        // @start region="estimate"
        AtomicReference<QualityPredictor> newest =
                new AtomicReference<>(QualityPredictor.train(RatedRuns.read(store, RunQuery.all())));
        Pictor pictor =
                Pictor.builder(model).store(store).predictor(newest::get).build();
        // @end
        try (pictor) {
            assertThat(newest.get().report().tooSmall()).isPresent();
            assertThat(pictor.images().generate("a lamp on a desk").estimate())
                    .as("nothing is known of this model")
                    .isEmpty();
        }
    }

    @Test
    void erasure() {
        PreferenceStore preferences = PreferenceStore.inMemory();
        try (Pictor pictor =
                Pictor.builder(FakeImageModel.create()).store(store).build()) {
            // @start region="erase"
            UserErasure erasure = UserErasure.erase(store, preferences, ana);
            pictor.forgetAnalyses(); // of all users: by the words of wishes nobody can tell whose they were
            // @end
            assertThat(erasure.isComplete()).isTrue();
        }
    }
}
