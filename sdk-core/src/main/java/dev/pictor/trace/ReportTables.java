package dev.pictor.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The prompts, and the tables of decisions and checks. Not thread-safe. */
final class ReportTables {

    private final RunRecord run;
    private final HtmlWriter html;

    ReportTables(RunRecord run, HtmlWriter html) {
        this.run = run;
        this.html = html;
    }

    static void head(HtmlWriter html, String... columns) {
        html.open("table").open("thead").open("tr");
        for (String column : columns) {
            html.leaf("th", column, "scope", "col");
        }
        html.close().close().open("tbody");
    }

    static void foot(HtmlWriter html) {
        html.close().close();
    }

    /** The label takes the place of the column's head on a narrow screen. */
    static void cell(HtmlWriter html, String label, String text) {
        html.leaf("td", text, "data-label", label);
    }

    void prompts() {
        for (PromptRecord prompt : run.prompts()) {
            html.open("article").leaf("h3", prompt.name());
            html.open("dl", "class", "facts");
            ReportFormat.fact(html, "Version", prompt.version());
            prompt.variant().ifPresent(variant -> ReportFormat.fact(html, "Variant", variant));
            ReportFormat.fact(html, "Origin", prompt.origin());
            prompt.rule().ifPresent(rule -> ReportFormat.fact(html, "Chosen by", rule));
            prompt.experiment().ifPresent(experiment -> ReportFormat.fact(html, "Experiment", experiment));
            ReportFormat.fact(html, "Stage", prompt.stage());
            ReportFormat.fact(html, "Source SHA-256", ReportFormat.prefix(prompt.sha256()));
            html.close();
            ReportFormat.text(html, prompt.text());
            html.close();
        }
    }

    void feedback() {
        head(html, "Name", "By", "Says", "Comment", "When");
        for (RunFeedback said : run.feedback()) {
            html.open("tr").leaf("th", said.name(), "scope", "row");
            cell(html, "By", ReportFormat.word(said.source()));
            cell(
                    html,
                    "Says",
                    Stream.concat(
                                    said.label().stream(),
                                    said.score().stream().mapToObj(score -> String.format(Locale.ROOT, "%.3f", score)))
                            .collect(Collectors.joining(", ")));
            cell(html, "Comment", said.comment().orElse(""));
            cell(html, "When", said.time().map(ReportFormat::time).orElse(""));
            html.close();
        }
        foot(html);
    }

    void decisions() {
        head(html, "Stage", "Kind", "Question", "Chosen", "Reason", "Candidates", "Policy");
        for (DecisionRecord record : run.decisions()) {
            Decision decision = record.decision();
            html.open("tr").leaf("th", record.stage(), "scope", "row");
            cell(html, "Kind", decision.kind());
            cell(html, "Question", decision.question());
            html.open("td", "data-label", "Chosen")
                    .leaf("strong", decision.chosen())
                    .close();
            cell(html, "Reason", decision.reason());
            html.open("td", "data-label", "Candidates", "class", "wide");
            candidates(decision);
            html.close();
            cell(html, "Policy", decision.policy().orElse("") + facts(decision));
            html.close();
        }
        foot(html);
    }

    private static String facts(Decision decision) {
        return decision.facts().entrySet().stream()
                .map(fact -> ", " + fact.getKey() + " " + fact.getValue())
                .collect(Collectors.joining());
    }

    /** Everything that was judged, the best first, and then what was left out: each with its score and why not. */
    private void candidates(Decision decision) {
        List<String> names = new ArrayList<>(decision.scores().keySet());
        names.sort(Comparator.comparing((String name) -> decision.scores().get(name))
                .reversed()
                .thenComparing(Comparator.naturalOrder()));
        decision.rejected().keySet().stream()
                .filter(name -> !decision.scores().containsKey(name))
                .forEach(names::add);
        if (names.isEmpty()) {
            return;
        }
        html.open("ul", "class", "candidates");
        for (String name : names) {
            html.open("li").leaf(name.equals(decision.chosen()) ? "strong" : "span", name);
            Double score = decision.scores().get(name);
            if (score != null) {
                html.text(" ").leaf("small", String.format(Locale.ROOT, "%.3f", score), "class", "score");
            }
            String reason = decision.rejected().get(name);
            if (reason != null) {
                html.text(" " + reason);
            }
            html.close();
        }
        html.close();
    }

    void checks() {
        head(html, "Check", "Verdict", "Explanation", "Stage");
        for (EvaluationRecord record : run.evaluations()) {
            Evaluation evaluation = record.evaluation();
            html.open("tr").leaf("th", evaluation.name(), "scope", "row");
            html.open("td", "data-label", "Verdict");
            ReportFormat.tag(html, ReportFormat.word(evaluation.verdict()), look(evaluation.verdict()));
            html.close();
            cell(html, "Explanation", evaluation.explanation());
            cell(html, "Stage", record.stage());
            html.close();
        }
        foot(html);
    }

    static String look(Evaluation.Verdict verdict) {
        return switch (verdict) {
            case PASS -> "ok";
            case WARN -> "warn";
            case FAIL -> "fail";
        };
    }
}
