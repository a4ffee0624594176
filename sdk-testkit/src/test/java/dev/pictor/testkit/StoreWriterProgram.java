package dev.pictor.testkit;

import dev.pictor.image.Sha256;
import dev.pictor.trace.DirectoryRunStore;
import dev.pictor.trace.FsyncPolicy;
import dev.pictor.trace.JournaledRun;
import dev.pictor.trace.JournaledValue;
import dev.pictor.trace.RunId;
import dev.pictor.trace.TraceEvent;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;

/**
 * A program that fills a store until it is killed, and says on its standard output what was acknowledged: {@code event RUN
 * SEQUENCE .}, {@code stage RUN PATH .}. In {@code keep} mode it keeps pictures that may be swept at any moment, and ends
 * with {@code kept COUNT SWEPT LOST .}.
 */
final class StoreWriterProgram {

    static final String TEXT = "text";
    static final String LONG_TEXT = "ışık ve gölge ".repeat(2_000);
    private static final int KEEPS = 200;
    private static final int MOST_NANOS = 20_000_000;

    private StoreWriterProgram() {}

    public static void main(String[] args) throws IOException {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.US_ASCII);
        DirectoryRunStore store = DirectoryRunStore.builder(Path.of(args[0]))
                .fsync(FsyncPolicy.valueOf(args[1]))
                .build();
        Random random = new Random(Long.parseLong(args[2]));
        if (args[3].equals("keep")) {
            keep(store, random, out);
            return;
        }
        while (true) {
            run(store, random, out);
        }
    }

    private static void run(DirectoryRunStore store, Random random, PrintStream out) {
        RunId runId = RunId.create();
        store.begin(JournaledRun.builder(
                        runId, "sample", Sha256.of(new byte[0]), Instant.EPOCH, JournaledValue.of("a lamp"))
                .build());
        long sequence = 0;
        event(store, runId, ++sequence, TraceEvent.RUN_START, Map.of(), out);
        for (int stage = 0; stage < 1 + random.nextInt(4); stage++) {
            byte[] picture = new byte[1 + random.nextInt(40_000)];
            random.nextBytes(picture);
            Sha256 name = Sha256.of(picture);
            store.put(name, ByteBuffer.wrap(picture));
            Map<String, Object> artifact = Map.of("artifact", Map.of("sha256", name.hex()));
            event(store, runId, ++sequence, TraceEvent.ARTIFACT, artifact, out);
            if (random.nextInt(4) == 0) {
                event(store, runId, ++sequence, "acme.long", Map.of(TEXT, LONG_TEXT), out);
            }
            event(store, runId, ++sequence, TraceEvent.STAGE_END, Map.of(), out);
            store.stageFinished(runId, "s" + stage, JournaledValue.of(artifact));
            out.println("stage " + runId + " s" + stage + " .");
        }
        event(store, runId, ++sequence, TraceEvent.RUN_END, Map.of(), out);
        store.end(runId, false);
    }

    private static void event(
            DirectoryRunStore store, RunId runId, long sequence, String type, Map<String, ?> body, PrintStream out) {
        store.accept(TraceEvent.builder(runId, type, Instant.EPOCH)
                .sequence(sequence)
                .body(body)
                .build());
        out.println("event " + runId + " " + sequence + " .");
    }

    private static void keep(DirectoryRunStore store, Random random, PrintStream out) throws IOException {
        byte[] picture = new byte[1_000];
        random.nextBytes(picture);
        Sha256 name = Sha256.of(picture);
        Path file = store.artifactFile(name);
        store.put(name, ByteBuffer.wrap(picture));
        int swept = 0;
        int lost = 0;
        for (int i = 0; i < KEEPS || swept == 0; i++) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
            long until = System.nanoTime() + random.nextInt(MOST_NANOS);
            while (System.nanoTime() < until && Files.exists(file)) {
                Thread.onSpinWait();
            }
            swept += Files.exists(file) ? 0 : 1;
            store.put(name, ByteBuffer.wrap(picture));
            lost += Files.exists(file) ? 0 : 1;
        }
        out.println("kept " + KEEPS + " " + swept + " " + lost + " .");
        store.close();
    }
}
