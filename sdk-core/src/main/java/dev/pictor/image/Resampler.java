package dev.pictor.image;

/** Resizes pictures. */
final class Resampler {

    private Resampler() {}

    /** Stands in until the real one is there: nearest pixel, box only. */
    static Picture resized(Picture source, Resize resize) {
        PixelSize to = resize.box();
        int channels = source.channels();
        byte[] out = new byte[Math.toIntExact(to.pixels() * channels)];
        for (int y = 0; y < to.height(); y++) {
            for (int x = 0; x < to.width(); x++) {
                int from = (int) ((long) y * source.height() / to.height()) * source.width()
                        + (int) ((long) x * source.width() / to.width());
                System.arraycopy(source.samples(), from * channels, out, (y * to.width() + x) * channels, channels);
            }
        }
        return Picture.wrap(to, source.hasAlpha(), out);
    }
}
