package dev.pictor.evaluation;

import dev.pictor.evaluation.Expectation.Mark;
import dev.pictor.evaluation.Expectation.Outcome;
import dev.pictor.evaluation.Judgement.Verdict;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** Counts how judgements agree with expectations, and prints it. Not thread-safe. */
final class ScoreTable {

    /** Counts of one category. */
    private static final class Counts {
        private int files;
        private int verdicts;
        private int compared;
        private int pixels;
        private int right;

        private void add(Mark mark) {
            files++;
            verdicts += mark.outcome() == Outcome.MISSING || mark.outcome() == Outcome.WRONG_VERDICT ? 0 : 1;
            compared += mark.pixels() ? 1 : 0;
            pixels += mark.pixels() && mark.outcome() == Outcome.RIGHT ? 1 : 0;
            right += mark.outcome() == Outcome.RIGHT ? 1 : 0;
        }
    }

    private final List<Judgement> judgements;
    private final Map<String, Counts> categories = new TreeMap<>();
    private final Counts total = new Counts();
    private final List<String> disagreements = new ArrayList<>();
    private int slow;

    ScoreTable(List<Expectation> expectations, List<Judgement> judgements) {
        this.judgements = judgements;
        Map<String, Judgement> byFile = new HashMap<>();
        judgements.forEach(judgement -> byFile.put(judgement.file(), judgement));
        for (Expectation expectation : expectations) {
            Judgement judgement = byFile.get(expectation.file());
            Mark mark = expectation.mark(judgement);
            categories
                    .computeIfAbsent(expectation.category(), category -> new Counts())
                    .add(mark);
            total.add(mark);
            if (mark.slow()) {
                slow++;
                disagree(expectation, "took longer than " + Math.round(Expectation.MAX_MILLIS) + " ms");
            }
            if (mark.outcome() != Outcome.RIGHT) {
                disagree(expectation, mark.why());
            }
        }
    }

    private void disagree(Expectation expectation, String why) {
        disagreements.add(expectation.file() + ": " + why + "; wanted: " + expectation.wanted());
    }

    void print(PrintWriter out) {
        out.println(line("category", "files", "verdicts", "pixels", "right"));
        categories.forEach((category, counts) -> out.println(line(category, counts)));
        out.println(line("total", total));
        out.println();
        printFaults(out, judgements);
        out.println("slow     " + slow);
        out.println("disagreements " + disagreements.size());
        disagreements.forEach(one -> out.println("  " + one));
    }

    /** Prints crashes, hangs, and the files that took most. */
    static void printFaults(PrintWriter out, List<Judgement> judgements) {
        out.println("crashes  " + count(judgements, judgement -> judgement.verdict() == Verdict.CRASH));
        out.println("hangs    " + count(judgements, judgement -> judgement.verdict() == Verdict.HANG));
        judgements.stream()
                .filter(judgement -> judgement.verdict().isFault())
                .forEach(judgement -> out.println("  " + judgement.file() + ": " + judgement.reason()));
        printMost(out, judgements, "slowest  %.0f ms  %s", Judgement::millis);
        printMost(out, judgements, "largest  %.1f MB heap  %s", Judgement::heapMegabytes);
    }

    private static void printMost(
            PrintWriter out, List<Judgement> judgements, String format, ToDoubleFunction<Judgement> what) {
        judgements.stream()
                .max(Comparator.comparingDouble(what))
                .ifPresent(
                        most -> out.println(String.format(Locale.ROOT, format, what.applyAsDouble(most), most.file())));
    }

    private static long count(List<Judgement> judgements, Predicate<Judgement> which) {
        return judgements.stream().filter(which).count();
    }

    private static String line(String category, Counts counts) {
        return line(
                category,
                String.valueOf(counts.files),
                counts.verdicts + " of " + counts.files,
                counts.pixels + " of " + counts.compared,
                counts.right + " of " + counts.files);
    }

    private static String line(String category, String files, String verdicts, String pixels, String right) {
        return String.format(Locale.ROOT, "%-16s %5s  %10s  %10s  %10s", category, files, verdicts, pixels, right);
    }
}
