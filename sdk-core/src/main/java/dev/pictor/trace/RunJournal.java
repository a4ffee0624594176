package dev.pictor.trace;

import dev.pictor.image.Sha256;
import java.util.Optional;

/**
 * Keeps what a run resumes from: what it was started with and what each finished stage gave. Never sampled, never
 * dropped, never changed in silence: a value that is not kept says why, and resuming is refused with that reason.
 *
 * <p><b>Threads.</b> Called from many threads at once, also for one run.
 *
 * <p><b>Blocking.</b> Returns when the entry is kept as durably as the journal promises.
 *
 * <p><b>Errors.</b> {@link StoredRunException}; it fails the run, since a run that cannot be resumed must not look as if
 * it could.
 */
public interface RunJournal {

    /**
     * Begins a run, or takes up one that was begun before and let go by {@link #end} or with its process.
     *
     * @param run what it was started with, ignored for one that was begun before; its stages are ignored
     * @throws StoredRunException if it cannot be kept, or someone is running it, in this process or another
     *     ({@code IN_USE})
     */
    void begin(JournaledRun run);

    /**
     * Keeps what a stage gave.
     *
     * @param runId the run
     * @param stage the stage's path
     * @param output what it gave
     * @throws StoredRunException if it cannot be kept
     */
    void stageFinished(RunId runId, String stage, JournaledValue output);

    /**
     * Lets go of a run in this process.
     *
     * @param runId the run
     * @param resumable false if it is over for good
     */
    void end(RunId runId, boolean resumable);

    /**
     * Claims a caller's key for a run, unless another run has it: of all who claim a key, one gets it, for good. Does not
     * begin the run.
     *
     * @param key the hash of whatever the caller calls the run by
     * @param runId the run to claim it for
     * @return the run that has the key from now on: {@code runId}, or the one it was claimed for before
     * @throws StoredRunException if it cannot be kept
     */
    RunId claim(Sha256 key, RunId runId);

    /**
     * Returns a run as far as it got.
     *
     * @param runId the run
     * @return the run with its finished stages, or empty if it is not kept here
     * @throws StoredRunException if it is kept but cannot be read
     */
    Optional<JournaledRun> read(RunId runId);

    /**
     * Returns the journal that keeps nothing. With it, no value is ever turned into JSON, and whoever claims a key gets it.
     *
     * @return always the same journal
     */
    static RunJournal none() {
        return NoRunJournal.INSTANCE;
    }
}
