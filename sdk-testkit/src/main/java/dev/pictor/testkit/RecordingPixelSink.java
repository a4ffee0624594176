package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.image.ImageWarning;
import dev.pictor.image.Picture;
import dev.pictor.image.PixelLayout;
import dev.pictor.image.PixelSink;
import dev.pictor.image.PixelSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Keeps the rows of one picture, and finds out a codec that calls it in another way than it may. Not thread-safe. */
final class RecordingPixelSink implements PixelSink {

    private final int lastRow;
    private final List<ImageWarning> warnings = new ArrayList<>();
    private @Nullable PixelSize size;
    private @Nullable PixelLayout layout;
    private byte[] samples = new byte[0];
    private int rows;
    private boolean stopped;

    private RecordingPixelSink(int lastRow) {
        this.lastRow = lastRow;
    }

    /** Returns one that takes all rows. */
    static RecordingPixelSink create() {
        return new RecordingPixelSink(Integer.MAX_VALUE);
    }

    /** Returns one that takes some rows and stops the codec at the next. */
    static RecordingPixelSink stoppingAfter(int rows) {
        return new RecordingPixelSink(rows);
    }

    @Override
    public void begin(PixelSize size, PixelLayout layout) {
        assertThat(stopped).as("begin after the codec was stopped").isFalse();
        assertThat(this.size).as("begin a second time").isNull();
        this.size = size;
        this.layout = layout;
        this.samples = new byte[Math.toIntExact(size.pixels() * layout.channels())];
    }

    @Override
    public void row(byte[] from, int offset) {
        assertThat(stopped).as("a row after the codec was stopped").isFalse();
        assertThat(size).as("a row before begin").isNotNull();
        assertThat(rows).as("rows before this one").isLessThan(size().height());
        if (rows == lastRow) {
            stopped = true;
            throw new CancellationException("stopped after " + rows + " rows");
        }
        int length = size().width() * layout().channels();
        assertThat(offset).as("offset").isBetween(0, from.length - length);
        System.arraycopy(from, offset, samples, rows++ * length, length);
    }

    @Override
    public void warn(ImageWarning warning) {
        warnings.add(warning);
    }

    PixelSize size() {
        return Objects.requireNonNull(size, "begin was not called");
    }

    PixelLayout layout() {
        return Objects.requireNonNull(layout, "begin was not called");
    }

    int rows() {
        return rows;
    }

    List<ImageWarning> warnings() {
        return List.copyOf(warnings);
    }

    /** Returns the rows as a picture; those that did not come are black. */
    Picture picture() {
        boolean grey = layout() == PixelLayout.GREY || layout() == PixelLayout.GREY_ALPHA;
        assertThat(layout()).as("a layout that can be compared").isNotEqualTo(PixelLayout.CMYK);
        return Picture.wrap(size(), layout().hasAlpha(), grey ? inColor() : samples.clone());
    }

    private byte[] inColor() {
        int channels = layout().channels();
        byte[] color = new byte[samples.length / channels * (channels + 2)];
        int to = 0;
        for (int from = 0; from < samples.length; from += channels) {
            for (int i = 0; i < 3; i++) {
                color[to++] = samples[from];
            }
            if (channels == 2) {
                color[to++] = samples[from + 1];
            }
        }
        return color;
    }
}
