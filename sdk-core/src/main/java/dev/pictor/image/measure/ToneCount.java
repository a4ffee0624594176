package dev.pictor.image.measure;

import dev.pictor.image.Picture;
import dev.pictor.image.color.RgbColor;
import java.util.Optional;

/** What one pass over a picture tells of luma, colours and alpha. */
final class ToneCount {

    private static final double TRIMMED = 0.01;
    private static final int NEARLY = 8;

    private final long[] lumas = new long[256];
    private final ColorHistogram colors = ColorHistogram.empty(5);
    private final long pixels;
    private long visible;
    private long opaque;
    private int left;
    private int right = -1;
    private int top = -1;
    private int bottom;

    ToneCount(Picture picture) {
        this.pixels = picture.size().pixels();
        this.left = picture.width();
        PixelRows rows = new PixelRows(picture);
        int[] row = new int[picture.width()];
        for (int y = 0; y < picture.height(); y++) {
            rows.read(y, row);
            colors.add(row);
            count(row, y);
        }
    }

    private void count(int[] row, int y) {
        int first = -1;
        int last = -1;
        for (int x = 0; x < row.length; x++) {
            int pixel = row[x];
            if (pixel == 0) {
                continue;
            }
            lumas[(Luma.thousandths(pixel) + 500) / 1000]++;
            if (pixel >>> 24 == 255) {
                opaque++;
            }
            visible++;
            first = first < 0 ? x : first;
            last = x;
        }
        if (last >= 0) {
            left = Math.min(left, first);
            right = Math.max(right, last);
            top = top < 0 ? y : top;
            bottom = y;
        }
    }

    int lumaRange() {
        long spare = (long) (visible * TRIMMED);
        int darkest = 0;
        for (long seen = lumas[0]; seen <= spare && darkest < 255; seen += lumas[darkest]) {
            darkest++;
        }
        int brightest = 255;
        for (long seen = lumas[255]; seen <= spare && brightest > 0; seen += lumas[brightest]) {
            brightest--;
        }
        return visible == 0 ? 0 : brightest - darkest;
    }

    double uniformShare() {
        int fullest = 0;
        for (int bin = 1; bin < colors.bins(); bin++) {
            if (colors.weight(bin) > colors.weight(fullest)) {
                fullest = bin;
            }
        }
        if (colors.weight(fullest) == 0) {
            return 0;
        }
        RgbColor color = colors.mean(fullest);
        long sum = 0;
        for (int bin = 0; bin < colors.bins(); bin++) {
            if (colors.weight(bin) > 0 && isNear(color, colors.mean(bin))) {
                sum += colors.weight(bin);
            }
        }
        return (double) sum / colors.total();
    }

    double transparentShare() {
        return (double) (pixels - visible) / pixels;
    }

    double translucentShare() {
        return (double) (visible - opaque) / pixels;
    }

    Optional<PixelBox> visibleBox() {
        return right < 0 ? Optional.empty() : Optional.of(new PixelBox(left, top, right - left + 1, bottom - top + 1));
    }

    private static boolean isNear(RgbColor one, RgbColor other) {
        return Math.abs(one.red() - other.red()) <= NEARLY
                && Math.abs(one.green() - other.green()) <= NEARLY
                && Math.abs(one.blue() - other.blue()) <= NEARLY;
    }
}
