package dev.pictor.examples;

import dev.pictor.trace.DirectoryRunStore;
import dev.pictor.trace.OtlpLines;
import dev.pictor.trace.RunBundle;
import dev.pictor.trace.RunExport;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunSummary;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code export [RUN...]}: runs for others to read. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Writes runs to a file: those named, or those that the options describe, newest first.",
            "bundle is a zip with logs, pictures and reports; jsonl has a line for each event; csv a row for each run; otlp"
                    + " a line for each run, for OpenTelemetry collectors."
        })
final class ExportCommand implements Callable<Integer> {

    /** What is written. */
    enum Form {
        BUNDLE("runs.zip"),
        JSONL("runs.jsonl"),
        CSV("runs.csv"),
        OTLP("runs.otlp.jsonl");

        private final String fileName;

        Form(String fileName) {
            this.fileName = fileName;
        }
    }

    private final Output output;

    @Mixin
    private OutputFolder folder = new OutputFolder();

    @Mixin
    private RunFilters filters = new RunFilters();

    @Parameters(paramLabel = "RUN", arity = "0..*", description = "The runs' ids.")
    private List<String> runs = new ArrayList<>();

    @Option(
            names = "--as",
            paramLabel = "FORM",
            defaultValue = "bundle",
            description = "One of ${COMPLETION-CANDIDATES}. Default: bundle.")
    private Form form = Form.BUNDLE;

    @Option(names = "--to", paramLabel = "FILE", description = "The file. Default: one in the folder, by its form.")
    private @Nullable Path to;

    @Option(names = "--with-content", description = "Prompts and answers too, with --as otlp.")
    private boolean withContent;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "1000",
            description = "At most so many that the options describe, 1 to 1000. Default: 1000.")
    private int limit = 1000;

    ExportCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() {
        Path file = to == null ? folder.file(form.fileName) : to;
        try (DirectoryRunStore store = folder.existing()) {
            List<RunSummary> chosen = runs.isEmpty()
                    ? store.list(filters.query().limit(limit).build()).runs()
                    : runs.stream()
                            .map(run -> RunSummary.of(OutputFolder.find(store, new RunId(run))))
                            .toList();
            if (chosen.isEmpty()) {
                throw new IllegalArgumentException("no run is as the options say");
            }
            write(store, chosen, file);
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("runs", chosen.size());
            facts.put("file", file.toString());
            output.print(facts, folder.isJson());
        }
        return 0;
    }

    private void write(DirectoryRunStore store, List<RunSummary> chosen, Path file) {
        List<RunId> ids = chosen.stream().map(RunSummary::runId).toList();
        if (form == Form.BUNDLE) {
            RunBundle.write(store, ids, file);
            return;
        }
        try (OutputStream out = Files.newOutputStream(file);
                Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8))) {
            switch (form) {
                case JSONL -> RunExport.jsonLines(store, ids, out);
                case CSV -> RunExport.csv(chosen, text);
                default -> {
                    OtlpLines lines = OtlpLines.of("pictor-examples");
                    (withContent ? lines.withContent() : lines).write(store, ids, out);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
