package dev.pictor.examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.replay.BatchOptions;
import dev.pictor.replay.ForkBatch;
import dev.pictor.replay.ForkOutcome;
import dev.pictor.replay.ForkedRun;
import dev.pictor.replay.RunChanges;
import dev.pictor.replay.RunChangesBuilder;
import dev.pictor.trace.MatrixReport;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fork RUN...}: past runs again with something changed. */
@Command(
        name = "fork",
        mixinStandardHelpOptions = true,
        description = {
            "Runs past runs again with something changed. What the change does not touch is taken over.",
            "One run: its pictures. Several: a page with a row for each, before and after."
        })
final class ForkCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Models models;
    private final Output output;

    @Mixin
    private OutputFolder folder = new OutputFolder();

    @Parameters(paramLabel = "RUN", arity = "1..*", description = "The runs' ids.")
    private List<String> runs = new ArrayList<>();

    @Option(
            names = "--prompt",
            paramLabel = "NAME=FILE",
            description = "A file to use in place of a prompt, such as generation/enhance.art=mine.prompt.")
    private Map<String, Path> prompts = new LinkedHashMap<>();

    @Option(names = "--pin", paramLabel = "NAME=VERSION", description = "A version of a prompt to use.")
    private Map<String, String> pins = new LinkedHashMap<>();

    @Option(
            names = "--set",
            paramLabel = "STAGE.NAME=VALUE",
            description = "A parameter of a stage's calls, such as generate.seed=7. JSON, or text where it is no JSON.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(names = "--from", paramLabel = "STAGE", description = "The stage to begin at, if nothing else is changed.")
    private @Nullable String from;

    @Option(names = "--model", paramLabel = "ID", description = "An image model of Gemini or OpenAI; needs a key.")
    private @Nullable String model;

    ForkCommand(Models models, Output output) {
        this.models = models;
        this.output = output;
    }

    @Override
    public Integer call() {
        RunChanges changes = changes();
        List<RunId> past = runs.stream().map(RunId::new).toList();
        try (OpenPictor open = OpenPictor.of(folder, folder.existing(), models, Optional.ofNullable(model))) {
            RunOptions options = open.options(output).build();
            return past.size() == 1 ? one(open, past.get(0), changes, options) : many(open, past, changes, options);
        }
    }

    private int one(OpenPictor open, RunId past, RunChanges changes, RunOptions options) {
        Map<String, Object> facts = open.write(open.pictor()
                .replay()
                .fork(open.pictor().images().pipeline(), past, changes, options)
                .value());
        facts.put("fork_of", past.value());
        output.print(facts, folder.isJson());
        return 0;
    }

    private int many(OpenPictor open, List<RunId> past, RunChanges changes, RunOptions options) {
        ForkBatch batch = open.pictor()
                .replay()
                .forkAll(
                        open.pictor().images().pipeline(),
                        past,
                        changes,
                        BatchOptions.builder().maxRuns(past.size()).run(options).build());
        Path page = folder.file("forks.html");
        MatrixReport.of(
                        batch.runs().size() + " runs, before and after",
                        List.of("before", "after"),
                        batch.runs().stream()
                                .map(run -> new MatrixReport.Row(
                                        run.pastRunId().value(), List.of(run.before(), run.after())))
                                .toList(),
                        open.store())
                .writeTo(page);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("fork", batch.runs().stream().map(ForkCommand::words).toList());
        facts.put("cost", batch.cost().toString());
        facts.put("report", page.toString());
        output.print(facts, folder.isJson());
        return batch.count(ForkOutcome.SUCCEEDED) == past.size() ? 0 : Failures.OTHER;
    }

    private static String words(ForkedRun run) {
        return run.pastRunId() + " " + ImageInfoCommand.lower(run.outcome())
                + run.after().map(RunRecord::runId).map(id -> " " + id).orElse("")
                + run.reason().map(reason -> ": " + reason).orElse("");
    }

    private RunChanges changes() {
        RunChangesBuilder changes = RunChanges.builder().pins(pins).fromStage(Optional.ofNullable(from));
        prompts.forEach((name, file) -> changes.putPrompts(name, read(file)));
        if (model != null) {
            changes.putModels("generate", model);
        }
        Map<String, Map<String, Object>> byStage = new LinkedHashMap<>();
        parameters.forEach((path, value) -> {
            int dot = path.indexOf('.');
            if (dot < 1) {
                throw new IllegalArgumentException("--set must be STAGE.NAME=VALUE, was " + path);
            }
            byStage.computeIfAbsent(path.substring(0, dot), stage -> new LinkedHashMap<>())
                    .put(path.substring(dot + 1), value(value));
        });
        return changes.parameters(byStage).build();
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static Object value(String text) {
        try {
            Object value = JSON.readValue(text, Object.class);
            return value == null ? text : value;
        } catch (JsonProcessingException e) {
            return text;
        }
    }
}
