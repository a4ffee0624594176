package dev.pictor.intent;

import java.util.List;

/**
 * Fits logistic models of one or more classes: full gradients with a step of their own for each weight, a fixed number of
 * rounds, and a pull towards given weights. The same rows give the same weights.
 */
final class Logistic {

    /** A row: its features, the share of each class that is true of it, and how much it counts. */
    static final class Row {
        private final int[] features;
        private final double[] values;
        private final double[] target;
        private final double weight;

        Row(int[] features, double[] values, double[] target, double weight) {
            this.features = features;
            this.values = values;
            this.target = target;
            this.weight = weight;
        }

        boolean isTrue(int index) {
            return target[index] == 1;
        }
    }

    private static final int ROUNDS = 400;
    private static final double STEP = 0.3;
    private static final double TINY = 1e-8;

    private Logistic() {}

    /** Fits weights by feature and class; one class means a yes or no. */
    static double[][] fit(List<Row> rows, double[][] priors, double pull) {
        int classes = priors[0].length;
        double[][] weights = new double[priors.length][];
        double[][] squares = new double[priors.length][classes];
        for (int f = 0; f < priors.length; f++) {
            weights[f] = priors[f].clone();
        }
        for (int round = 0; round < ROUNDS; round++) {
            double[][] gradient = new double[priors.length][classes];
            for (Row row : rows) {
                double[] miss = predict(row, weights, classes);
                for (int c = 0; c < classes; c++) {
                    miss[c] = (miss[c] - row.target[c]) * row.weight;
                }
                for (int i = 0; i < row.features.length; i++) {
                    double[] sum = gradient[row.features[i]];
                    for (int c = 0; c < classes; c++) {
                        sum[c] += miss[c] * row.values[i];
                    }
                }
            }
            for (int f = 0; f < weights.length; f++) {
                for (int c = 0; c < classes; c++) {
                    double slope = gradient[f][c] + pull * (weights[f][c] - priors[f][c]);
                    squares[f][c] += slope * slope;
                    weights[f][c] -= STEP * slope / Math.sqrt(squares[f][c] + TINY);
                }
            }
        }
        return weights;
    }

    static double[] predict(Row row, double[][] weights, int classes) {
        double[] scores = new double[classes];
        for (int i = 0; i < row.features.length; i++) {
            double[] weight = weights[row.features[i]];
            for (int c = 0; c < classes; c++) {
                scores[c] += weight[c] * row.values[i];
            }
        }
        if (classes == 1) {
            scores[0] = Calibration.sigmoid(scores[0]);
        } else {
            IntentModel.softmax(scores);
        }
        return scores;
    }
}
