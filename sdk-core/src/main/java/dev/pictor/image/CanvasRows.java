package dev.pictor.image;

/** Puts a frame that is smaller than its canvas on a transparent canvas. */
final class CanvasRows implements RgbRows {

    private final WebpFile.Frame frame;
    private final PixelSize canvas;
    private final RgbRows target;
    private final byte[] rgba;
    private int channels;
    private int rows;

    CanvasRows(WebpFile.Frame frame, PixelSize canvas, RgbRows target) {
        this.frame = frame;
        this.canvas = canvas;
        this.target = target;
        this.rgba = new byte[4 * canvas.width()];
    }

    @Override
    public void begin(PixelSize size, boolean alpha) {
        channels = alpha ? 4 : 3;
        target.begin(canvas, true);
        blank(frame.y());
    }

    @Override
    public void row(byte[] samples, int offset) {
        PixelSize size = frame.image().header().size();
        int at = 4 * frame.x();
        for (int i = 0; i < size.width(); i++) {
            int from = offset + i * channels;
            rgba[at + 4 * i] = samples[from];
            rgba[at + 4 * i + 1] = samples[from + 1];
            rgba[at + 4 * i + 2] = samples[from + 2];
            rgba[at + 4 * i + 3] = channels == 4 ? samples[from + 3] : (byte) 255;
        }
        target.row(rgba, 0);
        rows++;
        if (rows == size.height()) {
            blank(canvas.height() - frame.y() - size.height());
        }
    }

    private void blank(int count) {
        byte[] transparent = new byte[rgba.length];
        for (int i = 0; i < count; i++) {
            target.row(transparent, 0);
        }
    }
}
