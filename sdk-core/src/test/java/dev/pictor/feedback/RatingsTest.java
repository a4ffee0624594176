package dev.pictor.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.pictor.intent.Domain;
import dev.pictor.pipeline.Pipeline;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.pipeline.StageKey;
import dev.pictor.trace.ContentLevel;
import dev.pictor.trace.MemoryRunStore;
import dev.pictor.trace.RunFeedback;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunQuery;
import dev.pictor.trace.RunStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RatingsTest {

    private static final StageKey<String> DRAW = StageKey.of("draw", String.class);

    /** What a run of Generation is started with, as far as learning reads it. */
    record Wish(String prompt, String detail) {}

    private final MemoryRunStore store = new MemoryRunStore();
    private final PipelineRunner runner = PipelineRunner.builder()
            .traceSink(store)
            .journal(store)
            .artifacts(store)
            .build();
    private final Pipeline<Wish, String> drawing = Pipeline.named("drawing", Wish.class)
            .stage(DRAW, (run, wish) -> {
                run.decide(
                        RunFacts.intent("art", 0.55, "keyword", "painted words").build());
                run.decide(RunFacts.style("impressionist", "a word").build());
                run.decide(RunFacts.complexity(0.4249, "short").build());
                return wish.prompt();
            })
            .returning(DRAW);

    private RunId draw(RunOptions options) {
        return runner.run(drawing, new Wish("a garden", "BASIC"), options).runId();
    }

    private static RunOptions user(String tenant, String user) {
        return RunOptions.builder().tenant(tenant).user(user).build();
    }

    private static RatedRun read(RunStore store, RunId runId) {
        return RatedRuns.read(store, RunQuery.all()).stream()
                .filter(run -> run.runId().equals(runId))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void joinsTheFactsOfARunToItsRating() {
        RunId runId = draw(user("acme", "ana"));
        Rating rating = Rating.builder(0.25)
                .addReasons("colours", "wrong-style")
                .comment("too green")
                .time(Instant.parse("2026-11-20T10:00:00.123Z"))
                .build();
        Ratings.rate(store, runId, rating);

        RatedRun run = read(store, runId);
        assertThat(run.rating()).contains(rating);
        assertThat(run.tenant()).contains("acme");
        assertThat(run.user()).contains("ana");
        assertThat(run.wish()).contains("a garden");
        assertThat(run.domain()).contains(Domain.ART);
        assertThat(run.style()).contains("impressionist");
        assertThat(run.tier()).contains("keyword");
        assertThat(run.confidence().orElseThrow()).isCloseTo(0.55, within(1e-12));
        assertThat(run.complexity().orElseThrow()).isCloseTo(0.425, within(1e-12));
        assertThat(run.detail()).contains("basic");
        assertThat(run.isRegenerated()).isFalse();
    }

    @Test
    void countsTheLastRatingWithItsOwnReasons() {
        RunId runId = draw(RunOptions.ofDefaults());
        Ratings.rate(
                store,
                runId,
                Rating.builder(0).addReasons("blurred").time(MadeUp.MONDAY).build());
        Ratings.rate(
                store,
                runId,
                Rating.builder(1)
                        .addReasons("sharp")
                        .time(MadeUp.MONDAY.plusSeconds(1))
                        .build());

        Rating rating = read(store, runId).rating().orElseThrow();
        assertThat(rating.isSatisfied()).isTrue();
        assertThat(rating.reasons()).containsExactly("sharp");
    }

    @Test
    void readsThumbsThatWereKeptByHandAndNoFigureOfAnotherScale() {
        RunId thumb = draw(RunOptions.ofDefaults());
        store.feedback(
                thumb,
                RunFeedback.builder("thumbs", RunFeedback.Source.USER)
                        .label("Down")
                        .build());
        RunId stars = draw(RunOptions.ofDefaults());
        store.feedback(
                stars,
                RunFeedback.builder("rating", RunFeedback.Source.USER).score(4).build());
        RunId judged = draw(RunOptions.ofDefaults());
        store.feedback(
                judged,
                RunFeedback.builder("rating", RunFeedback.Source.MODEL).score(1).build());

        assertThat(read(store, thumb).rating().orElseThrow().isSatisfied()).isFalse();
        assertThat(read(store, stars).rating()).isEmpty();
        assertThat(read(store, judged).rating()).isEmpty();
    }

    @Test
    void knowsWhichRunWasRegeneratedByTheSameUser() {
        RunId first = draw(user("acme", "ana"));
        RunId untouched = draw(user("acme", "ana"));
        RunId ofBen = draw(user("acme", "ben"));
        RunId second = draw(Ratings.regenerating(first, user("acme", "ana")));
        RunId stranger = draw(Ratings.regenerating(ofBen, user("other", "ben")));

        assertThat(read(store, first).isRegenerated()).isTrue();
        for (RunId other : List.of(untouched, ofBen, second, stranger)) {
            assertThat(read(store, other).isRegenerated()).isFalse();
        }
    }

    @Test
    void seesARegenerationThatCameAfterTheWindow() {
        RunId first = draw(user("acme", "ana"));
        RunId second = draw(Ratings.regenerating(first, user("acme", "ana")));
        Instant end = second.createdAt().isAfter(first.createdAt())
                ? second.createdAt()
                : second.createdAt().plusMillis(1);

        List<RatedRun> window =
                RatedRuns.read(store, RunQuery.builder().until(end).build());
        assertThat(window.get(0).runId()).isIn(first, second);
        assertThat(window.stream().filter(run -> run.runId().equals(first)))
                .allMatch(RatedRun::isRegenerated)
                .hasSize(1);
    }

    @Test
    void takesALabelOfTheCallersOwnForNoRegeneration() {
        RunId runId = draw(RunOptions.builder()
                .user("ana")
                .labels(Map.of(Ratings.REGENERATES, "yes"))
                .build());
        assertThat(read(store, runId).isRegenerated()).isFalse();
    }

    @Test
    void hasNoWishWhereTextsAreWithheldThoughTheJournalHasThem() {
        for (ContentLevel level : List.of(ContentLevel.NONE, ContentLevel.REFERENCES)) {
            RunId runId = draw(RunOptions.builder().content(level).build());
            RatedRun run = read(store, runId);
            assertThat(store.find(runId).orElseThrow().input()).isPresent();
            assertThat(run.wish()).isEmpty();
            assertThat(run.domain()).contains(Domain.ART);
            assertThat(run.style()).contains("impressionist");
            assertThat(run.complexity()).isPresent();
        }
    }

    @Test
    void keepsARatingOfEachOfManyThreads() throws InterruptedException {
        List<RunId> runs =
                List.of(draw(user("a", "1")), draw(user("a", "2")), draw(user("b", "1")), draw(user("b", "2")));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        for (int i = 0; i < 40; i++) {
            int number = i;
            threads.execute(() -> Ratings.rate(
                    store,
                    runs.get(number % 4),
                    Rating.builder(number % 2)
                            .addReasons("r" + number)
                            .time(MadeUp.MONDAY.plusSeconds(number))
                            .build()));
        }
        threads.shutdown();
        assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();

        for (int i = 36; i < 40; i++) {
            Rating last = read(store, runs.get(i % 4)).rating().orElseThrow();
            assertThat(last.score()).isEqualTo(i % 2);
            assertThat(last.reasons()).containsExactly("r" + i);
        }
    }

    @Test
    void refusesWhatIsNoRating() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rating.builder(5).build())
                .withMessage("score must be 0 to 1, was 5.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rating.builder(1).addReasons("Too Green!").build())
                .withMessageContaining("a reason must be 1 to 64 lower case letters");
    }
}
