package dev.pictor.trace;

import dev.pictor.image.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What retention must know of a run: the artifacts it may name, and how it stands. Not thread-safe.
 */
final class RunScan {

    final RunId runId;
    final RunFiles.FileStamp stamp;
    final Set<String> names = new HashSet<>();
    private final Function<Sha256, Optional<ByteBuffer>> artifacts;
    private boolean journaled;
    private boolean journalEnded;
    private boolean ended;
    private boolean succeeded;

    private RunScan(RunId runId, RunFiles.FileStamp stamp, Function<Sha256, Optional<ByteBuffer>> artifacts) {
        this.runId = runId;
        this.stamp = stamp;
        this.artifacts = artifacts;
    }

    /**
     * Reads a run.
     *
     * @return the scan, or empty if the run is gone
     */
    static Optional<RunScan> of(RunFiles files, RunId runId, Function<Sha256, Optional<ByteBuffer>> artifacts)
            throws IOException {
        Optional<RunFiles.FileStamp> stamp = files.stamp(runId);
        if (stamp.isEmpty()) {
            return Optional.empty();
        }
        RunScan scan = new RunScan(runId, stamp.get(), artifacts);
        try {
            for (Path file : files.all(runId)) {
                boolean unused = RunFiles.read(file, scan::read);
            }
            return Optional.of(scan);
        } catch (NoSuchFileException e) { // it is being compressed: read what that gave
            return of(files, runId, artifacts);
        }
    }

    /** Whether nothing is left to resume. */
    boolean isOver() {
        return journalEnded || (ended && !journaled);
    }

    boolean succeeded() {
        return succeeded && isOver();
    }

    private void read(InputStream log) throws IOException {
        boolean unused = LogLines.split(log, this::line);
    }

    private void line(byte[] line) {
        HexNames.find(line, names);
        boolean large = LargeValues.mayName(line);
        if (large || tellsHowItStands(line)) {
            TraceJson.parse(line).ifPresent(event -> {
                if (large) {
                    LargeValues.named(event)
                            .forEach(name -> artifacts
                                    .apply(name)
                                    .ifPresent(value -> HexNames.find(LargeValues.array(value), names)));
                }
                stands(event);
            });
        }
    }

    /** Our lines have the type among their first hundred bytes or so. */
    private static boolean tellsHowItStands(byte[] line) {
        String head = new String(line, 0, Math.min(line.length, 200), StandardCharsets.ISO_8859_1);
        return head.contains("\"type\":\"journal.") || head.contains("\"type\":\"run.");
    }

    private void stands(TraceEvent event) {
        switch (event.type()) {
            case TraceEvent.JOURNAL_START -> journaled = true;
            case TraceEvent.JOURNAL_END -> journalEnded = true;
            case TraceEvent.RUN_RESUME -> ended = false;
            case TraceEvent.RUN_END -> {
                ended = true;
                succeeded = RunStatus.SUCCEEDED
                        .name()
                        .toLowerCase(Locale.ROOT)
                        .equals(event.attributes().get(TraceAttributes.STATUS));
            }
            default -> {}
        }
    }
}
