package dev.pictor.adapter.embedded;

import java.awt.Color;

/** Arithmetic on colours; integers are 0xRRGGBB. */
final class Tint {

    private Tint() {}

    static Color mix(Color a, Color b, double share) {
        return new Color(mix(a.getRGB(), b.getRGB(), share));
    }

    static int mix(int a, int b, double share) {
        int t = (int) (256 * Math.max(0, Math.min(1, share)));
        int red = ((a >> 16 & 255) * (256 - t) + (b >> 16 & 255) * t) >> 8;
        int green = ((a >> 8 & 255) * (256 - t) + (b >> 8 & 255) * t) >> 8;
        int blue = ((a & 255) * (256 - t) + (b & 255) * t) >> 8;
        return pack(red, green, blue);
    }

    /** Multiplies brightness. */
    static int scale(int rgb, double factor) {
        return rgb(factor * (rgb >> 16 & 255), factor * (rgb >> 8 & 255), factor * (rgb & 255));
    }

    static Color scale(Color colour, double factor) {
        return new Color(scale(colour.getRGB(), factor));
    }

    static Color fade(Color colour, double opacity) {
        return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), clamp(255 * opacity));
    }

    static int rgb(double red, double green, double blue) {
        return pack(clamp(red), clamp(green), clamp(blue));
    }

    /** Joins channels that are 0 to 255. */
    static int pack(int red, int green, int blue) {
        return red << 16 | green << 8 | blue;
    }

    /** Returns the brightness as the eye weighs it, 0 to 255. */
    static int luma(int rgb) {
        return ((rgb >> 16 & 255) * 77 + (rgb >> 8 & 255) * 151 + (rgb & 255) * 28) >> 8;
    }

    static int clamp(double value) {
        return value < 0 ? 0 : value > 255 ? 255 : (int) value;
    }
}
