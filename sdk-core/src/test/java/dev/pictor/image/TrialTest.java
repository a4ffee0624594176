package dev.pictor.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A trial that finds nothing proves something only if it would find it. */
class TrialTest {

    private static Optional<String> fault(Consumer<PixelSink> decoding) {
        Trial trial = new Trial(ImageLimits.ofDefaults(), List.of(new Codec(decoding)));
        return trial.run(Pictures.encoded("png", 4, 4)).fault();
    }

    private static void decode(PixelSink sink) {
        sink.begin(new PixelSize(4, 4), PixelLayout.GREY);
        for (int y = 0; y < 4; y++) {
            sink.row(new byte[4], 0);
        }
    }

    @Test
    void nothingIsWrongWithASoundDecoder() {
        assertThat(fault(TrialTest::decode)).isEmpty();
    }

    @Test
    void anErrorIsFound() {
        assertThat(fault(sink -> {
                    throw new StackOverflowError("too deep");
                }))
                .hasValueSatisfying(
                        fault -> assertThat(fault).startsWith("java.lang.StackOverflowError: too deep at "));
    }

    @Test
    void heapIsFound() {
        assertThat(fault(sink -> {
                    decode(sink);
                    sink.row(new byte[9 << 20], 0);
                }))
                .hasValueSatisfying(fault -> assertThat(fault).matches("took 9\\.\\d MB of heap, the bound is 8\\.0"));
    }

    @Test
    void timeIsFound() {
        assertThat(fault(sink -> {
                    decode(sink);
                    long end = System.nanoTime() + 60_000_000_000L;
                    java.lang.management.ThreadMXBean threads =
                            java.lang.management.ManagementFactory.getThreadMXBean();
                    long cpuEnd = threads.getCurrentThreadCpuTime() + 1_010_000_000L;
                    while (threads.getCurrentThreadCpuTime() < cpuEnd && System.nanoTime() < end) {
                        Thread.onSpinWait();
                    }
                }))
                .hasValueSatisfying(fault -> assertThat(fault).matches("took \\d+ ms of CPU time, the bound is 1000"));
    }

    private record Codec(Consumer<PixelSink> decoding) implements ImageCodec {

        @Override
        public boolean decodes(ImageHeader header) {
            return true;
        }

        @Override
        public Set<ImageFormat> encodes() {
            return Set.of();
        }

        @Override
        public void decode(BareImage image, PixelSink sink) {
            decoding.accept(sink);
        }

        @Override
        public byte[] encode(Picture picture, Encoding encoding) {
            throw new IllegalStateException("nothing is encoded here");
        }
    }
}
