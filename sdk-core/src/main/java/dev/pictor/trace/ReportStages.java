package dev.pictor.trace;

import java.util.List;

/** The stages as a table: how each ended, what went wrong and what it gave. Not thread-safe. */
final class ReportStages {

    private final RunRecord run;

    ReportStages(RunRecord run) {
        this.run = run;
    }

    /** How a stage ended, in a word or two. */
    static String outcome(StageRecord stage) {
        return stage.outcome().map(ReportFormat::word).orElse("interrupted");
    }

    static String look(StageRecord stage) {
        return stage.outcome()
                .map(outcome -> switch (outcome) {
                    case EXECUTED -> "ok";
                    case RESTORED -> "restored";
                    case FALLBACK -> "warn";
                    case FAILED -> "fail";
                    case WAITING -> "open";
                })
                .orElse("open");
    }

    void write(HtmlWriter html) {
        ReportTables.head(html, "Stage", "Kind", "Outcome", "Began", "Took", "Result");
        List<StageRecord> stages = run.stages();
        for (int i = 0; i < stages.size(); i++) {
            StageRecord stage = stages.get(i);
            html.open("tr", "id", "stage-" + (i + 1));
            html.leaf("th", stage.path(), "scope", "row");
            ReportTables.cell(html, "Kind", stage.kind().replace('_', ' '));
            html.open("td", "data-label", "Outcome");
            ReportFormat.tag(html, outcome(stage), look(stage));
            html.close();
            ReportTables.cell(html, "Began", ReportFormat.duration(stage.startedAfter()));
            ReportTables.cell(
                    html, "Took", stage.duration().map(ReportFormat::duration).orElse("unknown"));
            html.open("td", "data-label", "Result", "class", "wide");
            stage.error().ifPresent(error -> ReportFormat.error(html, error));
            stage.output()
                    .filter(output -> gave(stage))
                    .ifPresent(output -> ReportFormat.value(html, "Output", output));
            html.close().close();
        }
        ReportTables.foot(html);
    }

    /** A record has one output for a path; of the stages of that path it belongs to those that ended well. */
    private static boolean gave(StageRecord stage) {
        return stage.outcome()
                .filter(outcome -> outcome != StageOutcome.FAILED && outcome != StageOutcome.WAITING)
                .isPresent();
    }
}
