package dev.pictor.pipeline;

import static dev.pictor.trace.StoredRunException.Reason.FINISHED;
import static dev.pictor.trace.StoredRunException.Reason.NOT_FOUND;
import static dev.pictor.trace.StoredRunException.Reason.NOT_RECORDED;
import static dev.pictor.trace.StoredRunException.Reason.OTHER_DEFINITION;

import dev.pictor.time.TimeSource;
import dev.pictor.trace.JournaledRun;
import dev.pictor.trace.JournaledRunBuilder;
import dev.pictor.trace.JournaledValue;
import dev.pictor.trace.Redaction;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunJournal;
import dev.pictor.trace.StoredRunException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs as the journal has them: what is written of a new one, and values read back from an earlier one. Thread-safe. */
final class SavedRuns {

    private final RunJournal journal;
    private final ValueCodec codec;
    private final Redaction redaction;
    private final TimeSource time;

    SavedRuns(RunJournal journal, ValueCodec codec, Redaction redaction, TimeSource time) {
        this.journal = journal;
        this.codec = codec;
        this.redaction = redaction;
        this.time = time;
    }

    /** Returns what the journal is told of a run that starts now. */
    JournaledRun started(RunId runId, Pipeline<?, ?> pipeline, JournaledValue input, RunOptions options) {
        boolean namesThem = options.tenant().flatMap(redaction::find).isEmpty()
                && options.user().flatMap(redaction::find).isEmpty();
        JournaledValue kept = namesThem
                ? input
                : JournaledValue.withheld("the tenant or user that the run is for must not be recorded");
        JournaledRunBuilder started = JournaledRun.builder(
                        runId,
                        pipeline.name(),
                        pipeline.definition(),
                        time.clock().instant(),
                        kept)
                .isResumable(options.extensions().stream().noneMatch(RunExtension::isNeededToResume));
        return namesThem ? started.tenant(options.tenant()).user(options.user()).build() : started.build();
    }

    /** Finds a run that can go on, or says why it cannot. */
    JournaledRun resumable(Pipeline<?, ?> pipeline, RunId runId) {
        JournaledRun run = journal.read(runId)
                .orElseThrow(() -> new StoredRunException(NOT_FOUND, "run " + runId + " is not in the journal", null));
        if (run.isFinished()) {
            throw new StoredRunException(FINISHED, "run " + runId + " is finished, there is nothing to resume", null);
        }
        if (!run.isResumable()) {
            throw new StoredRunException(
                    NOT_RECORDED,
                    "run " + runId + " is a replay or a fork whose changes are not in the journal: make it again",
                    null);
        }
        checkDefinition(pipeline, run);
        return run;
    }

    static void checkDefinition(Pipeline<?, ?> pipeline, JournaledRun run) {
        if (!run.definition().equals(pipeline.definition())) {
            throw new StoredRunException(
                    OTHER_DEFINITION,
                    "run " + run.runId() + " was started with another definition of pipeline " + run.pipeline()
                            + ": go on with the version of the program that started it",
                    null);
        }
    }

    /** Reads what a run was started with. */
    <I> I input(Pipeline<I, ?> pipeline, JournaledRun run) {
        checkDefinition(pipeline, run);
        return codec.decode(run.input(), pipeline.inputType(), "the input of run " + run.runId());
    }

    /** Reads what stages gave, by path. */
    Map<String, Object> outputs(Pipeline<?, ?> pipeline, Map<String, JournaledValue> values) {
        Map<String, Object> outputs = new HashMap<>();
        read(pipeline, "", values, outputs);
        return outputs;
    }

    private void read(
            Pipeline<?, ?> pipeline, String prefix, Map<String, JournaledValue> values, Map<String, Object> into) {
        for (StageNode node : pipeline.stages()) {
            String path = prefix + node.name();
            JournaledValue value = values.get(path);
            if (value != null) {
                into.put(path, codec.decode(value, node.key, "the output of stage " + path));
            } else if (node.child != null) {
                read(node.child, path + "/", values, into);
            }
        }
    }

    /** Reads what a run gave. */
    @SuppressWarnings("unchecked") // the value is read by the key of the stage that gives the result
    <O> O result(Pipeline<?, O> pipeline, JournaledRun run) {
        JournaledValue value = run.stages()
                .getOrDefault(pipeline.result().name(), JournaledValue.withheld("the journal's line is not there"));
        return (O) codec.decode(value, pipeline.result(), "the result of run " + run.runId());
    }

    /** Returns what was less than it could be, in the order of the stages. */
    static List<Degradation> degradations(Map<String, JournaledValue> outputs) {
        List<Degradation> degradations = new ArrayList<>();
        outputs.forEach((stage, output) ->
                output.degradations().forEach(reason -> degradations.add(new Degradation(stage, reason))));
        return List.copyOf(degradations);
    }
}
