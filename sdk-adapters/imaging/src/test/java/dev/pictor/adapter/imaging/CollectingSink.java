package dev.pictor.adapter.imaging;

import dev.pictor.image.ImageWarning;
import dev.pictor.image.PixelLayout;
import dev.pictor.image.PixelSink;
import dev.pictor.image.PixelSize;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps what a codec delivers. */
final class CollectingSink implements PixelSink {

    final List<ImageWarning> warnings = new ArrayList<>();
    final ByteArrayOutputStream samples = new ByteArrayOutputStream();

    @Nullable
    PixelLayout layout;

    int rows;
    private int rowLength;

    @Override
    public void begin(PixelSize size, PixelLayout layout) {
        this.layout = layout;
        rowLength = size.width() * layout.channels();
    }

    @Override
    public void row(byte[] from, int offset) {
        samples.write(from, offset, rowLength);
        rows++;
    }

    @Override
    public void warn(ImageWarning warning) {
        warnings.add(warning);
    }
}
