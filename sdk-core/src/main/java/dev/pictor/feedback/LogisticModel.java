package dev.pictor.feedback;

import java.util.List;

/**
 * A logistic model, fitted by Newton's method with a ridge of 1 on all weights but the first. The same rows in the same order
 * give the same weights. Immutable.
 */
final class LogisticModel {

    private static final int STEPS = 25;
    private static final double RIDGE = 1;
    private static final double TINY = 1e-9;
    private static final double CLOSE = 1e-8;
    private static final double LONGEST_STEP = 5;

    private final double[] weights;

    private LogisticModel(double[] weights) {
        this.weights = weights;
    }

    static LogisticModel fit(List<QualityFeatures.Row> rows, List<Boolean> outcomes, int size) {
        double[] weights = new double[size];
        for (int step = 0; step < STEPS; step++) {
            double[] gradient = new double[size];
            double[][] curvature = new double[size][size];
            for (int i = 0; i < size; i++) {
                double ridge = i == 0 ? TINY : RIDGE;
                gradient[i] = -ridge * weights[i];
                curvature[i][i] = ridge;
            }
            for (int r = 0; r < rows.size(); r++) {
                add(rows.get(r), outcomes.get(r), weights, gradient, curvature);
            }
            double[] change = solve(curvature, gradient);
            double largest = 0;
            for (int i = 0; i < size; i++) {
                double bounded = Math.max(-LONGEST_STEP, Math.min(LONGEST_STEP, change[i]));
                weights[i] += bounded;
                largest = Math.max(largest, Math.abs(bounded));
            }
            if (largest < CLOSE) {
                break;
            }
        }
        return new LogisticModel(weights);
    }

    private static void add(
            QualityFeatures.Row row, boolean outcome, double[] weights, double[] gradient, double[][] curvature) {
        double expected = logistic(QualityFeatures.dot(row, weights));
        double error = (outcome ? 1 : 0) - expected;
        double spread = Math.max(TINY, expected * (1 - expected));
        int[] indexes = row.indexes;
        double[] values = row.values;
        for (int i = 0; i < indexes.length; i++) {
            gradient[indexes[i]] += error * values[i];
            for (int j = 0; j <= i; j++) {
                curvature[indexes[i]][indexes[j]] += spread * values[i] * values[j];
            }
        }
    }

    /** By Cholesky's method, in place of the lower triangle. */
    private static double[] solve(double[][] a, double[] b) {
        int size = b.length;
        for (int j = 0; j < size; j++) {
            for (int k = 0; k < j; k++) {
                a[j][j] -= a[j][k] * a[j][k];
            }
            a[j][j] = Math.sqrt(Math.max(TINY, a[j][j]));
            for (int i = j + 1; i < size; i++) {
                for (int k = 0; k < j; k++) {
                    a[i][j] -= a[i][k] * a[j][k];
                }
                a[i][j] /= a[j][j];
            }
        }
        double[] x = b.clone();
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < i; k++) {
                x[i] -= a[i][k] * x[k];
            }
            x[i] /= a[i][i];
        }
        for (int i = size - 1; i >= 0; i--) {
            for (int k = i + 1; k < size; k++) {
                x[i] -= a[k][i] * x[k];
            }
            x[i] /= a[i][i];
        }
        return x;
    }

    double probability(QualityFeatures.Row row) {
        return logistic(QualityFeatures.dot(row, weights));
    }

    private static double logistic(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
