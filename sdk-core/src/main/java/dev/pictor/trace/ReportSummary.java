package dev.pictor.trace;

import dev.pictor.model.Cost;
import java.util.stream.Collectors;

/** The first and the last words about a run: what it was, and how far the record can be trusted. Not thread-safe. */
final class ReportSummary {

    private static final int MAX_REDACTIONS = 20;

    private final RunRecord run;
    private final HtmlWriter html;

    ReportSummary(RunRecord run, HtmlWriter html) {
        this.run = run;
        this.html = html;
    }

    void header() {
        html.open("header").leaf("p", "Pictor run", "class", "kicker");
        html.open("h1").text(run.pipeline() + " ");
        ReportFormat.tag(html, status(), look(run.status()));
        html.close().leaf("code", run.runId().value());
        html.open("dl", "class", "facts");
        html.open("div").leaf("dt", "Started").open("dd");
        html.leaf("time", ReportFormat.time(run.startedAt()), "datetime", ReportFormat.time(run.startedAt()));
        html.close().close();
        fact("Duration", run.duration().map(ReportFormat::duration).orElse("unknown"));
        fact("Cost", cost().toString());
        fact("Calls", ReportFormat.number(run.calls().size()));
        run.tenant().ifPresent(tenant -> fact("Tenant", tenant));
        run.user().ifPresent(user -> fact("User", user));
        if (!run.labels().isEmpty()) {
            fact(
                    "Labels",
                    run.labels().entrySet().stream()
                            .map(label -> label.getKey() + "=" + label.getValue())
                            .collect(Collectors.joining(", ")));
        }
        if (!run.assets().isEmpty()) {
            fact("Assets", String.join(", ", run.assets()));
        }
        run.lineage().ifPresent(this::lineage);
        run.environment().ifPresent(environment -> fact("Environment", environment));
        if (run.content() != ContentLevel.FULL) {
            fact("Content", ReportFormat.word(run.content()) + " only");
        }
        if (!run.sampled()) {
            fact("Sampled", "start and end only");
        }
        count("Resumes", run.resumes());
        count("Missing events", run.missingEvents());
        html.close();
        run.error().ifPresent(error -> ReportFormat.error(html, error));
        run.input().ifPresent(input -> ReportFormat.value(html, "Input", input));
        html.close();
    }

    private void lineage(RunLineage lineage) {
        fact(
                lineage.mode().equals("fork") ? "Fork of" : "Replay of",
                lineage.of().value()
                        + lineage.fromStage().map(stage -> ", from " + stage).orElse(""));
        if (!lineage.changes().isEmpty()) {
            fact("Changed", String.join(", ", lineage.changes()));
        }
    }

    void footer(long inlined, int pictures) {
        html.open("footer");
        html.leaf("p", integrity());
        if (!run.redactions().isEmpty()) {
            html.leaf("p", redactions());
        }
        if (pictures > 0) {
            html.leaf("p", inlined + " of " + ReportFormat.counted(pictures, "artifact") + " in this page.");
        }
        html.leaf("p", "Record form: pictor-trace " + TraceEvent.FORM + ". Times in UTC.");
        html.close();
    }

    private String integrity() {
        return run.missingEvents() == 0
                ? "No event is missing from the log of this run."
                : ReportFormat.counted(run.missingEvents(), "event")
                        + " missing from the log of this run: what this page says may not be all of it.";
    }

    private String redactions() {
        return ReportFormat.counted(run.redactions().size(), "place") + " redacted: "
                + run.redactions().stream()
                        .map(redaction ->
                                redaction.eventType() + " " + redaction.field().path() + " ("
                                        + redaction.field().rule() + ")")
                        .distinct()
                        .limit(MAX_REDACTIONS)
                        .collect(Collectors.joining(", "))
                + (run.redactions().size() > MAX_REDACTIONS ? ", and more." : ".");
    }

    private String status() {
        return run.status() == RunStatus.RUNNING ? "running or interrupted" : ReportFormat.word(run.status());
    }

    static String look(RunStatus status) {
        return switch (status) {
            case SUCCEEDED -> "ok";
            case FAILED, CRASHED -> "fail";
            case CANCELLED -> "warn";
            case RUNNING, WAITING -> "open";
        };
    }

    /** A call without an end may have cost something, too. */
    private Cost cost() {
        return run.calls().stream().allMatch(call -> call.cost().isPresent())
                ? run.cost()
                : run.cost().plus(Cost.unknown());
    }

    private void fact(String name, String value) {
        ReportFormat.fact(html, name, value);
    }

    private void count(String name, long count) {
        if (count > 0) {
            fact(name, ReportFormat.number(count));
        }
    }
}
