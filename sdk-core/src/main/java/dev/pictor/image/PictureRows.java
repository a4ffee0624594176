package dev.pictor.image;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** Collects rows into an upright picture. */
final class PictureRows implements RgbRows {

    private final Orientation orientation;

    private @Nullable PixelSize stored;
    private @Nullable PixelSize upright;
    private byte[] samples = {};
    private int channels;
    private int rows;

    PictureRows(Orientation orientation) {
        this.orientation = orientation;
    }

    /** Returns a stored picture upright: the same one if it is upright already. */
    static Picture turned(Picture stored, Orientation orientation) {
        if (orientation == Orientation.UPRIGHT) {
            return stored;
        }
        PictureRows rows = new PictureRows(orientation);
        rows.begin(stored.size(), stored.hasAlpha());
        int stride = stored.width() * stored.channels();
        for (int y = 0; y < stored.height(); y++) {
            rows.row(stored.samples(), y * stride);
        }
        return rows.picture();
    }

    @Override
    public void begin(PixelSize size, boolean alpha) {
        stored = size;
        upright = orientation.upright(size);
        channels = alpha ? 4 : 3;
        samples = new byte[Math.toIntExact(size.pixels() * channels)];
    }

    @Override
    public void row(byte[] row, int offset) {
        PixelSize from = requireNonNull(stored);
        PixelSize to = requireNonNull(upright);
        if (orientation == Orientation.UPRIGHT) {
            System.arraycopy(row, offset, samples, rows * from.width() * channels, from.width() * channels);
            rows++;
            return;
        }
        boolean swaps = orientation.swapsSides();
        int across = orientation.mirrorsColumns() ? -1 : 1;
        int down = orientation.mirrorsRows() ? -to.width() : to.width();
        int corner = (orientation.mirrorsColumns() ? to.width() - 1 : 0)
                + (orientation.mirrorsRows() ? (to.height() - 1) * to.width() : 0);
        int step = (swaps ? down : across) * channels;
        int at = (corner + rows * (swaps ? across : down)) * channels;
        for (int i = offset; i < offset + from.width() * channels; i += channels) {
            for (int channel = 0; channel < channels; channel++) {
                samples[at + channel] = row[i + channel];
            }
            at += step;
        }
        rows++;
    }

    Picture picture() {
        return Picture.wrap(requireNonNull(upright), channels == 4, samples);
    }
}
