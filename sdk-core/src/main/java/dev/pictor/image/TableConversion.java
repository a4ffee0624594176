package dev.pictor.image;

import java.awt.Point;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/** RGB or CMYK to sRGB by the colour engine of the JDK, for profiles made of tables. */
final class TableConversion implements ColorConversion {

    private final ColorConvertOp engine;
    private final PixelLayout layout;

    /**
     * Makes a conversion and tries it on one pixel, since the JDK finds some profiles broken only then.
     *
     * @throws java.awt.color.CMMException if the JDK cannot use the profile
     */
    TableConversion(ICC_Profile profile, PixelLayout layout) {
        this.layout = layout;
        this.engine =
                new ColorConvertOp(new ICC_Profile[] {profile, ICC_Profile.getInstance(ColorSpace.CS_sRGB)}, null);
        convert(new byte[layout.channels()], 0, new byte[4], 1);
    }

    @Override
    public void convert(byte[] samples, int offset, byte[] rgb, int pixels) {
        int channels = layout.channels();
        int colors = layout == PixelLayout.CMYK ? 4 : 3;
        int out = layout.hasAlpha() ? 4 : 3;
        WritableRaster from = raster(samples, offset, pixels, channels, colors);
        WritableRaster to = raster(rgb, 0, pixels, out, 3);
        engine.filter(from, to);
        if (layout.hasAlpha()) {
            for (int i = 0; i < pixels; i++) {
                rgb[4 * i + 3] = samples[offset + 4 * i + 3];
            }
        }
    }

    private static WritableRaster raster(byte[] samples, int offset, int pixels, int stride, int bands) {
        int[] offsets = new int[bands];
        for (int i = 0; i < bands; i++) {
            offsets[i] = offset + i;
        }
        return Raster.createInterleavedRaster(
                new DataBufferByte(samples, samples.length), pixels, 1, pixels * stride, stride, offsets, new Point());
    }
}
