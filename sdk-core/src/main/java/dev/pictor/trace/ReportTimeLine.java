package dev.pictor.trace;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The waterfall: stages, their stages and their calls as bars over the time of the run. Not thread-safe. */
final class ReportTimeLine {

    /** Rows further in are drawn no further in. */
    private static final int MAX_INDENT = 6;

    private static final Map<String, String> LEGEND = legend();

    private static final double[] ROUND = {1, 1.2, 1.6, 2, 2.4, 3.2, 4, 5, 6, 8, 10};

    private final List<Row> top = new ArrayList<>();
    /** The stages that the run waited for, in their order: without one of them it would have ended earlier. */
    private final List<Row> critical;

    private final Duration horizon;
    private final double extentNanos;

    ReportTimeLine(RunRecord run) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < run.stages().size(); i++) {
            rows.add(Row.of(run.stages().get(i), i + 1));
        }
        for (int i = 0; i < run.calls().size(); i++) {
            rows.add(Row.of(run.calls().get(i), i + 1));
        }
        rows.sort(Comparator.comparing(row -> row.start));
        Map<String, Row> latest = new HashMap<>();
        rows.forEach(row -> place(row, latest));
        this.horizon = run.duration()
                .orElseGet(() -> rows.stream()
                        .map(row -> row.end().orElse(row.start))
                        .max(Comparator.naturalOrder())
                        .orElse(Duration.ZERO));
        this.critical = critical(top);
        this.extentNanos = roundUp((double) Math.max(1_000, horizon.toNanos()));
    }

    private static Map<String, String> legend() {
        Map<String, String> legend = new LinkedHashMap<>();
        legend.put("ok", "stage");
        legend.put("call ok", "call");
        legend.put("warn", "fallback");
        legend.put("fail", "failed");
        legend.put("restored", "restored");
        legend.put("open", "no end recorded");
        return legend;
    }

    /** A stage or a call. */
    private static final class Row {
        final String stage;
        final String name;
        final boolean isCall;
        final String link;
        final String look;
        final String note;
        final Duration start;
        final Optional<Duration> duration;
        final List<Row> inside = new ArrayList<>();
        boolean isNested;
        /** The next stage of the same path: after a resume, a stage may begin again. */
        @Nullable
        Row next;

        private Row(
                String stage,
                String name,
                boolean isCall,
                String link,
                String look,
                String note,
                Duration start,
                Optional<Duration> duration) {
            this.stage = stage;
            this.name = name;
            this.isCall = isCall;
            this.link = link;
            this.look = look;
            this.note = note;
            this.start = start;
            this.duration = duration;
        }

        static Row of(StageRecord stage, int number) {
            String outcome = ReportStages.outcome(stage);
            return new Row(
                    stage.path(),
                    stage.path(),
                    false,
                    "#stage-" + number,
                    ReportStages.look(stage),
                    outcome.equals("executed") ? "" : outcome,
                    stage.startedAfter(),
                    stage.duration());
        }

        static Row of(CallRecord call, int number) {
            String outcome = ReportCalls.outcome(call);
            return new Row(
                    call.stage(),
                    call.servedBy().orElse(call.requestedModel()),
                    true,
                    "#call-" + number,
                    "call " + ReportCalls.look(call),
                    outcome.equals("answered") ? "" : outcome,
                    call.startedAfter(),
                    call.duration());
        }

        Optional<Duration> end() {
            return duration.map(start::plus);
        }

        Duration lastMoment() {
            return end().orElse(start);
        }

        /** A stage inside another one is named by the last part of its path. */
        String label() {
            return isNested && !isCall ? name.substring(name.lastIndexOf('/') + 1) : name;
        }
    }

    /** Puts a row under the stage it belongs to: the latest of that path that had begun. */
    private void place(Row row, Map<String, Row> latest) {
        String parent = row.isCall ? row.stage : row.stage.substring(0, Math.max(0, row.stage.lastIndexOf('/')));
        Row around = latest.get(parent);
        row.isNested = around != null;
        (around == null ? top : around.inside).add(row);
        if (!row.isCall) {
            Row before = latest.put(row.stage, row);
            if (before != null) {
                before.next = row;
            }
        }
    }

    /** From the stage that ended last, back to the one that ended last before it began, and so on. */
    private static List<Row> critical(List<Row> stages) {
        List<Row> left = new ArrayList<>(
                stages.stream().filter(row -> row.end().isPresent()).toList());
        Deque<Row> path = new ArrayDeque<>();
        Optional<Row> next = left.stream().max(Comparator.comparing(Row::lastMoment));
        while (next.isPresent()) {
            Row row = next.get();
            path.addFirst(row);
            left.remove(row);
            next = left.stream()
                    .filter(before -> before.lastMoment().compareTo(row.start) <= 0)
                    .max(Comparator.comparing(Row::lastMoment));
        }
        return List.copyOf(path);
    }

    void write(HtmlWriter html) {
        html.open("div", "class", "flow");
        html.open("p", "class", "axis", "aria-hidden", "true");
        html.open("span", "class", "ticks").leaf("span", "0");
        for (int quarter = 1; quarter < 4; quarter++) {
            html.leaf("span", tick(quarter));
        }
        html.close().leaf("span", tick(4)).close();
        write(html, top, 0, horizon);
        if (critical.size() < top.size()) { // else there is nothing that could have waited
            html.leaf("p", criticalPath(), "class", "critical");
        }
        html.open("p", "class", "legend");
        LEGEND.forEach((look, word) -> {
            html.open("span", "class", look).open("svg", "aria-hidden", "true");
            html.open("rect", "x", "1", "y", "1", "width", "16", "height", "8", "rx", "2")
                    .close();
            html.close().text(" " + word).close();
        });
        html.close().close();
    }

    private String criticalPath() {
        Duration took = critical.stream().flatMap(row -> row.duration.stream()).reduce(Duration.ZERO, Duration::plus);
        return "Critical path: " + critical.stream().map(row -> row.name).collect(Collectors.joining(" → ")) + ", "
                + ReportFormat.duration(took) + " of " + ReportFormat.duration(horizon);
    }

    private void write(HtmlWriter html, List<Row> rows, int depth, Duration latestEnd) {
        html.open("ol");
        for (Row row : rows) {
            // without an end, a bar reaches to the latest moment at which it can have ended
            Duration end = row.end().orElse(row.next == null ? latestEnd : row.next.start);
            html.open("li")
                    .open(
                            "a",
                            "href",
                            row.link,
                            "class",
                            "row " + row.look + (critical.contains(row) ? " on-path" : ""));
            html.leaf("span", row.label(), "class", "name d" + Math.min(depth, MAX_INDENT), "title", row.name);
            html.open("svg", "class", "track", "aria-hidden", "true");
            html.open(
                    "rect",
                    "x",
                    percent(row.start),
                    "width",
                    percent(end.minus(row.start)),
                    "y",
                    "7",
                    "height",
                    "10",
                    "rx",
                    "2");
            html.close().close();
            html.open("span", "class", "took");
            html.text(row.duration.map(ReportFormat::duration).orElse("")).text(" ");
            html.leaf("em", row.note).close().close();
            if (!row.inside.isEmpty()) {
                write(html, row.inside, depth + 1, end);
            }
            html.close();
        }
        html.close();
    }

    private String tick(int quarter) {
        return ReportFormat.duration(Duration.ofNanos(Math.round(extentNanos * quarter / 4)))
                .replaceFirst("(\\.\\d*?)0+ ", "$1 ")
                .replace(". ", " ");
    }

    /** Never nothing: what took no time is a line. */
    private String percent(Duration time) {
        return String.format(Locale.ROOT, "%.2f%%", Math.max(0.01, time.toNanos() / extentNanos * 100));
    }

    /** The next round number, so that quarters of it make a readable axis. */
    private static double roundUp(double nanos) {
        double power = Math.pow(10, Math.floor(Math.log10(nanos)));
        for (double round : ROUND) {
            if (round * power >= nanos) {
                return round * power;
            }
        }
        return nanos;
    }
}
