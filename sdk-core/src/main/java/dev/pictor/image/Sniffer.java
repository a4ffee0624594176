package dev.pictor.image;

import static dev.pictor.image.ImageRejectedException.Reason.BROKEN_HEADER;
import static dev.pictor.image.ImageRejectedException.Reason.EMPTY;
import static dev.pictor.image.ImageRejectedException.Reason.NOT_AN_IMAGE;
import static dev.pictor.image.ImageRejectedException.Reason.UNSUPPORTED;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells from the first bytes what a file is, and reads the header of those that are read here.
 *
 * <p>What is a picture in another format, or no picture at all, is refused by its name, since "unknown" helps nobody who
 * got an error page instead of a picture.
 */
final class Sniffer {

    /** The most segments or chunks of a file: real ones have a few, or some thousand of picture data. */
    static final int MAX_PARTS = 100_000;

    /** How much of a text is looked at. */
    private static final int TEXT_BYTES = 512;

    private static final Pattern SVG =
            Pattern.compile("(?>(?><\\?xml.*?\\?>|<!--.*?-->|<!doctype svg.*?>|\\s)*)<svg\\b.*");
    private static final Pattern HTML = Pattern.compile("(?>(?><!--.*?-->|\\s)*)<(!doctype html|html|head|body)\\b.*");
    private static final Pattern BASE64 = Pattern.compile("(ivborw0kggo|/9j/|uklgr|r0lgod).*");

    /** A format that is known by name and not read. */
    private record Foreign(String name, boolean picture, int offset, String magic) {}

    private static final List<Foreign> FOREIGN = List.of(
            new Foreign("GIF", true, 0, "GIF87a"),
            new Foreign("GIF", true, 0, "GIF89a"),
            new Foreign("BMP", true, 0, "BM"),
            new Foreign("TIFF", true, 0, "II*\0"),
            new Foreign("TIFF", true, 0, "MM\0*"),
            new Foreign("BigTIFF", true, 0, "II+\0"),
            new Foreign("BigTIFF", true, 0, "MM\0+"),
            new Foreign("ICO", true, 0, "\0\0\1\0"),
            new Foreign("CUR", true, 0, "\0\0\2\0"),
            new Foreign("JPEG 2000", true, 4, "jP  \r\n\u0087\n"),
            new Foreign("JPEG 2000", true, 0, "\u00ffO\u00ffQ"),
            new Foreign("JPEG XL", true, 0, "\u00ff\n"),
            new Foreign("JPEG XL", true, 4, "JXL \r\n\u0087\n"),
            new Foreign("Photoshop", true, 0, "8BPS"),
            new Foreign("OpenEXR", true, 0, "v/1\u0001"),
            new Foreign("Radiance HDR", true, 0, "#?RADIANCE"),
            new Foreign("MNG", true, 0, "\u008aMNG\r\n\u001a\n"),
            new Foreign("QOI", true, 0, "qoif"),
            new Foreign("DDS", true, 0, "DDS "),
            new Foreign("FITS", true, 0, "SIMPLE  ="),
            new Foreign("PDF", false, 0, "%PDF-"),
            new Foreign("PostScript", false, 0, "%!PS"),
            new Foreign("ZIP", false, 0, "PK\u0003\u0004"),
            new Foreign("gzip", false, 0, "\u001f\u008b"),
            new Foreign("Matroska or WebM video", false, 0, "\u001aE\u00df\u00a3"),
            new Foreign("RIFF (sound or video)", false, 0, "RIFF"));

    private Sniffer() {}

    /** Reads the header of a file that begins at index 0 of a buffer. */
    static ImageHeader read(ByteBuffer in) {
        in.order(ByteOrder.BIG_ENDIAN);
        ImageFormat format = format(in);
        try {
            return switch (format) {
                case PNG -> PngFile.header(in);
                case JPEG -> JpegFile.header(in);
                case WEBP -> WebpFile.header(in);
            };
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw broken(format, "it ends after " + in.limit() + " bytes");
        }
    }

    private static ImageFormat format(ByteBuffer in) {
        if (in.limit() == 0) {
            throw new ImageRejectedException(EMPTY, "there are no bytes");
        }
        if (PngFile.isPng(in)) {
            return ImageFormat.PNG;
        }
        if (JpegFile.isJpeg(in)) {
            return ImageFormat.JPEG;
        }
        if (WebpFile.isWebp(in)) {
            return ImageFormat.WEBP;
        }
        for (Foreign foreign : FOREIGN) {
            if (startsWith(in, foreign.offset(), foreign.magic())) {
                throw foreign(foreign.name(), foreign.picture());
            }
        }
        if (startsWith(in, 4, "ftyp")) {
            throw isoBaseMedia(in);
        }
        throw text(in);
    }

    /** HEIC, AVIF and video share a container, whose first box names the brand. */
    private static ImageRejectedException isoBaseMedia(ByteBuffer in) {
        byte[] brand = new byte[Math.min(4, Math.max(0, in.limit() - 8))];
        in.get(8, brand);
        return switch (new String(brand, StandardCharsets.ISO_8859_1)) {
            case "avif", "avis" -> foreign("AVIF", true);
            case "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1" -> foreign("HEIC", true);
            case "crx " -> foreign("Canon raw", true);
            default -> foreign("MP4 or QuickTime video", false);
        };
    }

    private static ImageRejectedException text(ByteBuffer in) {
        byte[] start = new byte[Math.min(TEXT_BYTES, in.limit())];
        in.get(0, start);
        String text = new String(start, StandardCharsets.UTF_8)
                .replace("\uFEFF", "")
                .strip()
                .replaceAll("\\s+", " ")
                .toLowerCase(Locale.ROOT);
        if (SVG.matcher(text).matches()) {
            return foreign("SVG", true);
        }
        if (HTML.matcher(text).matches()) {
            return foreign("an HTML page", false);
        }
        if (text.startsWith("data:image/")) {
            return foreign("a data URI; decode it first", false);
        }
        if (BASE64.matcher(text).matches()) {
            return foreign("a picture in base64; decode it first", false);
        }
        if (text.startsWith("{") || text.startsWith("[")) {
            return foreign("JSON", false);
        }
        if (text.startsWith("<")) {
            return foreign("XML", false);
        }
        return new ImageRejectedException(
                NOT_AN_IMAGE, "the " + in.limit() + " bytes are no PNG, JPEG or WebP picture, nor anything else known");
    }

    private static ImageRejectedException foreign(String name, boolean picture) {
        return new ImageRejectedException(
                picture ? UNSUPPORTED : NOT_AN_IMAGE, "the bytes are " + name + "; send PNG, JPEG or WebP");
    }

    private static boolean startsWith(ByteBuffer in, int offset, String magic) {
        if (in.limit() < offset + magic.length()) {
            return false;
        }
        for (int i = 0; i < magic.length(); i++) {
            if (Byte.toUnsignedInt(in.get(offset + i)) != magic.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    static ImageRejectedException broken(ImageFormat format, @Nullable String how) {
        return new ImageRejectedException(BROKEN_HEADER, "broken " + format + " header: " + how);
    }

    static ImageRejectedException unsupported(ImageFormat format, String what) {
        return new ImageRejectedException(UNSUPPORTED, format + " with " + what + " is not read");
    }
}
