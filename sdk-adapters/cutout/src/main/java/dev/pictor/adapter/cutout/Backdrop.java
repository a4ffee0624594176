package dev.pictor.adapter.cutout;

import dev.pictor.image.PixelSize;
import java.util.ArrayList;
import java.util.List;

/**
 * The background as a soft surface: for lightness, a and b a curve of x plus one of y plus a twist, each of the fourth
 * degree, which holds gradients and vignettes. It is found from the border alone, of which a part may be something else.
 */
final class Backdrop {

    private static final int TERMS = 10;

    /** How many terms count, and how far a cell may lie from the surface that they make: coarse first. */
    private enum Pass {
        PLANE(4, 0.08),
        BOWL(6, 0.05),
        CURVES(TERMS, 0.03);

        private final int terms;
        private final double tolerance;

        Pass(int terms, double tolerance) {
            this.terms = terms;
            this.tolerance = tolerance;
        }
    }

    /** Keeps curves from swinging where no cell holds them. */
    private static final double RIDGE = 1e-3;

    private static final double LEAST_SHARE = 0.4;

    private final PixelSize size;
    private final double[][] terms;
    private final List<BorderCell> kept;
    private final int cells;

    private Backdrop(PixelSize size, double[][] terms, List<BorderCell> kept, int cells) {
        this.size = size;
        this.terms = terms;
        this.kept = kept;
        this.cells = cells;
    }

    /** Finds the surface that most of the cells lie on. Cells of more spread than the limit count as something else. */
    static Backdrop of(PixelSize size, List<BorderCell> cells, double maxSpread) {
        List<BorderCell> even =
                cells.stream().filter(cell -> cell.spread() <= maxSpread).toList();
        Backdrop found = new Backdrop(size, new double[3][TERMS], List.of(), cells.size());
        List<BorderCell> kept = new ArrayList<>(even);
        for (Pass pass : Pass.values()) {
            kept = new ArrayList<>(pass == Pass.PLANE ? even : found.within(even, pass.tolerance));
            if (kept.size() < LEAST_SHARE * cells.size()) {
                break;
            }
            found = found.fitted(kept, pass.terms);
            while (kept.size() >= LEAST_SHARE * cells.size() && found.dropWorst(kept, pass.tolerance)) {
                found = found.fitted(kept, pass.terms);
            }
        }
        return new Backdrop(size, found.terms, found.within(kept, Pass.CURVES.tolerance), cells.size());
    }

    /** Returns the cells that lie on it. */
    List<BorderCell> kept() {
        return kept;
    }

    double keptShare() {
        return (double) kept.size() / cells;
    }

    /** Returns how much darker it is at its darkest cell than at its lightest. */
    double range() {
        return kept.stream().mapToDouble(cell -> at(0, cell)).max().orElse(0)
                - kept.stream().mapToDouble(cell -> at(0, cell)).min().orElse(0);
    }

    double spread() {
        float[] spreads = new float[kept.size()];
        for (int i = 0; i < spreads.length; i++) {
            spreads[i] = kept.get(i).spread();
        }
        return spreads.length == 0 ? 0 : BorderCell.median(spreads);
    }

    /** Returns the part of a channel that depends on x, for each column. */
    float[] columns(int channel) {
        float[] all = new float[size.width()];
        double[] term = terms[channel];
        for (int x = 0; x < all.length; x++) {
            double u = u(x + 0.5);
            all[x] = (float) (u * (term[1] + u * (term[4] + u * (term[6] + u * term[8]))));
        }
        return all;
    }

    float row(int channel, int y) {
        double v = v(y + 0.5);
        double[] term = terms[channel];
        return (float) (term[0] + v * (term[2] + v * (term[5] + v * (term[7] + v * term[9]))));
    }

    /** Returns by how much a channel changes from the middle column to the last because of the row. */
    float twist(int channel, int y) {
        return (float) (v(y + 0.5) * terms[channel][3]);
    }

    float u(double x) {
        return (float) (2 * x / size.width() - 1);
    }

    private double v(double y) {
        return 2 * y / size.height() - 1;
    }

    private double at(int channel, BorderCell cell) {
        double[] powers = powers(cell);
        double sum = 0;
        for (int i = 0; i < TERMS; i++) {
            sum += powers[i] * terms[channel][i];
        }
        return sum;
    }

    private double[] powers(BorderCell cell) {
        double u = u(cell.centerX());
        double v = v(cell.centerY());
        return new double[] {1, u, v, u * v, u * u, v * v, u * u * u, v * v * v, u * u * u * u, v * v * v * v};
    }

    private double residual(BorderCell cell) {
        return BorderCell.distance(
                (float) (cell.color()[0] - at(0, cell)), (float) (cell.color()[1] - at(1, cell)), (float)
                        (cell.color()[2] - at(2, cell)));
    }

    private List<BorderCell> within(List<BorderCell> from, double tolerance) {
        return from.stream().filter(cell -> residual(cell) <= tolerance).toList();
    }

    private boolean dropWorst(List<BorderCell> from, double tolerance) {
        int worst = -1;
        double most = tolerance;
        for (int i = 0; i < from.size(); i++) {
            double off = residual(from.get(i));
            if (off > most) {
                most = off;
                worst = i;
            }
        }
        return worst >= 0 && from.remove(worst) != null;
    }

    private Backdrop fitted(List<BorderCell> to, int count) {
        double[][] fitted = new double[3][TERMS];
        for (int channel = 0; channel < 3; channel++) {
            double[][] equations = new double[count][count + 1];
            for (BorderCell cell : to) {
                double[] powers = powers(cell);
                for (int i = 0; i < count; i++) {
                    for (int j = 0; j < count; j++) {
                        equations[i][j] += powers[i] * powers[j];
                    }
                    equations[i][count] += powers[i] * cell.color()[channel];
                }
            }
            for (int i = 1; i < count; i++) {
                equations[i][i] += RIDGE * to.size();
            }
            System.arraycopy(solved(equations), 0, fitted[channel], 0, count);
        }
        return new Backdrop(size, fitted, kept, cells);
    }

    /** Gauss's elimination with pivots. */
    private static double[] solved(double[][] equations) {
        int count = equations.length;
        for (int i = 0; i < count; i++) {
            int pivot = i;
            for (int row = i + 1; row < count; row++) {
                pivot = Math.abs(equations[row][i]) > Math.abs(equations[pivot][i]) ? row : pivot;
            }
            double[] swapped = equations[i];
            equations[i] = equations[pivot];
            equations[pivot] = swapped;
            for (int row = i + 1; row < count; row++) {
                double factor = equations[row][i] / equations[i][i];
                for (int column = i; column <= count; column++) {
                    equations[row][column] -= factor * equations[i][column];
                }
            }
        }
        double[] solution = new double[count];
        for (int i = count - 1; i >= 0; i--) {
            double rest = equations[i][count];
            for (int j = i + 1; j < count; j++) {
                rest -= equations[i][j] * solution[j];
            }
            solution[i] = rest / equations[i][i];
        }
        return solution;
    }
}
