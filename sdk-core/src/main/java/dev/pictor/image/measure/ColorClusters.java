package dev.pictor.image.measure;

import dev.pictor.image.color.OklabColor;
import dev.pictor.image.color.RgbColor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Groups the bins of a histogram by k-means, always in the same order. Not thread-safe; used once. */
final class ColorClusters {

    private static final int MAX_ROUNDS = 32;
    private static final double APART = 0.02;

    private final double[] weights;
    private final OklabColor[] colors;
    private final long total;

    ColorClusters(ColorHistogram histogram) {
        int[] used = IntStream.range(0, histogram.bins())
                .filter(bin -> histogram.weight(bin) > 0)
                .toArray();
        this.weights = Arrays.stream(used).mapToDouble(histogram::weight).toArray();
        this.colors = Arrays.stream(used)
                .mapToObj(bin -> OklabColor.of(histogram.mean(bin)))
                .toArray(OklabColor[]::new);
        this.total = histogram.total();
    }

    List<Swatch> swatches(int maxColors) {
        List<OklabColor> centers = start(maxColors);
        int[] nearest = new int[colors.length];
        boolean moving = true;
        for (int round = 0; round < MAX_ROUNDS && moving; round++) {
            moving = assign(centers, nearest) || round == 0;
            centers = means(centers, nearest);
        }
        double[] sizes = new double[centers.size()];
        for (int i = 0; i < colors.length; i++) {
            sizes[nearest[i]] += weights[i];
        }
        Map<RgbColor, Double> shares = new LinkedHashMap<>();
        for (int i = 0; i < sizes.length; i++) {
            if (sizes[i] > 0) {
                shares.merge(centers.get(i).toRgb(), sizes[i], Double::sum);
            }
        }
        return shares.entrySet().stream()
                .map(entry -> new Swatch(entry.getKey(), entry.getValue() / total))
                .sorted(Comparator.comparingDouble((Swatch swatch) -> -swatch.share())
                        .thenComparingInt(swatch -> swatch.color().packed()))
                .toList();
    }

    /** The heaviest, then again and again the one with the most weight far from all that are there. */
    private List<OklabColor> start(int maxColors) {
        List<OklabColor> centers = new ArrayList<>();
        double[] distances = new double[colors.length];
        Arrays.fill(distances, 1);
        for (int next = heaviest(distances); next >= 0; next = heaviest(distances)) {
            centers.add(colors[next]);
            if (centers.size() == maxColors) {
                break;
            }
            for (int i = 0; i < colors.length; i++) {
                distances[i] = Math.min(distances[i], colors[i].distance(colors[next]));
            }
        }
        return centers;
    }

    private int heaviest(double[] distances) {
        int best = -1;
        double most = 0;
        for (int i = 0; i < distances.length; i++) {
            double mass = weights[i] * distances[i] * distances[i];
            if (distances[i] > APART && mass > most) {
                most = mass;
                best = i;
            }
        }
        return best;
    }

    /** Tells whether a bin went over to another centre. */
    private boolean assign(List<OklabColor> centers, int[] nearest) {
        boolean changed = false;
        for (int i = 0; i < colors.length; i++) {
            int best = 0;
            double least = Double.POSITIVE_INFINITY;
            for (int c = 0; c < centers.size(); c++) {
                double distance = colors[i].distance(centers.get(c));
                if (distance < least) {
                    least = distance;
                    best = c;
                }
            }
            changed |= nearest[i] != best;
            nearest[i] = best;
        }
        return changed;
    }

    private List<OklabColor> means(List<OklabColor> centers, int[] nearest) {
        double[][] sums = new double[centers.size()][4];
        for (int i = 0; i < colors.length; i++) {
            double[] sum = sums[nearest[i]];
            sum[0] += weights[i];
            sum[1] += weights[i] * colors[i].l();
            sum[2] += weights[i] * colors[i].a();
            sum[3] += weights[i] * colors[i].b();
        }
        List<OklabColor> means = new ArrayList<>();
        for (int c = 0; c < sums.length; c++) {
            double[] sum = sums[c];
            means.add(sum[0] == 0 ? centers.get(c) : new OklabColor(sum[1] / sum[0], sum[2] / sum[0], sum[3] / sum[0]));
        }
        return means;
    }
}
