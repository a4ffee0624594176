package dev.pictor.examples;

import dev.pictor.prompts.LineDiff;
import dev.pictor.trace.DecisionComparison;
import dev.pictor.trace.DecisionRecord;
import dev.pictor.trace.PromptComparison;
import dev.pictor.trace.PromptRecord;
import dev.pictor.trace.RunComparison;
import dev.pictor.trace.RunRecord;
import dev.pictor.trace.Spent;
import dev.pictor.trace.StageComparison;
import dev.pictor.trace.StageRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says how two runs differ: totals, stages, prompts that changed and decisions that are others. */
record ComparedRuns(RunComparison comparison) {

    private static final String NONE = "-";

    void print(Output output) {
        Table totals = new Table("total", "A", "B");
        Map<String, Object> a = totals(comparison.a(), comparison.spentA());
        Map<String, Object> b = totals(comparison.b(), comparison.spentB());
        a.forEach((name, value) -> totals.add(name, value.toString(), String.valueOf(b.get(name))));
        totals.print(output);
        output.line("");
        Table stages = new Table("stage", "A", "B");
        comparison
                .stages()
                .forEach(stage ->
                        stages.add(stage.path(), words(stage.a(), stage.spentA()), words(stage.b(), stage.spentB())));
        stages.print(output);
        output.line("");
        for (PromptComparison prompt : changedPrompts()) {
            output.line("prompt    " + any(prompt).stage() + ": " + version(prompt.a()) + " -> " + version(prompt.b()));
            diff(prompt).forEach(line -> output.line("          " + line));
        }
        for (DecisionComparison decision : comparison.otherDecisions()) {
            DecisionRecord any = any(decision);
            output.line("decision  " + any.stage() + ": " + any.decision().kind() + ": " + chosen(decision.a()) + " -> "
                    + chosen(decision.b()));
        }
        output.line(changedPrompts().size() + " prompts changed, "
                + comparison.otherDecisions().size() + " decisions differ");
    }

    Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("a", totals(comparison.a(), comparison.spentA()));
        facts.put("b", totals(comparison.b(), comparison.spentB()));
        facts.put(
                "stages", comparison.stages().stream().map(ComparedRuns::facts).toList());
        facts.put(
                "prompts",
                changedPrompts().stream()
                        .map(prompt -> Map.of(
                                "stage", any(prompt).stage(),
                                "a", version(prompt.a()),
                                "b", version(prompt.b()),
                                "diff", diff(prompt)))
                        .toList());
        facts.put(
                "decisions",
                comparison.otherDecisions().stream()
                        .map(decision -> Map.of(
                                "stage", any(decision).stage(),
                                "kind", any(decision).decision().kind(),
                                "question", any(decision).decision().question(),
                                "a", chosen(decision.a()),
                                "b", chosen(decision.b())))
                        .toList());
        return facts;
    }

    private List<PromptComparison> changedPrompts() {
        return comparison.prompts().stream()
                .filter(prompt -> !prompt.isSameSource() || !diff(prompt).isEmpty())
                .toList();
    }

    private static Map<String, Object> totals(RunRecord run, Spent spent) {
        Map<String, Object> totals = new LinkedHashMap<>();
        totals.put("run", run.runId().value());
        totals.put("status", ImageInfoCommand.lower(run.status()));
        totals.putAll(facts(spent));
        return totals;
    }

    private static Map<String, Object> facts(StageComparison stage) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("stage", stage.path());
        stage.a().ifPresent(record -> facts.put("a", facts(record, stage.spentA())));
        stage.b().ifPresent(record -> facts.put("b", facts(record, stage.spentB())));
        return facts;
    }

    private static Map<String, Object> facts(StageRecord stage, Spent spent) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("outcome", outcome(stage));
        facts.putAll(facts(spent));
        return facts;
    }

    /** The same names on both sides, so that what is not known has a dash. */
    private static Map<String, Object> facts(Spent spent) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("time", spent.duration().map(took -> took.toMillis() + " ms").orElse(NONE));
        facts.put("calls", spent.calls());
        facts.put("cost", spent.cost().toString());
        facts.put("tokens_in", spent.usage().inputTokens().orElse(0));
        facts.put("tokens_out", spent.usage().outputTokens().orElse(0));
        facts.put("pictures", spent.usage().images());
        return facts;
    }

    private static String words(Optional<StageRecord> stage, Spent spent) {
        return stage.map(record -> outcome(record)
                        + spent.duration()
                                .map(took -> " " + took.toMillis() + " ms")
                                .orElse("")
                        + (spent.calls() == 0 ? "" : " " + spent.cost()))
                .orElse(NONE);
    }

    private static String outcome(StageRecord stage) {
        return stage.outcome().map(ImageInfoCommand::lower).orElse("interrupted");
    }

    private static PromptRecord any(PromptComparison prompt) {
        return prompt.a().or(prompt::b).orElseThrow();
    }

    private static DecisionRecord any(DecisionComparison decision) {
        return decision.a().or(decision::b).orElseThrow();
    }

    private static String version(Optional<PromptRecord> prompt) {
        return prompt.map(one ->
                        one.name() + one.variant().map(variant -> "." + variant).orElse("") + "@" + one.version())
                .orElse(NONE);
    }

    private static String chosen(Optional<DecisionRecord> decision) {
        return decision.map(made -> made.decision().chosen()).orElse(NONE);
    }

    /** The lines that one side has only. */
    private static List<String> diff(PromptComparison prompt) {
        return prompt.text().stream()
                .filter(line -> line.side() != LineDiff.Side.BOTH)
                .map(line -> (line.side() == LineDiff.Side.A ? "-" : "+") + line.text())
                .toList();
    }
}
