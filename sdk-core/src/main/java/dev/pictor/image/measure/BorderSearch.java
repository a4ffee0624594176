package dev.pictor.image.measure;

import dev.pictor.image.Picture;
import dev.pictor.image.color.RgbColor;

/** Finds the lines of one colour along the sides of a box whose outermost lines all have something visible. */
final class BorderSearch {

    private static final int NEARLY = 8;

    private final PixelRows rows;
    private final PixelBox box;
    private final int[] pixels;
    private final Mean topMean = new Mean();
    private final Mean rightMean = new Mean();
    private final Mean bottomMean = new Mean();
    private final Mean leftMean = new Mean();
    private int top;
    private int right;
    private int bottom;
    private int left;

    BorderSearch(Picture picture, PixelBox box) {
        this.rows = new PixelRows(picture);
        this.box = box;
        this.pixels = new int[picture.width()];
        findColors();
        top = linesFrom(box.y(), 1, topMean.packed());
        if (top < box.height()) {
            bottom = linesFrom(box.y() + box.height() - 1, -1, bottomMean.packed());
            findColumns();
        } else {
            top = 0;
        }
    }

    Border top() {
        return new Border(top, RgbColor.ofPacked(topMean.packed()));
    }

    Border right() {
        return new Border(right, RgbColor.ofPacked(rightMean.packed()));
    }

    Border bottom() {
        return new Border(bottom, RgbColor.ofPacked(bottomMean.packed()));
    }

    Border left() {
        return new Border(left, RgbColor.ofPacked(leftMean.packed()));
    }

    private void findColors() {
        int lastX = box.x() + box.width() - 1;
        int lastY = box.y() + box.height() - 1;
        for (int y = box.y(); y <= lastY; y++) {
            rows.read(y, pixels);
            leftMean.add(pixels[box.x()]);
            rightMean.add(pixels[lastX]);
            for (int x = box.x(); y == box.y() && x <= lastX; x++) {
                topMean.add(pixels[x]);
            }
            for (int x = box.x(); y == lastY && x <= lastX; x++) {
                bottomMean.add(pixels[x]);
            }
        }
    }

    private int linesFrom(int start, int step, int color) {
        for (int lines = 0; lines < box.height(); lines++) {
            rows.read(start + lines * step, pixels);
            if (run(box.x(), 1, box.width(), color) < box.width()) {
                return lines;
            }
        }
        return box.height();
    }

    private void findColumns() {
        left = box.width();
        right = box.width();
        for (int y = box.y(); y < box.y() + box.height() && left + right > 0; y++) {
            rows.read(y, pixels);
            left = run(box.x(), 1, left, leftMean.packed());
            right = run(box.x() + box.width() - 1, -1, right, rightMean.packed());
        }
    }

    /** Counts the pixels of a colour from a place on, up to a limit. */
    private int run(int start, int step, int limit, int color) {
        int run = 0;
        while (run < limit && isNear(pixels[start + run * step], color)) {
            run++;
        }
        return run;
    }

    private static boolean isNear(int pixel, int color) {
        return pixel >>> 24 == 255
                && Math.abs((pixel >> 16 & 0xFF) - (color >> 16 & 0xFF)) <= NEARLY
                && Math.abs((pixel >> 8 & 0xFF) - (color >> 8 & 0xFF)) <= NEARLY
                && Math.abs((pixel & 0xFF) - (color & 0xFF)) <= NEARLY;
    }

    /** The mean colour of the visible pixels of a line. */
    private static final class Mean {

        private long red;
        private long green;
        private long blue;
        private long count;

        void add(int pixel) {
            if (pixel != 0) {
                red += pixel >> 16 & 0xFF;
                green += pixel >> 8 & 0xFF;
                blue += pixel & 0xFF;
                count++;
            }
        }

        int packed() {
            return rounded(red) << 16 | rounded(green) << 8 | rounded(blue);
        }

        private int rounded(long sum) {
            return (int) ((sum + count / 2) / count);
        }
    }
}
