package dev.pictor.image;

import dev.pictor.image.color.Srgb;

/** RGB to sRGB by a curve for each channel and a matrix. */
final class MatrixConversion implements ColorConversion {

    /** Light is looked up in this many steps: fine enough that the darkest sRGB numbers keep apart. */
    private static final int STEPS = 1 << 14;

    private static final byte[] ENCODED = encoded();

    private final float[][] light;
    private final float[][] matrix;
    private final int channels;

    private MatrixConversion(float[][] light, float[][] matrix, int channels) {
        this.light = light;
        this.matrix = matrix;
        this.channels = channels;
    }

    /** Returns the conversion, which is a plain copy where a profile says no more than sRGB does. */
    static ColorConversion of(double[][] curves, double[][] matrix, PixelLayout layout) {
        float[][] light = new float[3][256];
        float[][] scaled = new float[3][3];
        for (int i = 0; i < 3; i++) {
            for (int value = 0; value < 256; value++) {
                light[i][value] = (float) curves[i][value];
            }
            for (int j = 0; j < 3; j++) {
                scaled[i][j] = (float) (matrix[i][j] * (STEPS - 1));
            }
        }
        MatrixConversion conversion = new MatrixConversion(light, scaled, layout.channels());
        return conversion.isNearlySrgb() ? ColorConversion.plain(layout) : conversion;
    }

    @Override
    public void convert(byte[] samples, int offset, byte[] rgb, int pixels) {
        float[] red = light[0];
        float[] green = light[1];
        float[] blue = light[2];
        float[] toRed = matrix[0];
        float[] toGreen = matrix[1];
        float[] toBlue = matrix[2];
        int to = 0;
        int from = offset;
        for (int i = 0; i < pixels; i++) {
            float r = red[samples[from] & 0xFF];
            float g = green[samples[from + 1] & 0xFF];
            float b = blue[samples[from + 2] & 0xFF];
            rgb[to] = encode(toRed[0] * r + toRed[1] * g + toRed[2] * b);
            rgb[to + 1] = encode(toGreen[0] * r + toGreen[1] * g + toGreen[2] * b);
            rgb[to + 2] = encode(toBlue[0] * r + toBlue[1] * g + toBlue[2] * b);
            if (channels == 4) {
                rgb[to + 3] = samples[from + 3];
            }
            from += channels;
            to += channels;
        }
    }

    /** Tells whether no colour of a coarse grid moves by more than one level. */
    private boolean isNearlySrgb() {
        byte[] in = new byte[channels];
        byte[] out = new byte[channels];
        for (int i = 0; i < 9 * 9 * 9; i++) {
            int[] color = {i % 9 * 255 / 8, i / 9 % 9 * 255 / 8, i / 81 * 255 / 8};
            for (int channel = 0; channel < 3; channel++) {
                in[channel] = (byte) color[channel];
            }
            convert(in, 0, out, 1);
            for (int channel = 0; channel < 3; channel++) {
                if (Math.abs((out[channel] & 0xFF) - color[channel]) > 1) {
                    return false;
                }
            }
        }
        return true;
    }

    private static byte encode(float step) {
        return ENCODED[Math.max(0, Math.min(STEPS - 1, (int) (step + 0.5f)))];
    }

    private static byte[] encoded() {
        byte[] encoded = new byte[STEPS];
        for (int i = 0; i < STEPS; i++) {
            encoded[i] = (byte) Srgb.fromLinear(i / (double) (STEPS - 1));
        }
        return encoded;
    }
}
