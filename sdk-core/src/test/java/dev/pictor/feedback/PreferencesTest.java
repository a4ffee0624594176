package dev.pictor.feedback;

import static dev.pictor.feedback.MadeUp.MONDAY;
import static dev.pictor.feedback.MadeUp.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.pictor.feedback.UserPreferences.Preference;
import dev.pictor.intent.Domain;
import dev.pictor.pipeline.Pipeline;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.pipeline.RunOptionsBuilder;
import dev.pictor.pipeline.StageKey;
import dev.pictor.trace.MemoryRunStore;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunPage;
import dev.pictor.trace.RunQuery;
import dev.pictor.trace.RunRecord;
import dev.pictor.trace.RunStore;
import dev.pictor.trace.TraceEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PreferencesTest {

    private static final List<Domain> DOMAINS = List.of(Domain.values());

    private static final UserKey ANA = new UserKey("acme", "ana");
    private final PreferenceLearner learner = PreferenceLearner.of(PreferenceOptions.ofDefaults());

    private static RatedRunBuilder ofAna(int minute) {
        return run(minute).tenant("acme").user("ana");
    }

    private UserPreferences learn(List<RatedRun> runs) {
        return learner.learn(ANA, runs, MONDAY.plus(Duration.ofHours(1)));
    }

    private static boolean value(Optional<Preference<Boolean>> preference) {
        return preference.orElseThrow().value();
    }

    @Nested
    class Learning {

        @Test
        void findsSensitivitiesAndFavouritesAndSaysWhy() {
            List<RatedRun> runs = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                runs.add(ofAna(i).isRegenerated(i % 5 < 2)
                        .detail(i % 5 == 0 ? "expert" : "basic")
                        .domain(i % 5 == 0 ? Domain.PRODUCTS : Domain.ART)
                        .style(i % 5 == 0 ? "studio" : "watercolour")
                        .build());
            }
            UserPreferences learned = learn(runs);
            assertThat(value(learned.qualitySensitive())).isTrue();
            assertThat(value(learned.costSensitive())).isTrue();
            assertThat(learned.favouriteDomain().orElseThrow().value()).isEqualTo(Domain.ART);
            assertThat(learned.favouriteStyle().orElseThrow().value()).isEqualTo("watercolour");
            assertThat(learned.qualitySensitive().orElseThrow().isSet()).isFalse();
            assertThat(learned.qualitySensitive().orElseThrow().evidence())
                    .startsWith("40% of 20 runs were regenerated")
                    .contains("the limit is 30%");
        }

        @Test
        void saysNoWhereItHasSeenEnoughOfTheContrary() {
            List<RatedRun> runs = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                runs.add(ofAna(i).detail(i % 2 == 0 ? "basic" : "expert")
                        .domain(DOMAINS.get(i % 4))
                        .build());
            }
            UserPreferences learned = learn(runs);
            assertThat(value(learned.qualitySensitive())).isFalse();
            assertThat(value(learned.costSensitive())).isFalse();
            assertThat(learned.favouriteDomain()).isEmpty();
        }

        @Test
        void saysNothingOnTooLittle() {
            List<RatedRun> runs = new ArrayList<>();
            for (int i = 0; i < 9; i++) {
                runs.add(ofAna(i).isRegenerated(true).domain(Domain.ART).build());
            }
            assertThat(learn(runs)).isEqualTo(UserPreferences.builder(ANA).build());
            assertThat(learn(List.of())).isEqualTo(UserPreferences.builder(ANA).build());
        }

        @Test
        void forgetsByHalvesWithAge() {
            List<RatedRun> runs = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                runs.add(ofAna(i).time(MONDAY.minus(Duration.ofDays(60)))
                        .isRegenerated(true)
                        .build());
            }
            assertThat(learner.learn(ANA, runs, MONDAY).qualitySensitive()).isEmpty();
            assertThat(learner.learn(ANA, runs, MONDAY.minus(Duration.ofDays(60)))
                            .qualitySensitive())
                    .isPresent();
            for (int i = 0; i < 15; i++) {
                runs.add(ofAna(100 + i).build());
            }
            // 30 of weight 1/4 against 15 of weight 1 or nearly so: a third is regenerated
            String evidence = learner.learn(ANA, runs, MONDAY)
                    .qualitySensitive()
                    .orElseThrow()
                    .evidence();
            assertThat(evidence).startsWith("33% of 45 runs").contains("the weight 22.5");
        }

        @Test
        void takesWhatWasRatedDownForNoFavourite() {
            List<RatedRun> runs = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                runs.add(ofAna(i).domain(i < 15 ? Domain.ART : Domain.DIAGRAMS)
                        .rating(MadeUp.rating(i < 15))
                        .build());
            }
            assertThat(learn(runs).favouriteDomain().orElseThrow().value()).isEqualTo(Domain.ART);
        }

        @Test
        void leavesOutWhatIsOfOtherUsersAndTenants() {
            List<RatedRun> runs = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                RatedRunBuilder others = run(i).isRegenerated(true).domain(Domain.ART);
                runs.add(others.user("ana").build());
                runs.add(others.user("ana").tenant("other").build());
                runs.add(others.user("ben").tenant("acme").build());
            }
            assertThat(learn(runs)).isEqualTo(UserPreferences.builder(ANA).build());
        }

        @Test
        void neverWinsOverWhatTheUserHasSet() {
            UserPreferences set = UserPreferences.builder(ANA)
                    .qualitySensitive(Preference.set(false))
                    .favouriteStyle(new Preference<>("old", false, "learned before"))
                    .build();
            UserPreferences learned = UserPreferences.builder(ANA)
                    .qualitySensitive(Preference.learned(true, "x"))
                    .costSensitive(Preference.learned(true, "y"))
                    .build();
            UserPreferences both = set.withLearned(learned);
            assertThat(value(both.qualitySensitive())).isFalse();
            assertThat(both.qualitySensitive().orElseThrow().evidence()).isEqualTo("set by the user");
            assertThat(both.costSensitive()).isEqualTo(learned.costSensitive());
            assertThat(both.favouriteStyle()).isEmpty();
            UserPreferences bens = UserPreferences.builder(UserKey.of("ben")).build();
            assertThatIllegalArgumentException().isThrownBy(() -> set.withLearned(bens));
        }
    }

    @Nested
    class Updating {

        private final MemoryRunStore kept = new MemoryRunStore();
        private final List<RunId> found = new ArrayList<>();
        /** A store that notes whose logs are read. */
        private final RunStore store = new RunStore() {
            @Override
            public List<TraceEvent> events(RunId runId) {
                return kept.events(runId);
            }

            @Override
            public List<RunId> newest(int limit) {
                return kept.newest(limit);
            }

            @Override
            public Optional<RunRecord> find(RunId runId) {
                found.add(runId);
                return kept.find(runId);
            }

            @Override
            public RunPage list(RunQuery query) {
                return kept.list(query);
            }
        };

        private RunId draw(String tenant, String user) {
            StageKey<String> draw = StageKey.of("draw", String.class);
            Pipeline<String, String> drawing = Pipeline.named("drawing", String.class)
                    .stage(draw, (run, wish) -> {
                        run.decide(RunFacts.detail("basic", "so").build());
                        return wish;
                    })
                    .returning(draw);
            RunOptionsBuilder options = RunOptions.builder().user(user);
            if (!tenant.isEmpty()) {
                options.tenant(tenant);
            }
            try (PipelineRunner runner =
                    PipelineRunner.builder().traceSink(kept).build()) {
                return runner.run(drawing, "x", options.build()).runId();
            }
        }

        private UserPreferences update(UserKey user, Duration later) {
            return learner.update(
                    store, PreferenceStore.inMemory(), user, Instant.now().plus(later));
        }

        @Test
        void readsNoRunThatIsTooOldToCount() {
            List<RunId> drawn = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                drawn.add(draw("acme", "ana"));
            }

            assertThat(value(update(ANA, Duration.ZERO).costSensitive())).isTrue();
            assertThat(found).containsExactlyInAnyOrderElementsOf(drawn);
            found.clear();
            assertThat(update(ANA, Duration.ofDays(299)).costSensitive()).isEmpty();
            assertThat(found).hasSize(12);
            found.clear();
            assertThat(update(ANA, Duration.ofDays(301)).costSensitive()).isEmpty();
            assertThat(found).isEmpty();
        }

        @Test
        void readsNoRunOfAnotherTenantsUserOfThatName() {
            RunId own = draw("", "ana");
            assertThat(draw("other", "ana")).isNotEqualTo(own);

            assertThat(update(UserKey.of("ana"), Duration.ZERO).costSensitive()).isEmpty();

            assertThat(found).containsExactly(own);
        }

        @Test
        void readsAllWhereNothingIsForgotten() {
            RunId own = draw("acme", "ana");
            PreferenceLearner forEver = PreferenceLearner.of(PreferenceOptions.builder()
                    .halfLife(Duration.ofDays(1_000_000))
                    .minWeight(0.5)
                    .build());

            UserPreferences learned = forEver.update(
                    store, PreferenceStore.inMemory(), ANA, Instant.now().plus(Duration.ofDays(9_999)));

            assertThat(value(learned.costSensitive())).isTrue();
            assertThat(found).containsExactly(own);
        }
    }

    @Nested
    class Json {

        private final UserPreferences full = UserPreferences.builder(ANA)
                .qualitySensitive(Preference.set(true))
                .costSensitive(Preference.learned(false, "40% of 20"))
                .favouriteDomain(Preference.learned(Domain.ART, "a"))
                .favouriteStyle(Preference.learned("oil \"paint\"", "b"))
                .build();

        @Test
        void givesBackAllOfIt() {
            assertThat(UserPreferences.parse(full.toJson())).isEqualTo(full);
            UserPreferences bare = UserPreferences.builder(UserKey.of("ben")).build();
            assertThat(UserPreferences.parse(bare.toJson())).isEqualTo(bare);
            assertThat(bare.toJson()).doesNotContain("sensitive").doesNotContain("favourite");
        }

        @Test
        void skipsWhatItDoesNotKnow() {
            String later =
                    full.toJson().replaceFirst("\\{", "{\"later\": [1], ").replace("\"art\"", "\"sculpture\"");
            UserPreferences read = UserPreferences.parse(later);
            assertThat(read.favouriteDomain()).isEmpty();
            assertThat(read.favouriteStyle()).isEqualTo(full.favouriteStyle());
        }

        @Test
        void refusesSomethingElse() {
            assertThatIllegalArgumentException().isThrownBy(() -> UserPreferences.parse("{"));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> UserPreferences.parse("{}"))
                    .withMessage("preferences must have a user");
        }
    }

    @Test
    void optionsSayWhatTheyAllow() {
        assertThat(PreferenceOptions.ofDefaults().regenerationRate()).isCloseTo(0.3, within(0.0));
        assertThat(PreferenceOptions.ofDefaults().basicShare()).isCloseTo(0.7, within(0.0));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> PreferenceOptions.builder().favouriteShare(0.4).build())
                .withMessage("favouriteShare must be 0.5 to 1, was 0.4");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        PreferenceOptions.builder().halfLife(Duration.ZERO).build());
    }
}
