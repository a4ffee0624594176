package dev.pictor.evaluation;

import dev.pictor.evaluation.Judgement.Verdict;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted of a file. Immutable.
 *
 * @param file its name
 * @param category what is odd about it, in a word
 * @param wanted verdicts in words, such as "warn or reject (truncated)"
 * @param grid colours of the upright picture, if they are known
 */
record Expectation(String file, String category, String wanted, Optional<ColorGrid> grid) {

    /** Longer than this is too slow for any file of the set. */
    static final double MAX_MILLIS = 1000;

    private static final Set<Verdict> ANY = EnumSet.of(Verdict.ACCEPT, Verdict.WARN, Verdict.REJECT);

    /** Facts about pictures, on which no verdict depends. */
    private static final List<String> FREE = List.of("no-crash", "shares", "full-res", "palette", "blank", "blurred");

    /** Where decoders may differ, so pixels are not compared. */
    private static final Set<String> NO_PIXELS = Set.of("cmyk", "fuzz", "truncated");

    /** Reads expectations; lines that repeat the names of the columns are left out. */
    static List<Expectation> read(Path file) {
        return Tsv.read(file).stream()
                .filter(row -> !column(file, row, "wanted").equals("wanted"))
                .map(row -> new Expectation(
                        column(file, row, "file"),
                        column(file, row, "category"),
                        column(file, row, "wanted"),
                        Optional.of(column(file, row, "grid4x4_rgb_hex"))
                                .filter(hex -> hex.length() == 2 * ColorGrid.BYTES)
                                .map(ColorGrid::parse)))
                .toList();
    }

    private static String column(Path file, Map<String, String> row, String name) {
        String value = row.get(name);
        if (value == null) {
            throw new IllegalArgumentException(file + " has no column " + name);
        }
        return value;
    }

    /** Returns the verdicts that agree: those that are named; a warning where accepting is; any where none is. */
    Set<Verdict> allowed() {
        String words = wanted.toLowerCase(Locale.ROOT);
        if (FREE.stream().anyMatch(words::startsWith)) {
            return ANY;
        }
        Set<Verdict> allowed = EnumSet.noneOf(Verdict.class);
        for (Verdict verdict : ANY) {
            if (words.contains(verdict.label())) {
                allowed.add(verdict);
            }
        }
        if (words.startsWith("accept")) {
            allowed.add(Verdict.WARN);
        }
        return allowed.isEmpty() ? ANY : allowed;
    }

    /** Tells whether the pixels of the file have to be the known ones, if there are any. */
    boolean comparesPixels() {
        return grid.isPresent() && wanted.startsWith("accept") && !NO_PIXELS.contains(category);
    }

    /** What a judgement is worth. */
    enum Outcome {
        RIGHT,
        MISSING,
        WRONG_VERDICT,
        NO_PIXELS,
        WRONG_PIXELS
    }

    /**
     * An outcome and, unless all is right, why.
     *
     * @param outcome verdict and pixels together
     * @param pixels whether the pixels were compared
     * @param slow whether it took too long, whatever the outcome
     * @param why one line for a person; empty if the outcome is right
     */
    record Mark(Outcome outcome, boolean pixels, boolean slow, String why) {}

    /** Marks a judgement of the file, or its absence. */
    Mark mark(@Nullable Judgement judgement) {
        if (judgement == null) {
            return new Mark(Outcome.MISSING, false, false, "no such file");
        }
        boolean slow = judgement.millis() > MAX_MILLIS;
        if (!allowed().contains(judgement.verdict())) {
            return new Mark(
                    Outcome.WRONG_VERDICT, false, slow, judgement.verdict().label() + " " + judgement.reason());
        }
        if (judgement.verdict() == Verdict.REJECT || !comparesPixels()) {
            return new Mark(Outcome.RIGHT, false, slow, "");
        }
        if (judgement.grid().isEmpty()) {
            return new Mark(Outcome.NO_PIXELS, true, slow, "no pixels");
        }
        double distance = grid.orElseThrow().distance(judgement.grid().get());
        return distance > ColorGrid.TOLERANCE
                ? new Mark(
                        Outcome.WRONG_PIXELS,
                        true,
                        slow,
                        String.format(Locale.ROOT, "mean channel error %.1f", distance))
                : new Mark(Outcome.RIGHT, true, slow, "");
    }
}
