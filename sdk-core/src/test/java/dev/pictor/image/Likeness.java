package dev.pictor.image;

/** How close a picture comes to exact samples, as {@link ExactLanczos} gives them. */
final class Likeness {

    private static final int TILE = 8;

    private Likeness() {}

    /** Returns the peak signal-to-noise ratio over all samples, in dB; infinite if they are equal. */
    static double psnr(Picture picture, double[] exact) {
        double squares = 0;
        for (int i = 0; i < exact.length; i++) {
            double difference = (picture.samples()[i] & 0xFF) - exact[i];
            squares += difference * difference;
        }
        return 10 * Math.log10(255.0 * 255.0 * exact.length / squares);
    }

    /**
     * Returns the mean structural similarity over tiles of 8x8 pixels of the first channel, up to 1.
     *
     * <p>Source: Wang, Bovik, Sheikh and Simoncelli, Image Quality Assessment, IEEE Transactions on Image Processing 13
     * (2004), with K1 = 0.01 and K2 = 0.03.
     */
    static double ssim(Picture picture, double[] exact) {
        double sum = 0;
        int tiles = 0;
        for (int y = 0; y + TILE <= picture.height(); y += TILE) {
            for (int x = 0; x + TILE <= picture.width(); x += TILE) {
                sum += ssim(picture, exact, x, y);
                tiles++;
            }
        }
        return sum / tiles;
    }

    private static double ssim(Picture picture, double[] exact, int left, int top) {
        double meanA = 0;
        double meanB = 0;
        double squaresA = 0;
        double squaresB = 0;
        double products = 0;
        for (int i = 0; i < TILE * TILE; i++) {
            int at = ((top + i / TILE) * picture.width() + left + i % TILE) * picture.channels();
            double a = picture.samples()[at] & 0xFF;
            double b = exact[at];
            meanA += a / (TILE * TILE);
            meanB += b / (TILE * TILE);
            squaresA += a * a / (TILE * TILE);
            squaresB += b * b / (TILE * TILE);
            products += a * b / (TILE * TILE);
        }
        double c1 = 6.5025;
        double c2 = 58.5225;
        double spread = squaresA - meanA * meanA + squaresB - meanB * meanB;
        return (2 * meanA * meanB + c1)
                * (2 * (products - meanA * meanB) + c2)
                / ((meanA * meanA + meanB * meanB + c1) * (spread + c2));
    }
}
