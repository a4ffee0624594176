package dev.pictor.pipeline;

import static dev.pictor.trace.StoredRunException.Reason.FINISHED;
import static dev.pictor.trace.StoredRunException.Reason.NOT_FOUND;
import static dev.pictor.trace.StoredRunException.Reason.OTHER_DEFINITION;
import static dev.pictor.trace.StoredRunException.Reason.OTHER_INPUT;
import static dev.pictor.trace.StoredRunException.Reason.WITHHELD;

import dev.pictor.image.Sha256;
import dev.pictor.time.TimeSource;
import dev.pictor.trace.JournaledRun;
import dev.pictor.trace.JournaledValue;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunJournal;
import dev.pictor.trace.StoredRunException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Runs that were started under an idempotency key: one for each key, however often it is started. Thread-safe.
 */
final class KeyedRuns {

    /** How the one who has to run does it. */
    interface Engine {

        /** Runs under a given id. */
        <I, O> RunResult<O> start(
                Pipeline<I, O> pipeline, I input, RunOptions options, RunId runId, Cancellation outer);

        /** Takes up a run of the journal, of which nothing was told yet if it is new. */
        <I, O> RunResult<O> takeUp(
                Pipeline<I, O> pipeline, RunId runId, RunOptions options, boolean isNew, Cancellation outer);

        /** Restores what a finished run gave. */
        <O> RunResult<O> restore(Pipeline<?, O> pipeline, JournaledRun run);

        RunId newId();

        JournaledRun asStarted(RunId runId, Pipeline<?, ?> pipeline, JournaledValue input, RunOptions options);
    }

    private final Engine engine;
    private final RunJournal journal;
    private final ValueCodec codec;
    private final TimeSource time;
    private final Map<Sha256, Shared> underWay = new ConcurrentHashMap<>();

    KeyedRuns(Engine engine, RunJournal journal, ValueCodec codec, TimeSource time) {
        this.engine = engine;
        this.journal = journal;
        this.codec = codec;
        this.time = time;
    }

    /** A run under way, as all see it who start it. */
    private record Shared(
            Sha256 definition, Sha256 input, CompletableFuture<RunId> runId, CompletableFuture<RunResult<?>> result) {}

    /** One of those who started a run: the first has to run it, the others wait for it. */
    final class Start<I, O> {

        private final Pipeline<I, O> pipeline;
        private final I input;
        private final JournaledValue json;
        private final RunOptions options;
        private final Sha256 key;
        private final Shared shared;
        private final boolean isFirst;
        /** The id that the key was asked for, if this is the first. */
        private final @Nullable RunId asked;

        final Cancellation cancellation = new Cancellation();

        private Start(
                Pipeline<I, O> pipeline,
                I input,
                JournaledValue json,
                RunOptions options,
                Sha256 key,
                Shared shared,
                boolean isFirst,
                @Nullable RunId asked) {
            this.pipeline = pipeline;
            this.input = input;
            this.json = json;
            this.options = options;
            this.key = key;
            this.shared = shared;
            this.isFirst = isFirst;
            this.asked = asked;
        }

        RunOptions options() {
            return options;
        }

        /** The run, once it is known whose the key is. */
        RunId runId() {
            try {
                return shared.runId.join();
            } catch (CompletionException e) {
                throw unchecked(e.getCause());
            }
        }

        RunResult<O> await(Duration atMost) {
            return isFirst ? run() : join(atMost);
        }

        private RunResult<O> run() {
            try {
                RunResult<O> result = outcome();
                shared.result.complete(result);
                return result;
            } catch (RuntimeException | Error e) {
                shared.result.completeExceptionally(e);
                throw e;
            } finally {
                underWay.remove(key, shared);
            }
        }

        private RunResult<O> outcome() {
            RunId runId = runId();
            if (runId.equals(asked)) {
                return engine.start(pipeline, input, options, runId, cancellation);
            }
            boolean isNew = journal.read(runId).isEmpty();
            if (isNew) { // whoever claimed the key is gone, or about to begin: the journal lets one of us
                journal.begin(engine.asStarted(runId, pipeline, json, options));
                journal.end(runId, true);
            }
            JournaledRun saved = saved(runId);
            checkSame(runId, saved.definition(), codec.hash(saved.input()).orElse(null), pipeline, shared.input);
            if (saved.isFinished()) {
                return engine.restore(pipeline, saved);
            }
            try {
                return engine.takeUp(pipeline, runId, options, isNew, cancellation);
            } catch (StoredRunException e) {
                if (e.reason() == FINISHED) { // a moment ago
                    return engine.restore(pipeline, saved(runId));
                }
                throw e;
            }
        }

        private JournaledRun saved(RunId runId) {
            return journal.read(runId)
                    .orElseThrow(
                            () -> new StoredRunException(NOT_FOUND, "run " + runId + " is not in the journal", null));
        }

        @SuppressWarnings("unchecked") // a run of the same definition
        private RunResult<O> join(Duration atMost) {
            CompletableFuture<RunResult<?>> waiting = shared.result.copy();
            TimeSource.Pending timer = time.after(
                    atMost, () -> waiting.completeExceptionally(new DeadlineExceededException(atMost, null)));
            try (var registration =
                    cancellation.onCancel(() -> waiting.completeExceptionally(new RunCancelledException(null)))) {
                return (RunResult<O>) waiting.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new RunCancelledException(e);
            } catch (ExecutionException e) {
                throw unchecked(e.getCause());
            } finally {
                timer.cancel();
            }
        }
    }

    /**
     * Finds out who runs: claims the key in the journal unless somebody in this runner has it under way.
     *
     * @throws IllegalStateException if there is no journal
     * @throws StoredRunException if the key was used for something else, or the input has no JSON form
     */
    <I, O> Start<I, O> start(Pipeline<I, O> pipeline, I input, RunOptions options, String callersKey) {
        if (journal.equals(RunJournal.none())) {
            throw new IllegalStateException(
                    "an idempotency key needs a journal: give the runner one, such as a DirectoryRunStore");
        }
        JournaledValue json = codec.encode(input);
        Sha256 hash = codec.hash(json)
                .orElseThrow(() -> new StoredRunException(
                        WITHHELD,
                        "a run with an idempotency key must be able to go on, and its input was withheld: "
                                + json.withheldBecause().orElse("no reason is known"),
                        null));
        Sha256 key = key(options.tenant(), pipeline.name(), callersKey);
        Shared mine = new Shared(pipeline.definition(), hash, new CompletableFuture<>(), new CompletableFuture<>());
        Shared theirs = underWay.putIfAbsent(key, mine);
        if (theirs != null) {
            Start<I, O> other = new Start<>(pipeline, input, json, options, key, theirs, false, null);
            checkSame(other.runId(), theirs.definition, theirs.input, pipeline, hash);
            return other;
        }
        try {
            RunId asked = engine.newId();
            mine.runId.complete(journal.claim(key, asked));
            return new Start<>(pipeline, input, json, options, key, mine, true, asked);
        } catch (RuntimeException | Error e) {
            abandon(key, mine, e);
            throw e;
        }
    }

    /** Lets the others know that the first cannot even begin. */
    void abandon(Start<?, ?> start, RuntimeException why) {
        if (start.isFirst) {
            abandon(start.key, start.shared, why);
        }
    }

    private void abandon(Sha256 key, Shared shared, Throwable why) {
        shared.runId.completeExceptionally(why);
        shared.result.completeExceptionally(why);
        underWay.remove(key, shared);
    }

    private static void checkSame(
            RunId runId, Sha256 definition, @Nullable Sha256 input, Pipeline<?, ?> pipeline, Sha256 ours) {
        if (!definition.equals(pipeline.definition())) {
            throw new StoredRunException(
                    OTHER_DEFINITION,
                    "run " + runId + " was started under the same idempotency key with another definition of pipeline "
                            + pipeline.name(),
                    null);
        }
        if (!ours.equals(input)) {
            throw new StoredRunException(
                    OTHER_INPUT,
                    "run " + runId + " was started under the same idempotency key with another input: "
                            + "use a key of its own for each thing that is to be done",
                    null);
        }
    }

    /** Lengths stand before the texts, so that no two triples make the same text. */
    private static Sha256 key(Optional<String> tenant, String pipeline, String callersKey) {
        String whose = tenant.map(id -> id.length() + " " + id).orElse("-");
        String text = whose + '\n' + pipeline.length() + " " + pipeline + '\n' + callersKey;
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static RuntimeException unchecked(@Nullable Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException known
                ? known
                : new IllegalStateException("a run ended with a checked exception", failure);
    }
}
