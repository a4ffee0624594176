package dev.pictor.image;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Small sound files of every kind that is read, to be mutated. */
final class FuzzSeeds {

    private static final int WIDTH = 37;
    private static final int HEIGHT = 21;
    private static final int[][] PNG_TYPES = {
        {0, 1}, {0, 2}, {0, 4}, {0, 8}, {0, 16}, {2, 8}, {2, 16}, {3, 1}, {3, 2}, {3, 4}, {3, 8}, {4, 8}, {4, 16},
        {6, 8}, {6, 16}
    };

    /** A file with a name that says what is in it. */
    static final class Seed {

        private final String name;
        private final byte[] bytes;

        Seed(String name, byte[] bytes) {
            this.name = name;
            this.bytes = bytes;
        }

        String name() {
            return name;
        }

        /** Returns the array itself: not to be written to. */
        byte[] bytes() {
            return bytes;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private FuzzSeeds() {}

    static List<Seed> all() {
        List<Seed> seeds = new ArrayList<>(jpegs());
        seeds.addAll(pngs());
        seeds.addAll(webps());
        return seeds;
    }

    private static List<Seed> jpegs() {
        byte[] color = jpeg(image(BufferedImage.TYPE_INT_RGB), false);
        return List.of(
                new Seed("jpeg-baseline", color),
                new Seed("jpeg-progressive", jpeg(image(BufferedImage.TYPE_INT_RGB), true)),
                new Seed("jpeg-grey", jpeg(image(BufferedImage.TYPE_BYTE_GRAY), false)),
                new Seed("jpeg-grey-progressive", jpeg(image(BufferedImage.TYPE_BYTE_GRAY), true)),
                new Seed("jpeg-four-channels", jpeg(fourChannels(), false)),
                new Seed("jpeg-with-metadata", afterSoi(color, segments())));
    }

    private static List<Seed> pngs() {
        List<Seed> seeds = new ArrayList<>();
        for (int[] type : PNG_TYPES) {
            for (boolean interlaced : new boolean[] {false, true}) {
                String name = "png-type-" + type[0] + "-depth-" + type[1] + (interlaced ? "-interlaced" : "");
                seeds.add(new Seed(name, png(type[0], type[1], interlaced)));
            }
        }
        return seeds;
    }

    /** The data are stored, not compressed, so that mutations get at filters and samples. */
    private static byte[] png(int colorType, int bitDepth, boolean interlaced) {
        PngWriter png = new PngWriter(WIDTH, HEIGHT, bitDepth, colorType, interlaced);
        if (colorType == 3) {
            png.chunk("PLTE", noise(3 << bitDepth)).chunk("tRNS", noise(1 << (bitDepth - 1)));
        } else if (colorType < 4 && bitDepth == 8) {
            png.chunk("tRNS", new byte[colorType == 0 ? 2 : 6]);
        }
        if (bitDepth == 8) {
            png.chunk("iCCP", concat(text("p\0\0"), PngWriter.deflated(profile())))
                    .chunk("eXIf", exif())
                    .chunk("iTXt", concat(text("XML:com.adobe.xmp\0\0\0\0\0"), xmp()))
                    .chunk("acTL", new byte[] {0, 0, 0, 2, 0, 0, 0, 0});
        }
        int mask = (1 << bitDepth) - 1;
        byte[] rows = png.filtered((x, y, channel) -> ((x * 7 + y * 3 + channel * 11) * 97) & mask);
        byte[] zlib = stored(rows);
        int half = zlib.length / 2;
        return png.chunk("IDAT", slice(zlib, 0, half))
                .chunk("IDAT", slice(zlib, half, zlib.length))
                .chunk("tEXt", text("Comment\0nothing"))
                .end();
    }

    private static List<Seed> webps() {
        byte[] vp8 = chunk(
                "VP8 ",
                little(10 + 20)
                        .put(new byte[] {0x30, 0, 0, (byte) 0x9D, 1, 0x2A})
                        .putShort((short) WIDTH)
                        .putShort((short) HEIGHT)
                        .put(noise(20))
                        .array());
        byte[] vp8l = chunk(
                "VP8L",
                little(5 + 15)
                        .put((byte) 0x2F)
                        .putInt((WIDTH - 1) | ((HEIGHT - 1) << 14) | (1 << 28))
                        .put(noise(15))
                        .array());
        byte[] alpha = chunk("ALPH", noise(9));
        byte[] frame = chunk(
                "ANMF",
                concat(
                        new byte[] {1, 0, 0, 1, 0, 0, WIDTH - 1, 0, 0, HEIGHT - 1, 0, 0, 40, 0, 0, 0},
                        concat(alpha, vp8)));
        return List.of(
                new Seed("webp-lossy", riff(vp8)),
                new Seed("webp-lossless", riff(vp8l)),
                new Seed(
                        "webp-extended",
                        riff(
                                vp8x(0x3C, WIDTH, HEIGHT),
                                chunk("ICCP", profile()),
                                alpha,
                                vp8,
                                chunk("EXIF", exif()),
                                chunk("XMP ", xmp()))),
                new Seed(
                        "webp-animated",
                        riff(vp8x(0x12, WIDTH + 4, HEIGHT + 4), chunk("ANIM", new byte[6]), frame, frame)));
    }

    private static byte[] vp8x(int flags, int width, int height) {
        return chunk("VP8X", new byte[] {(byte) flags, 0, 0, 0, (byte) (width - 1), 0, 0, (byte) (height - 1), 0, 0});
    }

    private static byte[] riff(byte[]... chunks) {
        byte[] body = text("WEBP");
        for (byte[] chunk : chunks) {
            body = concat(body, chunk);
        }
        return chunk("RIFF", body);
    }

    private static byte[] chunk(String type, byte[] data) {
        return little(8 + data.length + (data.length & 1))
                .put(text(type))
                .putInt(data.length)
                .put(data)
                .array();
    }

    private static ByteBuffer little(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** EXIF with orientation 6, XMP, a profile in two parts, Adobe's segment and a comment. */
    private static byte[] segments() {
        byte[] profile = profile();
        int half = profile.length / 2;
        byte[] out = segment(0xE1, concat(text("Exif\0\0"), exif()));
        out = concat(out, segment(0xE1, concat(text("http://ns.adobe.com/xap/1.0/\0"), xmp())));
        out = concat(out, segment(0xE2, concat(text("ICC_PROFILE\0\1\2"), slice(profile, 0, half))));
        out = concat(out, segment(0xE2, concat(text("ICC_PROFILE\0\2\2"), slice(profile, half, profile.length))));
        out = concat(out, segment(0xEE, new byte[] {'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 1}));
        return concat(out, segment(0xFE, text("a comment")));
    }

    private static byte[] segment(int marker, byte[] data) {
        return ByteBuffer.allocate(4 + data.length)
                .put((byte) 0xFF)
                .put((byte) marker)
                .putShort((short) (2 + data.length))
                .put(data)
                .array();
    }

    static byte[] afterSoi(byte[] jpeg, byte[] segments) {
        return concat(concat(slice(jpeg, 0, 2), segments), slice(jpeg, 2, jpeg.length));
    }

    private static byte[] exif() {
        return ByteBuffer.allocate(8 + 2 + 2 * 12 + 4 + 8)
                .put(text("MM"))
                .putShort((short) 42)
                .putInt(8)
                .putShort((short) 2)
                .putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putInt(6 << 16)
                .putShort((short) 0x010F)
                .putShort((short) 2)
                .putInt(8)
                .putInt(38)
                .putInt(0)
                .put(text("Camera1\0"))
                .array();
    }

    private static byte[] xmp() {
        return text(
                "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
                        + "<rdf:Description xmlns:tiff='http://ns.adobe.com/tiff/1.0/' tiff:Orientation='6'/></rdf:RDF></x:xmpmeta>");
    }

    /** Returns the JDK's linear RGB profile: a small one of matrix and curves. */
    private static byte[] profile() {
        return java.awt.color.ICC_Profile.getInstance(java.awt.color.ColorSpace.CS_LINEAR_RGB)
                .getData();
    }

    private static BufferedImage image(int type) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, type);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                image.setRGB(x, y, (((x * 6) << 16) | ((y * 11) << 8) | (x * y)) & 0xFFFFFF);
            }
        }
        return image;
    }

    private static Raster fourChannels() {
        WritableRaster raster = Raster.createInterleavedRaster(0, WIDTH, HEIGHT, 4, null);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                raster.setPixel(x, y, new int[] {x * 6, y * 11, 255 - x, y});
            }
        }
        return raster;
    }

    private static byte[] jpeg(Object picture, boolean progressive) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(stream);
            ImageWriteParam param = writer.getDefaultWriteParam();
            if (progressive) {
                param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            }
            IIOImage image = picture instanceof Raster raster
                    ? new IIOImage(raster, null, null)
                    : new IIOImage((BufferedImage) picture, null, null);
            writer.write(null, image, param);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    private static byte[] stored(byte[] data) {
        Deflater deflater = new Deflater(Deflater.NO_COMPRESSION);
        deflater.setInput(data);
        deflater.finish();
        byte[] out = new byte[data.length + 1024];
        int length = deflater.deflate(out);
        deflater.end();
        return slice(out, 0, length);
    }

    private static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] slice(byte[] bytes, int from, int to) {
        return java.util.Arrays.copyOfRange(bytes, from, to);
    }

    static byte[] concat(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }
}
