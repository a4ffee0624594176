package dev.pictor.image;

import dev.pictor.image.color.Srgb;
import java.awt.color.CMMException;
import java.awt.color.ICC_Profile;
import java.awt.color.ProfileDataException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * An ICC profile, as far as it takes to convert 8-bit samples to sRGB.
 *
 * <p>Profiles made of curves and a matrix, which nearly all RGB and grey profiles are, are computed here: quick, equal on
 * every JVM, and not put off by errors in the rest of a profile. Those made of tables go to the colour engine of the JDK.
 *
 * <p>Source: ICC.1:2022 7 to 10.
 */
final class IccProfile {

    /** The largest profile that is looked at: the tables of CMYK profiles take 0.5 to 3 MB. */
    static final int MAX_BYTES = 4 << 20;

    private static final int HEADER = 128;
    private static final int MAX_TAGS = 256;
    private static final int ACSP = 0x61637370;
    private static final int SPACE_RGB = 0x52474220;
    private static final int SPACE_GREY = 0x47524159;
    private static final int SPACE_CMYK = 0x434D594B;
    private static final int PCS_XYZ = 0x58595A20;
    private static final int PCS_LAB = 0x4C616220;
    private static final int A2B0 = 0x41324230;
    private static final int CURV = 0x63757276;
    private static final int PARA = 0x70617261;
    private static final int[] RGB_CURVES = {0x72545243, 0x67545243, 0x62545243};
    private static final int[] RGB_COLORANTS = {0x7258595A, 0x6758595A, 0x6258595A};
    private static final int GREY_CURVE = 0x6B545243;

    /** From XYZ under D50 to linear sRGB: the inverse of the colorants of the sRGB profile, IEC 61966-2-1 as adapted. */
    private static final double[][] TO_SRGB = {
        {3.1341864, -1.6172090, -0.4906941},
        {-0.9787485, 1.9161301, 0.0334334},
        {0.0719639, -0.2289939, 1.4057537}
    };

    private final byte[] bytes;
    private final ByteBuffer in;

    IccProfile(byte[] bytes) {
        this.bytes = bytes;
        this.in = ByteBuffer.wrap(bytes);
    }

    /** Returns the conversion to sRGB, or empty if the profile is broken or not for such samples. */
    Optional<ColorConversion> conversion(PixelLayout layout) {
        try {
            if (bytes.length < HEADER + 4 || in.getInt(36) != ACSP || in.getInt(16) != space(layout)) {
                return Optional.empty();
            }
            if (layout == PixelLayout.GREY || layout == PixelLayout.GREY_ALPHA) {
                return Optional.of(new GreyCurve(greyLight(), layout));
            }
            if (in.getInt(16) == SPACE_RGB && in.getInt(20) == PCS_XYZ && !has(A2B0)) {
                return Optional.of(MatrixConversion.of(curves(), matrix(), layout));
            }
            return Optional.of(new TableConversion(ICC_Profile.getInstance(bytes), layout));
        } catch (BufferUnderflowException
                | IndexOutOfBoundsException
                | IllegalArgumentException
                | CMMException
                | ProfileDataException e) {
            return Optional.empty(); // the caller reports a profile that was ignored
        }
    }

    private static int space(PixelLayout layout) {
        return switch (layout) {
            case GREY, GREY_ALPHA -> SPACE_GREY;
            case RGB, RGBA -> SPACE_RGB;
            case CMYK -> SPACE_CMYK;
        };
    }

    private boolean has(int name) {
        int count = Math.min(in.getInt(HEADER), MAX_TAGS);
        for (int i = 0; i < count; i++) {
            if (in.getInt(HEADER + 4 + 12 * i) == name) {
                return true;
            }
        }
        return false;
    }

    private ByteBuffer tag(int name) {
        int count = Math.min(in.getInt(HEADER), MAX_TAGS);
        for (int i = 0; i < count; i++) {
            int entry = HEADER + 4 + 12 * i;
            if (in.getInt(entry) == name) {
                return in.slice(in.getInt(entry + 4), in.getInt(entry + 8));
            }
        }
        throw new IllegalArgumentException("the profile lacks a tag");
    }

    private double[][] curves() {
        double[][] curves = new double[3][];
        for (int channel = 0; channel < 3; channel++) {
            curves[channel] = curve(tag(RGB_CURVES[channel]));
        }
        return curves;
    }

    /** Returns light for each grey: the curve gives light or, where the profile speaks of Lab, lightness. */
    private double[] greyLight() {
        double[] light = curve(tag(GREY_CURVE));
        if (in.getInt(20) == PCS_LAB) {
            for (int value = 0; value < 256; value++) {
                double lightness = (light[value] * 100 + 16) / 116;
                light[value] = lightness > 6.0 / 29
                        ? lightness * lightness * lightness
                        : (lightness - 4.0 / 29) * 3 * (6.0 / 29) * (6.0 / 29);
            }
        } else if (in.getInt(20) != PCS_XYZ) {
            throw new IllegalArgumentException("the profile connects to an unknown space");
        }
        return light;
    }

    /** Returns the matrix from the linear light of the profile to that of sRGB. */
    private double[][] matrix() {
        double[][] matrix = new double[3][3];
        for (int column = 0; column < 3; column++) {
            ByteBuffer colorant = tag(RGB_COLORANTS[column]);
            for (int row = 0; row < 3; row++) {
                for (int i = 0; i < 3; i++) {
                    matrix[row][column] += TO_SRGB[row][i] * fixed(colorant, 8 + 4 * i);
                }
            }
        }
        return matrix;
    }

    /** Returns the amount of light for each of the 256 values of a sample. */
    private static double[] curve(ByteBuffer tag) {
        return switch (tag.getInt(0)) {
            case CURV -> sampledCurve(tag);
            case PARA -> parametricCurve(tag);
            default -> throw new IllegalArgumentException("the profile has a curve of an unknown kind");
        };
    }

    private static double[] sampledCurve(ByteBuffer tag) {
        int count = tag.getInt(8);
        if (count < 0 || 12 + 2L * count > tag.limit()) {
            throw new IllegalArgumentException("the profile has a curve of " + count + " points");
        }
        double[] light = new double[256];
        for (int value = 0; value < 256; value++) {
            double x = value / 255.0;
            if (count == 0) {
                light[value] = x;
            } else if (count == 1) {
                light[value] = StrictMath.pow(x, Short.toUnsignedInt(tag.getShort(12)) / 256.0);
            } else {
                double at = x * (count - 1);
                int below = Math.min((int) at, count - 2);
                double low = Short.toUnsignedInt(tag.getShort(12 + 2 * below)) / 65535.0;
                double high = Short.toUnsignedInt(tag.getShort(14 + 2 * below)) / 65535.0;
                light[value] = low + (high - low) * (at - below);
            }
        }
        return light;
    }

    private static double[] parametricCurve(ByteBuffer tag) {
        int kind = tag.getShort(8);
        if (kind < 0 || kind > 4) {
            throw new IllegalArgumentException("the profile has a parametric curve of kind " + kind);
        }
        double gamma = fixed(tag, 12);
        double a = kind >= 1 ? fixed(tag, 16) : 1;
        double b = kind >= 1 ? fixed(tag, 20) : 0;
        double c = kind >= 3 ? fixed(tag, 24) : 0;
        double d = switch (kind) {
            case 0 -> Double.NEGATIVE_INFINITY;
            case 1, 2 -> -b / a;
            default -> fixed(tag, 28);
        };
        double above = kind == 2 ? fixed(tag, 24) : kind == 4 ? fixed(tag, 32) : 0;
        double below = kind == 2 ? fixed(tag, 24) : kind == 4 ? fixed(tag, 36) : 0;
        double[] light = new double[256];
        for (int value = 0; value < 256; value++) {
            double x = value / 255.0;
            double y = x >= d ? StrictMath.pow(Math.max(0, a * x + b), gamma) + above : c * x + below;
            light[value] = Math.max(0, Math.min(1, y));
        }
        return light;
    }

    private static double fixed(ByteBuffer in, int at) {
        return in.getInt(at) / 65536.0;
    }

    /** Grey by one curve. */
    private static final class GreyCurve implements ColorConversion {

        private final byte[] values = new byte[256];
        private final boolean alpha;

        GreyCurve(double[] light, PixelLayout layout) {
            for (int value = 0; value < 256; value++) {
                values[value] = (byte) Srgb.fromLinear(light[value]);
            }
            this.alpha = layout.hasAlpha();
        }

        @Override
        public void convert(byte[] samples, int offset, byte[] rgb, int pixels) {
            int from = alpha ? 2 : 1;
            int to = alpha ? 4 : 3;
            for (int i = 0; i < pixels; i++) {
                byte value = values[samples[offset + from * i] & 0xFF];
                rgb[to * i] = value;
                rgb[to * i + 1] = value;
                rgb[to * i + 2] = value;
                if (alpha) {
                    rgb[4 * i + 3] = samples[offset + 2 * i + 1];
                }
            }
        }
    }
}
