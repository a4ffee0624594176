package dev.pictor.feedback;

import static dev.pictor.feedback.MadeUp.rating;
import static dev.pictor.feedback.MadeUp.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pictor.gateway.routing.RoutingRules;
import dev.pictor.intent.Calibration;
import dev.pictor.intent.Classification;
import dev.pictor.intent.Domain;
import dev.pictor.intent.IntentClassifier;
import dev.pictor.intent.Lexicon;
import dev.pictor.trace.MemoryRunStore;
import dev.pictor.trace.RunQuery;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeedbackAnalysisTest {

    private static final List<Domain> DOMAINS = List.of(Domain.values());

    private static final List<String> PLAIN =
            List.of("lamp", "desk", "garden", "window", "river", "stone", "tree", "lake");
    private static final AnalysisOptions OPTIONS = AnalysisOptions.builder()
            .addCheapModels("flash")
            .addBetterModels("pro")
            .build();

    private static LearningReport report(List<RatedRun> runs) {
        return FeedbackAnalysis.of(OPTIONS, DataFileLayout.none()).report(runs);
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @Nested
    class WithNext {

        @Test
        void toNothingSaysSo() {
            LearningReport report = report(List.of());
            assertThat(report.keywords()).isEmpty();
            assertThat(report.thresholds()).isEmpty();
            assertThat(report.weakTemplates()).isEmpty();
            assertThat(report.firstRun()).isEmpty();
            assertThat(report.notes()).contains("only 0 runs are rated, nothing is judged by less than 20");
            assertThat(report.toText()).contains("rated: 0 of 0").contains("new keywords: none");
            assertThat(FeedbackAnalysis.of(OPTIONS, DataFileLayout.none()).report(new MemoryRunStore(), RunQuery.all()))
                    .isEqualTo(report);
        }

        @Test
        void ofACheapModelSaysSo() {
            AnalysisOptions options = AnalysisOptions.builder()
                    .addCheapModels("flash", "vendor/flash")
                    .build();
            LearningReport report = FeedbackAnalysis.of(options, DataFileLayout.none())
                    .report(List.of(run(1).model("flash").build()));

            assertThat(report.notes())
                    .contains(
                            "no run was drawn by the cheap model vendor/flash, so nothing is learned of it; models go by"
                                    + " the id of their profile")
                    .noneMatch(note -> note.contains("cheap model flash"));
        }

        @Test
        void toNothingMovesNothing() {
            List<RatedRun> runs = new ArrayList<>();
            for (int i = 0; i < 9; i++) {
                runs.add(run(i).model("flash")
                        .complexity(0.6)
                        .tier("keyword")
                        .confidence(0.81)
                        .wish("a xylograph")
                        .domain(Domain.ART)
                        .user("u" + i)
                        .rating(Rating.down())
                        .build());
            }
            LearningReport report = report(runs);
            assertThat(report.keywords()).isEmpty();
            assertThat(report.thresholds()).isEmpty();
            assertThat(report.weakTemplates()).isEmpty();
            assertThat(report.misroutes()).isEmpty();
        }
    }

    @Nested
    class NewKeywords {

        private static List<RatedRun> week(
                Random random, String word, int users, boolean satisfied, double confidence) {
            List<RatedRun> runs = new ArrayList<>();
            Domain[] domains = Domain.values();
            for (int i = 0; i < 400; i++) {
                boolean planted = i % 40 == 0;
                String wish = PLAIN.get(random.nextInt(8)) + " and a " + PLAIN.get(random.nextInt(8))
                        + (planted ? ", " + word : "");
                runs.add(run(i).domain(planted ? Domain.ART : domains[i % 4])
                        .wish(wish)
                        .user("u" + (planted ? i / 40 % users : i))
                        .confidence(planted ? confidence : random.nextDouble())
                        .rating(rating(planted ? satisfied : random.nextDouble() < 0.8))
                        .build());
            }
            return runs;
        }

        @Test
        void areFoundAmongWishesThatWentWellThoughNobodyWasSure() {
            LearningReport report = report(week(new Random(1), "xylograph", 10, true, 0.4));
            assertThat(report.keywords()).hasSize(1);
            NewKeyword keyword = report.keywords().get(0);
            assertThat(keyword.term()).isEqualTo("xylograph");
            assertThat(keyword.domain()).isEqualTo(Domain.ART);
            assertThat(keyword.support()).isEqualTo(10);
            assertThat(keyword.users()).isEqualTo(10);
            assertThat(keyword.elsewhere()).isZero();
            assertThat(keyword.z()).isGreaterThan(3);
        }

        @Test
        void comeFromNoSingleUser() {
            assertThat(report(week(new Random(1), "xylograph", 2, true, 0.4)).keywords())
                    .isEmpty();
        }

        @Test
        void comeFromNothingThatWentBadly() {
            assertThat(report(week(new Random(1), "xylograph", 10, false, 0.4)).keywords())
                    .isEmpty();
        }

        @Test
        void comeFromNothingThatWasSureAlready() {
            assertThat(report(week(new Random(1), "xylograph", 10, true, 0.9)).keywords())
                    .isEmpty();
        }

        @Test
        void areNeitherStopWordsNorNumbersNorAddresses() {
            for (String word : List.of("please", "1234", "ana@example.org", "b2")) {
                assertThat(report(week(new Random(1), word, 10, true, 0.4)).keywords())
                        .isEmpty();
            }
        }

        @Test
        void areNotKnownAlready() {
            AnalysisOptions options =
                    AnalysisOptions.builder().addKnownTerms("xylograph").build();
            assertThat(FeedbackAnalysis.of(options, DataFileLayout.none())
                            .report(week(new Random(1), "xylograph", 10, true, 0.4))
                            .keywords())
                    .isEmpty();
        }

        @ParameterizedTest
        @CsvSource({
            "xylograph,    Xylographs",
            "xylographs,   xylograph",
            "ukiyo block,  ukiyo block", // its words come in no other wish, so they say nothing more
            "ukiyo-block,  ukiyo block",
            "ukiyo block,  ukiyo", // a known word that comes nowhere else explains the pair
            "Épreuve,      epreuve"
        })
        void areNotKnownInAnotherForm(String word, String known) {
            AnalysisOptions options =
                    AnalysisOptions.builder().addKnownTerms(known).build();
            assertThat(FeedbackAnalysis.of(options, DataFileLayout.none())
                            .report(week(new Random(1), word, 10, true, 0.4))
                            .keywords())
                    .isEmpty();
        }

        @Test
        void ofTwoWordsMayHaveAKnownOneThatComesElsewhereToo() {
            List<RatedRun> runs = new ArrayList<>(week(new Random(1), "ukiyo block", 10, true, 0.4));
            for (int i = 0; i < 20; i++) {
                runs.add(run(500 + i)
                        .domain(Domain.ART)
                        .wish("a block")
                        .user("v" + i)
                        .confidence(0.4)
                        .rating(Rating.up())
                        .build());
            }
            AnalysisOptions options =
                    AnalysisOptions.builder().addKnownTerms("block").build();

            assertThat(FeedbackAnalysis.of(options, DataFileLayout.none())
                            .report(runs)
                            .keywords())
                    .extracting(NewKeyword::term)
                    .containsExactly("ukiyo block");
        }

        @Test
        void areNoneOfTheLexiconAndNoneThatWasTakenOverBefore() throws IOException {
            String lexicon = Changes.resource("/dev/pictor/intent/lexicon.json");
            List<RatedRun> runs = week(new Random(1), "watercolours", 10, true, 0.4);
            assertThat(report(runs).keywords()).extracting(NewKeyword::term).containsExactly("watercolours");
            assertThat(proposed(lexicon, runs)).isEmpty();

            List<RatedRun> more = week(new Random(1), "xylograph", 10, true, 0.4);
            String applied = proposed(lexicon, more).get(0).applyTo(lexicon);
            assertThat(Lexicon.parse("applied", applied).phrases().get("learned-art"))
                    .containsExactly("xylograph");
            assertThat(proposed(applied, more)).isEmpty();
        }

        private static List<ProposedChange> proposed(String lexicon, List<RatedRun> runs) {
            DataFileLayout layout = DataFileLayout.forFiles("lexicon.json", lexicon, "tiers.json", "{}", 0.7);
            return FeedbackAnalysis.of(OPTIONS, layout).report(runs).changes();
        }

        @Test
        void ofTwoWordsStandForTheirParts() {
            assertThat(report(week(new Random(1), "ukiyo block", 10, true, 0.4)).keywords())
                    .extracting(NewKeyword::term)
                    .containsExactly("ukiyo block");
        }

        @Test
        void keepApartWhatSeparatesWords() {
            assertThat(Terms.of("A red-hot lamp, oil; Paint. Über allem"))
                    .contains("red-hot", "red-hot lamp", "über")
                    .doesNotContain("lamp oil", "oil paint", "paint über");
        }

        /** Five in a hundred thousand at z of 3 or more, were it all one word; this bounds what many words make of it. */
        @Test
        void areSeldomFoundWhereThereAreNone() {
            int found = 0;
            for (long seed = 0; seed < 100; seed++) {
                Random random = new Random(seed);
                List<RatedRun> runs = new ArrayList<>();
                for (int i = 0; i < 300; i++) {
                    StringBuilder wish = new StringBuilder();
                    for (int w = 0; w < 8; w++) {
                        wish.append("word")
                                .append((char) ('a' + random.nextInt(26)))
                                .append(", ");
                    }
                    runs.add(run(i).domain(DOMAINS.get(random.nextInt(4)))
                            .wish(wish.toString())
                            .user("u" + i)
                            .confidence(random.nextDouble())
                            .rating(rating(random.nextDouble() < 0.8))
                            .build());
                }
                found += report(runs).keywords().size();
            }
            assertThat(found)
                    .as("of 100 weeks with 104 pairs of word and domain each")
                    .isLessThan(20);
        }
    }

    @Nested
    class MovedThresholds {

        /** Cheap models please 85 in a hundred below a complexity and 35 above it. */
        private static List<RatedRun> week(Random random, double breaksAt, double better, int count) {
            List<RatedRun> runs = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                double complexity = random.nextDouble();
                boolean cheap = complexity < 0.7 ? i % 10 != 0 : i % 10 == 0;
                double pleases = cheap ? (complexity < breaksAt ? 0.85 : 0.35) : better;
                runs.add(run(i).complexity(complexity)
                        .model(cheap ? "flash" : "pro")
                        .routePolicy("tier/1")
                        .rating(rating(random.nextDouble() < pleases))
                        .build());
            }
            return runs;
        }

        @ParameterizedTest(name = "seed {0}")
        @MethodSource("dev.pictor.feedback.FeedbackAnalysisTest#seeds")
        void comeDownToWhereCheapModelsBeginToFail(long seed) {
            List<ThresholdChange> changes =
                    report(week(new Random(seed), 0.5, 0.9, 1_500)).thresholds();
            assertThat(changes).as("seed %d", seed).hasSize(1);
            assertThat(changes.get(0).name()).isEqualTo("complexity");
            assertThat(changes.get(0).before()).isEqualTo(0.7);
            assertThat(changes.get(0).after()).as("seed %d", seed).isBetween(0.45, 0.55);
            assertThat(changes.get(0).p()).isLessThan(0.005);
        }

        @Test
        void stayWhereCheapModelsDoWell() {
            int moved = 0;
            for (long seed = 0; seed < 60; seed++) {
                moved += report(week(new Random(seed), 0.7, 0.9, 1_500))
                        .thresholds()
                        .size();
            }
            assertThat(moved).isZero();
        }

        @Test
        void stayWhereBetterModelsAreNoBetter() {
            assertThat(report(week(new Random(3), 0.5, 0.2, 1_500)).thresholds())
                    .isEmpty();
        }

        @Test
        void stayWithoutEnoughEvidence() {
            assertThat(report(week(new Random(3), 0.5, 0.9, 40)).thresholds()).isEmpty();
        }

        private static List<RatedRun> believed(long seed, double rightFrom, double low, double high) {
            Random random = new Random(seed);
            List<RatedRun> runs = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                double confidence = random.nextDouble();
                runs.add(run(i).tier("keyword")
                        .confidence(confidence)
                        .rating(rating(random.nextDouble() < (confidence >= rightFrom ? high : low)))
                        .build());
            }
            return runs;
        }

        @Test
        void ofConfidenceGoUpWhereWhatIsBelievedGoesWrong() {
            assertThat(report(believed(5, 0.9, 0.4, 0.95)).thresholds())
                    .singleElement()
                    .satisfies(change -> {
                        assertThat(change.name()).isEqualTo("confidence.keyword");
                        assertThat(change.after()).isEqualTo(0.9);
                    });
        }

        @Test
        void ofConfidenceGoDownWhereWhatIsNotBelievedGoesAsWell() {
            assertThat(report(believed(5, 0.6, 0.4, 0.95)).thresholds())
                    .singleElement()
                    .satisfies(change -> assertThat(change.after()).isBetween(0.55, 0.65));
        }

        @Test
        void ofConfidenceStayWhereTheyAreRight() {
            assertThat(report(believed(5, 0.8, 0.4, 0.95)).thresholds()).isEmpty();
        }

        @Test
        void areNotTakenForWhatARuleDidAboveThem() {
            List<Misroute> misroutes =
                    report(week(new Random(3), 0.5, 0.9, 1_500)).misroutes();
            assertThat(misroutes).singleElement().satisfies(misroute -> {
                assertThat(misroute.model()).isEqualTo("flash");
                assertThat(misroute.routePolicy()).isEqualTo("tier/1");
                assertThat(misroute.ratedDown().successes()).isGreaterThan(10);
                assertThat(misroute.examples()).hasSize(5);
            });
        }
    }

    @Nested
    class WeakTemplates {

        private static List<RatedRun> rendered(String version, int satisfied, int of) {
            List<RatedRun> runs = new ArrayList<>();
            for (int i = 0; i < of; i++) {
                runs.add(run(i).addPrompts("generation/enhance.art@" + version)
                        .rating(
                                i < satisfied
                                        ? Rating.up()
                                        : Rating.builder(0).addReasons("flat").build())
                        .isRegenerated(i % 2 == 0)
                        .build());
            }
            return runs;
        }

        @Test
        void areWeakWhereTooFewAreSatisfied() {
            List<RatedRun> runs = new ArrayList<>(rendered("1", 20, 60));
            runs.addAll(rendered("2", 17, 25));
            runs.addAll(rendered("3", 50, 60));
            runs.addAll(rendered("4", 2, 19));

            List<TemplateRating> weak = report(runs).weakTemplates();
            assertThat(weak)
                    .extracting(TemplateRating::prompt)
                    .containsExactly("generation/enhance.art@1", "generation/enhance.art@2");
            assertThat(weak.get(0).isCertain()).isTrue();
            assertThat(weak.get(0).reasons()).isEqualTo(Map.of("flat", 40));
            assertThat(weak.get(0).regenerated()).isEqualTo(new Proportion(30, 60));
            assertThat(weak.get(1).isCertain()).isFalse();
            assertThat(weak.get(1).bounds().contains(0.7)).isTrue();
        }
    }

    @Nested
    class Calibrated {

        /** A week in which confidences were taken for the truth, and were right more or less often than that. */
        private static List<RatedRun> week(String tier, int count, DoubleUnaryOperator truth) {
            Random random = new Random(3);
            List<RatedRun> runs = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                double said = 0.5 + 0.49 * random.nextDouble();
                runs.add(run(i).tier(tier)
                        .confidence(said)
                        .rawConfidence(said)
                        .rating(rating(random.nextDouble() < truth.applyAsDouble(said)))
                        .build());
            }
            return runs;
        }

        @Test
        void isAModelThatIsSurerThanItShouldBe() throws IOException {
            List<RatedRun> runs = new ArrayList<>(week("model", 600, said -> said * said * said));
            runs.addAll(week("cached-analysis", 400, said -> said * said * said));
            String lexicon = Changes.resource("/dev/pictor/intent/lexicon.json");
            DataFileLayout layout = DataFileLayout.forFiles("lexicon.json", lexicon, "tiers.json", "{}", 0.7);

            LearningReport report = FeedbackAnalysis.of(OPTIONS, layout).report(runs);

            TierCalibration model = report.calibrations().get(0);
            assertThat(report.calibrations()).hasSize(1);
            assertThat(model.tier()).isEqualTo("model");
            assertThat(model.heldBack()).isEqualTo(200);
            assertThat(model.inForce().expectedError()).isGreaterThan(0.15);
            assertThat(model.fitted().apply(0.9)).isBetween(0.65, 0.8);
            assertThat(model.brierFitted()).isLessThan(model.brierInForce());
            assertThat(report.toText()).contains("model -> PLATT").contains("0.9 to 1.0");
            Lexicon learned = Lexicon.parse("new", report.changes().get(0).applyTo(lexicon));
            assertThat(learned.modelCalibration().apply(0.9))
                    .isCloseTo(model.fitted().apply(0.9), within(1e-3));
            assertThat(learned.calibration()).isEqualTo(Lexicon.bundled().calibration());
            assertThat(Lexicon.parse("again", learned.toJson()).modelCalibration())
                    .isEqualTo(learned.modelCalibration());
        }

        @Test
        void areWordsThatAreLessSureThanTheyCouldBe() throws IOException {
            String lexicon = Changes.resource("/dev/pictor/intent/lexicon.json");
            DataFileLayout layout = DataFileLayout.forFiles("lexicon.json", lexicon, "tiers.json", "{}", 0.7);
            LearningReport report =
                    FeedbackAnalysis.of(OPTIONS, layout).report(week("keywords", 1_000, said -> Math.pow(said, 0.2)));
            assertThat(report.calibrations().get(0).isBetter()).isTrue();
            Lexicon learned = Lexicon.parse("new", report.changes().get(0).applyTo(lexicon));
            assertThat(learned.calibration().form()).isEqualTo(Calibration.Form.PLATT);
            assertThat(learned.calibration().apply(0.7)).isGreaterThan(0.85);
        }

        @Test
        void isProposedInNumbersThatCanBeReadBack() throws IOException {
            String lexicon = Changes.resource("/dev/pictor/intent/lexicon.json");
            DataFileLayout layout = DataFileLayout.forFiles("lexicon.json", lexicon, "tiers.json", "{}", 0.7);
            Random random = new Random(5);
            List<RatedRun> runs = new ArrayList<>();
            for (int i = 0; i < 4_000; i++) { // nearly all surer than sure, so that points lie close
                double said = 1 - Math.pow(random.nextDouble(), 40);
                runs.add(run(i).tier("model")
                        .confidence(said)
                        .rawConfidence(said)
                        .rating(rating(random.nextDouble() < 0.6 * said * said))
                        .build());
            }
            LearningReport report = FeedbackAnalysis.of(OPTIONS, layout).report(runs);
            Calibration fitted = report.calibrations().get(0).fitted();
            Lexicon learned = Lexicon.parse("new", report.changes().get(0).applyTo(lexicon));
            assertThat(fitted.form()).isEqualTo(Calibration.Form.ISOTONIC);
            assertThat(learned.modelCalibration()).isEqualTo(fitted);
            assertThat(Lexicon.parse("again", learned.toJson()).modelCalibration())
                    .isEqualTo(fitted);
        }

        @ParameterizedTest(name = "{0} answers")
        @ValueSource(ints = {60, 400, 3_000})
        void staysWhatKeepsItsWord(int count) {
            LearningReport report = report(week("model", count, said -> said));
            assertThat(report.calibrations()).noneMatch(TierCalibration::isBetter);
            assertThat(report.calibrations()).hasSize(count < 100 ? 0 : 1);
        }

        private static double fittedAt90(String... reasons) {
            List<RatedRun> runs = new ArrayList<>();
            for (RatedRun run : week("model", 500, said -> 1)) {
                Rating down = Rating.builder(0).addReasons(reasons).build();
                runs.add(new RatedRunBuilder().from(run).rating(down).build());
            }
            return report(runs).calibrations().get(0).fitted().apply(0.9);
        }

        @Test
        void countsOnlyFaultsOfUnderstanding() {
            assertThat(fittedAt90("colours")).isGreaterThan(0.95);
            assertThat(fittedAt90("colours", "wrong-style")).isLessThan(0.05);
            assertThat(fittedAt90()).isLessThan(0.05);
        }
    }

    @Nested
    class Changes {

        private static final String LEXICON = """
                {
                  "art": ["painting", "watercolour"],
                  "other": []
                }
                """;
        private static final DataFileLayout LAYOUT = DataFileLayout.builder()
                .putKeywords(Domain.ART, "lexicon.json#/art/-")
                .putThresholds("complexity", List.of("routes.json#/rules/0/from"))
                .build();

        private static LearningReport report() {
            List<RatedRun> runs = new ArrayList<>(NewKeywords.week(new Random(1), "xylograph", 10, true, 0.4));
            runs.addAll(MovedThresholds.week(new Random(2), 0.5, 0.9, 1_500));
            return FeedbackAnalysis.of(OPTIONS, LAYOUT).report(runs);
        }

        @Test
        void areAPatchThatPeopleCanRead() {
            LearningReport report = report();
            String diff =
                    report.diff(Map.of("lexicon.json", LEXICON, "routes.json", "{\"rules\": [{\"from\": 0.7}]}\n"));
            assertThat(diff.lines().filter(line -> !line.startsWith("#")))
                    .containsExactly(
                            "--- a/lexicon.json",
                            "+++ b/lexicon.json",
                            "@@ -1,4 +1,4 @@",
                            " {",
                            "-  \"art\": [\"painting\", \"watercolour\"],",
                            "+  \"art\": [\"painting\", \"watercolour\", \"xylograph\"],",
                            "   \"other\": []",
                            " }",
                            "--- a/routes.json",
                            "+++ b/routes.json",
                            "@@ -1,1 +1,1 @@",
                            "-{\"rules\": [{\"from\": 0.7}]}",
                            "+{\"rules\": [{\"from\": 0.5}]}");
            assertThat(diff)
                    .contains("# \"xylograph\" at /art/-: in 10 well rated art wishes of 10 users and in 0 others");
        }

        @Test
        void fitTheFilesThatComeWithPictor() throws IOException {
            String lexicon = resource("/dev/pictor/intent/lexicon.json");
            String rules = resource("/dev/pictor/gateway/routing/tiers.json");
            DataFileLayout layout = DataFileLayout.forFiles("lexicon.json", lexicon, "tiers.json", rules, 0.7);
            List<RatedRun> runs = new ArrayList<>(NewKeywords.week(new Random(1), "xylograph", 10, true, 0.4));
            runs.addAll(MovedThresholds.week(new Random(2), 0.5, 0.9, 1_500));
            LearningReport report = FeedbackAnalysis.of(OPTIONS, layout).report(runs);

            String newLexicon = lexicon;
            String newRules = rules;
            for (ProposedChange change : report.changes()) {
                if (change.file().equals("lexicon.json")) {
                    newLexicon = change.applyTo(newLexicon);
                } else {
                    newRules = change.applyTo(newRules);
                }
            }
            String wish = "a xylograph of a lighthouse";
            Classification before =
                    IntentClassifier.from(Lexicon.parse("old", lexicon)).classify(wish);
            Classification after =
                    IntentClassifier.from(Lexicon.parse("new", newLexicon)).classify(wish);
            assertThat(after.probabilities().get(Domain.ART))
                    .isGreaterThan(before.probabilities().getOrDefault(Domain.ART, 1.0));
            assertThat(newRules).isEqualTo(rules.replace("0.7}", "0.5}"));
            assertThat(RoutingRules.read("new", new ByteArrayInputStream(newRules.getBytes(StandardCharsets.UTF_8)))
                            .name())
                    .isEqualTo("tiers");
            assertThat(report.diff(Map.of("lexicon.json", lexicon, "tiers.json", rules))
                            .lines())
                    .hasSizeLessThan(60)
                    .contains("-      \"when\": {\"complexity\": {\"below\": 0.7}},");

            DataFileLayout next = DataFileLayout.forFiles("lexicon.json", newLexicon, "tiers.json", newRules, 0.7);
            assertThat(next.keywords()).containsEntry(Domain.ART, "lexicon.json#/groups/learned-art/phrases/-");
            assertThat(next.thresholds().get("complexity")).isEmpty();
        }

        private static String resource(String name) throws IOException {
            try (InputStream in = Objects.requireNonNull(Domain.class.getResourceAsStream(name))) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }

        @Test
        void leaveOutFilesThatAreNotGiven() {
            assertThat(report().diff(Map.of())).isEmpty();
            assertThat(report().diff(Map.of("lexicon.json", LEXICON))).doesNotContain("routes.json");
        }

        @Test
        void refuseAFileThatHasNoSuchPlace() {
            assertThatIllegalArgumentException().isThrownBy(() -> report().diff(Map.of("lexicon.json", "{}")));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> DataFileLayout.builder()
                            .putKeywords(Domain.ART, "lexicon.json")
                            .build())
                    .withMessage("a place must be file#/pointer, was \"lexicon.json\"");
        }

        @Test
        void areInTheReportForPeopleAndForPrograms() throws IOException {
            LearningReport report = report();
            assertThat(report.toText())
                    .contains("  xylograph -> art: in 10 well rated art wishes")
                    .contains("  complexity 0.7 -> 0.5: what cheap models draw");
            JsonNode json = new ObjectMapper().readTree(report.toJson());
            assertThat(json.at("/keywords/0/term").asText()).isEqualTo("xylograph");
            assertThat(json.at("/thresholds/0/after").asDouble()).isEqualTo(0.5);
            assertThat(json.at("/changes").size()).isEqualTo(2);
            assertThat(report.toJson()).doesNotContain("\n");
        }

        @ParameterizedTest(name = "seed {0}")
        @MethodSource("dev.pictor.feedback.FeedbackAnalysisTest#seeds")
        void areTheSameInWhateverOrderRunsCome(long seed) {
            List<RatedRun> runs = new ArrayList<>(NewKeywords.week(new Random(seed % 7), "xylograph", 10, true, 0.4));
            LearningReport report = FeedbackAnalysis.of(OPTIONS, LAYOUT).report(runs);
            Collections.shuffle(runs, new Random(seed));
            assertThat(FeedbackAnalysis.of(OPTIONS, LAYOUT).report(runs)).isEqualTo(report);
        }
    }

    @Test
    void namesNoUser() {
        List<RatedRun> runs = NewKeywords.week(new Random(1), "xylograph", 10, true, 0.4);
        String text = report(runs).toText() + report(runs).toJson();
        for (String user : Set.of("u1", "u39", "u399")) {
            assertThat(text).doesNotContain(user);
        }
    }
}
