package dev.pictor.trace;

import dev.pictor.image.Sha256;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps runs and artifacts in memory, for tests and for programs that look at a run right after it ended. When a bound
 * is reached the oldest go first, though no run whose journal is open. Thread-safe.
 */
public final class MemoryRunStore implements TraceSink, RunStore, RunJournal, ArtifactStore, FeedbackStore, RunEraser {

    /** How many runs are kept: 1,000. */
    public static final int MAX_RUNS = 1_000;

    /** How many events of a run are kept: 100,000. What is beyond counts as missing; journal and run end are always kept. */
    public static final int MAX_EVENTS = 100_000;

    /** How many bytes of artifacts are kept: 268,435,456 (256 MiB). */
    public static final long MAX_ARTIFACT_BYTES = 256L << 20;

    private final Object lock = new Object();
    private final Clock clock = Clock.systemUTC();
    private final Map<RunId, List<TraceEvent>> runs = new LinkedHashMap<>();
    /** Runs whose journal has begun and not ended; they are never dropped. */
    private final Set<RunId> underWay = new HashSet<>();

    /** Of runs that are kept, by the hash of their caller's key. */
    private final Map<Sha256, RunId> claims = new LinkedHashMap<>();

    private final Map<Sha256, ByteBuffer> artifacts = new LinkedHashMap<>();
    private long artifactBytes;

    /** Creates an empty store. */
    public MemoryRunStore() {}

    @Override
    public void accept(TraceEvent event) {
        append(event);
    }

    @Override
    public void begin(JournaledRun run) {
        synchronized (lock) {
            if (!underWay.add(run.runId())) {
                throw new StoredRunException(
                        StoredRunException.Reason.IN_USE, "run " + run.runId() + " is under way", null);
            }
        }
        if (read(run.runId()).isEmpty()) {
            append(RunLogs.start(run));
        }
    }

    @Override
    public void stageFinished(RunId runId, String stage, JournaledValue output) {
        append(RunLogs.stage(runId, stage, output, clock.instant()));
    }

    @Override
    public void end(RunId runId, boolean resumable) {
        if (!resumable) {
            append(RunLogs.end(runId, clock.instant()));
        }
        synchronized (lock) {
            underWay.remove(runId);
        }
    }

    @Override
    public void feedback(RunId runId, RunFeedback feedback) {
        if (events(runId).isEmpty()) {
            throw new StoredRunException(StoredRunException.Reason.NOT_FOUND, "run " + runId + " is not here", null);
        }
        append(RecordingFold.event(runId, feedback, clock.instant()));
    }

    @Override
    public RunId claim(Sha256 key, RunId runId) {
        synchronized (lock) {
            RunId first = claims.putIfAbsent(key, runId);
            if (claims.size() > MAX_RUNS) {
                claims.entrySet().stream()
                        .filter(claim -> !underWay.contains(claim.getValue())
                                && !claim.getValue().equals(runId))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .ifPresent(claims::remove);
            }
            return first == null ? runId : first;
        }
    }

    @Override
    public Optional<JournaledRun> read(RunId runId) {
        return RunLogs.fold(runId, events(runId));
    }

    @Override
    public List<TraceEvent> events(RunId runId) {
        synchronized (lock) {
            return List.copyOf(runs.getOrDefault(runId, List.of()));
        }
    }

    @Override
    public List<RunId> newest(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, was " + limit);
        }
        synchronized (lock) {
            return runs.keySet().stream()
                    .sorted(Comparator.reverseOrder())
                    .limit(limit)
                    .toList();
        }
    }

    @Override
    public void put(Sha256 sha256, ByteBuffer bytes) {
        synchronized (lock) {
            if (artifacts.containsKey(sha256)) {
                return;
            }
        }
        ByteBuffer copy =
                ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip();
        synchronized (lock) {
            if (artifacts.putIfAbsent(sha256, copy.asReadOnlyBuffer()) == null) {
                artifactBytes += copy.remaining();
                dropOldestArtifacts();
            }
        }
    }

    @Override
    public Optional<ByteBuffer> get(Sha256 sha256) {
        synchronized (lock) {
            return Optional.ofNullable(artifacts.get(sha256)).map(ByteBuffer::duplicate);
        }
    }

    @Override
    public ErasedRuns erase(Collection<RunId> ids) {
        ErasedRunsBuilder result = new ErasedRunsBuilder();
        synchronized (lock) {
            Set<String> named = new HashSet<>();
            for (RunId runId : Set.copyOf(ids)) {
                if (underWay.contains(runId)) {
                    result.addRunsLeft(runId);
                } else if (runs.containsKey(runId)) {
                    runs.getOrDefault(runId, List.of()).forEach(event -> HexNames.find(TraceJson.line(event), named));
                    runs.remove(runId);
                    claims.values().removeIf(runId::equals);
                    result.addRemovedRuns(runId);
                }
            }
            if (!named.isEmpty()) {
                Set<String> stillNamed = new HashSet<>();
                runs.values().forEach(log -> log.forEach(event -> HexNames.find(TraceJson.line(event), stillNamed)));
                named.removeAll(stillNamed);
            }
            int before = artifacts.size();
            artifacts.entrySet().removeIf(artifact -> {
                boolean gone = named.contains(artifact.getKey().hex());
                artifactBytes -= gone ? artifact.getValue().remaining() : 0;
                return gone;
            });
            return result.removedArtifacts(before - artifacts.size()).build();
        }
    }

    private void append(TraceEvent event) {
        synchronized (lock) {
            List<TraceEvent> log = runs.computeIfAbsent(event.runId(), id -> new ArrayList<>());
            boolean telemetry = event.sequence() > 0 && !event.type().equals(TraceEvent.RUN_END);
            if (log.size() < MAX_EVENTS || !telemetry) {
                log.add(event);
            }
            if (runs.size() > MAX_RUNS) {
                runs.keySet().stream()
                        .filter(runId -> !underWay.contains(runId))
                        .findFirst()
                        .ifPresent(runs::remove);
            }
        }
    }

    private void dropOldestArtifacts() {
        Iterator<ByteBuffer> oldest = artifacts.values().iterator();
        while (artifactBytes > MAX_ARTIFACT_BYTES) {
            artifactBytes -= oldest.next().remaining();
            oldest.remove();
        }
    }
}
