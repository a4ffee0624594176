package dev.pictor.image.batch;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.image.Imaging;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Builds {@link ImageBatch}. Not thread-safe. */
public final class ImageBatchBuilder {

    private static final int MAX_CONCURRENCY = 256;

    final Imaging imaging;
    int concurrency = Math.min(Runtime.getRuntime().availableProcessors(), MAX_CONCURRENCY);
    PixelBudget budget = PixelBudget.of(PixelBudget.DEFAULT_PIXELS);
    BatchListener listener = BatchListener.none();

    @Nullable
    Executor executor;

    ImageBatchBuilder(Imaging imaging) {
        this.imaging = requireNonNull(imaging, "imaging");
    }

    /**
     * Sets how many items of a batch are at work at once. Default: the number of processors.
     *
     * @param concurrency 1 to 256
     * @return this builder
     * @throws IllegalArgumentException if {@code concurrency} is outside that range
     */
    @CanIgnoreReturnValue
    public ImageBatchBuilder concurrency(int concurrency) {
        if (concurrency < 1 || concurrency > MAX_CONCURRENCY) {
            throw new IllegalArgumentException("concurrency must be 1 to " + MAX_CONCURRENCY + ", was " + concurrency);
        }
        this.concurrency = concurrency;
        return this;
    }

    /**
     * Sets what the pixels at work are counted in. Default: a budget of its own with 134,217,728 pixels (128 Mpx). An item
     * takes width times height as its header tells them, from the moment it is loaded until the work on it is over. Its
     * encoded bytes are not counted, nor what its coding takes beyond four bytes a pixel: see {@link PixelBudget}.
     *
     * @param budget may be shared with others
     * @return this builder
     */
    @CanIgnoreReturnValue
    public ImageBatchBuilder budget(PixelBudget budget) {
        this.budget = requireNonNull(budget, "budget");
        return this;
    }

    /**
     * Sets who hears of progress. Default: {@link BatchListener#none()}.
     *
     * @param listener called after each item
     * @return this builder
     */
    @CanIgnoreReturnValue
    public ImageBatchBuilder listener(BatchListener listener) {
        this.listener = requireNonNull(listener, "listener");
        return this;
    }

    /**
     * Sets where items are worked on. It gets as many tasks as items may be at work at once, each of which takes up one
     * item after the other. Default: daemon threads named {@code sdk-core-images-n}, which end with the batch. One that drops
     * tasks without a word keeps those waiting who {@linkplain ImageBatch#start start} a batch and await it.
     *
     * @param executor stays open
     * @return this builder
     */
    @CanIgnoreReturnValue
    public ImageBatchBuilder executor(Executor executor) {
        this.executor = requireNonNull(executor, "executor");
        return this;
    }

    /**
     * Builds it. No thread is started.
     *
     * @return a batch that does not see later changes to this builder
     */
    public ImageBatch build() {
        return new ImageBatch(this);
    }
}
