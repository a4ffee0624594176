package dev.pictor.trace;

import dev.pictor.image.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Forgets runs, then the artifacts that no run names any more. Every run is read for the names in it, at whatever place
 * they stand. A run is removed under its own lock, so none under way is. An artifact is removed while nobody keeps one,
 * if it was neither kept nor read within the grace period, nor since the oldest run under way began. Used once.
 */
final class Retention {

    /** By how much clocks may differ: that in a run's id, and that which says when a file was written. */
    private static final Duration SLACK = Duration.ofMinutes(1);

    private final RunFiles files;
    private final BlobFiles blobFiles;
    private final RunLocks locks;
    private final RetentionPolicy policy;
    private final Instant now;
    private final List<RunScan> runs = new ArrayList<>();
    private final Map<String, Integer> uses = new HashMap<>();
    private final RetentionResultBuilder result = new RetentionResultBuilder();
    private final List<RunId> removed = new ArrayList<>();
    private Map<String, BlobFiles.Blob> blobs = Map.of();
    /** The bytes of the runs that stay and of the artifacts that they name, as far as is known now. */
    private long bytes;

    private long freed;

    Retention(RunFiles files, BlobFiles blobFiles, RunLocks locks, RetentionPolicy policy, Instant now) {
        this.files = files;
        this.blobFiles = blobFiles;
        this.locks = locks;
        this.policy = policy;
        this.now = now;
    }

    RetentionResult apply() throws IOException {
        Instant cutoff = now.minus(policy.grace());
        scan();
        removeOld();
        removeMost();
        sweep(earlier(cutoff, oldestUnderWay()));
        blobFiles.sweepDrafts(cutoff);
        return result.removedRuns(removed).freedBytes(freed).keptBytes(bytes).build();
    }

    private static Instant earlier(Instant one, Optional<Instant> other) {
        return other.filter(one::isAfter).orElse(one);
    }

    /** The artifacts first: what is kept after that is not looked at. */
    private void scan() throws IOException {
        blobs = blobFiles.list();
        for (RunId runId : files.newest(Integer.MAX_VALUE, any -> true)) {
            RunScan.of(files, runId, this::read).ifPresent(runs::add);
        }
        runs.sort(Comparator.comparing(run -> run.runId));
        for (RunScan run : runs) {
            bytes += run.stamp.bytes();
            run.names.forEach(name -> uses.merge(name, 1, Integer::sum));
        }
        for (String name : uses.keySet()) {
            bytes += bytesOf(name);
        }
    }

    private long bytesOf(String name) {
        BlobFiles.Blob blob = blobs.get(name);
        return blob == null ? 0 : blob.bytes();
    }

    private Optional<ByteBuffer> read(Sha256 name) {
        return blobFiles.peek(name);
    }

    private void removeOld() throws IOException {
        if (policy.maxAge().isEmpty()) {
            return;
        }
        Instant oldest = now.minus(policy.maxAge().get());
        for (RunScan run : List.copyOf(runs)) {
            if (run.runId.createdAt().isBefore(oldest) && !isProtected(run)) {
                remove(run);
            }
        }
    }

    private void removeMost() throws IOException {
        if (policy.maxBytes().isEmpty()) {
            return;
        }
        List<RunScan> order = runs.stream()
                .sorted(Comparator.comparing(this::isProtected).thenComparing(run -> run.runId))
                .toList();
        for (RunScan run : order) {
            if (bytes <= policy.maxBytes().get()) {
                return;
            }
            remove(run);
        }
    }

    private boolean isProtected(RunScan run) {
        return policy.keepFailedFor()
                .filter(time -> !run.succeeded())
                .filter(time -> run.runId.createdAt().isAfter(now.minus(time)))
                .isPresent();
    }

    /** Whoever takes the lock is alone with the run; one that was written since it was read is left for the next time. */
    private void remove(RunScan run) throws IOException {
        if (policy.pins().contains(run.runId) || !locks.acquire(run.runId)) {
            return;
        }
        try {
            locks.feedback(() -> {
                if (files.stamp(run.runId).filter(run.stamp::equals).isPresent()) {
                    files.delete(run.runId);
                    forget(run);
                }
            });
        } finally {
            locks.release(run.runId);
        }
    }

    private void forget(RunScan run) {
        runs.remove(run);
        removed.add(run.runId);
        freed += run.stamp.bytes();
        bytes -= run.stamp.bytes();
        for (String name : run.names) {
            if (uses.merge(name, -1, Integer::sum) == 0) {
                bytes -= bytesOf(name);
            }
        }
    }

    private Optional<Instant> oldestUnderWay() {
        return runs.stream()
                .filter(run -> !run.isOver())
                .map(run -> run.runId)
                .filter(locks::isHeld)
                .map(runId -> runId.createdAt().minus(SLACK))
                .min(Comparator.naturalOrder());
    }

    private void sweep(Instant olderThan) throws IOException {
        List<BlobFiles.Blob> unnamed = blobs.entrySet().stream()
                .filter(blob -> uses.getOrDefault(blob.getKey(), 0) == 0)
                .map(Map.Entry::getValue)
                .filter(blob -> blob.changed().isBefore(olderThan))
                .toList();
        List<BlobFiles.Blob> gone = blobFiles.sweep(unnamed, olderThan);
        for (BlobFiles.Blob blob : gone) {
            freed += blob.bytes();
        }
        result.removedArtifacts(gone.size());
        bytes = runs.stream().mapToLong(run -> run.stamp.bytes()).sum()
                + blobs.values().stream().mapToLong(BlobFiles.Blob::bytes).sum()
                - gone.stream().mapToLong(BlobFiles.Blob::bytes).sum();
    }
}
