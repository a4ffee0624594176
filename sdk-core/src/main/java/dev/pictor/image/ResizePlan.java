package dev.pictor.image;

/**
 * The geometry of a resizing: which part of a source becomes a picture of which size. Immutable.
 *
 * @param source the size of the source
 * @param window what of the source is kept
 * @param target the size of the result
 * @param isLinearLight whether samples are averaged as light
 */
record ResizePlan(PixelSize source, Window window, PixelSize target, boolean isLinearLight) {

    /** What every JVM has as one array. */
    private static final int MOST_SAMPLES = Integer.MAX_VALUE - 8;

    /** Returns the plan for an upright picture. */
    static ResizePlan of(PixelSize upright, Resize resize) {
        return switch (resize.fit()) {
            case FIT -> whole(upright, fitted(upright, resize), resize);
            case FILL -> filling(upright, resize);
            case EXACT -> whole(upright, resize.isEnlarging() ? resize.box() : smaller(upright, resize.box()), resize);
        };
    }

    /**
     * Returns the plan for a picture whose rows are stored in another orientation: it works on stored rows, and its
     * result is still to be turned upright.
     */
    static ResizePlan of(PixelSize stored, Orientation orientation, Resize resize) {
        PixelSize upright = orientation.upright(stored);
        ResizePlan plan = of(upright, resize);
        Window window = plan.window;
        if (orientation.mirrorsColumns()) {
            window = window.mirrored(upright.width());
        }
        if (orientation.mirrorsRows()) {
            window = window.flipped(upright.height());
        }
        return orientation.swapsSides()
                ? new ResizePlan(stored, window.transposed(), plan.target.transposed(), plan.isLinearLight)
                : new ResizePlan(stored, window, plan.target, plan.isLinearLight);
    }

    /** Tells whether every pixel of the result is a pixel of the source. */
    boolean isCopy() {
        return window.width == target.width()
                && window.height == target.height()
                && window.left == (int) window.left
                && window.top == (int) window.top;
    }

    /** Tells whether the result is the source. */
    boolean isIdentity() {
        return isCopy() && target.equals(source);
    }

    /**
     * Returns an array for the samples of the result.
     *
     * @throws IllegalArgumentException if they are more than an array holds
     */
    byte[] newSamples(int channels) {
        checkFits(channels);
        return new byte[(int) target.pixels() * channels];
    }

    /**
     * Checks that the samples of the result fit into an array.
     *
     * @throws IllegalArgumentException if they do not
     */
    void checkFits(int channels) {
        if (target.pixels() > MOST_SAMPLES / channels) {
            throw new IllegalArgumentException(
                    "a picture must have at most " + MOST_SAMPLES / channels + " pixels, was " + target);
        }
    }

    private static ResizePlan whole(PixelSize upright, PixelSize target, Resize resize) {
        Window all = new Window(0, 0, upright.width(), upright.height());
        return new ResizePlan(upright, all, target, resize.isLinearLight());
    }

    private static PixelSize fitted(PixelSize upright, Resize resize) {
        PixelSize box = resize.isEnlarging() ? resize.box() : smaller(upright, resize.box());
        return isWider(upright, resize.box())
                ? new PixelSize(box.width(), rounded(upright.height(), box.width(), upright.width()))
                : new PixelSize(rounded(upright.width(), box.height(), upright.height()), box.height());
    }

    private static ResizePlan filling(PixelSize upright, Resize resize) {
        PixelSize box = resize.box();
        boolean wide = isWider(upright, box);
        boolean large = wide ? upright.height() >= box.height() : upright.width() >= box.width();
        return large || resize.isEnlarging() ? scaledCut(upright, wide, resize) : plainCut(upright, wide, resize);
    }

    private static ResizePlan scaledCut(PixelSize upright, boolean wide, Resize resize) {
        PixelSize box = resize.box();
        double width = upright.width();
        double height = upright.height();
        if (wide) {
            width = height * box.width() / box.height();
        } else {
            height = width * box.height() / box.width();
        }
        Window middle = new Window((upright.width() - width) / 2, (upright.height() - height) / 2, width, height);
        return new ResizePlan(upright, middle, box, resize.isLinearLight());
    }

    /** Rounds up: a picture that was cut is then never cut again for the same box. */
    private static ResizePlan plainCut(PixelSize upright, boolean wide, Resize resize) {
        PixelSize box = resize.box();
        PixelSize target = wide
                ? new PixelSize(roundedUp(upright.height(), box.width(), box.height()), upright.height())
                : new PixelSize(upright.width(), roundedUp(upright.width(), box.height(), box.width()));
        int left = (upright.width() - target.width()) / 2;
        int top = (upright.height() - target.height()) / 2;
        Window middle = new Window(left, top, target.width(), target.height());
        return new ResizePlan(upright, middle, target, resize.isLinearLight());
    }

    private static boolean isWider(PixelSize one, PixelSize other) {
        return (long) one.width() * other.height() >= (long) other.width() * one.height();
    }

    private static PixelSize smaller(PixelSize one, PixelSize other) {
        return new PixelSize(Math.min(one.width(), other.width()), Math.min(one.height(), other.height()));
    }

    private static int rounded(int side, int times, int over) {
        long product = (long) side * times;
        long remainder = product % over;
        return (int) Math.max(1, product / over + (remainder >= over - remainder ? 1 : 0));
    }

    private static int roundedUp(int side, int times, int over) {
        return (int) (((long) side * times - 1) / over + 1);
    }

    /**
     * A part of a source, in source pixels from its top left corner; it may begin and end within a pixel.
     *
     * @param left where it begins, at least 0
     * @param top where it begins, at least 0
     * @param width its width, above 0
     * @param height its height, above 0
     */
    record Window(double left, double top, double width, double height) {

        private Window mirrored(int sourceWidth) {
            return new Window(sourceWidth - left - width, top, width, height);
        }

        private Window flipped(int sourceHeight) {
            return new Window(left, sourceHeight - top - height, width, height);
        }

        @SuppressWarnings("ArgumentSelectionDefectChecker") // that is what it is for
        private Window transposed() {
            return new Window(top, left, height, width);
        }
    }
}
