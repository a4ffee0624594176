package dev.pictor.image.measure;

import dev.pictor.image.Picture;
import dev.pictor.image.Resize;

/** The variance of the Laplacian in the sharpest tile. */
final class Sharpness {

    private static final int SIDE = 512;
    private static final int TILES = 4;
    private static final double LEVEL = 1000;

    private Sharpness() {}

    static double of(Picture picture) {
        Picture small = picture.resized(Resize.fit(SIDE, SIDE));
        int width = small.width();
        int height = small.height();
        int[][] luma = luma(small);
        double most = 0;
        for (int tile = 0; tile < TILES * TILES; tile++) {
            int column = tile % TILES;
            int row = tile / TILES;
            most = Math.max(
                    most,
                    variance(
                            luma,
                            1 + (width - 2) * column / TILES,
                            1 + (width - 2) * (column + 1) / TILES,
                            1 + (height - 2) * row / TILES,
                            1 + (height - 2) * (row + 1) / TILES));
        }
        return most;
    }

    private static int[][] luma(Picture picture) {
        PixelRows rows = new PixelRows(picture);
        int[][] luma = new int[picture.height()][picture.width()];
        for (int y = 0; y < luma.length; y++) {
            int[] row = luma[y];
            rows.read(y, row);
            for (int x = 0; x < row.length; x++) {
                row[x] = Luma.thousandthsOnWhite(row[x]);
            }
        }
        return luma;
    }

    private static double variance(int[][] luma, int left, int right, int top, int bottom) {
        long count = (long) (right - left) * (bottom - top);
        if (right <= left || bottom <= top) {
            return 0;
        }
        long sum = 0;
        double squares = 0;
        for (int y = top; y < bottom; y++) {
            long inRow = 0;
            for (int x = left; x < right; x++) {
                long laplacian = luma[y - 1][x] + luma[y + 1][x] + luma[y][x - 1] + luma[y][x + 1] - 4L * luma[y][x];
                sum += laplacian;
                inRow += laplacian * laplacian;
            }
            squares += inRow;
        }
        double mean = (double) sum / count;
        return Math.max(0, squares / count - mean * mean) / (LEVEL * LEVEL);
    }
}
