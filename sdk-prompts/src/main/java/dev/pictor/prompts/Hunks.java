package dev.pictor.prompts;

import java.util.ArrayList;
import java.util.List;

/** Compares texts line by line. */
final class LineDiff {

    /** As many pairs of lines are compared at most; of larger texts the middle counts as replaced. */
    private static final long MAX_PAIRS = 4_000_000;

    private static final int CONTEXT = 3;

    private LineDiff() {}

    /** Returns the lines of both texts, each with a blank, minus or plus before it. */
    static List<String> of(String before, String after) {
        List<String> old = before.lines().toList();
        List<String> now = after.lines().toList();
        int head = 0;
        while (head < old.size() && head < now.size() && old.get(head).equals(now.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < old.size() - head
                && tail < now.size() - head
                && old.get(old.size() - 1 - tail).equals(now.get(now.size() - 1 - tail))) {
            tail++;
        }
        List<String> lines = new ArrayList<>();
        old.subList(0, head).forEach(line -> lines.add(" " + line));
        middle(old.subList(head, old.size() - tail), now.subList(head, now.size() - tail), lines);
        old.subList(old.size() - tail, old.size()).forEach(line -> lines.add(" " + line));
        return List.copyOf(lines);
    }

    private static void middle(List<String> old, List<String> now, List<String> into) {
        if ((long) old.size() * now.size() > MAX_PAIRS) {
            old.forEach(line -> into.add("-" + line));
            now.forEach(line -> into.add("+" + line));
            return;
        }
        int[][] common = common(old, now);
        int i = 0;
        int j = 0;
        while (i < old.size() || j < now.size()) {
            if (i < old.size() && j < now.size() && old.get(i).equals(now.get(j))) {
                into.add(" " + old.get(i));
                i++;
                j++;
            } else if (j == now.size() || (i < old.size() && common[i + 1][j] >= common[i][j + 1])) {
                into.add("-" + old.get(i++));
            } else {
                into.add("+" + now.get(j++));
            }
        }
    }

    /** Returns how many lines are common at most from two lines on: the longest common subsequence. */
    private static int[][] common(List<String> old, List<String> now) {
        int[][] common = new int[old.size() + 1][now.size() + 1];
        for (int i = old.size() - 1; i >= 0; i--) {
            for (int j = now.size() - 1; j >= 0; j--) {
                common[i][j] = old.get(i).equals(now.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }

    /** Returns only the changes with three lines around them, each group below its place in both texts. */
    static String hunks(List<String> lines) {
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
                List<String> hunk = lines.subList(from, end);
                int was = count(hunk, '+');
                int is = count(hunk, '-');
                text.append("@@ -").append(old).append(',').append(was);
                text.append(" +").append(now).append(',').append(is).append(" @@\n");
                hunk.forEach(line -> text.append(line).append('\n'));
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

    private static int count(List<String> lines, char without) {
        return (int) lines.stream().filter(line -> line.charAt(0) != without).count();
    }

    private static boolean isNear(List<String> lines, int at) {
        for (int i = Math.max(0, at - CONTEXT); i <= Math.min(lines.size() - 1, at + CONTEXT); i++) {
            if (lines.get(i).charAt(0) != ' ') {
                return true;
            }
        }
        return false;
    }
}
