package dev.pictor;

import dev.pictor.gateway.Gateway;
import dev.pictor.generation.ImageGenerator;
import dev.pictor.intent.IntentAnalyzer;
import dev.pictor.model.ImageModelAdapter;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.replay.RunReplay;
import org.jspecify.annotations.Nullable;

/**
 * Pictor, wired: the doors to its pipelines, and what pipelines of your own need. Make one for a whole program and close
 * it at the end. Thread-safe.
 *
 * {@snippet class="dev.pictor.generation.GenerationSnippets" region="generate"}
 */
public final class Pictor implements AutoCloseable {

    private final PipelineRunner runner;
    private final Gateway gateway;
    private final ImageGenerator images;
    private final IntentAnalyzer analyzer;
    private final @Nullable RunReplay replay;
    private final Runnable onClose;

    Pictor(
            PipelineRunner runner,
            Gateway gateway,
            ImageGenerator images,
            IntentAnalyzer analyzer,
            @Nullable RunReplay replay,
            Runnable onClose) {
        this.runner = runner;
        this.gateway = gateway;
        this.images = images;
        this.analyzer = analyzer;
        this.replay = replay;
        this.onClose = onClose;
    }

    /**
     * Returns a builder.
     *
     * @param imageModel draws
     * @return a new builder
     */
    public static PictorBuilder builder(ImageModelAdapter imageModel) {
        return new PictorBuilder(imageModel);
    }

    /**
     * Returns the door to Generation.
     *
     * @return draws pictures from wishes in plain words
     */
    public ImageGenerator images() {
        return images;
    }

    /**
     * Returns the runner, for pipelines of your own.
     *
     * @return runs them with this program's trace, journal, deadline and threads
     */
    public PipelineRunner runner() {
        return runner;
    }

    /**
     * Returns the gateway, for stages of your own.
     *
     * @return the one road to the models
     */
    public Gateway gateway() {
        return gateway;
    }

    /**
     * Returns replay, for past runs of pipelines of your own.
     *
     * @return runs them again, from their record or with something changed
     * @throws IllegalStateException if the builder was given no store of past runs
     */
    public RunReplay replay() {
        if (replay == null) {
            throw new IllegalStateException(
                    "there is no store of past runs: give the builder one, such as a DirectoryRunStore");
        }
        return replay;
    }

    /**
     * Forgets what models made of wishes, of all users, so that the next wishes are read anew. Part of erasing a user, of whom
     * it would be kept in memory for {@link dev.pictor.intent.IntentSettings#cachedFor()}; a run that is under way may keep one
     * more.
     */
    public void forgetAnalyses() {
        analyzer.forget();
    }

    /** Stops runs under way and lets go of Pictor's own threads. What was given to the builder stays open. */
    @Override
    public void close() {
        runner.close();
        gateway.close();
        onClose.run();
    }
}
