package dev.pictor.adapter.cutout;

import dev.pictor.image.PixelSize;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A piece of the picture's border, and its colour.
 *
 * @param left its first column
 * @param top its first row
 * @param width its columns
 * @param height its rows
 * @param corner whether it lies in a corner
 * @param color the medians of lightness, a and b
 * @param spread the median distance of its pixels from that colour
 */
@SuppressWarnings("ArrayRecordComponent") // cells are never compared
record BorderCell(int left, int top, int width, int height, boolean corner, float[] color, float spread) {

    private static final int PER_SIDE = 16;
    private static final int MIN_CELL_PX = 4;
    private static final int MOST_SAMPLES = 600;

    /** Returns the cells of all four sides. Those of corners are in two. */
    static List<BorderCell> of(Rgb picture) {
        PixelSize size = picture.size();
        int band = Math.max(3, Math.min(20, Math.min(size.width(), size.height()) / 50));
        List<BorderCell> cells = new ArrayList<>();
        int across = Math.max(4, Math.min(PER_SIDE, size.width() / MIN_CELL_PX));
        int down = Math.max(4, Math.min(PER_SIDE, size.height() / MIN_CELL_PX));
        for (int i = 0; i < across; i++) {
            int from = i * size.width() / across;
            int count = (i + 1) * size.width() / across - from;
            boolean corner = i == 0 || i == across - 1;
            cells.add(measured(picture, from, 0, count, band, corner));
            cells.add(measured(picture, from, size.height() - band, count, band, corner));
        }
        for (int i = 0; i < down; i++) {
            int from = i * size.height() / down;
            int count = (i + 1) * size.height() / down - from;
            cells.add(measured(picture, 0, from, band, count, false));
            cells.add(measured(picture, size.width() - band, from, band, count, false));
        }
        return cells;
    }

    private static BorderCell measured(Rgb picture, int left, int top, int width, int height, boolean corner) {
        int step = Math.max(1, (int) Math.ceil(Math.sqrt((double) width * height / MOST_SAMPLES)));
        int most = ((width + step - 1) / step) * ((height + step - 1) / step);
        float[] lab = new float[3 * most];
        int count = 0;
        for (int y = top; y < top + height; y += step) {
            for (int x = left; x < left + width; x += step) {
                picture.putOklab(x, y, lab, 3 * count++);
            }
        }
        float[] one = new float[count];
        float[] color = new float[3];
        for (int channel = 0; channel < 3; channel++) {
            for (int i = 0; i < count; i++) {
                one[i] = lab[3 * i + channel];
            }
            color[channel] = median(one);
        }
        for (int i = 0; i < count; i++) {
            one[i] = distance(lab[3 * i] - color[0], lab[3 * i + 1] - color[1], lab[3 * i + 2] - color[2]);
        }
        return new BorderCell(left, top, width, height, corner, color, median(one));
    }

    float centerX() {
        return left + width / 2f;
    }

    float centerY() {
        return top + height / 2f;
    }

    static float distance(float l, float a, float b) {
        return (float) Math.sqrt(l * l + a * a + b * b);
    }

    static float median(float[] values) {
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
