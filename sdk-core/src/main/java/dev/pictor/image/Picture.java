package dev.pictor.image;

import static java.util.Objects.requireNonNull;

import dev.pictor.image.color.RgbColor;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A decoded picture: upright, sRGB, 8 bits a channel, with straight (not premultiplied) alpha or none. Immutable and
 * thread-safe. Two are equal when sizes, alpha and all samples are.
 *
 * <p>The samples lie row by row from the top, pixel by pixel from the left, each as red, green, blue and, if
 * {@link #hasAlpha()}, alpha (0 transparent, 255 opaque).
 */
public final class Picture {

    private final PixelSize size;
    private final boolean alpha;
    private final byte[] samples;

    private Picture(PixelSize size, boolean alpha, byte[] samples) {
        this.size = size;
        this.alpha = alpha;
        this.samples = samples;
    }

    /**
     * Returns a picture with a copy of the given samples.
     *
     * @param size width and height
     * @param hasAlpha whether each pixel has four samples instead of three
     * @param samples rows from the top, RGB or RGBA; as many as size and alpha ask for
     * @return the picture
     * @throws IllegalArgumentException if there are more or fewer samples
     */
    public static Picture of(PixelSize size, boolean hasAlpha, byte[] samples) {
        return wrap(size, hasAlpha, samples.clone());
    }

    /**
     * Returns a picture over the given array, without a copy. The caller gives the array away and does not write to it
     * again.
     *
     * @param size width and height
     * @param hasAlpha whether each pixel has four samples instead of three
     * @param samples rows from the top, RGB or RGBA; as many as size and alpha ask for
     * @return the picture
     * @throws IllegalArgumentException if there are more or fewer samples
     */
    public static Picture wrap(PixelSize size, boolean hasAlpha, byte[] samples) {
        requireNonNull(size, "size");
        requireNonNull(samples, "samples");
        long wanted = size.pixels() * (hasAlpha ? 4 : 3);
        if (samples.length != wanted) {
            throw new IllegalArgumentException("a picture of " + size + (hasAlpha ? " with" : " without")
                    + " alpha has " + wanted + " samples, was " + samples.length);
        }
        return new Picture(size, hasAlpha, samples);
    }

    /**
     * Returns the picture that an image of AWT shows.
     *
     * @param image any image; its colour space is converted to sRGB
     * @return the picture, with alpha if the image has alpha
     * @throws ArithmeticException if it has more samples than an array
     */
    public static Picture from(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        boolean alpha = image.getColorModel().hasAlpha();
        int channels = alpha ? 4 : 3;
        byte[] samples = new byte[Math.multiplyExact(Math.multiplyExact(width, height), channels)];
        int[] row = new int[width];
        int at = 0;
        for (int y = 0; y < height; y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (int argb : row) {
                samples[at] = (byte) (argb >> 16);
                samples[at + 1] = (byte) (argb >> 8);
                samples[at + 2] = (byte) argb;
                if (alpha) {
                    samples[at + 3] = (byte) (argb >>> 24);
                }
                at += channels;
            }
        }
        return new Picture(new PixelSize(width, height), alpha, samples);
    }

    /**
     * Returns the picture as an image of AWT, to be drawn with.
     *
     * @return a new image of type {@code TYPE_INT_ARGB} if this has alpha, else {@code TYPE_INT_RGB}
     */
    public BufferedImage toBufferedImage() {
        BufferedImage image =
                new BufferedImage(width(), height(), alpha ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
        int[] row = new int[width()];
        int at = 0;
        for (int y = 0; y < height(); y++) {
            for (int x = 0; x < row.length; x++, at += channels()) {
                int opacity = alpha ? sample(at + 3) : 255;
                row[x] = opacity << 24 | sample(at) << 16 | sample(at + 1) << 8 | sample(at + 2);
            }
            image.setRGB(0, y, row.length, 1, row, 0, row.length);
        }
        return image;
    }

    /**
     * Returns width and height.
     *
     * @return pixels
     */
    public PixelSize size() {
        return size;
    }

    /**
     * Returns the width.
     *
     * @return pixels, at least 1
     */
    public int width() {
        return size.width();
    }

    /**
     * Returns the height.
     *
     * @return pixels, at least 1
     */
    public int height() {
        return size.height();
    }

    /**
     * Tells whether the pixels have an alpha sample, be it opaque everywhere.
     *
     * @return true for four samples a pixel, false for three
     */
    public boolean hasAlpha() {
        return alpha;
    }

    /**
     * Returns the number of samples of a pixel.
     *
     * @return 3 for red, green, blue; 4 for red, green, blue, alpha
     */
    public int channels() {
        return alpha ? 4 : 3;
    }

    /**
     * Returns the colour of a pixel, whatever its alpha.
     *
     * @param x 0 at the left
     * @param y 0 at the top
     * @return its colour
     * @throws IndexOutOfBoundsException if the pixel is outside
     */
    public RgbColor color(int x, int y) {
        int at = indexOf(x, y);
        return new RgbColor(sample(at), sample(at + 1), sample(at + 2));
    }

    /**
     * Returns the alpha of a pixel.
     *
     * @param x 0 at the left
     * @param y 0 at the top
     * @return 0 (transparent) to 255 (opaque); 255 if the picture has no alpha
     * @throws IndexOutOfBoundsException if the pixel is outside
     */
    public int alpha(int x, int y) {
        int at = indexOf(x, y);
        return alpha ? sample(at + 3) : 255;
    }

    /**
     * Returns a view of the samples, without a copy.
     *
     * @return a new read-only buffer from first to last sample
     */
    public ByteBuffer asByteBuffer() {
        return ByteBuffer.wrap(samples).asReadOnlyBuffer();
    }

    /**
     * Returns the picture at another size, by Lanczos3. The same picture gives the same samples on every JVM. Colours of
     * transparent pixels do not bleed into others; where alpha comes to 0, so do the other samples.
     *
     * @param resize to what size, and how
     * @return a new picture, with alpha if this one has alpha; this one if nothing changes
     * @throws IllegalArgumentException if the result is enlarged to more samples than an array holds (2^31 - 9)
     */
    public Picture resized(Resize resize) {
        return Resampler.resized(this, resize);
    }

    /**
     * Returns the SHA-256 of what is to be seen, the same on every JVM and whatever the picture was decoded from. It is
     * computed on each call, over these bytes:
     *
     * <ol>
     *   <li>width and height, as four bytes each, most significant first;
     *   <li>one byte: 3 if every pixel is opaque, be it that the picture has alpha, else 4;
     *   <li>that many samples for each pixel, rows from the top: red, green, blue and, if there are four, alpha. A
     *       transparent pixel (alpha 0) is four zeros, whatever its colour.
     * </ol>
     *
     * @return the name of the pixels; {@link ImageBytes#sha256()} is that of an encoded picture
     */
    public Sha256 digest() {
        return PixelDigest.of(this);
    }

    /**
     * Returns what is seen of the picture over a background of one colour. Samples are mixed as sRGB numbers, as browsers
     * do it, and rounded to the nearest.
     *
     * @param background the colour below
     * @return an opaque picture of the same size, without alpha; this one if it has no alpha
     */
    public Picture over(RgbColor background) {
        requireNonNull(background, "background");
        if (!alpha) {
            return this;
        }
        byte[] out = new byte[samples.length / 4 * 3];
        for (int from = 0, to = 0; from < samples.length; from += 4, to += 3) {
            int opacity = sample(from + 3);
            out[to] = mixed(sample(from), background.red(), opacity);
            out[to + 1] = mixed(sample(from + 1), background.green(), opacity);
            out[to + 2] = mixed(sample(from + 2), background.blue(), opacity);
        }
        return new Picture(size, false, out);
    }

    /** Half of 255 is no whole number, so no sum lies halfway between two results. */
    private static byte mixed(int above, int below, int opacity) {
        return (byte) ((above * opacity + below * (255 - opacity) + 127) / 255);
    }

    /** Returns the array itself, for this package: nobody writes to it. */
    byte[] samples() {
        return samples;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Picture that
                && alpha == that.alpha
                && size.equals(that.size)
                && Arrays.equals(samples, that.samples);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(samples);
    }

    @Override
    public String toString() {
        return (alpha ? "RGBA " : "RGB ") + size;
    }

    private int sample(int at) {
        return Byte.toUnsignedInt(samples[at]);
    }

    private int indexOf(int x, int y) {
        if (x < 0 || y < 0 || x >= width() || y >= height()) {
            throw new IndexOutOfBoundsException("pixel " + x + "," + y + " is outside a picture of " + size);
        }
        return (y * width() + x) * channels();
    }
}
