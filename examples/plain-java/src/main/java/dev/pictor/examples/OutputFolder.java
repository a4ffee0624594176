package dev.pictor.examples;

import dev.pictor.generation.GeneratedImages;
import dev.pictor.image.ImageBytes;
import dev.pictor.prompts.PromptOverrideStore;
import dev.pictor.prompts.PromptRegistry;
import dev.pictor.prompts.PromptSource;
import dev.pictor.trace.DirectoryRunStore;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunRecord;
import dev.pictor.trace.RunReport;
import dev.pictor.trace.StoredRunException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The folder that all commands work in: pictures, report and, under {@code store}, every run. */
final class OutputFolder {

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "pictor-out",
            description = "Folder for pictures, report, run store, prompts and overrides. Default: ${DEFAULT-VALUE}.")
    private Path directory = Path.of("pictor-out");

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    boolean isJson() {
        return json;
    }

    /** Opens the store for a run that is about to be written. */
    DirectoryRunStore create() {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create folder " + directory, e);
        }
        return DirectoryRunStore.open(directory.resolve("store"));
    }

    /** Opens the store for reading. */
    DirectoryRunStore existing() {
        Path store = directory.resolve("store");
        if (!Files.isDirectory(store)) {
            throw new IllegalArgumentException("there are no runs in " + directory + "; generate one first");
        }
        return DirectoryRunStore.open(store);
    }

    /** The prompts of this folder before those that come with Pictor, and its tenants' overrides before both. */
    PromptRegistry prompts() {
        return prompts(overrides());
    }

    PromptRegistry prompts(PromptOverrideStore overrides) {
        Path own = directory.resolve("prompts");
        return (Files.isDirectory(own)
                        ? PromptRegistry.builder(PromptSource.ofDirectory(own)).addSource(PromptSource.builtIn())
                        : PromptRegistry.builder(PromptSource.builtIn()))
                .overrides(overrides)
                .build();
    }

    PromptOverrideStore overrides() {
        return PromptOverrideStore.ofDirectory(directory.resolve("overrides"));
    }

    /** A file of this folder. */
    Path file(String name) {
        return directory.resolve(name);
    }

    static RunRecord find(DirectoryRunStore store, RunId runId) {
        return store.find(runId)
                .orElseThrow(() -> new StoredRunException(
                        StoredRunException.Reason.NOT_FOUND, "run " + runId + " is not in this folder", null));
    }

    /** Writes pictures and report, and returns what there is to say of them. */
    Map<String, Object> write(DirectoryRunStore store, GeneratedImages result) {
        List<String> pictures = new ArrayList<>();
        for (ImageBytes image : result.images()) {
            String number = result.images().size() == 1 ? "" : "-" + (pictures.size() + 1);
            Path file =
                    directory.resolve("picture" + number + "." + image.format().extension());
            image.writeTo(file);
            pictures.add(file.toString());
        }
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("picture", pictures);
        facts.put("model", result.model());
        facts.put("cost", result.cost().toString());
        facts.put("run", result.runId().value());
        facts.put("report", report(store, result.runId()).toString());
        facts.put(
                "warning",
                result.warnings().stream()
                        .map(warning -> warning.option() + ": " + warning.message())
                        .toList());
        facts.put(
                "degraded",
                result.degradations().stream()
                        .map(degradation -> degradation.stage() + ": " + degradation.reason())
                        .toList());
        return facts;
    }

    Path report(DirectoryRunStore store, RunId runId) {
        Path file = directory.resolve("report.html");
        RunReport.of(find(store, runId), store).writeTo(file);
        return file;
    }
}
