package dev.pictor.trace;

import dev.pictor.image.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Erases runs, then the artifacts that only they name. Unlike {@link Retention} it grants no grace period: an artifact stays
 * only if it was kept or read since the erasure began, or since the oldest run under way did. Used once.
 */
final class Erasure {

    /** By how much clocks may differ: that in a run's id, and that which says when a file was written. */
    private static final Duration SLACK = Duration.ofMinutes(1);

    private final RunFiles files;
    private final BlobFiles blobFiles;
    private final RunLocks locks;
    private final Set<RunId> wanted;
    private final ErasedRunsBuilder result = new ErasedRunsBuilder();
    private final Set<String> theirs = new HashSet<>();
    private Instant olderThan;

    Erasure(RunFiles files, BlobFiles blobFiles, RunLocks locks, Set<RunId> wanted, Instant now) {
        this.files = files;
        this.blobFiles = blobFiles;
        this.locks = locks;
        this.wanted = wanted;
        this.olderThan = now;
    }

    ErasedRuns apply() throws IOException {
        for (RunId runId : wanted.stream().sorted().toList()) {
            if (files.exists(runId)) {
                erase(runId);
            }
        }
        keepWhatOthersName();
        sweep();
        return result.build();
    }

    /** Whoever takes the lock is alone with the run; it is read under it, so that no name of an artifact is missed. */
    private void erase(RunId runId) throws IOException {
        if (!locks.acquire(runId)) {
            result.addRunsLeft(runId);
            return;
        }
        try {
            AtomicBoolean there = new AtomicBoolean();
            locks.feedback(() -> {
                Optional<RunScan> scan = RunScan.of(files, runId, this::read);
                scan.ifPresent(run -> theirs.addAll(run.names));
                there.set(scan.isPresent());
                files.delete(runId);
            });
            if (there.get()) {
                result.addRemovedRuns(runId);
            }
        } finally {
            locks.release(runId);
        }
    }

    private void keepWhatOthersName() throws IOException {
        for (RunId runId : files.newest(Integer.MAX_VALUE, any -> true)) {
            Optional<RunScan> other = RunScan.of(files, runId, this::read);
            if (other.isPresent()) {
                theirs.removeAll(other.get().names);
                Instant began = runId.createdAt().minus(SLACK);
                if (!other.get().isOver() && began.isBefore(olderThan) && locks.isHeld(runId)) {
                    olderThan = began;
                }
            }
        }
    }

    private void sweep() throws IOException {
        Map<String, BlobFiles.Blob> blobs = blobFiles.list();
        List<BlobFiles.Blob> unnamed = new ArrayList<>();
        Map<BlobFiles.Blob, String> names = new HashMap<>();
        for (String name : theirs) {
            BlobFiles.Blob blob = blobs.get(name);
            if (blob != null) {
                unnamed.add(blob);
                names.put(blob, name);
            }
        }
        List<BlobFiles.Blob> gone = blobFiles.sweep(unnamed, olderThan);
        result.removedArtifacts(gone.size());
        gone.forEach(names::remove);
        names.values().forEach(name -> result.addArtifactsLeft(new Sha256(name)));
    }

    private Optional<ByteBuffer> read(Sha256 name) {
        return blobFiles.peek(name);
    }
}
