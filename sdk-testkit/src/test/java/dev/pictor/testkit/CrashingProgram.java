package dev.pictor.testkit;

import static dev.pictor.pipeline.Needs.needs;

import dev.pictor.image.ImageBytes;
import dev.pictor.image.PixelSize;
import dev.pictor.image.Sha256;
import dev.pictor.pipeline.Pipeline;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.RunResult;
import dev.pictor.pipeline.StageKey;
import dev.pictor.trace.DirectoryRunStore;
import dev.pictor.trace.JournaledRun;
import dev.pictor.trace.JournaledValue;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunJournal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * A program that runs one pipeline after the other until it is killed, and says on its standard output what the store has
 * acknowledged: {@code event RUN SEQUENCE .}, {@code stage RUN PATH .}. In {@code hold} mode it stops inside a stage after
 * {@code held RUN .}.
 */
final class CrashingProgram {

    record Sheet(String title, ImageBytes picture) {}

    /** What each stage does beside its work. */
    @FunctionalInterface
    interface Hook {
        void stage(RunId runId, String path) throws Exception;
    }

    static final String RESULT = "view of hall 3x2 framed";

    private static final StageKey<String> NAME = StageKey.of("name", String.class);
    private static final StageKey<Sheet> SHEET = StageKey.of("sheet", Sheet.class);
    private static final StageKey<String> VIEW = StageKey.of("view", String.class);
    private static final StageKey<String> INNER = StageKey.of("inner", String.class);
    private static final StageKey<String> FRAMED = StageKey.of("framed", String.class);

    private CrashingProgram() {}

    static Pipeline<String, String> pipeline(Hook hook) {
        Pipeline<Sheet, String> child = Pipeline.named("child", Sheet.class)
                .stage(VIEW, (run, sheet) -> {
                    hook.stage(run.runId(), run.stage());
                    return "view of " + sheet.title() + " " + sheet.picture().size();
                })
                .returning(VIEW);
        return Pipeline.named("crashing", String.class)
                .stage(NAME, (run, in) -> {
                    hook.stage(run.runId(), run.stage());
                    return in;
                })
                .stage(SHEET, needs(NAME), (run, in, name) -> {
                    hook.stage(run.runId(), run.stage());
                    return new Sheet(name, FakePicture.of(new PixelSize(3, 2), 0xB5A642));
                })
                .pipeline(INNER, child, needs(SHEET), (run, in, sheet) -> sheet)
                .stage(FRAMED, needs(INNER), (run, in, view) -> {
                    hook.stage(run.runId(), run.stage());
                    return view + " framed";
                })
                .returning(FRAMED);
    }

    public static void main(String[] args) {
        Path directory = Path.of(args[0]);
        boolean hold = args[1].equals("hold");
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.US_ASCII);
        DirectoryRunStore store = DirectoryRunStore.open(directory);
        PipelineRunner runner = PipelineRunner.builder()
                .traceSink(event -> {
                    store.accept(event);
                    out.println("event " + event.runId() + " " + event.sequence() + " .");
                })
                .journal(new Acknowledging(store, out))
                .artifacts(store)
                .build();
        Pipeline<String, String> pipeline = pipeline((runId, path) -> {
            if (hold && path.equals("framed")) {
                DirectoryRunStore.open(directory).close(); // someone else in this process looks at the runs
                out.println("held " + runId + " .");
                new CountDownLatch(1).await();
            }
        });
        while (true) {
            RunResult<String> unused = runner.run(pipeline, "hall");
        }
    }

    private record Acknowledging(RunJournal journal, PrintStream out) implements RunJournal {

        @Override
        public void begin(JournaledRun run) {
            journal.begin(run);
        }

        @Override
        public void stageFinished(RunId runId, String stage, JournaledValue output) {
            journal.stageFinished(runId, stage, output);
            out.println("stage " + runId + " " + stage + " .");
        }

        @Override
        public void end(RunId runId, boolean resumable) {
            journal.end(runId, resumable);
        }

        @Override
        public RunId claim(Sha256 key, RunId runId) {
            return journal.claim(key, runId);
        }

        @Override
        public Optional<JournaledRun> read(RunId runId) {
            return journal.read(runId);
        }
    }
}
