package dev.pictor.image;

/** Copies what lies inside the window of a plan that scales nothing. Not thread-safe. */
final class CutRows {

    private final PixelSize target;
    private final int left;
    private final int top;
    private final boolean alpha;
    private final int stride;
    private final byte[] out;

    CutRows(ResizePlan plan, boolean alpha) {
        this.target = plan.target();
        this.left = (int) plan.window().left();
        this.top = (int) plan.window().top();
        this.alpha = alpha;
        this.stride = target.width() * channels();
        this.out = plan.newSamples(channels());
    }

    /** Takes a row of the source. */
    void row(int y, byte[] samples, int offset) {
        if (y >= top && y < top + target.height()) {
            System.arraycopy(samples, offset + left * channels(), out, (y - top) * stride, stride);
        }
    }

    /** Returns the picture, once all rows are taken. */
    Picture finish() {
        return Picture.wrap(target, alpha, out);
    }

    private int channels() {
        return alpha ? 4 : 3;
    }
}
