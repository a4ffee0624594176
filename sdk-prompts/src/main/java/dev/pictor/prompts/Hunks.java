package dev.pictor.prompts;

import java.util.List;

/** Shows what differs between two texts as {@code diff -u} does: the changes, with three lines around them. */
final class Hunks {

    private static final int CONTEXT = 3;

    private Hunks() {}

    /** Returns only the changes with three lines around them, each group below its place in both texts. */
    static String of(List<LineDiff> lines) {
        StringBuilder text = new StringBuilder();
        int old = 1;
        int now = 1;
        int from = 0;
        while (from < lines.size()) {
            int end = from;
            if (isNear(lines, from)) {
                while (end < lines.size() && isNear(lines, end)) {
                    end++;
                }
                List<LineDiff> hunk = lines.subList(from, end);
                int was = count(hunk, LineDiff.Side.B);
                int is = count(hunk, LineDiff.Side.A);
                text.append("@@ -").append(old).append(',').append(was);
                text.append(" +").append(now).append(',').append(is).append(" @@\n");
                hunk.forEach(line -> text.append(sign(line)).append(line.text()).append('\n'));
                old += was;
                now += is;
            } else {
                while (end < lines.size() && !isNear(lines, end)) {
                    end++;
                }
                old += end - from;
                now += end - from;
            }
            from = end;
        }
        return text.toString();
    }

    private static char sign(LineDiff line) {
        return switch (line.side()) {
            case A -> '-';
            case B -> '+';
            case BOTH -> ' ';
        };
    }

    private static int count(List<LineDiff> lines, LineDiff.Side without) {
        return (int) lines.stream().filter(line -> line.side() != without).count();
    }

    private static boolean isNear(List<LineDiff> lines, int at) {
        for (int i = Math.max(0, at - CONTEXT); i <= Math.min(lines.size() - 1, at + CONTEXT); i++) {
            if (lines.get(i).side() != LineDiff.Side.BOTH) {
                return true;
            }
        }
        return false;
    }
}
