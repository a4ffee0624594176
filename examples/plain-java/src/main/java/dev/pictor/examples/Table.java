package dev.pictor.examples;

import java.util.ArrayList;
import java.util.List;

/** Rows of text in columns, each as wide as its longest cell. */
final class Table {

    private static final int GAP = 2;

    private final List<List<String>> rows = new ArrayList<>();

    Table(String... heads) {
        add(heads);
    }

    /** Adds a row of as many cells as there are heads. */
    void add(String... cells) {
        rows.add(List.of(cells));
    }

    void print(Output output) {
        int[] widths = new int[rows.get(0).size()];
        rows.forEach(row -> {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        rows.forEach(row -> {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                String cell = row.get(i);
                line.append(cell).append(" ".repeat(widths[i] - cell.length() + GAP));
            }
            output.line(line.toString().stripTrailing());
        });
    }
}
