package dev.pictor.docs;

import dev.pictor.image.BareImage;
import dev.pictor.image.Encoding;
import dev.pictor.image.ImageCodec;
import dev.pictor.image.ImageFormat;
import dev.pictor.image.ImageHeader;
import dev.pictor.image.ImageRejectedException;
import dev.pictor.image.Picture;
import dev.pictor.image.PixelLayout;
import dev.pictor.image.PixelSink;
import dev.pictor.image.PixelSize;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Set;
import javax.imageio.ImageIO;

/** The codec of docs/pictures.md: PNGs of 8-bit RGB by {@code javax.imageio}. */
// @start region="codec"
final class RgbPngCodec implements ImageCodec {

    @Override
    public boolean decodes(ImageHeader header) {
        return header.format() == ImageFormat.PNG
                && header.colorModel() == ImageHeader.ColorModel.RGB
                && header.bitDepth() == 8
                && !header.hasAlpha();
    }

    @Override
    public void decode(BareImage image, PixelSink sink) {
        BufferedImage picture = read(image);
        PixelSize size = image.header().size();
        sink.begin(size, PixelLayout.RGB);
        byte[] row = new byte[3 * size.width()];
        for (int y = 0; y < size.height(); y++) {
            for (int x = 0; x < size.width(); x++) {
                int rgb = picture.getRGB(x, y);
                row[3 * x] = (byte) (rgb >> 16);
                row[3 * x + 1] = (byte) (rgb >> 8);
                row[3 * x + 2] = (byte) rgb;
            }
            sink.row(row, 0);
        }
    }

    private static BufferedImage read(BareImage image) {
        try {
            return ImageIO.read(new ByteArrayInputStream(image.toByteArray()));
        } catch (IOException | RuntimeException e) {
            throw new ImageRejectedException(
                    ImageRejectedException.Reason.BROKEN_PIXELS, "the JDK cannot read the PNG", e);
        }
    }

    @Override
    public Set<ImageFormat> encodes() {
        return Set.of();
    }

    @Override
    public byte[] encode(Picture picture, Encoding encoding) {
        throw new IllegalArgumentException("this codec writes no " + encoding.format());
    }
}
// @end
