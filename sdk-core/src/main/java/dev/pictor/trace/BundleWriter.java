package dev.pictor.trace;

import dev.pictor.image.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes a {@link RunBundle}. The same runs give the same bytes. Used once. */
final class BundleWriter {

    /** The first time that a zip knows: when it is written says nothing about a run. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final RunStore store;
    private final ArtifactStore artifacts;
    private final List<RunId> runs;
    private final ZipOutputStream zip;
    private final Set<String> names = new TreeSet<>();
    private final Set<String> written = new HashSet<>();

    BundleWriter(RunStore store, ArtifactStore artifacts, List<RunId> runs, OutputStream out) {
        this.store = store;
        this.artifacts = artifacts;
        this.runs = runs;
        this.zip = new ZipOutputStream(out);
    }

    void write() throws IOException {
        List<String> ids = runs.stream().map(RunId::value).toList();
        entry(
                RunBundle.INDEX,
                TraceJson.MAPPER.writeValueAsBytes(new RunBundle.Index(RunBundle.FORMAT, RunBundle.VERSION, ids)));
        for (RunId runId : runs) {
            log(runId);
        }
        for (String name : names) {
            Optional<ByteBuffer> bytes = written.contains(name) ? Optional.empty() : artifacts.get(new Sha256(name));
            if (bytes.isPresent()) {
                blob(name, LargeValues.array(bytes.get()));
            }
        }
        for (RunId runId : runs) {
            report(runId);
        }
        zip.finish();
    }

    private void log(RunId runId) throws IOException {
        start(RunBundle.log(runId, runs.size()));
        Map<String, byte[]> large = new LinkedHashMap<>();
        for (TraceEvent event : store.events(runId)) {
            byte[] line = LargeValues.line(
                    event, (name, bytes) -> large.put(name.hex(), LargeValues.array(bytes.duplicate())));
            HexNames.find(line, names);
            zip.write(line);
            zip.write(RunFile.LINE_BREAK);
        }
        zip.closeEntry();
        for (Map.Entry<String, byte[]> value : large.entrySet()) {
            HexNames.find(value.getValue(), names);
            blob(value.getKey(), value.getValue());
        }
    }

    private void blob(String name, byte[] bytes) throws IOException {
        if (written.add(name)) {
            entry(RunBundle.blob(name), bytes);
        }
    }

    private void report(RunId runId) throws IOException {
        Optional<RunRecord> record = store.find(runId);
        if (record.isPresent()) {
            String html = RunReport.of(record.get(), artifacts)
                    .html(picture -> Optional.of(RunBundle.blob(picture.sha256().hex())));
            entry(RunBundle.report(runId, runs.size()), html.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void entry(String name, byte[] content) throws IOException {
        start(name);
        zip.write(content);
        zip.closeEntry();
    }

    private void start(String name) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(NO_TIME);
        zip.putNextEntry(entry);
    }
}
