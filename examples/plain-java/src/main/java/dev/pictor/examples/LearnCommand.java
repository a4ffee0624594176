package dev.pictor.examples;

import dev.pictor.feedback.AnalysisOptions;
import dev.pictor.feedback.AnalysisOptionsBuilder;
import dev.pictor.feedback.DataFileLayout;
import dev.pictor.feedback.FeedbackAnalysis;
import dev.pictor.feedback.LearningReport;
import dev.pictor.gateway.routing.RoutingRules;
import dev.pictor.intent.Lexicon;
import dev.pictor.trace.DirectoryRunStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code learn}: what follows from how runs were rated. */
@Command(
        name = "learn",
        mixinStandardHelpOptions = true,
        description =
                "Tells what follows from how runs were rated, and what that would change in data files. Changes nothing.")
final class LearnCommand implements Callable<Integer> {

    private static final String LEXICON = "lexicon.json";
    private static final String RULES = "tiers.json";

    private final Output output;

    @Mixin
    private OutputFolder folder = new OutputFolder();

    @Mixin
    private RunFilters filters = new RunFilters();

    @Option(
            names = "--cheap",
            paramLabel = "MODEL",
            description =
                    "A model that draws what is simple. May be repeated. Default: none, which leaves complexity out.")
    private Set<String> cheap = new LinkedHashSet<>();

    @Option(names = "--lexicon", paramLabel = "FILE", description = "The lexicon in use. Default: that of Pictor.")
    private @Nullable Path lexicon;

    @Option(names = "--rules", paramLabel = "FILE", description = "The routing rules in use. Default: those of Pictor.")
    private @Nullable Path rules;

    LearnCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() {
        String lexiconName = lexicon == null ? LEXICON : lexicon.toString();
        String rulesName = rules == null ? RULES : rules.toString();
        String lexiconText = text(lexicon, Lexicon.class, LEXICON);
        String rulesText = text(rules, RoutingRules.class, RULES);
        AnalysisOptionsBuilder options = AnalysisOptions.builder().cheapModels(cheap);
        Lexicon.parse(lexiconName, lexiconText).phrases().values().forEach(options::addAllKnownTerms);
        AnalysisOptions built = options.build();
        DataFileLayout layout =
                DataFileLayout.forFiles(lexiconName, lexiconText, rulesName, rulesText, built.complexityThreshold());
        try (DirectoryRunStore store = folder.existing()) {
            LearningReport report = FeedbackAnalysis.of(built, layout)
                    .report(store, filters.query().build());
            if (folder.isJson()) {
                output.line(report.toJson());
            } else {
                output.line(report.toText().stripTrailing());
                String patch = report.diff(Map.of(lexiconName, lexiconText, rulesName, rulesText));
                if (!patch.isEmpty()) {
                    output.line(patch.stripTrailing());
                }
            }
        }
        return 0;
    }

    private static String text(@Nullable Path file, Class<?> neighbour, String name) {
        try {
            if (file != null) {
                return Files.readString(file);
            }
            try (InputStream in = Objects.requireNonNull(neighbour.getResourceAsStream(name), name)) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + (file == null ? name : file), e);
        }
    }
}
