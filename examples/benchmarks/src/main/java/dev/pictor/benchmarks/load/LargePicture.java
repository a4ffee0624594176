package dev.pictor.benchmarks.load;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.benchmarks.NoOpModel;
import dev.pictor.benchmarks.OpenRun;
import dev.pictor.benchmarks.ProviderProcess;
import dev.pictor.image.ImageBytes;
import dev.pictor.model.ImageRequest;
import dev.pictor.testkit.HttpImageModel;
import java.time.Duration;
import java.util.Arrays;

/**
 * P7: an answer with a picture of 2 MiB, from the socket to checked and hashed bytes. The caller's thread parses, decodes
 * and hashes: its time and allocation are what the target is about. What the JDK's client does on other threads is told
 * beside it.
 */
final class LargePicture implements Scenario {

    private static final int PICTURE_BYTES = 2 << 20;
    private static final int WARM_UP = 200;
    private static final int ROUNDS = 300;

    @Override
    public void run(Options options, Figures figures) throws Exception {
        int rounds = (int) options.number("rounds", ROUNDS);
        try (ProviderProcess provider = ProviderProcess.start();
                HttpImageModel model =
                        HttpImageModel.to(provider.uri()).profile(NoOpModel.profile("painter", "0.040"));
                OpenRun run = OpenRun.start()) {
            provider.plan("none", Duration.ZERO, PICTURE_BYTES);
            double[] cpu = new double[rounds];
            double[] allocated = new double[rounds];
            draw(model, run, Math.min(WARM_UP, rounds));
            long cpuBefore = ThisProcess.cpuNanos();
            long allocatedBefore = ThisProcess.allocatedBytes();
            for (int i = 0; i < rounds; i++) {
                long cpuBegin = ThisProcess.cpuNanosOfThisThread();
                long allocatedBegin = ThisProcess.allocatedBytesOfThisThread();
                int bytes = draw(model, run, 1);
                allocated[i] = (double) (ThisProcess.allocatedBytesOfThisThread() - allocatedBegin) / bytes;
                cpu[i] = (ThisProcess.cpuNanosOfThisThread() - cpuBegin) / 1e6;
            }
            double allCpu = (ThisProcess.cpuNanos() - cpuBefore) / 1e6 / rounds;
            double all = (double) (ThisProcess.allocatedBytes() - allocatedBefore) / rounds / PICTURE_BYTES;
            Arrays.sort(cpu);
            Arrays.sort(allocated);
            String caller = "picture of 2 MiB, caller's thread, ";
            figures.add(Figure.atMost("P7", caller + "processor time, p50", cpu[rounds / 2], "ms", 6));
            figures.add(Figure.told("P7", caller + "processor time, p99", cpu[rounds * 99 / 100], "ms"));
            figures.add(Figure.atMost("P7", caller + "allocated, p50", allocated[rounds / 2], "x picture", 2.5));
            figures.add(Figure.told("P7", "picture of 2 MiB, all threads, processor time, mean", allCpu, "ms"));
            figures.add(Figure.told("P7", "picture of 2 MiB, all threads, allocated, mean", all, "x picture"));
        }
    }

    @CanIgnoreReturnValue
    private static int draw(HttpImageModel model, OpenRun run, int times) throws InterruptedException {
        int bytes = 0;
        for (int i = 0; i < times; i++) {
            ImageRequest request = ImageRequest.builder("a brass lamp").build();
            ImageBytes picture = model.generate(request, run.context()).images().get(0);
            if (picture.byteCount() < PICTURE_BYTES || picture.sha256().hex().isEmpty()) {
                throw new IllegalStateException("a picture of " + picture.byteCount() + " bytes");
            }
            bytes = picture.byteCount();
        }
        return bytes;
    }
}
