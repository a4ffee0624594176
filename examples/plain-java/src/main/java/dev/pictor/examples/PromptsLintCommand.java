package dev.pictor.examples;

import dev.pictor.prompts.PromptFinding;
import dev.pictor.prompts.PromptLint;
import dev.pictor.prompts.PromptLintReport;
import dev.pictor.prompts.PromptSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code prompts lint DIR}: what is wrong with prompt files, labels and experiments. */
@Command(
        name = "lint",
        mixinStandardHelpOptions = true,
        description =
                "Tells what is wrong with prompt files, labels.yaml and experiments.yaml, a line for each finding. "
                        + "The exit code is 1 if there are errors. The rules are in the javadoc of PromptLint.")
final class PromptsLintCommand implements Callable<Integer> {

    private final Output output;

    @Parameters(paramLabel = "DIR", arity = "0..1", description = "The root folder of the prompts.")
    private @Nullable Path directory;

    @Option(
            names = "--built-in",
            description = "Check the prompts that come with Pictor; with DIR, those behind it, as a registry of both"
                    + " sees them.")
    private boolean builtIn;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    PromptsLintCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() {
        PromptLintReport report = lint().check();
        if (json) {
            output.line(Output.json(facts(report)));
        } else {
            table(report.findings());
            output.line(report.summary());
        }
        return report.errors().isEmpty() ? 0 : Failures.OTHER;
    }

    private PromptLint lint() {
        if (directory == null) {
            if (!builtIn) {
                throw new IllegalArgumentException("give a DIR, --built-in or both");
            }
            return PromptLint.of(PromptSource.builtIn());
        }
        PromptSource own = PromptSource.ofDirectory(directory);
        return builtIn ? PromptLint.of(own, PromptSource.builtIn()) : PromptLint.of(own);
    }

    private void table(List<PromptFinding> findings) {
        int place = width(findings.stream().map(PromptsLintCommand::place).toList());
        int rule = width(findings.stream().map(PromptFinding::rule).toList());
        for (PromptFinding finding : findings) {
            output.line(padded(place(finding), place)
                    + padded(ImageInfoCommand.lower(finding.severity()), 9)
                    + padded(finding.rule(), rule)
                    + finding.message());
        }
    }

    private static int width(List<String> column) {
        return 2 + column.stream().mapToInt(String::length).max().orElse(0);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static String place(PromptFinding finding) {
        return finding.path()
                + (finding.line().isPresent() ? ":" + finding.line().getAsInt() : "");
    }

    private static Map<String, Object> facts(PromptLintReport report) {
        List<Map<String, Object>> findings = new ArrayList<>();
        for (PromptFinding finding : report.findings()) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("path", finding.path());
            finding.line().ifPresent(line -> facts.put("line", line));
            facts.put("severity", ImageInfoCommand.lower(finding.severity()));
            facts.put("rule", finding.rule());
            facts.put("message", finding.message());
            facts.put("origin", finding.origin());
            findings.add(facts);
        }
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("findings", findings);
        facts.put("errors", report.errors().size());
        facts.put("warnings", report.warnings().size());
        facts.put("files", report.files());
        return facts;
    }
}
