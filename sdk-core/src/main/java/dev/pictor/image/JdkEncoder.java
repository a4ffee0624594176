package dev.pictor.image;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.plugins.jpeg.JPEGImageWriteParam;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Writes JPEG and PNG with the writers of the JDK, whatever other plug-ins are registered, in memory and without touching
 * the settings of {@link ImageIO}. The writers see the samples of a picture where they are; nothing converts colours on
 * the way but the step from sRGB to luma and colour differences that JPEG asks for.
 */
final class JdkEncoder {

    /** The longest side that libjpeg writes, a little below the 65,535 of the format. */
    static final int MAX_JPEG_SIDE_PX = 65_500;

    /**
     * Up to this size, Huffman tables are made for the picture. They save 400 bytes and about 1 % of the rest, and take a fifth
     * to half more time, which large pictures do not repay.
     */
    static final int MAX_OWN_TABLES_PIXELS = 1 << 20;

    /**
     * Of zlib's 1 to 9. Photographs take the same time and size from 5 on; flat drawings of 2048x1536 are 2 % smaller at
     * 6 and 7 % at 9, for 1.4 and 4 times the time (JDK 17 and 25).
     */
    private static final int PNG_DEFLATE_LEVEL = 5;

    private static final String JPEG_METADATA = "javax_imageio_jpeg_image_1.0";

    private JdkEncoder() {}

    /**
     * Encodes a JPEG: a JFIF header, no other metadata. Small and progressive pictures have Huffman tables of their own.
     *
     * @throws IllegalArgumentException if the picture has alpha or a side above 65,500 px
     */
    static byte[] jpeg(Picture picture, Encoding encoding) {
        if (picture.hasAlpha()) {
            throw new IllegalArgumentException("a JPEG has no alpha: put " + picture + " over a background before");
        }
        if (picture.size().longSide() > MAX_JPEG_SIDE_PX) {
            throw new IllegalArgumentException(
                    "a JPEG has at most " + MAX_JPEG_SIDE_PX + " px a side, was " + picture.size());
        }
        BufferedImage image = view(picture);
        ImageWriter writer = JdkImageIo.newWriter("jpeg");
        try {
            JPEGImageWriteParam param = (JPEGImageWriteParam) writer.getDefaultWriteParam();
            param.setOptimizeHuffmanTables(picture.size().pixels() <= MAX_OWN_TABLES_PIXELS);
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(encoding.quality() / 100f);
            param.setProgressiveMode(
                    encoding.isProgressive() ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
            IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), param);
            setLumaSampling(metadata, encoding.keepsColorEdges() ? 1 : 2);
            return write(writer, new IIOImage(image, null, metadata), param);
        } catch (IOException e) {
            throw new UncheckedIOException("the JDK did not encode " + picture + " as JPEG", e);
        } finally {
            writer.dispose();
        }
    }

    /** Encodes a PNG with 8 bits a channel, RGB or RGBA as the picture is, and no metadata. */
    static byte[] png(Picture picture) {
        ImageWriter writer = JdkImageIo.newWriter("png");
        try {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality((9 - PNG_DEFLATE_LEVEL) / 9f);
            return write(writer, new IIOImage(view(picture), null, null), param);
        } catch (IOException e) {
            throw new UncheckedIOException("the JDK did not encode " + picture + " as PNG", e);
        } finally {
            writer.dispose();
        }
    }

    /** Sets how many luma samples, across and down, go with one colour difference: the JDK writes 2 if not told. */
    private static void setLumaSampling(IIOMetadata metadata, int factor) throws IIOInvalidTreeException {
        IIOMetadataNode tree = (IIOMetadataNode) metadata.getAsTree(JPEG_METADATA);
        IIOMetadataNode luma =
                (IIOMetadataNode) tree.getElementsByTagName("componentSpec").item(0);
        luma.setAttribute("HsamplingFactor", Integer.toString(factor));
        luma.setAttribute("VsamplingFactor", Integer.toString(factor));
        metadata.setFromTree(JPEG_METADATA, tree);
    }

    private static byte[] write(ImageWriter writer, IIOImage image, ImageWriteParam param) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, image, param);
        }
        return bytes.toByteArray();
    }

    /** Returns an image over the samples themselves. */
    private static BufferedImage view(Picture picture) {
        byte[] samples = picture.samples();
        int channels = picture.channels();
        WritableRaster raster = Raster.createInterleavedRaster(
                new DataBufferByte(samples, samples.length),
                picture.width(),
                picture.height(),
                picture.width() * channels,
                channels,
                Arrays.copyOf(new int[] {0, 1, 2, 3}, channels),
                null);
        ColorModel colors = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB),
                picture.hasAlpha(),
                false,
                picture.hasAlpha() ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
                DataBuffer.TYPE_BYTE);
        return new BufferedImage(colors, raster, false, null);
    }
}
