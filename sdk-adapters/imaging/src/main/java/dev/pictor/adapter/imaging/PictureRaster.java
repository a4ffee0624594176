package dev.pictor.adapter.imaging;

import dev.pictor.image.Picture;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/** A picture as ImageIO's writers want it, with one copy of the samples instead of two. */
final class PictureRaster extends BufferedImage {

    private PictureRaster(ComponentColorModel model, WritableRaster raster) {
        super(model, raster, false, null);
    }

    static PictureRaster of(Picture picture) {
        byte[] samples = new byte[picture.asByteBuffer().remaining()];
        picture.asByteBuffer().get(samples);
        int channels = picture.channels();
        int[] offsets = channels == 4 ? new int[] {0, 1, 2, 3} : new int[] {0, 1, 2};
        WritableRaster raster = Raster.createInterleavedRaster(
                new DataBufferByte(samples, samples.length),
                picture.width(),
                picture.height(),
                picture.width() * channels,
                channels,
                offsets,
                null);
        return new PictureRaster(
                new ComponentColorModel(
                        ColorSpace.getInstance(ColorSpace.CS_sRGB),
                        picture.hasAlpha(),
                        false,
                        picture.hasAlpha() ? TRANSLUCENT : OPAQUE,
                        DataBuffer.TYPE_BYTE),
                raster);
    }

    /** Returns the raster itself: nobody writes to it. */
    @Override
    public Raster getData() {
        return getRaster();
    }
}
