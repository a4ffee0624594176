package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pictor.Pictor;
import dev.pictor.feedback.PreferenceStore;
import dev.pictor.feedback.UserKey;
import dev.pictor.feedback.UserPreferences;
import dev.pictor.feedback.UserPreferences.Preference;
import dev.pictor.generation.GeneratedImages;
import dev.pictor.generation.GenerationOutcome;
import dev.pictor.generation.GenerationRequest;
import dev.pictor.generation.PendingSuggestion;
import dev.pictor.intent.Domain;
import dev.pictor.intent.IntentTier;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.pipeline.RunHandle;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.trace.DecisionRecord;
import dev.pictor.trace.DirectoryRunStore;
import dev.pictor.trace.MemoryRunStore;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunQuery;
import dev.pictor.trace.RunRecord;
import dev.pictor.trace.RunStatus;
import dev.pictor.trace.StageOutcome;
import dev.pictor.trace.StageRecord;
import dev.pictor.trace.StoredRunException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How much of a wish is understood, by whom, and what is asked back. */
@Timeout(60)
class ConversationTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final RunOptions OPTIONS = RunOptions.ofDefaults();

    private final FakeImageModel painter = FakeImageModel.create();
    private final FakeReasoningModel reader = FakeReasoningModel.create();
    private final VirtualTime time = VirtualTime.create();
    private final MemoryRunStore store = new MemoryRunStore();
    private final Pictor pictor = Pictor.builder(painter)
            .reasoningModel(reader)
            .time(time)
            .store(store)
            .build();

    @AfterEach
    void close() {
        pictor.close();
    }

    private static String says(String domain, String style, double confidence, String questions, String suggestion) {
        return """
                {"subject": "it", "facts": [], "colours": [], "mood": null, "purpose": null, "reasoning": "made up",
                 "domain": "%s", "style": "%s", "questions": %s, "suggestion": %s, "confidence": %s}""".formatted(domain, style, questions, suggestion, confidence);
    }

    private static GenerationRequest wish(String words) {
        return GenerationRequest.builder(words).build();
    }

    private RunRecord record(RunId runId) {
        return store.find(runId).orElseThrow();
    }

    private GenerationOutcome start(String words) {
        return pictor.images().start(wish(words), OPTIONS);
    }

    @Nested
    class AClearWish {

        @Test
        void isDrawnAtOnceAndNobodyIsAsked() {
            GenerationOutcome outcome = start("Professional headshot of a CEO");

            GeneratedImages images = ((GenerationOutcome.Generated) outcome).images();
            assertThat(images.intent().tier()).isEqualTo(IntentTier.KEYWORDS);
            assertThat(images.understanding().domain()).contains(Domain.PHOTOGRAPHY);
            assertThat(images.understanding().style()).isEqualTo("portrait");
            assertThat(reader.requests()).isEmpty();
            assertThat(record(images.runId()).decisions())
                    .extracting(DecisionRecord::decision)
                    .filteredOn(decision -> decision.kind().equals("clarify"))
                    .singleElement()
                    .satisfies(decision -> assertThat(decision.policy()).contains("proceed"));
        }
    }

    @Nested
    class AnAmbiguousWish {

        private GenerationOutcome.Suggested suggested() {
            reader.thenReturn(says("art", "watercolour", 0.7, "[]", "\"A watercolour of a dreamy place. Good?\""));
            return (GenerationOutcome.Suggested) start("somewhere dreamy");
        }

        @Test
        void isSuggestedWithWhatWasUnderstoodAndTheRunWaits() {
            GenerationOutcome.Suggested suggested = suggested();

            assertThat(suggested.message()).isEqualTo("A watercolour of a dreamy place. Good?");
            assertThat(suggested.intent().tier()).isEqualTo(IntentTier.MODEL);
            assertThat(suggested.intent().confidence()).isEqualTo(0.7);
            assertThat(suggested.toString()).doesNotContain("dreamy");
            RunRecord waiting = record(suggested.runId());
            assertThat(waiting.status()).isEqualTo(RunStatus.WAITING);
            assertThat(waiting.failedStage()).isEmpty();
            assertThat(waiting.stages())
                    .filteredOn(stage -> stage.path().equals("clarify"))
                    .extracting(StageRecord::outcome)
                    .containsExactly(Optional.of(StageOutcome.WAITING));
            assertThat(painter.requests()).isEmpty();
            assertThat(store.list(RunQuery.builder()
                                    .addStatuses(RunStatus.WAITING)
                                    .build())
                            .runs())
                    .hasSize(1);
        }

        @Test
        void goesOnInTheSameRunWhenItsUserAgrees() {
            GenerationOutcome.Suggested suggested = suggested();

            GeneratedImages images = pictor.images().proceed(suggested.runId(), OPTIONS);

            assertThat(images.runId()).isEqualTo(suggested.runId());
            assertThat(images.understanding().style()).isEqualTo("watercolour");
            assertThat(record(images.runId()).status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(reader.requests()).hasSize(1); // what was understood is not asked again
            assertThat(painter.requests()).hasSize(1);
        }

        @Test
        void goesOnByItselfAfterATime() throws Exception {
            PendingSuggestion pending = pictor.images().proceedAfter(suggested(), Duration.ofSeconds(5), OPTIONS);

            time.advance(Duration.ofMillis(4_999));
            assertThat(pending.result()).isNotDone();
            time.advance(Duration.ofMillis(1));

            assertThat(pending.result().get(30, TimeUnit.SECONDS).images()).hasSize(1);
            assertThat(pending.agree()).isFalse();
            assertThat(painter.requests()).hasSize(1);
        }

        @Test
        void goesOnOnceWhenItsUserIsFaster() throws Exception {
            PendingSuggestion pending = pictor.images().proceedAfter(suggested(), Duration.ofSeconds(5), OPTIONS);

            assertThat(pending.agree()).isTrue();
            GeneratedImages images = pending.result().get(30, TimeUnit.SECONDS);
            time.advance(Duration.ofSeconds(10));

            assertThat(images.images()).hasSize(1);
            assertThat(pending.callOff()).isFalse();
            assertThat(painter.requests()).hasSize(1);
        }

        @Test
        void tellsWhoWaitsThatPictorWasClosedMeanwhile() {
            GenerationOutcome.Suggested suggested = suggested();
            PendingSuggestion pending = pictor.images().proceedAfter(suggested, Duration.ofSeconds(5), OPTIONS);
            pictor.close();

            assertThat(pending.agree()).isTrue();

            assertThat(pending.result()).isCompletedExceptionally();
            assertThat(record(suggested.runId()).status()).isEqualTo(RunStatus.WAITING);
        }

        @Test
        void staysWaitingWhenPictorIsClosedThoughItsExecutorStaysOpen() {
            GenerationOutcome.Suggested suggested = suggested();
            PendingSuggestion pending;
            try (Pictor own =
                    Pictor.builder(painter).store(store).executor(Runnable::run).build()) {
                pending = own.images().proceedAfter(suggested, Duration.ofHours(1), OPTIONS);
            } // closing lets all that is pending happen at once

            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(() -> pending.result().join())
                    .withCauseInstanceOf(RejectedExecutionException.class);
            assertThat(record(suggested.runId()).status()).isEqualTo(RunStatus.WAITING);
            assertThat(pictor.images().proceed(suggested.runId(), OPTIONS).images())
                    .hasSize(1);
        }

        @Test
        void staysWaitingWhenItsResultIsCancelled() {
            GenerationOutcome.Suggested suggested = suggested();
            PendingSuggestion pending = pictor.images().proceedAfter(suggested, Duration.ofSeconds(5), OPTIONS);

            assertThat(pending.result().cancel(true)).isTrue();
            assertThat(pending.agree()).isFalse();
            time.advance(Duration.ofSeconds(10));

            assertThat(record(suggested.runId()).status()).isEqualTo(RunStatus.WAITING);
            assertThat(painter.requests()).isEmpty();
        }

        @Test
        void staysWaitingWhenItsResultTimesOut() {
            GenerationOutcome.Suggested suggested = suggested();
            PendingSuggestion pending = pictor.images().proceedAfter(suggested, Duration.ofSeconds(5), OPTIONS);

            // as CompletableFuture.orTimeout does, on a thread of its own
            assertThat(pending.result().completeExceptionally(new TimeoutException()))
                    .isTrue();
            time.advance(Duration.ofSeconds(10));

            assertThat(pending.agree()).isFalse();
            assertThat(record(suggested.runId()).status()).isEqualTo(RunStatus.WAITING);
            assertThat(painter.requests()).isEmpty();
        }

        @Test
        void staysWaitingWhenItIsCalledOff() {
            GenerationOutcome.Suggested suggested = suggested();
            PendingSuggestion pending = pictor.images().proceedAfter(suggested, Duration.ofSeconds(5), OPTIONS);

            assertThat(pending.callOff()).isTrue();
            time.advance(Duration.ofSeconds(10));

            assertThatExceptionOfType(CancellationException.class)
                    .isThrownBy(() -> pending.result().join());
            assertThat(record(suggested.runId()).status()).isEqualTo(RunStatus.WAITING);
            assertThat(painter.requests()).isEmpty();
        }

        @Test
        void isDrawnAsUnderstoodWhereNobodyIsThereToAsk() {
            reader.thenReturn(says("art", "watercolour", 0.7, "[]", "null"));

            GeneratedImages images = pictor.images().generate(wish("somewhere dreamy"), OPTIONS);

            assertThat(images.intent().confidence()).isEqualTo(0.7);
            assertThat(record(images.runId()).decisions())
                    .extracting(DecisionRecord::decision)
                    .filteredOn(decision -> decision.kind().equals("clarify"))
                    .singleElement()
                    .satisfies(decision -> {
                        assertThat(decision.policy()).contains("suggest");
                        assertThat(decision.reason()).contains("nobody is there to ask");
                    });
        }
    }

    @Nested
    class AnUnclearWish {

        private static final String QUESTIONS = """
                [{"about": "subject", "text": "What is to be seen?", "choices": ["a landscape", "a person"]},
                 {"about": "medium", "text": "What kind of picture?", "choices": ["an oil painting", "a photograph"]}]""";

        private GenerationOutcome.Unclear unclear() {
            reader.thenReturn(says("photography", "other", 0.3, QUESTIONS, "null"));
            return (GenerationOutcome.Unclear) start("Make me something cool");
        }

        @Test
        void isAskedAbout() {
            GenerationOutcome.Unclear unclear = unclear();

            assertThat(unclear.questions())
                    .extracting(question -> question.about())
                    .containsExactly("subject", "medium");
            assertThat(unclear.questions().get(1).choices()).containsExactly("an oil painting", "a photograph");
            assertThat(record(unclear.runId()).status()).isEqualTo(RunStatus.WAITING);
            assertThat(painter.requests()).isEmpty();
        }

        @Test
        void goesOnInTheSameRunWithTheAnswers() {
            GenerationOutcome.Unclear unclear = unclear();

            GeneratedImages images =
                    pictor.images().answer(unclear.runId(), List.of("a landscape", "an oil painting"), OPTIONS);

            assertThat(images.runId()).isEqualTo(unclear.runId());
            assertThat(images.wish()).isEqualTo("Make me something cool, a landscape, an oil painting");
            assertThat(images.understanding().domain()).contains(Domain.ART);
            assertThat(images.intent().tier()).isEqualTo(IntentTier.KEYWORDS);
            assertThat(images.enhancedPrompt()).startsWith(images.wish());
            assertThat(record(images.runId()).status()).isEqualTo(RunStatus.SUCCEEDED);
        }

        @Test
        void isReplayedWithTheAnswersOfThen() {
            GeneratedImages then = pictor.images().answer(unclear().runId(), List.of("an oil painting"), OPTIONS);

            GeneratedImages now = pictor.images().replay(then.runId());

            assertThat(now.wish()).isEqualTo(then.wish());
            assertThat(now.enhancedPrompt()).isEqualTo(then.enhancedPrompt());
            assertThat(now.images()).isEqualTo(then.images());
            assertThat(painter.requests()).hasSize(1);
        }

        @Test
        void isAskedAboutWithQuestionsFromTheFileWhereNoModelHelps() {
            reader.thenFail(Reason.UNAUTHORIZED, Billed.REJECTED);

            GenerationOutcome.Unclear unclear = (GenerationOutcome.Unclear) start("Make me something cool");

            assertThat(unclear.questions())
                    .extracting(question -> question.about())
                    .containsExactly("subject", "medium");
            assertThat(unclear.intent().problems()).singleElement().asString().contains("reasoning model");
        }

        @Test
        void isUnderstoodByWhatItsUserMostlyWishesFor() {
            PreferenceStore preferences = PreferenceStore.inMemory();
            UserPreferences known = preferences.update(
                    UserKey.of("ana"),
                    before -> before.toBuilder()
                            .favouriteDomain(Preference.set(Domain.ART))
                            .favouriteStyle(Preference.set("watercolor"))
                            .build());
            try (Pictor words = Pictor.builder(painter)
                    .preferences(preferences)
                    .store(store)
                    .build()) {
                GenerationRequest wish = wish("Make me something cool");
                GenerationOutcome ofAna = words.images()
                        .start(wish, RunOptions.builder().user("ana").build());
                GenerationOutcome ofBen = words.images()
                        .start(wish, RunOptions.builder().user("ben").build());

                assertThat(known.favouriteStyle()).isPresent();
                assertThat(ofBen).isInstanceOf(GenerationOutcome.Unclear.class);
                assertThat(ofAna).isInstanceOfSatisfying(GenerationOutcome.Suggested.class, suggested -> {
                    assertThat(suggested.message()).contains("art, watercolor");
                    assertThat(suggested.intent().tier()).isEqualTo(IntentTier.DEFAULT);
                    assertThat(suggested.intent().understanding().reasoning()).contains("most of the user's wishes");
                });
                RunId runId = ((GenerationOutcome.Suggested) ofAna).runId();
                GeneratedImages then = words.images().proceed(runId, OPTIONS);
                boolean isGone = preferences.remove(UserKey.of("ana"));
                assertThat(isGone).isTrue();
                assertThat(then.understanding().style()).isEqualTo("watercolor");
                assertThat(words.images().replay(runId).enhancedPrompt()).isEqualTo(then.enhancedPrompt());
            }
        }

        @Test
        void isNoMatterOfHabitWhereItNamesAMedium() {
            PreferenceStore preferences = PreferenceStore.inMemory();
            UserPreferences known = preferences.update(
                    UserKey.of("ana"),
                    before -> before.toBuilder()
                            .favouriteDomain(Preference.set(Domain.ART))
                            .build());
            try (Pictor words = Pictor.builder(painter).preferences(preferences).build()) {
                assertThat(known.favouriteDomain()).isPresent();
                assertThat(words.images()
                                .generate(
                                        wish("a flowchart of the login process"),
                                        RunOptions.builder().user("ana").build())
                                .understanding()
                                .domain())
                        .contains(Domain.DIAGRAMS);
            }
        }

        @Test
        void isDrawnByTheBestGuessWhenItsUserDoesNotCare() {
            assertThat(pictor.images().proceed(unclear().runId(), OPTIONS).images())
                    .hasSize(1);
        }

        @Test
        void takesNoEmptyAnswers() {
            RunId runId = unclear().runId();

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> pictor.images().answer(runId, List.of(), OPTIONS))
                    .withMessage("answers must be 1 to 10, were 0");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> pictor.images().answer(runId, List.of(" "), OPTIONS))
                    .withMessage("an answer must have 1 to 500 characters and not be blank, had 1");
        }

        @Test
        void isAnsweredInAnotherProcess(@TempDir Path folder) {
            RunId runId;
            reader.thenReturn(says("photography", "other", 0.3, QUESTIONS, "null"));
            try (DirectoryRunStore before = DirectoryRunStore.open(folder);
                    Pictor first = Pictor.builder(painter)
                            .reasoningModel(reader)
                            .store(before)
                            .build()) {
                runId = ((GenerationOutcome.Unclear) first.images().start(wish("Make me something cool"), OPTIONS))
                        .runId();
            }
            try (DirectoryRunStore after = DirectoryRunStore.open(folder);
                    Pictor second = Pictor.builder(painter)
                            .reasoningModel(reader)
                            .store(after)
                            .build()) {
                assertThat(after.list(RunQuery.builder()
                                        .addStatuses(RunStatus.WAITING)
                                        .build())
                                .runs())
                        .hasSize(1);
                GeneratedImages images = second.images().answer(runId, List.of("an oil painting"), OPTIONS);

                assertThat(images.runId()).isEqualTo(runId);
                assertThat(after.find(runId)).map(RunRecord::status).contains(RunStatus.SUCCEEDED);
                assertThat(after.list(RunQuery.builder()
                                        .addStatuses(RunStatus.SUCCEEDED)
                                        .build())
                                .runs())
                        .hasSize(1);
            }
        }

        @Test
        void isNotAnsweredTwice() {
            RunId runId = unclear().runId();
            assertThat(pictor.images()
                            .answer(runId, List.of("a photograph"), OPTIONS)
                            .images())
                    .hasSize(1);

            assertThatExceptionOfType(StoredRunException.class)
                    .isThrownBy(() -> pictor.images().answer(runId, List.of("a painting"), OPTIONS));
        }
    }

    @Nested
    class Tiers {

        @Test
        void remembersWhatAModelMadeOfTheSameWords() {
            reader.thenReturn(says("art", "comic", 0.9, "[]", "null"));
            assertThat(pictor.images()
                            .generate(wish("somewhere dreamy"))
                            .intent()
                            .tier())
                    .isEqualTo(IntentTier.MODEL);

            GeneratedImages again = pictor.images().generate(wish("Somewhere DREAMY!"));

            assertThat(again.intent().tier()).isEqualTo(IntentTier.CACHED_ANALYSIS);
            assertThat(again.understanding().style()).isEqualTo("comic");
            assertThat(again.degradations()).isEmpty();
            assertThat(reader.requests()).hasSize(1);
        }

        @Test
        void remembersNothingOnceItWasForgotten() {
            reader.thenReturn(says("art", "comic", 0.9, "[]", "null"))
                    .thenReturn(says("art", "watercolour", 0.9, "[]", "null"))
                    .thenFail(Reason.UNAUTHORIZED, Billed.REJECTED);
            assertThat(pictor.images()
                            .generate(wish("somewhere dreamy and quiet"))
                            .intent()
                            .tier())
                    .isEqualTo(IntentTier.MODEL);
            pictor.forgetAnalyses();

            GeneratedImages again = pictor.images().generate(wish("somewhere dreamy and quiet"));
            pictor.forgetAnalyses();
            GeneratedImages near = pictor.images().generate(wish("please make an image of somewhere dreamy and quiet"));

            assertThat(again.intent().tier()).isEqualTo(IntentTier.MODEL);
            assertThat(again.understanding().style()).isEqualTo("watercolour");
            assertThat(near.intent().tier()).isNotEqualTo(IntentTier.CACHED_ANALYSIS);
        }

        @Test
        void remembersNothingOfAnotherTenant() {
            reader.thenReturn(says("art", "comic", 0.9, "[]", "null"))
                    .thenReturn(says("art", "watercolour", 0.9, "[]", "null"));
            GeneratedImages first = pictor.images()
                    .generate(
                            wish("somewhere dreamy"),
                            RunOptions.builder().tenant("a").build());
            GeneratedImages other = pictor.images()
                    .generate(
                            wish("somewhere dreamy"),
                            RunOptions.builder().tenant("b").build());

            assertThat(first.understanding().style()).isEqualTo("comic");
            assertThat(other.understanding().style()).isEqualTo("watercolour");
        }

        @Test
        void goesByNearlyTheSameWishWhenTheModelIsDown() {
            reader.thenReturn(says("art", "comic", 0.9, "[]", "null")).thenFail(Reason.UNAUTHORIZED, Billed.REJECTED);
            assertThat(pictor.images()
                            .generate(wish("somewhere dreamy and quiet"))
                            .degradations())
                    .isEmpty();

            GeneratedImages near = pictor.images().generate(wish("please make an image of somewhere dreamy and quiet"));

            assertThat(near.intent().tier()).isEqualTo(IntentTier.CACHED_ANALYSIS);
            assertThat(near.understanding().style()).isEqualTo("comic");
            assertThat(near.degradations())
                    .singleElement()
                    .satisfies(less -> assertThat(less.reason()).contains("it goes by cached-analysis"));
        }

        @Test
        void aModelThatBreaksIsNoFailureAndNothingOfItsWordsIsTold() {
            reader.thenThrow(new IllegalStateException("a secret of the adapter"));

            GeneratedImages images = pictor.images().generate(wish("somewhere dreamy"));

            assertThat(images.intent().tier()).isIn(IntentTier.UNSURE_KEYWORDS, IntentTier.DEFAULT);
            assertThat(images.degradations())
                    .singleElement()
                    .satisfies(less -> assertThat(less.reason())
                            .contains("no answer of use")
                            .doesNotContain("secret"));
        }

        @Test
        void aCachedAnalysisIsReplayedFromTheJournal() {
            reader.thenReturn(says("art", "comic", 0.9, "[]", "null"));
            assertThat(pictor.images().generate(wish("somewhere dreamy")).images())
                    .hasSize(1);
            GeneratedImages cached = pictor.images().generate(wish("somewhere dreamy"));

            GeneratedImages replayed = pictor.images().replay(cached.runId());

            assertThat(replayed.intent()).isEqualTo(cached.intent());
            assertThat(replayed.images()).isEqualTo(cached.images());
            assertThat(reader.requests()).hasSize(1);
        }

        @Test
        void aModelIsGivenLittleTimeAndTheWordsTakeOver() throws Exception {
            reader.thenStall();

            RunHandle<GeneratedImages> run = pictor.images().generateAsync(wish("somewhere dreamy"), OPTIONS);
            reader.awaitRequests(1, LONG);
            time.advance(Duration.ofSeconds(2));
            GeneratedImages images = run.await(LONG).value();

            assertThat(images.intent().tier()).isIn(IntentTier.UNSURE_KEYWORDS, IntentTier.DEFAULT);
            assertThat(images.degradations())
                    .singleElement()
                    .satisfies(less -> assertThat(less.reason()).contains("2000 ms"));
            assertThat(reader.requests()).hasSize(1); // no second try
        }
    }
}
