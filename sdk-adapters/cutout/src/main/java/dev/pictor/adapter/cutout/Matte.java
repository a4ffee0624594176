package dev.pictor.adapter.cutout;

import dev.pictor.image.Picture;
import dev.pictor.image.PixelSize;

/**
 * Turns regions into alpha and colours. Inside it is opaque, outside nothing; in between, each pixel is taken for a mixture,
 * in the numbers of sRGB as pictures are laid over each other, of the product further in and the background further out: its
 * share is the alpha, and the background is taken out of its colour.
 */
final class Matte {

    /** Of two colours nearer than this, mixtures are not told apart. */
    private static final float LEAST_CONTRAST = 16;

    private static final float OPAQUE = 0.97f;
    private static final float OUT = 0.03f;
    private static final int OUTER = 2;

    /** A colour this far off the line between the two, by their distance, is one of the product. */
    private static final float OFF_LINE = 0.3f;

    private static final float OFF_LINE_LEAST = 12;

    /** Below this alpha the colour is more and more that of the product further in, since noise grows. */
    private static final float THIN = 0.3f;

    private final Rgb picture;
    private final Regions regions;
    private final byte[] depths;
    private final byte[] far;
    private final int softness;
    private final Shadows shadows;
    private final PixelSize size;
    private final float[] inner = new float[3];
    private final float[] outer = new float[3];

    Matte(Rgb picture, Regions regions, Distances distances, int softness, Shadows shadows) {
        this.picture = picture;
        this.regions = regions;
        this.depths = distances.shade;
        this.far = distances.far;
        this.softness = softness;
        this.shadows = shadows;
        this.size = picture.size();
    }

    Picture draw(Stopping stopping) throws InterruptedException {
        int width = size.width();
        byte[] samples = new byte[4 * regions.kind.length];
        for (int y = 0, at = 0; y < size.height(); y++) {
            stopping.check();
            shadows.startRow(y);
            for (int x = 0; x < width; x++, at++) {
                int depth = depths[at];
                if (depth > softness) {
                    put(samples, at, 1, picture.sample(at, 0), picture.sample(at, 1), picture.sample(at, 2));
                } else if (depth >= -OUTER) {
                    mix(samples, x, y, at, depth);
                } else {
                    shadows.put(samples, at, x);
                }
            }
        }
        return Picture.wrap(size, true, samples);
    }

    private void mix(byte[] samples, int x, int y, int at, int depth) {
        boolean hasInner = mean(x, y, true, inner);
        boolean hasOuter = mean(x, y, false, outer);
        boolean found = hasInner && hasOuter;
        float[] color = {picture.sample(at, 0), picture.sample(at, 1), picture.sample(at, 2)};
        float contrast = 0;
        float along = 0;
        for (int channel = 0; channel < 3; channel++) {
            float difference = inner[channel] - outer[channel];
            contrast += difference * difference;
            along += (color[channel] - outer[channel]) * difference;
        }
        float share = depth > 0 ? 1 : 0;
        if (found && contrast >= LEAST_CONTRAST * LEAST_CONTRAST) {
            share = Math.max(0, Math.min(1, along / contrast));
            boolean own = depth > 1 && offLine(color, share) > Math.max(OFF_LINE_LEAST, OFF_LINE * Math.sqrt(contrast));
            share = own || share > OPAQUE ? 1 : share < OUT ? 0 : share;
        }
        if (share == 0) {
            shadows.put(samples, at, x);
            return;
        }
        if (share < 1) {
            float trust = Math.min(1, share / THIN);
            for (int channel = 0; channel < 3; channel++) {
                float pure = (color[channel] - (1 - share) * outer[channel]) / share;
                float bounded = Math.max(0, Math.min(255, pure));
                color[channel] = trust * bounded + (1 - trust) * inner[channel];
            }
        }
        float below = (1 - share) * shadows.alpha(outer, x);
        float alpha = share + below;
        put(samples, at, alpha, color[0] * share / alpha, color[1] * share / alpha, color[2] * share / alpha);
    }

    private float offLine(float[] color, float share) {
        float sum = 0;
        for (int channel = 0; channel < 3; channel++) {
            float off = color[channel] - outer[channel] - share * (inner[channel] - outer[channel]);
            sum += off * off;
        }
        return (float) Math.sqrt(sum);
    }

    /** Means over the deepest pixels near by, of the product or of the background; nearer ones count more. */
    private boolean mean(int x, int y, boolean inside, float[] into) {
        int reach = inside ? softness + 2 : OUTER + softness;
        int limit = inside ? softness + 1 : OUTER + 1;
        int width = size.width();
        int deepest = 0;
        float weights = 0;
        float red = 0;
        float green = 0;
        float blue = 0;
        for (int j = Math.max(0, y - reach); j <= Math.min(size.height() - 1, y + reach); j++) {
            for (int i = Math.max(0, x - reach); i <= Math.min(width - 1, x + reach); i++) {
                int at = j * width + i;
                int depth = Math.min(limit, inside ? depths[at] : -depths[at]);
                if (depth < 1 || depth < deepest) {
                    continue;
                }
                if (depth > deepest) {
                    deepest = depth;
                    weights = 0;
                    red = 0;
                    green = 0;
                    blue = 0;
                }
                float weight = 1f / (1 + (i - x) * (i - x) + (j - y) * (j - y));
                if (inside
                        && depth == 1) { // of a thin line, most pixels are mixtures: those with least background count
                    float different = Distances.decoded(far[at]);
                    weight *= different * different * different * different;
                }
                weights += weight;
                red += weight * picture.sample(at, 0);
                green += weight * picture.sample(at, 1);
                blue += weight * picture.sample(at, 2);
            }
        }
        if (deepest == 0 || weights == 0) {
            return false;
        }
        into[0] = red / weights;
        into[1] = green / weights;
        into[2] = blue / weights;
        return true;
    }

    static void put(byte[] samples, int pixel, float alpha, float red, float green, float blue) {
        int opacity = Math.round(255 * alpha);
        if (opacity == 0) {
            return;
        }
        int at = 4 * pixel;
        samples[at] = (byte) Math.round(red);
        samples[at + 1] = (byte) Math.round(green);
        samples[at + 2] = (byte) Math.round(blue);
        samples[at + 3] = (byte) opacity;
    }
}
