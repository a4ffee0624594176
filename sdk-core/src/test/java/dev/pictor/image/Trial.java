package dev.pictor.image;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives a file of any bytes to everything that reads files, and tells what is wrong with how it was taken. Right is a
 * refusal with a reason, or a picture of the size that its header tells; either within bounds of time and heap. Time is CPU
 * time of the thread, which does not depend on what else the machine does; who runs a trial sets a timeout for what waits.
 */
final class Trial {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final double MEGABYTE = 1 << 20;

    /** What any file may take, even one that is refused. */
    static final long MAX_BYTES = 8 << 20;

    /**
     * What each pixel may take beyond: two pictures of four samples, of which one is for interlaced rows or for the JDK's
     * four channels, and half as much again for what is thrown away.
     */
    private static final long BYTES_PER_PIXEL = 12;

    /** What any file may take. */
    private static final double MAX_MILLIS = 1000;

    /** What each pixel of each scan may take beyond the first 2^22. */
    private static final double MILLIS_PER_PIXEL = 1e-4;

    private final ImageLimits limits;
    private final Imaging imaging;

    Trial(ImageLimits limits) {
        this(limits, List.of(new WebpOfOneColour()));
    }

    Trial(ImageLimits limits, List<ImageCodec> codecs) {
        this.limits = limits;
        ImagingBuilder builder = Imaging.builder().limits(limits);
        codecs.forEach(builder::addCodec);
        this.imaging = builder.build();
    }

    /**
     * How a file was taken.
     *
     * @param refused why it was refused, if it was
     * @param fault what is wrong with that, if anything is
     * @param millis CPU time
     * @param heapMegabytes all that was allocated
     * @param pixels declared by a header within the limits
     */
    record Result(
            ImageRejectedException.@Nullable Reason refused,
            Optional<String> fault,
            double millis,
            double heapMegabytes,
            long pixels) {}

    Result run(byte[] file) {
        byte[] bytes = file.clone();
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        long started = THREADS.getCurrentThreadCpuTime();
        Reading reading = new Reading();
        ImageRejectedException.Reason refused = null;
        Throwable thrown = null;
        try {
            reading.read(bytes);
        } catch (ImageRejectedException e) {
            refused = e.reason();
        } catch (RuntimeException | Error e) {
            thrown = e;
        }
        double millis = (THREADS.getCurrentThreadCpuTime() - started) / 1e6;
        long heap = THREADS.getCurrentThreadAllocatedBytes() - allocated;
        long maxBytes = MAX_BYTES + 3L * file.length + BYTES_PER_PIXEL * reading.pixels;
        double maxMillis = MAX_MILLIS + MILLIS_PER_PIXEL * Math.max(0, reading.pixels * reading.scans - (1 << 22));

        String fault = null;
        if (thrown != null) {
            fault = thrown + at(thrown);
        } else if (reading.wrong != null) {
            fault = reading.wrong;
        } else if (!Arrays.equals(bytes, file)) {
            fault = "the bytes were written to";
        } else if (millis > maxMillis) {
            fault = String.format(Locale.ROOT, "took %.0f ms of CPU time, the bound is %.0f", millis, maxMillis);
        } else if (heap > maxBytes) {
            fault = String.format(
                    Locale.ROOT, "took %.1f MB of heap, the bound is %.1f", heap / MEGABYTE, maxBytes / MEGABYTE);
        }
        return new Result(refused, Optional.ofNullable(fault), millis, heap / MEGABYTE, reading.pixels);
    }

    private static String at(Throwable thrown) {
        StackTraceElement[] trace = thrown.getStackTrace();
        return trace.length == 0 ? "" : " at " + trace[0];
    }

    /** Everything that reads files, one after the other. */
    private final class Reading {

        private long pixels;
        private int scans = 1;
        private @Nullable String wrong;

        void read(byte[] bytes) {
            ImageHeader header = ImageHeader.read(ByteBuffer.wrap(bytes));
            ImageBytes image = ImageBytes.wrap(bytes, limits);
            pixels = header.size().pixels();
            if (!header.equals(image.header())) {
                wrong = "another header at the second reading";
            }
            SourceMetadata metadata = SourceMetadata.of(image);
            if (metadata.exif().isPresent() && metadata.exif().get().length > SourceMetadata.MAX_BYTES) {
                wrong = "EXIF beyond its limit";
            }
            scans = BareImage.of(image).scans();
            DecodedPicture decoded = imaging.decode(image);
            PixelSize expected = header.orientation().upright(header.size());
            if (!decoded.picture().size().equals(expected)) {
                wrong = "the picture is " + decoded.picture().size() + ", expected " + expected;
            }
        }
    }

    /** Stands in for a decoder of WebP, which the core does not have: what is read here are the chunks around it. */
    private record WebpOfOneColour() implements ImageCodec {

        @Override
        public boolean decodes(ImageHeader header) {
            return header.format() == ImageFormat.WEBP;
        }

        @Override
        public Set<ImageFormat> encodes() {
            return Set.of();
        }

        @Override
        public void decode(BareImage image, PixelSink sink) {
            PixelSize size = image.header().size();
            sink.begin(size, PixelLayout.RGBA);
            byte[] row = new byte[4 * size.width()];
            for (int y = 0; y < size.height(); y++) {
                sink.row(row, 0);
            }
        }

        @Override
        public byte[] encode(Picture picture, Encoding encoding) {
            throw new IllegalStateException("nothing is encoded here");
        }
    }
}
