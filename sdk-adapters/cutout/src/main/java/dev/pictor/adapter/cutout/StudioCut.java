package dev.pictor.adapter.cutout;

import com.google.errorprone.annotations.FormatMethod;
import dev.pictor.adapter.cutout.StudioOptions.Option;
import dev.pictor.image.Picture;
import dev.pictor.image.PixelSize;
import dev.pictor.model.OptionWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One picture on its way through the studio remover. Not thread-safe. */
final class StudioCut {

    private static final int LEAST_SIDE_PX = 32;

    /** A background that spreads more than this at one place is a texture. */
    private static final double MOST_SPREAD = 0.03;

    /** A soft gradient is no larger than this. */
    private static final double MOST_RANGE = 0.3;

    private static final double QUIET = 0.005;
    private static final double NOISY = 0.013;
    private static final double USUAL_SIDE_PX = 1000;
    private static final double SHADOW_SLOPE = 0.012;
    private static final double LEAST_TINT = 0.012;
    private static final int MOST_PIECES = 48;
    private static final int MOST_STRANGE_CORNERS = 1;
    private static final double LEAST_PRODUCT = 0.0005;
    private static final double LEAST_BACKGROUND = 0.05;
    private static final double MOST_WEAK = 0.25;
    private static final double WEAK_WARNING = 0.08;
    private static final double MOST_LOST = 0.1;
    private static final int LEAST_SPECK_PX = 24;
    private static final int LEAST_HOLE_PX = 64;

    private final Rgb picture;
    private final PixelSize size;
    private final StudioOptions options;
    private final Stopping stopping;
    private final List<OptionWarning> warnings = new ArrayList<>();

    StudioCut(Picture picture, StudioOptions options, Stopping stopping) {
        this.picture = new Rgb(picture);
        this.size = picture.size();
        this.options = options;
        this.stopping = stopping;
    }

    /** What was found. */
    static final class Refused extends Exception {

        private static final long serialVersionUID = 1L;

        @FormatMethod
        Refused(String why, Object... figures) {
            super(String.format(Locale.ROOT, why, figures));
        }
    }

    List<OptionWarning> warnings() {
        return warnings;
    }

    Picture cut() throws Refused, InterruptedException {
        if (Math.min(size.width(), size.height()) < LEAST_SIDE_PX) {
            throw new Refused("the picture is %s, %d pixels a side are needed", size, LEAST_SIDE_PX);
        }
        Backdrop backdrop = backdrop();
        int radius = backdrop.spread() < QUIET ? 0 : backdrop.spread() < NOISY ? 1 : 2;
        float tint = (float) Math.max(LEAST_TINT, backdrop.spread());
        Distances distances = Distances.of(picture, backdrop, radius, tint, stopping);
        Noise noise = Noise.of(distances, backdrop.kept());
        double tolerance = options.number(Option.TOLERANCE);
        double limit = Math.max(tolerance, 1.25 * noise.nearlyAll());
        if (limit > 2 * tolerance) {
            throw new Refused(
                    "the background is too uneven: 2 %% of its border lie %.3f or more from it, %.3f are the most",
                    noise.nearlyAll(), 2 * tolerance / 1.25);
        }
        Regions regions = new Regions(distances, Distances.coded(limit), stopping);
        Outline outline = regions(regions, distances, limit, noise);
        holes(regions, limit, noise);
        regions.depths(distances.shade, Outline.REACH);
        Shadows shadows = new Shadows(picture, backdrop, options.is(Option.SHADOW, "keep"));
        int softness = Math.min(6, Math.max(2, outline.softness()));
        return new Matte(picture, regions, distances, softness, shadows).draw(stopping);
    }

    private Backdrop backdrop() throws Refused {
        List<BorderCell> cells = BorderCell.of(picture);
        Backdrop backdrop = Backdrop.of(size, cells, MOST_SPREAD);
        double least = options.number(Option.MIN_EVEN);
        if (backdrop.keptShare() < least) {
            throw new Refused(
                    "the border is even on %.0f %% of its length, %.0f %% are needed: the background is busy, or the product"
                            + " touches the border",
                    100 * backdrop.keptShare(), 100 * least);
        }
        long strange = cells.stream()
                .filter(cell -> cell.corner() && !backdrop.kept().contains(cell))
                .count();
        if (strange > MOST_STRANGE_CORNERS) {
            throw new Refused(
                    "%d of the 4 corners are not of the background, %d may be", strange, MOST_STRANGE_CORNERS);
        }
        if (backdrop.range() > MOST_RANGE) {
            throw new Refused(
                    "the background goes over %.2f of lightness, %.2f are the most", backdrop.range(), MOST_RANGE);
        }
        return backdrop;
    }

    private Outline regions(Regions regions, Distances distances, double limit, Noise noise)
            throws Refused, InterruptedException {
        double slope =
                SHADOW_SLOPE * Math.max(0.3, Math.min(1.5, USUAL_SIDE_PX / Math.min(size.width(), size.height())));
        double steepest = slope + noise.usual();
        regions.flood();
        long before = regions.count(Regions.PRODUCT);
        regions.floodShadows(Distances.shadeOf(steepest));
        Outline outline = measured(regions, distances, limit, noise, steepest);
        boolean leaked = outline.lost() > MOST_LOST
                || outline.weakShare() > MOST_WEAK
                || regions.count(Regions.PRODUCT) < LEAST_PRODUCT * size.pixels();
        if (leaked && regions.count(Regions.PRODUCT) < before) {
            regions.flood();
            // distances.shade holds depths now, so shadows cannot be asked again
            outline = measured(regions, distances, limit, noise, steepest);
            warnings.add(new OptionWarning(
                    "shadow", "shadows stay: they could not be told from the product, which is as smooth and grey"));
        }
        check(regions, outline);
        return outline;
    }

    private Outline measured(Regions regions, Distances distances, double limit, Noise noise, double steepest)
            throws Refused, InterruptedException {
        int speck = (int) Math.max(LEAST_SPECK_PX, options.number(Option.SPECK_AREA) * size.pixels());
        int pieces = regions.despeckle(speck);
        if (pieces > MOST_PIECES) {
            throw new Refused("%d things stand on the background, %d are the most", pieces, MOST_PIECES);
        }
        regions.depths(distances.shade, Outline.REACH);
        double step = Math.max(0.012, 2 * noise.nearlyAll());
        return Outline.of(regions, distances, distances.shade, 2 * limit, step, Math.max(step, 3 * steepest));
    }

    private void check(Regions regions, Outline outline) throws Refused {
        double product = (double) regions.count(Regions.PRODUCT) / size.pixels();
        if (product < LEAST_PRODUCT) {
            throw new Refused("nothing stands out of the background: %.3f %% of the picture", 100 * product);
        }
        if (1 - product < LEAST_BACKGROUND) {
            throw new Refused("hardly anything is background: %.1f %% of the picture", 100 * (1 - product));
        }
        double touch = regions.touchShare();
        if (touch > options.number(Option.MAX_TOUCH)) {
            throw new Refused(
                    "the product touches %.0f %% of the border, %.0f %% are the most",
                    100 * touch, 100 * options.number(Option.MAX_TOUCH));
        }
        if (outline.weakShare() > MOST_WEAK) {
            throw new Refused(
                    "the product is as the background on %.0f %% of its outline, %.0f %% are the most",
                    100 * outline.weakShare(), 100 * MOST_WEAK);
        }
        if (outline.lost() > MOST_LOST) {
            throw new Refused(
                    "a part of the product, or something else, is hardly told from the background: edges of %.2f times the"
                            + " outline lie in it, %.2f are the most",
                    outline.lost(), MOST_LOST);
        }
        if (outline.weakShare() > WEAK_WARNING) {
            warnings.add(new OptionWarning(
                    "outline",
                    String.format(
                            Locale.ROOT,
                            "look at it: the product is as the background on %.0f %% of its outline",
                            100 * outline.weakShare())));
        }
    }

    private void holes(Regions regions, double limit, Noise noise) throws InterruptedException {
        int least = (int) Math.max(LEAST_HOLE_PX, options.number(Option.HOLE_AREA) * size.pixels());
        boolean cut = options.is(Option.HOLES, "cut");
        Regions.Holes found = regions.holes(least, Math.max(limit / 3, 1.5 * noise.usual()), cut);
        if (found.count() > 0 && !cut) {
            warnings.add(new OptionWarning(
                    "holes",
                    String.format(
                            Locale.ROOT,
                            "%d areas inside of the product look like the background, %.2f %% of the picture; they stay,"
                                    + " unless holes is cut",
                            found.count(),
                            100.0 * found.pixels() / size.pixels())));
        }
    }

    /**
     * How far the border's own pixels are from the background.
     *
     * @param usual half of them are nearer
     * @param nearlyAll 98 % of them are nearer
     */
    record Noise(double usual, double nearlyAll) {

        static Noise of(Distances distances, List<BorderCell> cells) {
            long[] histogram = new long[256];
            long total = 0;
            int width = distances.size.width();
            for (BorderCell cell : cells) {
                for (int y = cell.top(); y < cell.top() + cell.height(); y++) {
                    for (int x = cell.left(); x < cell.left() + cell.width(); x++) {
                        histogram[distances.far[y * width + x] & 0xFF]++;
                        total++;
                    }
                }
            }
            return new Noise(quantile(histogram, total / 2), quantile(histogram, total * 98 / 100));
        }

        private static double quantile(long[] histogram, long count) {
            long sum = 0;
            int code = 0;
            while (code < 255 && (sum += histogram[code]) <= count) {
                code++;
            }
            return Distances.decoded((byte) code);
        }
    }
}
