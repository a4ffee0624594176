package dev.pictor.trace;

import java.util.Collection;

/**
 * Erases runs at once and for good, as a person may ask for whom they are.
 *
 * <p><b>Threads.</b> Called from many threads at once, also while runs are being recorded.
 *
 * <p><b>Blocking.</b> Until what is erased is gone from the storage. May read every run, for the pictures that others name too.
 *
 * <p><b>Errors.</b> {@link java.io.UncheckedIOException} if the store cannot be read or something cannot be removed; what is
 * left is whole, and another call goes on.
 */
public interface RunEraser {

    /**
     * Erases runs with all that is of them: log, journal, feedback, line in an index, key, and the pictures and other artifacts
     * that no other run names. A run under way stays, and so does an artifact that someone has kept or read since the call began or
     * since the oldest run under way began, as it may be about to be named; ask again when they are over.
     *
     * @param runs the runs; those that are not here count for nothing
     * @return what went and what did not
     */
    ErasedRuns erase(Collection<RunId> runs);
}
