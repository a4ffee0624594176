package dev.pictor.testkit.recording;

import dev.pictor.pipeline.Pipeline;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.pipeline.RunResult;
import dev.pictor.replay.RunReplay;
import dev.pictor.trace.DirectoryRunStore;
import dev.pictor.trace.MemoryRunStore;
import dev.pictor.trace.RunId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * The runs of a test, recorded in a folder: the first time each run calls its models and is written down, from then on it
 * is replayed from there and calls none. The n-th run of a test is the n-th of the folder. Thread-safe, but runs that are
 * started side by side have no order to go by.
 *
 * <p>A call that was not recorded, or that asks for something else than the recorded one, fails the run with an
 * {@link dev.pictor.replay.UnmatchedCallException}, whatever a stage's fallback makes of it. Runs that are replayed are not
 * written to the folder.
 */
public final class Cassette implements AutoCloseable {

    private static final int MAX_RUNS = 1_000;

    private final Path folder;
    private final DirectoryRunStore store;
    private final PipelineRunner runner;
    private final RunReplay replay;
    /** What is recorded, in the order in which it was. */
    private final List<RunId> recorded;

    private final boolean recording;
    private final Object lock = new Object();
    private int started; // guarded by lock

    private Cassette(Path folder) {
        this.folder = folder;
        this.store = DirectoryRunStore.open(folder);
        List<RunId> runs = new ArrayList<>(store.newest(MAX_RUNS));
        Collections.reverse(runs);
        this.recorded = List.copyOf(runs);
        this.recording = recorded.isEmpty();
        MemoryRunStore scratch = new MemoryRunStore();
        this.runner = recording
                ? PipelineRunner.builder()
                        .traceSink(store)
                        .journal(store)
                        .artifacts(store)
                        .build()
                : PipelineRunner.builder()
                        .traceSink(scratch)
                        .journal(scratch)
                        .artifacts(scratch)
                        .build();
        this.replay = RunReplay.of(runner, store);
    }

    /**
     * Opens a folder: what was recorded there is replayed; where nothing was, runs are recorded.
     *
     * @param folder the folder, which is made if it is not there
     * @return a cassette; close it at the end of the test
     * @throws UncheckedIOException if the folder cannot be written or read
     */
    public static Cassette open(Path folder) {
        return new Cassette(folder);
    }

    /**
     * Opens a folder to record anew: what was recorded there is deleted.
     *
     * @param folder the folder, which is made if it is not there; nothing but a cassette's own files is deleted in it
     * @return a cassette; close it at the end of the test
     * @throws UncheckedIOException if the folder cannot be written
     */
    public static Cassette record(Path folder) {
        for (String own : List.of("runs", "blobs", "keys")) {
            delete(folder.resolve(own));
        }
        return new Cassette(folder);
    }

    private static void delete(Path tree) {
        if (Files.notExists(tree)) {
            return;
        }
        try (Stream<Path> all = Files.walk(tree)) {
            List<Path> deepestFirst = new ArrayList<>(all.toList());
            Collections.reverse(deepestFirst);
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete what was recorded in " + tree, e);
        }
    }

    /**
     * Returns whether runs call their models and are recorded.
     *
     * @return false if they are replayed
     */
    public boolean isRecording() {
        return recording;
    }

    /**
     * Runs a pipeline, from its record if there is one.
     *
     * @param pipeline what to run; the same as when it was recorded
     * @param input what goes in
     * @param <I> what goes in
     * @param <O> what comes out
     * @return the result
     * @throws AssertionError if fewer runs were recorded
     * @throws dev.pictor.replay.UnmatchedCallException if it makes a call that was not recorded
     * @throws dev.pictor.error.PictorException what else the run fails with, recorded failures included
     */
    public <I, O> RunResult<O> run(Pipeline<I, O> pipeline, I input) {
        return run(pipeline, input, RunOptions.ofDefaults());
    }

    /**
     * Runs a pipeline, from its record if there is one.
     *
     * @param pipeline what to run; the same as when it was recorded
     * @param input what goes in
     * @param options whom it is for and how long it may take; a replayed run is for whom it was recorded
     * @param <I> what goes in
     * @param <O> what comes out
     * @return the result
     * @throws AssertionError if fewer runs were recorded
     * @throws dev.pictor.replay.UnmatchedCallException if it makes a call that was not recorded
     * @throws dev.pictor.error.PictorException what else the run fails with, recorded failures included
     */
    public <I, O> RunResult<O> run(Pipeline<I, O> pipeline, I input, RunOptions options) {
        if (recording) {
            return runner.run(pipeline, input, options);
        }
        return replay.replay(pipeline, input, next(), options);
    }

    private RunId next() {
        synchronized (lock) {
            if (started == recorded.size()) {
                throw new AssertionError("the test starts more runs than the " + recorded.size() + " recorded in "
                        + folder + ": record it anew with -Dpictor.record=true");
            }
            return recorded.get(started++);
        }
    }

    /** Lets go of the folder. */
    @Override
    public void close() {
        runner.close();
        store.close();
    }
}
