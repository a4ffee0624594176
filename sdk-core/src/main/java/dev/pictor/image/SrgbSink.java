package dev.pictor.image;

import static dev.pictor.image.ImageRejectedException.Reason.BROKEN_PIXELS;

import dev.pictor.image.ImageWarning.Kind;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Stands between a codec and those who want sRGB: checks what comes, converts colours, fills in what is missing. */
final class SrgbSink implements PixelSink {

    private final PixelSize expected;
    private final Optional<byte[]> profile;
    private final boolean profiled;
    private final RgbRows target;
    private final Warnings warnings;

    private @Nullable ColorConversion conversion;
    private byte[] rgb = {};
    private boolean alpha;
    private int rows;

    /**
     * Makes a sink.
     *
     * @param expected the size by the header
     * @param profiled whether the header tells of a profile
     * @param profile the profile, if it could be had
     * @param target takes the rows
     * @param warnings takes what is put up with
     */
    SrgbSink(PixelSize expected, boolean profiled, Optional<byte[]> profile, RgbRows target, Warnings warnings) {
        this.expected = expected;
        this.profiled = profiled;
        this.profile = profile;
        this.target = target;
        this.warnings = warnings;
    }

    @Override
    public void begin(PixelSize size, PixelLayout layout) {
        if (conversion != null) {
            throw new IllegalStateException("a codec began twice");
        }
        if (!size.equals(expected)) {
            throw new ImageRejectedException(
                    BROKEN_PIXELS, "the header tells of " + expected + " px, the picture has " + size);
        }
        alpha = layout.hasAlpha();
        rgb = new byte[size.width() * (alpha ? 4 : 3)];
        conversion = conversion(layout);
        target.begin(size, alpha);
    }

    private ColorConversion conversion(PixelLayout layout) {
        Optional<ColorConversion> byProfile = profile.flatMap(bytes -> new IccProfile(bytes).conversion(layout));
        if (byProfile.isPresent()) {
            return byProfile.get();
        }
        if (profiled) {
            warn(new ImageWarning(
                    Kind.PROFILE_IGNORED,
                    "the colour profile is broken, too large or not for " + layout + "; "
                            + (layout == PixelLayout.CMYK ? "coated offset print is assumed" : "sRGB is assumed")));
        } else if (layout == PixelLayout.CMYK) {
            warn(new ImageWarning(
                    Kind.CMYK_WITHOUT_PROFILE, "CMYK without a colour profile is taken as coated offset print"));
        }
        return ColorConversion.plain(layout);
    }

    @Override
    public void row(byte[] samples, int offset) {
        checkInterrupt();
        if (conversion == null || rows == expected.height()) {
            throw new IllegalStateException(
                    "a codec gave a row " + (conversion == null ? "before it began" : "too many"));
        }
        conversion.convert(samples, offset, rgb, expected.width());
        target.row(rgb, 0);
        rows++;
    }

    @Override
    public void warn(ImageWarning warning) {
        warnings.add(warning);
    }

    boolean hasRows() {
        return rows > 0;
    }

    /** Fills in the rows that did not come: transparent if there is alpha, else white. */
    void finish() {
        if (rows == 0) {
            throw new ImageRejectedException(BROKEN_PIXELS, "no row of the picture can be decoded");
        }
        if (rows < expected.height()) {
            warn(new ImageWarning(Kind.TRUNCATED, rows + " of " + expected.height() + " rows are there"));
            Arrays.fill(rgb, alpha ? 0 : (byte) 255);
            while (rows < expected.height()) {
                target.row(rgb, 0);
                rows++;
            }
        }
    }

    /** Ends the work if the thread was interrupted; the flag stays. */
    static void checkInterrupt() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("interrupted while at work on a picture");
        }
    }
}
