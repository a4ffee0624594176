package dev.pictor.image;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.zip.CRC32;

/** Puts an EXIF block and an XMP packet where each format wants them. The picture data are copied as they are. */
final class MetadataInsertion {

    private static final int MAX_JPEG_PAYLOAD = 65_533;
    private static final int PNG_SIGNATURE_AND_HEADER = 8 + 25;

    private static final int WEBP_ALPHA = 0x10;
    private static final int WEBP_EXIF = 0x08;
    private static final int WEBP_XMP = 0x04;

    private final byte[] encoded;
    private final ByteArrayOutputStream out;

    private MetadataInsertion(byte[] encoded) {
        this.encoded = encoded;
        this.out = new ByteArrayOutputStream(encoded.length + 4_096);
    }

    static byte[] into(ImageFormat format, byte[] encoded, Optional<byte[]> exif, Optional<byte[]> xmp) {
        ImageHeader header = ImageHeader.read(ByteBuffer.wrap(encoded));
        if (header.format() != format) {
            throw new IllegalArgumentException("the encoded picture must be " + format + ", was " + header.format());
        }
        MetadataInsertion insertion = new MetadataInsertion(encoded);
        switch (format) {
            case JPEG -> insertion.jpeg(exif, xmp);
            case PNG -> insertion.png(exif, xmp);
            case WEBP -> insertion.webp(header, exif, xmp);
        }
        return insertion.out.toByteArray();
    }

    /** Behind the JFIF segment, which has to be first. What does not fit into one segment is left out. */
    private void jpeg(Optional<byte[]> exif, Optional<byte[]> xmp) {
        ByteBuffer in = ByteBuffer.wrap(encoded);
        int at = in.getShort(2) == (short) 0xFFE0 ? 4 + Short.toUnsignedInt(in.getShort(4)) : 2;
        out.write(encoded, 0, at);
        exif.ifPresent(block -> jpegSegment(SourceMetadata.EXIF_MARK, block));
        xmp.ifPresent(packet -> jpegSegment(SourceMetadata.XMP_MARK, packet));
        out.write(encoded, at, encoded.length - at);
    }

    private void jpegSegment(byte[] mark, byte[] content) {
        int length = mark.length + content.length;
        if (length <= MAX_JPEG_PAYLOAD) {
            out.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xE1, (byte) ((length + 2) >> 8), (byte) (length + 2)});
            out.writeBytes(mark);
            out.writeBytes(content);
        }
    }

    /** Behind IHDR: both have to be before the picture data or may be. */
    private void png(Optional<byte[]> exif, Optional<byte[]> xmp) {
        out.write(encoded, 0, PNG_SIGNATURE_AND_HEADER);
        exif.ifPresent(block -> pngChunk("eXIf", new byte[0], block));
        xmp.ifPresent(packet -> pngChunk("iTXt", SourceMetadata.XMP_TEXT_MARK, packet));
        out.write(encoded, PNG_SIGNATURE_AND_HEADER, encoded.length - PNG_SIGNATURE_AND_HEADER);
    }

    private void pngChunk(String type, byte[] mark, byte[] content) {
        int length = mark.length + content.length;
        ByteBuffer chunk = ByteBuffer.allocate(12 + length);
        chunk.putInt(length).put(type.getBytes(US_ASCII)).put(mark).put(content);
        CRC32 crc = new CRC32();
        crc.update(chunk.array(), 4, 4 + length);
        out.writeBytes(chunk.putInt((int) crc.getValue()).array());
    }

    /** As an extended file: VP8X in front, EXIF and XMP at the end, what is between as it was. */
    private void webp(ImageHeader header, Optional<byte[]> exif, Optional<byte[]> xmp) {
        out.writeBytes("RIFF....WEBP".getBytes(US_ASCII));
        int flags = (exif.isPresent() ? WEBP_EXIF : 0) | (xmp.isPresent() ? WEBP_XMP : 0);
        boolean isExtended = fourCc(12).equals("VP8X");
        if (!isExtended) {
            riffChunk("VP8X", extended(flags | (header.hasAlpha() ? WEBP_ALPHA : 0), header.size()));
        }
        ByteBuffer in = little(encoded);
        int end = (int) Math.min(encoded.length, 8 + Integer.toUnsignedLong(in.getInt(4)));
        for (int at = 12; at <= end - 8; ) {
            int length = (int) Math.min(Integer.toUnsignedLong(in.getInt(at + 4)), end - at - 8);
            byte[] content = new byte[length];
            in.get(at + 8, content);
            if (fourCc(at).equals("VP8X")) {
                content[0] |= (byte) flags;
            }
            riffChunk(fourCc(at), content);
            at += 8 + length + (length & 1);
        }
        exif.ifPresent(block -> riffChunk("EXIF", block));
        xmp.ifPresent(packet -> riffChunk("XMP ", packet));
        byte[] all = out.toByteArray();
        little(all).putInt(4, all.length - 8);
        out.reset();
        out.writeBytes(all);
    }

    /** One byte of flags, three that are reserved, and the canvas: each side less one, in 24 bits. */
    private static byte[] extended(int flags, PixelSize canvas) {
        int right = canvas.width() - 1;
        int bottom = canvas.height() - 1;
        byte[] content = new byte[10];
        little(content).putInt(flags).putInt(right | (bottom << 24)).putShort((short) (bottom >> 8));
        return content;
    }

    private void riffChunk(String type, byte[] content) {
        out.writeBytes(type.getBytes(US_ASCII));
        byte[] length = new byte[4];
        little(length).putInt(content.length);
        out.writeBytes(length);
        out.writeBytes(content);
        if (content.length % 2 == 1) {
            out.write(0);
        }
    }

    private String fourCc(int at) {
        return new String(encoded, at, 4, US_ASCII);
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
