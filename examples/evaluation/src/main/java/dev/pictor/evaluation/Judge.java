package dev.pictor.evaluation;

import com.sun.management.ThreadMXBean;
import dev.pictor.evaluation.Judgement.Verdict;
import dev.pictor.image.DecodedPicture;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.ImageLimits;
import dev.pictor.image.ImageRejectedException;
import dev.pictor.image.Imaging;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Judges files, each on a thread of its own and within a time limit. Not thread-safe.
 *
 * <p>The heap of a judgement is what its thread allocated from opening the file to the picture or its refusal. Garbage
 * counts, so this is an upper bound of the heap at any moment, and unlike the peak of a memory pool it is the same in every
 * run, whatever the collector does and however large the buffers of threads are. What native code holds outside of the heap
 * is not in it.
 */
final class Judge {

    private static final double MEGABYTE = 1 << 20;

    private final Imaging imaging;
    private final ImageLimits limits;
    private final Duration timeLimit;
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /**
     * Makes a judge.
     *
     * @param imaging decodes
     * @param limits what pictures may be
     * @param timeLimit after this a file has hung
     */
    Judge(Imaging imaging, ImageLimits limits, Duration timeLimit) {
        this.imaging = imaging;
        this.limits = limits;
        this.timeLimit = timeLimit;
    }

    /**
     * Judges a file. One that hangs is interrupted and left behind on its thread.
     *
     * @throws UncheckedIOException if the file cannot be read
     */
    Judgement judge(Path file) {
        String name = String.valueOf(file.getFileName());
        FutureTask<Judgement> task = new FutureTask<>(() -> measured(name, file));
        Thread thread = new Thread(task, "pictor-evaluation-judge");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(timeLimit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            return new Judgement(
                    name,
                    Verdict.HANG,
                    "not done after " + timeLimit.toMillis() + " ms",
                    Optional.empty(),
                    Optional.empty(),
                    timeLimit.toMillis(),
                    threads.getThreadAllocatedBytes(thread.getId()) / MEGABYTE);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UncheckedIOException problem) {
                throw problem;
            }
            throw new IllegalStateException("cannot judge " + file, e.getCause());
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while judging " + file, e);
        }
    }

    @SuppressWarnings("CatchThrowable") // whatever is thrown is what is measured
    private Judgement measured(String name, Path file) {
        long allocated = threads.getCurrentThreadAllocatedBytes();
        long started = System.nanoTime();
        DecodedPicture decoded = null;
        Throwable thrown = null;
        try {
            decoded = imaging.decode(ImageBytes.wrap(read(file), limits));
        } catch (UncheckedIOException e) {
            throw e;
        } catch (Throwable e) {
            thrown = e;
        }
        double millis = (System.nanoTime() - started) / 1e6;
        double megabytes = (threads.getCurrentThreadAllocatedBytes() - allocated) / MEGABYTE;
        return new Judgement(
                name,
                verdict(decoded, thrown),
                reason(decoded, thrown),
                Optional.ofNullable(decoded).map(known -> known.picture().size()),
                Optional.ofNullable(decoded).map(known -> ColorGrid.of(known.picture())),
                millis,
                megabytes);
    }

    /** Reads one byte more than a picture may have, so that a file that is too large is refused as such. */
    private byte[] read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(Math.min(limits.maxBytes(), Integer.MAX_VALUE - 1) + 1);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e, e);
        }
    }

    private static Verdict verdict(@Nullable DecodedPicture decoded, @Nullable Throwable thrown) {
        if (decoded != null) {
            return decoded.warnings().isEmpty() ? Verdict.ACCEPT : Verdict.WARN;
        }
        return thrown instanceof ImageRejectedException ? Verdict.REJECT : Verdict.CRASH;
    }

    private static String reason(@Nullable DecodedPicture decoded, @Nullable Throwable thrown) {
        if (decoded != null) {
            return decoded.warnings().stream()
                    .map(warning -> warning.kind().name())
                    .distinct()
                    .collect(Collectors.joining(", "));
        }
        return thrown instanceof ImageRejectedException rejected
                ? rejected.reason() + ": " + rejected.getMessage()
                : String.valueOf(thrown);
    }
}
