package dev.pictor.image;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.zip.CRC32;

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

    static final byte[] EXIF_MARK = "Exif\0\0".getBytes(US_ASCII);
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
     * @throws ImageRejectedException if the bytes do not have the format
     */
    byte[] into(ImageFormat format, byte[] encoded) {
        if (exif.isEmpty() && xmp.isEmpty()) {
            return encoded;
        }
        return MetadataInsertion.into(format, encoded, exif, xmp);
    }

    /** Goes over segments or chunks. Lengths are checked against what remains before they are followed. */
    private static final class Reader {

        private final ByteBuffer in;
        private Optional<byte[]> exif = Optional.empty();
        private Optional<byte[]> xmp = Optional.empty();

        Reader(ByteBuffer in) {
            this.in = in;
        }

        void readJpeg() {
            in.position(2);
            while (in.remaining() >= 4) {
                int at = in.position();
                int marker = Short.toUnsignedInt(in.getShort(at));
                int length = Short.toUnsignedInt(in.getShort(at + 2));
                if (marker == 0xFFFF) { // a fill byte
                    in.position(at + 1);
                    continue;
                }
                if (marker == 0xFF01 || (marker >= 0xFFD0 && marker <= 0xFFD8)) { // markers without a segment
                    in.position(at + 2);
                    continue;
                }
                if (marker < 0xFFC0
                        || marker == 0xFFDA
                        || marker == 0xFFD9
                        || length < 2
                        || length > in.remaining() - 2) {
                    return; // picture data, the end, or nonsense
                }
                if (marker == 0xFFE1) {
                    readAppSegment(at + 4, length - 2);
                }
                in.position(at + 2 + length);
            }
        }

        private void readAppSegment(int at, int length) {
            if (startsWith(at, length, EXIF_MARK)) {
                foundExif(at, length);
            } else if (startsWith(at, length, XMP_MARK)) {
                foundXmp(at + XMP_MARK.length, length - XMP_MARK.length);
            }
        }

        void readPng() {
            in.position(8);
            while (in.remaining() >= 12) {
                int at = in.position();
                int length = in.getInt(at);
                if (length < 0 || length > in.remaining() - 12) {
                    return;
                }
                String type = fourCc(at + 4);
                if (type.equals("IEND")) {
                    return;
                }
                if (type.equals("eXIf") && isIntact(at, length)) {
                    foundExif(at + 8, length);
                } else if (type.equals("iTXt") && startsWith(at + 8, length, XMP_TEXT_MARK) && isIntact(at, length)) {
                    foundXmp(at + 8 + XMP_TEXT_MARK.length, length - XMP_TEXT_MARK.length);
                }
                in.position(at + 12 + length);
            }
        }

        private boolean isIntact(int at, int length) {
            CRC32 crc = new CRC32();
            crc.update(in.duplicate().limit(at + 8 + length).position(at + 4));
            return (int) crc.getValue() == in.getInt(at + 8 + length);
        }

        void readWebp() {
            in.order(ByteOrder.LITTLE_ENDIAN).position(12);
            while (in.remaining() >= 8) {
                int at = in.position();
                long length = Integer.toUnsignedLong(in.getInt(at + 4));
                if (length > in.remaining() - 8) {
                    return;
                }
                switch (fourCc(at)) {
                    case "EXIF" -> foundExif(at + 8, (int) length);
                    case "XMP " -> foundXmp(at + 8, (int) length);
                    default -> {}
                }
                in.position((int) Math.min(in.limit(), at + 8 + length + (length & 1)));
            }
        }

        /** Some writers put the mark of JPEG before the block in other formats too. */
        private void foundExif(int at, int length) {
            int mark = startsWith(at, length, EXIF_MARK) ? EXIF_MARK.length : 0;
            if (exif.isEmpty() && length - mark <= MAX_BYTES) {
                exif = Optional.of(copy(at + mark, length - mark));
            }
        }

        private void foundXmp(int at, int length) {
            if (xmp.isEmpty() && length <= MAX_BYTES) {
                xmp = Optional.of(copy(at, length));
            }
        }

        private boolean startsWith(int at, int length, byte[] mark) {
            return length >= mark.length && in.slice(at, mark.length).equals(ByteBuffer.wrap(mark));
        }

        private String fourCc(int at) {
            return new String(copy(at, 4), US_ASCII);
        }

        private byte[] copy(int at, int length) {
            byte[] bytes = new byte[length];
            in.get(at, bytes);
            return bytes;
        }
    }
}
