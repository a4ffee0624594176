package dev.pictor.trace;

import dev.pictor.model.Usage;
import dev.pictor.prompts.LineDiff;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** The tables of a comparison. A change is that from A to B. Not thread-safe. */
final class ComparisonTables {

    private static final int TOTALS = 6;
    private static final String NONE = "–";

    private final RunComparison comparison;
    private final RunRecord a;
    private final RunRecord b;
    private final HtmlWriter html;

    ComparisonTables(RunComparison comparison, HtmlWriter html) {
        this.comparison = comparison;
        this.a = comparison.a();
        this.b = comparison.b();
        this.html = html;
    }

    void header() {
        html.open("header").leaf("p", "Two Pictor runs", "class", "kicker");
        html.leaf("h1", a.pipeline().equals(b.pipeline()) ? a.pipeline() : a.pipeline() + " and " + b.pipeline());
        html.open("dl", "class", "facts");
        run("A", a);
        run("B", b);
        html.close();
        a.error().ifPresent(error -> ReportFormat.error(html, "A: " + error));
        b.error().ifPresent(error -> ReportFormat.error(html, "B: " + error));
        html.close();
    }

    private void run(String side, RunRecord run) {
        html.open("div").leaf("dt", side).open("dd");
        html.leaf("code", run.runId().value()).text(" ");
        ReportFormat.tag(html, ReportFormat.word(run.status()), ReportSummary.look(run.status()));
        html.close().close();
    }

    void footer() {
        html.open("footer");
        html.leaf("p", missing("A", a) + " " + missing("B", b));
        html.leaf("p", "Record form: pictor-trace " + TraceEvent.FORM + ". Times in UTC. Changes are from A to B.");
        html.close();
    }

    private static String missing(String side, RunRecord run) {
        return run.missingEvents() == 0
                ? "No event is missing from the log of " + side + "."
                : ReportFormat.counted(run.missingEvents(), "event") + " missing from the log of " + side + ".";
    }

    int totals() {
        return TOTALS;
    }

    void writeTotals() {
        ReportTables.head(html, "", "A", "B", "Change");
        row("Started", ReportFormat.time(a.startedAt()), ReportFormat.time(b.startedAt()), "");
        Spent first = comparison.spentA();
        Spent second = comparison.spentB();
        row("Time", time(first), time(second), timeChange(first, second));
        row("Cost", first.cost().toString(), second.cost().toString(), costChange(first, second));
        row("Calls", first.calls() + "", second.calls() + "", change(second.calls() - (long) first.calls()));
        tokens("Tokens in", Usage::inputTextTokens);
        tokens("Tokens out", Usage::outputTextTokens);
        ReportTables.foot(html);
    }

    private void tokens(String name, Function<Usage, OptionalLong> count) {
        OptionalLong first = count.apply(comparison.spentA().usage());
        OptionalLong second = count.apply(comparison.spentB().usage());
        row(
                name,
                number(first),
                number(second),
                first.isPresent() && second.isPresent() ? change(second.getAsLong() - first.getAsLong()) : "");
    }

    private void row(String name, String first, String second, String change) {
        html.open("tr").leaf("th", name, "scope", "row");
        ReportTables.cell(html, "A", first);
        ReportTables.cell(html, "B", second);
        ReportTables.cell(html, "Change", change);
        html.close();
    }

    void writeStages() {
        ReportTables.head(html, "Stage", "A", "B", "Time A", "Time B", "Change", "Cost A", "Cost B", "Change");
        for (StageComparison stage : comparison.stages()) {
            html.open("tr").leaf("th", stage.path(), "scope", "row");
            outcome("A", stage.a());
            outcome("B", stage.b());
            ReportTables.cell(html, "Time A", time(stage.spentA()));
            ReportTables.cell(html, "Time B", time(stage.spentB()));
            ReportTables.cell(html, "Change", timeChange(stage.spentA(), stage.spentB()));
            ReportTables.cell(html, "Cost A", stage.spentA().cost().toString());
            ReportTables.cell(html, "Cost B", stage.spentB().cost().toString());
            ReportTables.cell(html, "Change", costChange(stage.spentA(), stage.spentB()));
            html.close();
        }
        ReportTables.foot(html);
    }

    private void outcome(String side, Optional<StageRecord> stage) {
        html.open("td", "data-label", side);
        stage.ifPresentOrElse(
                there -> ReportFormat.tag(html, ReportStages.outcome(there), ReportStages.look(there)),
                () -> html.leaf("span", "not in this run", "class", "quiet"));
        html.close();
    }

    void writePrompts() {
        for (PromptComparison prompt : comparison.prompts()) {
            PromptRecord any = prompt.a().or(prompt::b).orElseThrow();
            html.open("article").open("h3").text(any.name() + " ");
            if (prompt.isSameSource()) {
                ReportFormat.tag(html, "same file", "plain");
            } else {
                ReportFormat.tag(html, "another file", "warn");
            }
            html.close().open("dl", "class", "facts");
            ReportFormat.fact(html, "Stage", any.stage());
            ReportFormat.fact(
                    html, "A", prompt.a().map(ComparisonTables::served).orElse(NONE));
            ReportFormat.fact(
                    html, "B", prompt.b().map(ComparisonTables::served).orElse(NONE));
            html.close();
            diff(prompt.text());
            html.close();
        }
    }

    /** Which file served and by which rule. */
    private static String served(PromptRecord prompt) {
        return prompt.variant().map(variant -> variant + ", ").orElse("") + "version " + prompt.version()
                + prompt.rule().map(rule -> ", by " + rule).orElse("")
                + prompt.experiment().map(experiment -> " " + experiment).orElse("");
    }

    private void diff(List<LineDiff> lines) {
        if (lines.stream().allMatch(line -> line.side() == LineDiff.Side.BOTH)) {
            html.open("details").leaf("summary", "The text is the same");
        } else {
            html.open("div");
        }
        html.open("ol", "class", "diff");
        for (LineDiff line : lines) {
            switch (line.side()) {
                case A ->
                    html.open("li", "class", "gone").leaf("del", line.text()).close();
                case B ->
                    html.open("li", "class", "new").leaf("ins", line.text()).close();
                case BOTH -> html.open("li").leaf("span", line.text()).close();
            }
        }
        html.close().close();
    }

    void writeDecisions() {
        ReportTables.head(html, "Stage", "Kind", "Question", "A", "B");
        for (DecisionComparison decision : comparison.otherDecisions()) {
            DecisionRecord any = decision.a().or(decision::b).orElseThrow();
            html.open("tr").leaf("th", any.stage(), "scope", "row");
            ReportTables.cell(html, "Kind", any.decision().kind());
            ReportTables.cell(html, "Question", any.decision().question());
            choice("A", decision.a());
            choice("B", decision.b());
            html.close();
        }
        ReportTables.foot(html);
    }

    private void choice(String side, Optional<DecisionRecord> record) {
        html.open("td", "data-label", side);
        record.map(DecisionRecord::decision)
                .ifPresentOrElse(
                        decision -> html.leaf("strong", decision.chosen()).text(" " + decision.reason()),
                        () -> html.leaf("span", "not decided", "class", "quiet"));
        html.close();
    }

    void writeChecks() {
        ReportTables.head(html, "Check", "Stage", "A", "B");
        for (EvaluationComparison check : comparison.evaluations()) {
            EvaluationRecord any = check.a().or(check::b).orElseThrow();
            html.open("tr").leaf("th", any.evaluation().name(), "scope", "row");
            ReportTables.cell(html, "Stage", any.stage());
            verdict("A", check.a());
            verdict("B", check.b());
            html.close();
        }
        ReportTables.foot(html);
    }

    private void verdict(String side, Optional<EvaluationRecord> record) {
        html.open("td", "data-label", side);
        record.ifPresentOrElse(
                check -> {
                    Evaluation evaluation = check.evaluation();
                    ReportFormat.tag(
                            html, ReportFormat.word(evaluation.verdict()), ReportTables.look(evaluation.verdict()));
                    html.text(" " + evaluation.explanation());
                },
                () -> html.leaf("span", "not checked", "class", "quiet"));
        html.close();
    }

    private static String time(Spent spent) {
        return spent.duration().map(ReportFormat::duration).orElse(NONE);
    }

    private static String timeChange(Spent from, Spent to) {
        return to.timeBeyond(from)
                .map(change -> sign(change.isNegative(), change.isZero()) + ReportFormat.duration(change.abs()))
                .orElse("");
    }

    private static String costChange(Spent from, Spent to) {
        return to.costBeyond(from).map(ComparisonTables::money).orElse("");
    }

    private static String money(BigDecimal change) {
        return sign(change.signum() < 0, change.signum() == 0) + change.abs().toPlainString();
    }

    private static String change(long change) {
        return sign(change < 0, change == 0) + ReportFormat.number(Math.abs(change));
    }

    private static String sign(boolean isLess, boolean isSame) {
        return isSame ? "±" : isLess ? "−" : "+";
    }

    private static String number(OptionalLong count) {
        return count.isPresent() ? String.format(Locale.ROOT, "%,d", count.getAsLong()) : NONE;
    }
}
