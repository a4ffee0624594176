package dev.pictor.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.pictor.feedback.QualityPredictor;
import dev.pictor.feedback.QualityQuestion;
import dev.pictor.feedback.RatedRun;
import dev.pictor.feedback.Rating;
import dev.pictor.gateway.routing.CallAttributes;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.Pictures;
import dev.pictor.intent.StatedFact;
import dev.pictor.model.Cost;
import dev.pictor.model.Message;
import dev.pictor.model.MessagePart;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.Money;
import dev.pictor.trace.Evaluation;
import dev.pictor.trace.Evaluation.Verdict;
import dev.pictor.trace.Evaluator;
import dev.pictor.trace.RunId;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class QualityJudgeTest {

    private static final ImageBytes PICTURE = Pictures.png(8, 8);
    private static final QualityJudge.Asked ASKED = QualityJudge.Asked.of(
            "three foxes, no snow",
            "three foxes, no snow. Washes.",
            List.of(
                    StatedFact.of(StatedFact.Kind.COUNT, "three foxes"),
                    StatedFact.of(StatedFact.Kind.EXCLUSION, "snow")));

    private final QualityScene scene = new QualityScene();
    private final ObjectMapper json = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    @AfterEach
    void close() {
        scene.close();
    }

    private QualityJudge.Judged judge(String answer) {
        scene.judge.answers.add(answer);
        return judge();
    }

    private QualityJudge.Judged judge() {
        return scene.inRun(run -> new QualityJudge(scene.gateway(), scene.prompts).judge(run, ASKED, PICTURE));
    }

    private PictureJudgement judgement(String answer) {
        return Objects.requireNonNull(judge(answer).judgement(), "judgement");
    }

    @Nested
    class AJudgement {

        @Test
        void saysHowGoodThePictureIs() {
            QualityJudge.Judged judged = judge(QualityScene.GOOD);

            assertThat(judged.cost()).isEqualTo(Cost.of(Money.usd(10_000_000)));
            assertThat(judged.judgement())
                    .isEqualTo(new PictureJudgementBuilder()
                            .score(7.0 / 9)
                            .verdict(Verdict.PASS)
                            .reason("overall 8")
                            .judge("stub-judge-1")
                            .build());
            assertThat(scene.judge.requests).hasSize(1);
        }

        @Test
        void isInTheTraceWithItsScore() {
            QualityJudge.Judged unused = judge(QualityScene.GOOD);

            Evaluation noted = scene.record().evaluations().stream()
                    .map(made -> made.evaluation())
                    .filter(evaluation -> evaluation.name().equals("picture.content"))
                    .findFirst()
                    .orElseThrow();
            assertThat(noted.verdict()).isEqualTo(Verdict.PASS);
            assertThat(noted.score()).hasValue(7.0 / 9);
            assertThat(noted.evaluator().orElseThrow().kind()).isEqualTo(Evaluator.Kind.MODEL);
            assertThat(noted.evaluator().orElseThrow().version()).isPresent();
        }

        @Test
        void failsAPictureThatMissesAFactWhateverTheVerdict() {
            PictureJudgement judgement = judgement(QualityScene.answer(
                    9,
                    "ACCEPT",
                    "[{\"fact\": \"three foxes\", \"met\": false, \"found\": \"two\"}, {\"fact\": \"snow\", \"met\": null,"
                            + " \"found\": null}]",
                    "[]"));

            assertThat(judgement.verdict()).isEqualTo(Verdict.FAIL);
            assertThat(judgement.missingFacts()).containsExactly("three foxes");
            assertThat(judgement.canBeDrawnBetter()).isTrue();
        }

        @Test
        void failsAPictureWithACriticalDefectAndNamesTheWorstFirst() {
            PictureJudgement judgement = judgement(QualityScene.answer(
                    7,
                    "RETRY",
                    "[]",
                    "[{\"kind\": \"LIGHT\", \"where\": \"whole picture\", \"severity\": \"MINOR\", \"description\": \"flat\"},"
                            + " {\"kind\": \"ANATOMY\", \"where\": \"left fox\", \"severity\": \"CRITICAL\", \"description\":"
                            + " \"five legs\"}]"));

            assertThat(judgement.verdict()).isEqualTo(Verdict.FAIL);
            assertThat(judgement.problems()).containsExactly("left fox: five legs", "whole picture: flat");
        }

        @Test
        void saysWhenDrawingAgainIsOfNoUse() {
            PictureJudgement judgement = judgement(QualityScene.HOPELESS);

            assertThat(judgement.verdict()).isEqualTo(Verdict.FAIL);
            assertThat(judgement.canBeDrawnBetter()).isFalse();
        }

        @Test
        void isAskedForWithThePictureAndWhatItIsToShow() {
            QualityJudge.Judged unused = judge(QualityScene.GOOD);

            List<Message> messages = scene.judge.requests.get(0).messages();
            Message last = messages.get(messages.size() - 1);
            assertThat(last.parts()).contains(new MessagePart.Picture(PICTURE));
            assertThat(last.text())
                    .contains("wish: \"three foxes, no snow\"", "facts: [\"three foxes\"]", "excluded: [\"snow\"]");
        }
    }

    @Nested
    class WithoutAUsableJudge {

        private void isDegraded(String reason) {
            assertThat(scene.record().decisions())
                    .extracting(made -> made.decision().reason())
                    .anySatisfy(said -> assertThat(said)
                            .startsWith("nobody looked at what the picture shows: ")
                            .contains(reason));
        }

        @Test
        void thereIsNoJudgementWhereThereIsNoReasoningModel() {
            scene.withoutJudge();

            QualityJudge.Judged judged = judge();

            assertThat(judged.judgement()).isNull();
            assertThat(judged.cost()).isEqualTo(Cost.nothing());
            isDegraded("there is no reasoning model");
        }

        @Test
        void thereIsNoneWhereItReadsNoPictures() {
            scene.judge.readsPictures = false;
            scene.only(scene.plain);

            QualityJudge.Judged judged = judge(QualityScene.GOOD);

            assertThat(judged.judgement()).isNull();
            assertThat(judged.cost()).isEqualTo(Cost.nothing());
            assertThat(scene.judge.requests).isEmpty();
            isDegraded("pictures");
        }

        @Test
        void thereIsNoneWhereItTalksNonsenseTwiceAndBothArePaidFor() {
            QualityJudge.Judged judged = judge("nice picture!");

            assertThat(judged.judgement()).isNull();
            assertThat(judged.cost()).isEqualTo(Cost.of(Money.usd(20_000_000)));
            assertThat(scene.judge.requests).hasSize(2);
            isDegraded("did not answer by the schema");
        }
    }

    @Nested
    class AsJson {

        @Test
        void aJudgementIsReadAsItWasWritten() throws JsonProcessingException {
            PictureJudgement judgement = new PictureJudgementBuilder()
                    .score(0.5)
                    .verdict(Verdict.FAIL)
                    .addProblems("left fox: five legs")
                    .addMissingFacts("three foxes")
                    .reason("made up")
                    .canBeDrawnBetter(false)
                    .judge("stub")
                    .build();

            assertThat(json.readValue(json.writeValueAsString(judgement), PictureJudgement.class))
                    .isEqualTo(judgement);
        }

        @Test
        void aJudgementMayLackWhatIsNotWrong() throws JsonProcessingException {
            PictureJudgement read = json.readValue(
                    "{\"score\": 0.5, \"verdict\": \"PASS\", \"reason\": \"made up\", \"judge\": \"stub\", \"new\": 1}",
                    PictureJudgement.class);

            assertThat(read.problems()).isEmpty();
            assertThat(read.missingFacts()).isEmpty();
            assertThat(read.canBeDrawnBetter()).isTrue();
            assertThat(json.writeValueAsString(read)).doesNotContain("problems", "missingFacts");
        }

        @Test
        void anEstimateOfALaterBasisIsReadAsOther() throws JsonProcessingException {
            QualityEstimate read = json.readValue(
                    "{\"score\": 0.5, \"basis\": \"stars\", \"reason\": \"made up\", \"new\": 1}",
                    QualityEstimate.class);

            assertThat(read.basis()).isEqualTo(QualityEstimate.Basis.OTHER);
            assertThat(json.readValue(json.writeValueAsString(read), QualityEstimate.class))
                    .isEqualTo(read);
        }
    }

    @Nested
    class AnEstimate {

        private final ModelProfile profile = ModelProfile.builder("plain", "stub")
                .quality(0.4)
                .putStrengths("portrait", 0.8)
                .build();

        @Test
        void goesByWhatTheModelIsASpecialistFor() {
            QualityEstimate estimate = QualityEstimate.of(
                            profile, CallAttributes.none().with(CallAttributes.STYLE, "portrait"))
                    .orElseThrow();

            assertThat(estimate.score()).isEqualTo(0.8);
            assertThat(estimate.basis()).isEqualTo(QualityEstimate.Basis.STRENGTH);
            assertThat(estimate.reason()).isEqualTo("plain is that good at portrait, by its profile");
        }

        @Test
        void goesByTheModelInGeneralElse() {
            QualityEstimate estimate =
                    QualityEstimate.of(profile, CallAttributes.none()).orElseThrow();

            assertThat(estimate.score()).isEqualTo(0.4);
            assertThat(estimate.basis()).isEqualTo(QualityEstimate.Basis.PROFILE);
        }

        @Test
        void goesByHowEarlierRunsWereRated() {
            QualityPredictor predictor = QualityPredictor.train(IntStream.range(0, 400)
                    .mapToObj(i -> RatedRun.builder(RunId.create())
                            .model(i % 2 == 0 ? "fine" : "plain")
                            .rating(i % 2 == 0 ? Rating.up() : Rating.down())
                            .build())
                    .toList());

            QualityEstimate fine = QualityEstimate.of(
                            predictor, QualityQuestion.builder().model("fine").build())
                    .orElseThrow();

            assertThat(fine.score()).isGreaterThan(0.9);
            assertThat(fine.basis()).isEqualTo(QualityEstimate.Basis.HISTORY);
            assertThat(fine.reason()).isEqualTo("so likely it pleases, by 400 runs that were rated");
        }

        @Test
        void isEmptyWhereTooFewRunsWereRated() {
            assertThat(QualityEstimate.of(
                            QualityPredictor.train(List.of()),
                            QualityQuestion.builder().model("fine").build()))
                    .isEmpty();
        }

        @Test
        void isEmptyWhereNothingIsKnownOfTheModel() {
            assertThat(QualityEstimate.of(ModelProfile.builder("odd", "stub").build(), CallAttributes.none()))
                    .isEmpty();
        }

        @Test
        void isBetweenNothingAndAll() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new QualityEstimateBuilder()
                            .score(1.5)
                            .basis(QualityEstimate.Basis.OTHER)
                            .reason("made up")
                            .build())
                    .withMessage("score must be 0 to 1, was 1.5");
        }
    }
}
