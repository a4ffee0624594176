package dev.pictor.evaluation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pictor.evaluation.IntentRows.Row;
import dev.pictor.evaluation.ScriptedTiers.Tiered;
import dev.pictor.intent.Calibration.Outcome;
import dev.pictor.intent.Classification;
import dev.pictor.intent.Domain;
import dev.pictor.intent.IntentSettings;
import dev.pictor.intent.ReliabilityTable;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** Counts how what was understood agrees with labels, and prints it. Not thread-safe. */
final class IntentScore {

    /** A row and what was made of it. */
    record Answer(Row row, Classification found, String style, double complexity) {

        boolean isRight() {
            return row.domain().filter(found.domain()::equals).isPresent();
        }

        boolean isSure() {
            return found.confidence() >= SURE;
        }
    }

    private static final double SURE = 0.8;
    private static final int[][] BANDS = {{1, 12}, {13, 40}, {41, 9999}};

    private final List<Answer> all;
    private final List<Answer> labelled;
    private final PrintWriter out;
    private final ObjectNode json = new ObjectMapper().createObjectNode();

    IntentScore(List<Answer> answers, PrintWriter out) {
        this.all = answers;
        this.labelled = answers.stream()
                .filter(answer -> answer.row().domain().isPresent())
                .toList();
        this.out = out;
    }

    /** Prints the table; the figures by name are the last line of it. */
    void print(List<Tiered> tiered, double microsPerPrompt) {
        json.put("rows", all.size());
        out.println("rows " + all.size() + (labelled.size() < all.size() ? ", with a domain " + labelled.size() : ""));
        if (labelled.isEmpty()) {
            out.println("no row is labelled with a domain: nothing is scored");
        } else {
            printAccuracy();
            printStyle();
            printConfusion();
            printConfidence();
        }
        printTiers(tiered);
        printClarification();
        printComplexity();
        json.put("micros_per_prompt", rounded(microsPerPrompt));
        out.println(String.format(Locale.ROOT, "processor time per prompt %.1f µs", microsPerPrompt));
        out.println(json);
    }

    private void printTiers(List<Tiered> tiered) {
        if (tiered.isEmpty()) {
            return;
        }
        out.println("with a model that answers as labelled, asked below "
                + IntentSettings.ofDefaults().askModelBelow());
        share("  asked", "model_asked", tiered.stream().filter(Tiered::isAsked).count(), tiered.size());
        for (boolean ambiguous : new boolean[] {false, true}) {
            List<Tiered> some = tiered.stream()
                    .filter(one -> one.row().ambiguous() == ambiguous)
                    .toList();
            String name = ambiguous ? "ambiguous" : "clear";
            share(
                    "  domain accuracy, " + name,
                    "tiered_accuracy_" + name,
                    some.stream().filter(Tiered::isRight).count(),
                    some.size());
        }
    }

    private void printAccuracy() {
        accuracy("all", "domain_accuracy", answer -> true);
        accuracy("clear", "domain_accuracy_clear", answer -> !answer.row().ambiguous());
        accuracy(
                "ambiguous", "domain_accuracy_ambiguous", answer -> answer.row().ambiguous());
        for (String cue : List.of("explicit", "implied", "none")) {
            accuracy(
                    "cue " + cue,
                    "domain_accuracy_cue_" + cue,
                    answer -> answer.row().cue().filter(cue::equals).isPresent());
        }
    }

    private void accuracy(String name, String field, Predicate<Answer> which) {
        List<Answer> some = labelled.stream().filter(which).toList();
        share(
                "domain accuracy, " + name,
                field,
                some.stream().filter(Answer::isRight).count(),
                some.size());
    }

    private void printStyle() {
        List<Answer> some = labelled.stream()
                .filter(Answer::isRight)
                .filter(answer -> answer.row()
                        .style()
                        .filter(style -> !style.equals("other"))
                        .isPresent())
                .toList();
        long right = some.stream()
                .filter(answer ->
                        answer.row().style().filter(answer.style()::equals).isPresent())
                .count();
        share(
                "style accuracy where the domain is right and the style has a name",
                "style_accuracy",
                right,
                some.size());
    }

    private void printConfusion() {
        out.println();
        StringBuilder head = new StringBuilder(String.format(Locale.ROOT, "%-14s", "true \\ found"));
        for (Domain domain : Domain.values()) {
            head.append(String.format(Locale.ROOT, "%13s", domain));
        }
        out.println(head);
        ObjectNode confusion = json.putObject("confusion");
        for (Domain domain : Domain.values()) {
            StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-14s", domain));
            ObjectNode row = confusion.putObject(domain.toString());
            for (Domain found : Domain.values()) {
                long count = labelled.stream()
                        .filter(answer ->
                                answer.row().domain().filter(domain::equals).isPresent()
                                        && answer.found().domain() == found)
                        .count();
                row.put(found.toString(), count);
                line.append(String.format(Locale.ROOT, "%13d", count));
            }
            out.println(line);
        }
        out.println();
    }

    private void printConfidence() {
        sure("all", "", labelled);
        sure(
                "clear",
                "_clear",
                labelled.stream().filter(answer -> !answer.row().ambiguous()).toList());
        ReliabilityTable table = ReliabilityTable.of(labelled.stream()
                .map(answer -> new Outcome(answer.found().confidence(), answer.isRight()))
                .toList());
        json.put("ece", rounded(table.expectedError()));
        out.println();
        out.print(table);
        out.println();
    }

    private void sure(String name, String field, List<Answer> some) {
        List<Answer> sure = some.stream().filter(Answer::isSure).toList();
        share("confidence at least 0.8, " + name + ": accepted", "coverage_at_0.8" + field, sure.size(), some.size());
        long right = sure.stream().filter(Answer::isRight).count();
        share("confidence at least 0.8, " + name + ": right", "accuracy_at_0.8" + field, right, sure.size());
    }

    private void printClarification() {
        List<Answer> some = all.stream()
                .filter(answer -> answer.row().needsClarification().isPresent())
                .toList();
        if (some.isEmpty()) {
            out.println("no row tells needs_clarification: not scored");
            return;
        }
        long asked = some.stream()
                .filter(answer -> answer.found().needsClarification())
                .count();
        long wanted = some.stream().filter(IntentScore::wantsToBeAsked).count();
        long both = some.stream()
                .filter(answer -> wantsToBeAsked(answer) && answer.found().needsClarification())
                .count();
        share("clarification precision", "clarification_precision", both, asked);
        share("clarification recall", "clarification_recall", both, wanted);
    }

    private static boolean wantsToBeAsked(Answer answer) {
        return answer.row().needsClarification().orElse(false);
    }

    private void printComplexity() {
        List<Answer> some =
                all.stream().filter(answer -> answer.row().level().isPresent()).toList();
        if (some.isEmpty()) {
            out.println("no row tells complexity: not scored");
            return;
        }
        out.println();
        out.println(String.format(
                Locale.ROOT, "%-22s %6s %12s %12s", "complexity by rank", "rows", "score", "words alone"));
        band("all", "", some);
        for (int[] band : BANDS) {
            List<Answer> within = some.stream()
                    .filter(answer ->
                            answer.row().words() >= band[0] && answer.row().words() <= band[1])
                    .toList();
            String name = band[1] == 9999 ? band[0] + "+" : band[0] + "-" + band[1];
            band(name + " words", "_" + name, within);
        }
        out.println();
    }

    private void band(String name, String field, List<Answer> some) {
        List<Double> levels = some.stream()
                .map(answer -> (double) answer.row().level().orElse(0))
                .toList();
        double ours = Ranks.spearman(some.stream().map(Answer::complexity).toList(), levels);
        double words = Ranks.spearman(
                some.stream().map(answer -> (double) answer.row().words()).toList(), levels);
        if (Double.isNaN(ours) || Double.isNaN(words)) {
            out.println(String.format(Locale.ROOT, "%-22s %6d   one level or one value only", name, some.size()));
            return;
        }
        json.put("complexity_spearman" + field, rounded(ours));
        json.put("complexity_spearman_words" + field, rounded(words));
        out.println(String.format(Locale.ROOT, "%-22s %6d %12.3f %12.3f", name, some.size(), ours, words));
    }

    private void share(String name, String field, long part, long whole) {
        if (whole == 0) {
            out.println(name + ": none");
            return;
        }
        json.put(field, rounded((double) part / whole));
        out.println(String.format(Locale.ROOT, "%-70s %5.1f%% (%d/%d)", name, 100.0 * part / whole, part, whole));
    }

    private static double rounded(double value) {
        return Math.round(value * 1e4) / 1e4;
    }
}
