package dev.pictor.image;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.pictor.image.JpegFile.Segment;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The EXIF block (a TIFF file, without the {@code Exif} mark that JPEG puts before it) and the XMP packet of an encoded
 * picture, made to suit its decoded pixels: see {@link ExifBlock} and {@link XmpPacket}. Immutable.
 *
 * <p>The first of each kind counts. Left out, as if it were not there, is what is larger than 1 MiB, broken, compressed or
 * continued in further segments ("extended XMP"). ICC profiles are never taken, since decoded pixels are sRGB.
 */
final class SourceMetadata {

    /** The most bytes of an EXIF block, and of an XMP packet. */
    static final int MAX_BYTES = 1 << 20;

    static final byte[] EXIF_MARK = JpegFile.EXIF_NAME;
    static final byte[] XMP_MARK = "http://ns.adobe.com/xap/1.0/\0".getBytes(US_ASCII);

    /** Keyword, then: not compressed, method 0, no language, no translated keyword. */
    static final byte[] XMP_TEXT_MARK = "XML:com.adobe.xmp\0\0\0\0\0".getBytes(US_ASCII);

    private static final SourceMetadata NONE = new SourceMetadata(Optional.empty(), Optional.empty());

    private final Optional<byte[]> exif;
    private final Optional<byte[]> xmp;

    private SourceMetadata(Optional<byte[]> exif, Optional<byte[]> xmp) {
        this.exif = exif;
        this.xmp = xmp;
    }

    /** Returns no metadata. */
    static SourceMetadata none() {
        return NONE;
    }

    /** Reads what a picture has of it. Does not throw, whatever the bytes: reading ends where they make no sense. */
    static SourceMetadata of(ImageBytes source) {
        Reader reader = new Reader(source.asByteBuffer());
        switch (source.format()) {
            case JPEG -> reader.readJpeg();
            case PNG -> reader.readPng();
            case WEBP -> reader.readWebp();
        }
        return new SourceMetadata(
                reader.exif.flatMap(ExifBlock::ofUprightSrgb), reader.xmp.flatMap(XmpPacket::ofUpright));
    }

    /** Returns the EXIF block, from its byte order mark on: not to be written to. */
    Optional<byte[]> exif() {
        return exif;
    }

    /** Returns the XMP packet: not to be written to. */
    Optional<byte[]> xmp() {
        return xmp;
    }

    /**
     * Puts the metadata into an encoded picture that has none.
     *
     * @param format of the picture
     * @param encoded what a codec wrote
     * @return new bytes, or the same array if there is nothing to put in
     * @throws IllegalArgumentException if the bytes do not have the format
     */
    byte[] into(ImageFormat format, byte[] encoded) {
        if (exif.isEmpty() && xmp.isEmpty()) {
            return encoded;
        }
        return MetadataInsertion.into(format, encoded, exif, xmp);
    }

    /** Goes over segments or chunks. What is not whole is left out. */
    private static final class Reader {

        private final ByteBuffer in;
        private Optional<byte[]> exif = Optional.empty();
        private Optional<byte[]> xmp = Optional.empty();

        Reader(ByteBuffer in) {
            this.in = in;
        }

        void readJpeg() {
            Segment segment = Segment.from(in, 2);
            while (segment != null && segment.marker() != JpegFile.SOS && segment.marker() != JpegFile.EOI) {
                if (segment.marker() == JpegFile.APP1 && segment.isWhole()) {
                    ByteBuffer data = segment.data();
                    if (JpegFile.startsWith(data, EXIF_MARK)) {
                        foundExif(data);
                    } else if (JpegFile.startsWith(data, XMP_MARK)) {
                        foundXmp(after(data, XMP_MARK));
                    }
                }
                segment = Segment.from(in, segment.end());
            }
        }

        void readPng() {
            for (PngFile.Chunk chunk = PngFile.first(in); chunk != null; chunk = chunk.next()) {
                if (chunk.type() == PngFile.EXIF && chunk.hasRightChecksum()) {
                    foundExif(chunk.data());
                } else if (chunk.type() == PngFile.ITXT
                        && JpegFile.startsWith(chunk.data(), XMP_TEXT_MARK)
                        && chunk.hasRightChecksum()) {
                    foundXmp(after(chunk.data(), XMP_TEXT_MARK));
                }
            }
        }

        void readWebp() {
            for (WebpFile.Chunk chunk = WebpFile.first(in); chunk != null; chunk = chunk.next()) {
                if (chunk.type() == WebpFile.EXIF && chunk.isWhole()) {
                    foundExif(chunk.data());
                } else if (chunk.type() == WebpFile.XMP && chunk.isWhole()) {
                    foundXmp(chunk.data());
                }
            }
        }

        /** Some writers put the mark of JPEG before the block in other formats too. */
        private void foundExif(ByteBuffer data) {
            ByteBuffer block = JpegFile.startsWith(data, EXIF_MARK) ? after(data, EXIF_MARK) : data;
            if (exif.isEmpty() && block.limit() <= MAX_BYTES) {
                exif = Optional.of(copy(block));
            }
        }

        private void foundXmp(ByteBuffer packet) {
            if (xmp.isEmpty() && packet.limit() <= MAX_BYTES) {
                xmp = Optional.of(copy(packet));
            }
        }

        private static ByteBuffer after(ByteBuffer data, byte[] mark) {
            return data.slice(mark.length, data.limit() - mark.length);
        }

        private static byte[] copy(ByteBuffer data) {
            byte[] bytes = new byte[data.limit()];
            data.get(0, bytes);
            return bytes;
        }
    }
}
