package dev.pictor.image.batch;

import dev.pictor.image.ImageBytes;
import dev.pictor.image.ImagePreset;
import dev.pictor.image.Imaging;
import dev.pictor.image.Rendition;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Works on many pictures, a bounded number at a time. Immutable and thread-safe; one may run several batches at once,
 * which share its {@link PixelBudget}.
 *
 * <p>Items are suppliers, such as {@code () -> ImageBytes.read(file)}, and each is asked on the thread that is about to
 * work on it; so no more encoded pictures are held than are at work. What the work returns is held until the end: for
 * thousands of pictures let it write to a file and return its name. The budget counts pixels only, and an item's from when
 * it was loaded: up to {@code concurrency} encoded pictures are held beside it, also of items that wait for their share.
 *
 * <p>An item that fails does not stop the others: the outcome of each stands at its place in the list that comes back. An
 * {@link Error} does stop them, and is thrown on the waiting thread.
 */
public final class ImageBatch {

    private final Imaging imaging;
    private final int concurrency;
    private final PixelBudget budget;
    private final BatchListener listener;
    private final @Nullable Executor executor;
    private final AtomicInteger lastThread = new AtomicInteger();

    ImageBatch(ImageBatchBuilder builder) {
        this.imaging = builder.imaging;
        this.concurrency = builder.concurrency;
        this.budget = builder.budget;
        this.listener = builder.listener;
        this.executor = builder.executor;
    }

    /**
     * Returns a builder.
     *
     * @param imaging decodes, resizes and encodes
     * @return a new builder
     */
    public static ImageBatchBuilder builder(Imaging imaging) {
        return new ImageBatchBuilder(imaging);
    }

    /**
     * Makes renditions of many pictures, and waits. See {@link #run}.
     *
     * @param items the pictures, loaded one by one
     * @param presets what to make of each
     * @return for each picture its renditions in the order of the presets, or what went wrong; in the order of the items
     */
    public List<BatchOutcome<List<Rendition>>> render(
            List<? extends Supplier<ImageBytes>> items, List<ImagePreset> presets) {
        return run(items, rendering(presets));
    }

    /**
     * Works on many pictures, and waits. This thread is one of those that work, so with a concurrency of 1 there is no
     * other, and the batch comes to its end even if the executor is busy for ever.
     *
     * <p>An interrupt of this thread cancels the batch: it is waited for those at work, which are interrupted too, then
     * the outcomes are returned with this thread's interrupt flag set. Nothing works on after the return. Where something
     * else ends the batch early, an {@link Error} or an executor that stops its threads, this thread is not interrupted and
     * brings its item to the end.
     *
     * @param <T> what the work makes of an item
     * @param items the pictures, loaded one by one
     * @param work what to do with each, with its pixels counted in the budget; thread-safe
     * @return an outcome for each item, in the order of the items
     * @throws RejectedExecutionException if the executor takes no tasks; the batch is cancelled and over then
     * @throws Error if the work or the listener threw it, which stopped the batch
     * @throws UndeclaredThrowableException if they threw something that is neither an exception nor an error
     */
    public <T> List<BatchOutcome<T>> run(List<? extends Supplier<ImageBytes>> items, Function<ImageBytes, T> work) {
        BatchRun<T> run = new BatchRun<>(items, work, budget, listener);
        run.spare(Thread.currentThread());
        try {
            startWorkers(run, Math.min(concurrency, items.size()) - 1);
            run.work();
        } finally {
            run.awaitThoughInterrupted();
        }
        return run.outcomes();
    }

    /**
     * Starts to make renditions of many pictures. See {@link #start(List, Function)}.
     *
     * @param items the pictures, loaded one by one
     * @param presets what to make of each
     * @return the batch, to wait for or to cancel
     */
    public BatchHandle<List<Rendition>> start(List<? extends Supplier<ImageBytes>> items, List<ImagePreset> presets) {
        return start(items, rendering(presets));
    }

    /**
     * Starts to work on many pictures, on the executor's threads or the batch's own. Those of an executor are interrupted by
     * {@link BatchHandle#cancel} while they are in an item, and get their flag back cleared: an interrupt by somebody else
     * between the two is taken for the batch's.
     *
     * @param <T> what the work makes of an item
     * @param items the pictures, loaded one by one
     * @param work what to do with each, with its pixels counted in the budget; thread-safe
     * @return the batch, to wait for or to cancel
     * @throws RejectedExecutionException if the executor takes no tasks; the batch is cancelled then
     */
    public <T> BatchHandle<T> start(List<? extends Supplier<ImageBytes>> items, Function<ImageBytes, T> work) {
        BatchRun<T> run = new BatchRun<>(items, work, budget, listener);
        startWorkers(run, Math.min(concurrency, items.size()));
        return new BatchHandle<>(run);
    }

    private Function<ImageBytes, List<Rendition>> rendering(List<ImagePreset> presets) {
        List<ImagePreset> copy = List.copyOf(presets);
        return image -> imaging.render(image, copy);
    }

    private void startWorkers(BatchRun<?> run, int count) {
        try {
            for (int i = 0; i < count; i++) {
                if (executor == null) {
                    startThread(run);
                } else {
                    executor.execute(run::work);
                }
            }
        } catch (RuntimeException | Error e) { // a rejection, or no more threads
            run.cancel();
            throw e;
        }
    }

    /** Platform threads, which end with the batch: the work is computing, from which virtual threads gain nothing. */
    private void startThread(BatchRun<?> run) {
        Thread thread = new Thread(run::work, "sdk-core-images-" + lastThread.incrementAndGet());
        thread.setDaemon(true);
        thread.start();
    }
}
