package dev.pictor.prompts;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/**
 * A line of two texts put beside each other. Immutable.
 *
 * @param side where the line is
 * @param text the line, without its line break
 */
public record LineDiff(Side side, String text) {

    /** Above so many pairs of lines, what differs is told as one block that replaces another: 4,000,000. */
    private static final long MAX_PAIRS = 4_000_000;

    /** Where a line is. */
    public enum Side {
        /** In both texts. */
        BOTH,
        /** In the first only: it was taken out. */
        A,
        /** In the second only: it was put in. */
        B
    }

    /** Checks that both are given. */
    public LineDiff {
        requireNonNull(side, "side");
        requireNonNull(text, "text");
    }

    /**
     * Puts two texts beside each other, with as many lines in both as there can be.
     *
     * @param a the first
     * @param b the second
     * @return all lines of both in order; where lines were replaced, those of the first come first
     */
    public static List<LineDiff> between(String a, String b) {
        List<String> linesA = a.lines().toList();
        List<String> linesB = b.lines().toList();
        int most = Math.min(linesA.size(), linesB.size());
        int before = 0;
        while (before < most && linesA.get(before).equals(linesB.get(before))) {
            before++;
        }
        int after = 0;
        while (after < most - before
                && linesA.get(linesA.size() - 1 - after).equals(linesB.get(linesB.size() - 1 - after))) {
            after++;
        }
        List<LineDiff> diff = new ArrayList<>();
        add(diff, Side.BOTH, linesA.subList(0, before));
        middle(diff, linesA.subList(before, linesA.size() - after), linesB.subList(before, linesB.size() - after));
        add(diff, Side.BOTH, linesA.subList(linesA.size() - after, linesA.size()));
        return List.copyOf(diff);
    }

    /**
     * Shows what differs as {@code diff -u} does: the changes, with three lines around them.
     *
     * @param lines what {@link #between} gave
     * @return lines of text without the two names above, or nothing if nothing differs
     */
    public static String unified(List<LineDiff> lines) {
        return Hunks.of(lines);
    }

    private static void middle(List<LineDiff> diff, List<String> a, List<String> b) {
        if (a.isEmpty() || b.isEmpty() || (long) a.size() * b.size() > MAX_PAIRS) {
            add(diff, Side.A, a);
            add(diff, Side.B, b);
            return;
        }
        int[][] common = common(a, b);
        int atA = 0;
        int atB = 0;
        while (atA < a.size() && atB < b.size()) {
            if (a.get(atA).equals(b.get(atB))) {
                diff.add(new LineDiff(Side.BOTH, a.get(atA)));
                atA++;
                atB++;
            } else if (common[atA + 1][atB] >= common[atA][atB + 1]) {
                diff.add(new LineDiff(Side.A, a.get(atA)));
                atA++;
            } else {
                diff.add(new LineDiff(Side.B, b.get(atB)));
                atB++;
            }
        }
        add(diff, Side.A, a.subList(atA, a.size()));
        add(diff, Side.B, b.subList(atB, b.size()));
    }

    /** How many lines two texts have in common at most, from each pair of lines on. */
    private static int[][] common(List<String> a, List<String> b) {
        int[][] common = new int[a.size() + 1][b.size() + 1];
        for (int atA = a.size() - 1; atA >= 0; atA--) {
            for (int atB = b.size() - 1; atB >= 0; atB--) {
                common[atA][atB] = a.get(atA).equals(b.get(atB))
                        ? common[atA + 1][atB + 1] + 1
                        : Math.max(common[atA + 1][atB], common[atA][atB + 1]);
            }
        }
        return common;
    }

    private static void add(List<LineDiff> diff, Side side, List<String> lines) {
        lines.forEach(line -> diff.add(new LineDiff(side, line)));
    }
}
