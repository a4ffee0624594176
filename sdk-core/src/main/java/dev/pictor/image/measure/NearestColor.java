package dev.pictor.image.measure;

import dev.pictor.image.color.LabColor;
import dev.pictor.image.color.RgbColor;
import java.util.List;

/** Finds which of some colours is the nearest to another by CIEDE2000. Not thread-safe. */
final class NearestColor {

    private final LabColor[] colors;
    private final LabPoint[] points;
    private final LabPoint point = new LabPoint();
    private final double tolerance;

    NearestColor(List<RgbColor> colors, double tolerance) {
        this.colors = colors.stream().map(LabColor::of).toArray(LabColor[]::new);
        this.points = new LabPoint[this.colors.length];
        for (int i = 0; i < points.length; i++) {
            points[i] = new LabPoint();
            points[i].set(this.colors[i]);
        }
        this.tolerance = tolerance;
    }

    /** Returns which is the nearest, of equally near ones the first; another number if none is within the tolerance. */
    int find(RgbColor color, int none) {
        LabColor lab = LabColor.of(color);
        point.set(lab);
        int best = none;
        double least = tolerance;
        for (int i = 0; i < colors.length; i++) {
            if (!point.isFurther(points[i], least)) {
                double difference = lab.deltaE2000(colors[i]);
                if (difference < least || (difference == least && best == none)) {
                    least = difference;
                    best = i;
                }
            }
        }
        return best;
    }
}
