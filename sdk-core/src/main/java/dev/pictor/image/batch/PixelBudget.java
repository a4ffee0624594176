package dev.pictor.image.batch;

import static java.util.Objects.requireNonNull;

import dev.pictor.image.ImageLimits;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Bounds how many pixels are at work at once, and so the memory that pictures take: a decoded pixel has 3 or 4 bytes.
 * Give the same budget to everything that shall share it. Thread-safe.
 *
 * <p>It counts pixels and nothing else, each the same. Not counted are the encoded bytes of the pictures at work and of those
 * that wait; the rows and copies of resizing, turning and encoding; and what some codings hold of a picture beside its decoded
 * pixels: all coefficients of a progressive JPEG, in native memory, two bytes or more for each sample; a whole WebP or CMYK
 * JPEG before it is converted, 4 to 8 bytes a pixel; lossless JPEG up to 15 bytes a pixel. Where such pictures are many, take
 * a smaller budget: a quarter of the memory's bytes counts plain pictures, a sixteenth is on the safe side.
 *
 * <p>Who asks first is served first, so that a large picture is not passed by small ones for ever. A picture that is
 * larger than the whole budget waits until nothing else is at work and then goes alone: a budget makes pictures wait and
 * refuses none; that is what {@link ImageLimits} is for.
 *
 * <p>A thread that holds a permit must not ask for another of the same budget: it could wait for itself.
 *
 * {@snippet class="dev.pictor.image.batch.PixelBudgetSnippets" region="acquire"}
 */
public final class PixelBudget {

    /** What {@link ImageBatch} takes if not told: 134,217,728 pixels (128 Mpx, 512 MiB decoded at four bytes each). */
    static final int DEFAULT_PIXELS = 128 << 20;

    private final int pixels;
    private final Semaphore free;

    private PixelBudget(int pixels) {
        this.pixels = pixels;
        this.free = new Semaphore(pixels, true);
    }

    /**
     * Returns a budget.
     *
     * @param pixels the most pixels at work at once, 1 to 2,147,483,647
     * @return a new budget, all of it free
     * @throws IllegalArgumentException if {@code pixels} is outside that range
     */
    public static PixelBudget of(long pixels) {
        if (pixels < 1 || pixels > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("pixels must be 1 to " + Integer.MAX_VALUE + ", was " + pixels);
        }
        return new PixelBudget((int) pixels);
    }

    /**
     * Waits until there is room, however long.
     *
     * @param pixels of the picture, at least 1
     * @return a permit, to be closed when the pixels are let go of
     * @throws InterruptedException if this thread was interrupted before or while it waited; nothing is held then
     * @throws IllegalArgumentException if {@code pixels} is below 1
     */
    public Permit acquire(long pixels) throws InterruptedException {
        int share = share(pixels);
        free.acquire(share);
        return new Permit(share);
    }

    /**
     * Waits until there is room, but no longer than told.
     *
     * @param pixels of the picture, at least 1
     * @param atMost how long to wait from now on; zero or less asks once
     * @return a permit, to be closed when the pixels are let go of; empty if there was no room in time
     * @throws InterruptedException if this thread was interrupted before or while it waited; nothing is held then
     * @throws IllegalArgumentException if {@code pixels} is below 1
     */
    public Optional<Permit> acquire(long pixels, Duration atMost) throws InterruptedException {
        int share = share(pixels);
        long nanos = TimeUnit.NANOSECONDS.convert(requireNonNull(atMost, "atMost"));
        return free.tryAcquire(share, nanos, TimeUnit.NANOSECONDS) ? Optional.of(new Permit(share)) : Optional.empty();
    }

    /**
     * Returns the size of the budget.
     *
     * @return the most pixels at work at once
     */
    public long pixels() {
        return pixels;
    }

    /**
     * Returns how much is free at this moment.
     *
     * @return pixels, 0 to {@link #pixels()}
     */
    public long freePixels() {
        return free.availablePermits();
    }

    /** Returns about how many threads wait. */
    int waiting() {
        return free.getQueueLength();
    }

    private int share(long asked) {
        if (asked < 1) {
            throw new IllegalArgumentException("pixels must be at least 1, was " + asked);
        }
        return (int) Math.min(asked, pixels);
    }

    @Override
    public String toString() {
        return freePixels() + " of " + pixels + " px free";
    }

    /** A share of the budget, held until it is closed, on whatever thread. Thread-safe. */
    public final class Permit implements AutoCloseable {

        private final int share;
        private final AtomicBoolean closed = new AtomicBoolean();

        private Permit(int share) {
            this.share = share;
        }

        /** Gives the share back. Closing again does nothing. */
        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                free.release(share);
            }
        }
    }
}
