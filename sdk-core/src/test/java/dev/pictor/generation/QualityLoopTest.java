package dev.pictor.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pictor.gateway.AnswerSource;
import dev.pictor.gateway.CallOptions;
import dev.pictor.gateway.cache.CacheKey;
import dev.pictor.gateway.cache.CacheSettings;
import dev.pictor.gateway.cache.CacheStore;
import dev.pictor.model.Cost;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ModelException;
import dev.pictor.model.Money;
import dev.pictor.trace.Decision;
import dev.pictor.trace.Evaluation.Verdict;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class QualityLoopTest {

    private static final ImageRequest FOXES =
            ImageRequest.builder("three foxes, in washes").build();
    private static final CallOptions DEFAULTS = CallOptions.ofDefaults();

    private final QualityScene scene = new QualityScene();

    @AfterEach
    void close() {
        scene.close();
    }

    private void judges(String... answers) {
        scene.judge.answers.addAll(List.of(answers));
    }

    private void requests(int plain, int better, int best, int judge) {
        assertThat(List.of(
                        scene.plain.requests.size(),
                        scene.better.requests.size(),
                        scene.best.requests.size(),
                        scene.judge.requests.size()))
                .as("requests to plain, better, best, judge")
                .containsExactly(plain, better, best, judge);
    }

    private static Cost cents(long cents) {
        return Cost.of(Money.usd(cents * 10_000_000));
    }

    @Nested
    class APicture {

        @Test
        void isDrawnOnceWhereItIsGood() {
            judges(QualityScene.GOOD);

            QualityLoop.Drawn drawn = scene.draw(FOXES, DEFAULTS);

            requests(1, 0, 0, 1);
            assertThat(drawn.answer().result().servedBy()).isEqualTo("plain-2026");
            assertThat(drawn.judgements()).extracting(PictureJudgement::verdict).containsExactly(Verdict.PASS);
            assertThat(drawn.attempts()).hasSize(1);
            assertThat(drawn.cost()).isEqualTo(cents(11));
            assertThat(scene.decisions()).extracting(Decision::chosen).containsExactly("serve");
        }

        @Test
        void isServedWhereItIsUsable() {
            judges(QualityScene.USABLE);

            QualityLoop.Drawn drawn = scene.draw(FOXES, DEFAULTS);

            requests(1, 0, 0, 1);
            assertThat(drawn.judgements()).extracting(PictureJudgement::verdict).containsExactly(Verdict.WARN);
        }

        @Test
        void isDrawnOnceMoreBySameModelWhereItIsOfNoUse() {
            judges(QualityScene.BAD, QualityScene.GOOD);

            QualityLoop.Drawn drawn = scene.draw(FOXES, DEFAULTS);

            requests(2, 0, 0, 2);
            assertThat(drawn.attempts()).hasSize(2);
            assertThat(drawn.attempts().get(0).problem()).contains("overall 2");
            assertThat(drawn.attempts().get(1).problem()).isEmpty();
            assertThat(drawn.cost()).isEqualTo(cents(22));
            assertThat(scene.decisions())
                    .extracting(Decision::chosen)
                    .containsExactly("draw again with stub/plain", "serve");
        }

        @Test
        void isDrawnByTheNextBetterModelThenNotByTheBest() {
            judges(QualityScene.BAD, QualityScene.BAD, QualityScene.GOOD);

            QualityLoop.Drawn drawn = scene.draw(FOXES, DEFAULTS);

            requests(2, 1, 0, 3);
            assertThat(drawn.answer().result().servedBy()).isEqualTo("better-2026");
            assertThat(drawn.cost()).isEqualTo(cents(33));
            assertThat(scene.decisions())
                    .extracting(Decision::chosen)
                    .containsExactly("draw again with stub/plain", "ask stub/better", "serve");
            assertThat(scene.decisions().get(1).facts())
                    .containsEntry("attempt", "2")
                    .containsEntry("model", "plain-2026")
                    .containsKey("score");
        }

        @Test
        void isGivenUpAfterThat() {
            judges(QualityScene.BAD);

            QualityException failure = catchThrowableOfType(QualityException.class, () -> scene.draw(FOXES, DEFAULTS));

            requests(2, 1, 0, 3);
            assertThat(failure.attempts())
                    .extracting(QualityAttempt::model)
                    .containsExactly("plain-2026", "plain-2026", "better-2026");
            assertThat(failure.attempts()).allSatisfy(attempt -> {
                assertThat(attempt.problem()).contains("overall 2");
                assertThat(attempt.judgements()).hasSize(1);
                assertThat(attempt.images()).hasSize(1);
                assertThat(attempt.cost()).isEqualTo(cents(11));
            });
            assertThat(failure.attempts())
                    .extracting(attempt -> attempt.images().get(0).size().width())
                    .as("each is another picture")
                    .containsExactly(9, 10, 9);
            assertThat(failure.cost()).isEqualTo(cents(33));
            assertThat(failure.isRetryable()).isFalse();
            assertThat(failure.stage()).contains("generate");
            assertThat(failure)
                    .hasMessageStartingWith(
                            "no picture was good enough in 3 attempts with plain-2026, better-2026, which cost $0.33; ask for less"
                                    + " in one picture, or say more precisely what is to be seen");
            assertThat(scene.decisions())
                    .extracting(Decision::chosen)
                    .containsExactly("draw again with stub/plain", "ask stub/better", "no picture");
            assertThat(scene.record().cost()).isEqualTo(cents(33));
        }

        @Test
        void isNotDrawnAgainWhereThePromptItselfIsAtFault() {
            judges(QualityScene.HOPELESS);

            QualityException failure = catchThrowableOfType(QualityException.class, () -> scene.draw(FOXES, DEFAULTS));

            requests(1, 0, 0, 1);
            assertThat(failure.advice()).startsWith("change the wish");
        }

        @Test
        void isNotDrawnAgainByTheSameSeed() {
            QualityScene.Painter repeatable = new QualityScene.Painter(
                    scene.plain.profile().toBuilder().supportsSeed(true).build());
            scene.only(repeatable);
            judges(QualityScene.BAD);

            QualityException failure = catchThrowableOfType(
                    QualityException.class,
                    () -> scene.draw(ImageRequest.builder("three foxes").seed(7).build(), DEFAULTS));

            assertThat(repeatable.requests).hasSize(1);
            assertThat(failure.advice()).startsWith("add a better model");
        }
    }

    @Nested
    class AModelThatWasAskedFor {

        @Test
        void drawsTwiceAndNoOtherTakesOver() {
            judges(QualityScene.BAD);

            QualityException failure = catchThrowableOfType(
                    QualityException.class,
                    () -> scene.draw(
                            FOXES, CallOptions.builder().forceModel("better").build()));

            requests(0, 2, 0, 2);
            assertThat(failure.advice()).startsWith("allow other models");
        }
    }

    @Nested
    class ACachedPicture {

        @Test
        void isDrawnAnewWhereItIsOfNoUse() {
            scene.cached();
            judges(QualityScene.GOOD, QualityScene.BAD, QualityScene.GOOD);
            QualityLoop.Drawn before = scene.draw(FOXES, DEFAULTS);

            // the judge's answer is cached as well, as long as it is asked the same; another wish asks it anew
            QualityLoop.Drawn after = scene.inRun(run -> {
                QualityJudge judging = new QualityJudge(scene.gateway(), scene.prompts);
                QualityJudge.Asked other = new QualityJudge.Asked("four foxes", FOXES.prompt(), List.of(), List.of());
                return new QualityLoop(
                                run,
                                new GatewayModels(scene.gateway(), run, FOXES),
                                picture -> judging.judge(run, other, picture))
                        .draw(DEFAULTS);
            });

            assertThat(before.answer().source()).isEqualTo(AnswerSource.MODEL);
            assertThat(after.attempts().get(0).cost()).isEqualTo(cents(1));
            assertThat(scene.plain.requests).hasSize(2);
            assertThat(after.answer().source()).isEqualTo(AnswerSource.MODEL);
        }
    }

    @Nested
    class APictureOfNoUse {

        @Test
        void isLeftInNoCacheForTheNextWhoAsks() {
            scene.cached();
            judges(QualityScene.BAD);
            assertThatExceptionOfType(QualityException.class).isThrownBy(() -> scene.draw(FOXES, DEFAULTS));
            requests(2, 1, 0, 2); // the third picture looks like the first: that judgement is kept

            assertThat(scene.unjudged(FOXES).source()).isEqualTo(AnswerSource.MODEL);
            assertThat(scene.unjudged(FOXES).source()).isEqualTo(AnswerSource.MEMORY_CACHE);
            requests(3, 1, 0, 2);
        }

        @Test
        void isTakenOutOfTheCacheThatItCameFrom() {
            scene.cached();
            judges(QualityScene.HOPELESS);
            assertThat(scene.unjudged(FOXES).source()).isEqualTo(AnswerSource.MODEL);
            assertThatExceptionOfType(QualityException.class).isThrownBy(() -> scene.draw(FOXES, DEFAULTS));
            requests(1, 0, 0, 1);

            assertThat(scene.unjudged(FOXES).source()).isEqualTo(AnswerSource.MODEL);
            requests(2, 0, 0, 1);
        }

        @Test
        void makesRoomForTheOneThatIsOfUse() {
            scene.cached();
            judges(QualityScene.BAD, QualityScene.GOOD);
            QualityLoop.Drawn drawn = scene.draw(FOXES, DEFAULTS);

            assertThat(scene.unjudged(FOXES).result()).isEqualTo(drawn.answer().result());
            requests(2, 0, 0, 2);
        }

        @Test
        void isADegradationWhereTheSharedCacheKeepsIt() {
            scene.cached(CacheSettings.builder().store(new StubbornStore()).build());
            judges(QualityScene.BAD, QualityScene.GOOD);

            QualityLoop.Drawn drawn = scene.draw(FOXES, DEFAULTS);

            assertThat(drawn.attempts()).hasSize(2);
            assertThat(scene.record().decisions())
                    .extracting(made -> made.decision().reason())
                    .contains(
                            "a picture that is of no use cannot be taken out of the cache (IllegalStateException), so it"
                                    + " may be given out");
        }

        /** Gives nothing and lets nothing go. */
        private static final class StubbornStore implements CacheStore {

            @Override
            public Optional<ByteBuffer> get(String namespace, CacheKey key) {
                return Optional.empty();
            }

            @Override
            public void put(String namespace, CacheKey key, ByteBuffer bytes, Duration timeToLive) {
                // as if it were kept
            }

            @Override
            public void invalidate(String namespace, CacheKey key) {
                throw new IllegalStateException("not today");
            }

            @Override
            public void invalidateAll(String namespace) {
                throw new IllegalStateException("not today");
            }
        }
    }

    @Nested
    class SeveralPictures {

        @Test
        void areServedWhereOneIsOfUse() {
            judges(QualityScene.BAD, QualityScene.GOOD);

            QualityLoop.Drawn drawn =
                    scene.draw(ImageRequest.builder("three foxes").count(2).build(), DEFAULTS);

            requests(1, 0, 0, 2);
            assertThat(drawn.judgements())
                    .extracting(PictureJudgement::verdict)
                    .containsExactly(Verdict.FAIL, Verdict.PASS);
        }

        @Test
        void areDrawnAgainWhereNoneIs() {
            judges(QualityScene.BAD, QualityScene.BAD, QualityScene.GOOD);

            QualityLoop.Drawn drawn =
                    scene.draw(ImageRequest.builder("three foxes").count(2).build(), DEFAULTS);

            requests(2, 0, 0, 4);
            assertThat(drawn.cost()).isEqualTo(cents(44));
        }
    }

    @Nested
    class AJudgeThatIsNotThere {

        @Test
        void isSaidAndThePictureIsServed() {
            judges("down");

            QualityLoop.Drawn drawn =
                    scene.draw(ImageRequest.builder("three foxes").count(2).build(), DEFAULTS);

            requests(1, 0, 0, 1);
            assertThat(drawn.judgements()).isEmpty();
            assertThat(drawn.cost()).isEqualTo(cents(20));
            assertThat(scene.record().decisions())
                    .extracting(made -> made.decision().kind())
                    .contains("fallback");
        }
    }

    @Nested
    class AModelThatFails {

        @Test
        void atFirstFailsTheCall() {
            scene.plain.isDown = true;
            scene.better.isDown = true;
            scene.best.isDown = true;

            assertThatExceptionOfType(ModelException.class).isThrownBy(() -> scene.draw(FOXES, DEFAULTS));
        }

        @Test
        void whenItIsTheBetterOneIsInTheDiagnosis() {
            scene.better.isDown = true;
            judges(QualityScene.BAD);

            QualityException failure = catchThrowableOfType(QualityException.class, () -> scene.draw(FOXES, DEFAULTS));

            requests(2, 1, 0, 2);
            assertThat(failure.attempts()).hasSize(3);
            assertThat(failure.attempts().get(2).model()).isEqualTo("stub/better");
            assertThat(failure.attempts().get(2).images()).isEmpty();
            assertThat(failure.attempts().get(2).problem()).contains("nothing was drawn: BLOCKED_BY_POLICY");
            assertThat(failure.cost()).isEqualTo(cents(22));
            assertThat(failure).hasCauseInstanceOf(ModelException.class);
        }
    }
}
