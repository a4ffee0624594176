package dev.pictor.image;

/**
 * Takes the rows of a picture as a codec decodes them, so that nobody has to hold all of them. Used by one thread, for
 * one picture: {@link #begin} once, then each row once, from the top.
 */
public interface PixelSink {

    /**
     * Takes what the rows will look like. Called once, before the first row.
     *
     * @param size width and height as stored, before any orientation
     * @param layout what the samples mean
     */
    void begin(PixelSize size, PixelLayout layout);

    /**
     * Takes the next row. The array may be used again as soon as the call returns.
     *
     * @param samples holds the row
     * @param offset index of the row's first sample
     * @throws java.util.concurrent.CancellationException if the thread was interrupted; the codec stops and lets it pass
     */
    void row(byte[] samples, int offset);

    /**
     * Takes note of something that was put up with. May be called at any time, also before {@link #begin}.
     *
     * @param warning what it is
     */
    void warn(ImageWarning warning);
}
