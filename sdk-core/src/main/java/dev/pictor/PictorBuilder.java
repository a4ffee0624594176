package dev.pictor;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.feedback.PreferenceStore;
import dev.pictor.feedback.QualityPredictor;
import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.GatewayBuilder;
import dev.pictor.generation.ImageGenerator;
import dev.pictor.intent.IntentAnalyzer;
import dev.pictor.intent.IntentSettings;
import dev.pictor.intent.Lexicon;
import dev.pictor.model.BackgroundRemover;
import dev.pictor.model.EmbeddingModelAdapter;
import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ReasoningModelAdapter;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.PipelineRunnerBuilder;
import dev.pictor.pipeline.RunLimiter;
import dev.pictor.prompts.PromptRegistry;
import dev.pictor.replay.RunReplay;
import dev.pictor.time.TimeSource;
import dev.pictor.trace.ArtifactStore;
import dev.pictor.trace.ContentLevel;
import dev.pictor.trace.Redaction;
import dev.pictor.trace.RunJournal;
import dev.pictor.trace.RunStore;
import dev.pictor.trace.Sampling;
import dev.pictor.trace.TraceSink;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Wires {@link Pictor}. The defaults are safe and free: no key is read, no file is written, no thread is started. Not
 * thread-safe.
 */
public final class PictorBuilder {

    private static final QualityPredictor NOTHING_LEARNED = QualityPredictor.train(List.of());

    private final GatewayBuilder gateway;
    private final PipelineRunnerBuilder runner = PipelineRunner.builder();
    private PreferenceStore preferences = PreferenceStore.none();
    private Supplier<QualityPredictor> predictor = () -> NOTHING_LEARNED;
    private IntentSettings intent = IntentSettings.ofDefaults();
    private Lexicon lexicon = Lexicon.bundled();
    private PromptRegistry prompts = PromptRegistry.builtIn();
    private @Nullable TimeSource time;
    private @Nullable RunStore runs;
    private RunJournal journal = RunJournal.none();
    private ArtifactStore artifacts = ArtifactStore.none();

    PictorBuilder(ImageModelAdapter imageModel) {
        this.gateway = Gateway.builder(imageModel);
    }

    /**
     * Adds a model that draws when those before it fail. Default: none.
     *
     * @param imageModel the model; the caller closes it
     * @return this builder
     */
    @CanIgnoreReturnValue
    public PictorBuilder fallback(ImageModelAdapter imageModel) {
        gateway.addImageModel(imageModel);
        return this;
    }

    /**
     * Sets up the road to the models: routing, retries, breakers, budgets, caches and checks. Default: the defaults of
     * {@link GatewayBuilder}.
     *
     * @param settings is given the gateway's builder, at once
     * @return this builder
     */
    @CanIgnoreReturnValue
    public PictorBuilder gateway(Consumer<GatewayBuilder> settings) {
        settings.accept(gateway);
        return this;
    }

    /**
     * Sets where runs and the gateway take their time from. Default: the machine's time.
     *
     * @param time tells and measures time; the caller closes it
     * @return this builder
     */
    @CanIgnoreReturnValue
    public PictorBuilder time(TimeSource time) {
        this.time = requireNonNull(time, "time");
        return this;
    }

    /**
     * Sets the model that reads wishes whose words are not sure. Default: none; wishes are then read by their words, and results
     * say so.
     *
     * @param reasoningModel the model; the caller closes it
     * @return this builder
     */
    @CanIgnoreReturnValue
    public PictorBuilder reasoningModel(ReasoningModelAdapter reasoningModel) {
        gateway.reasoningModel(reasoningModel);
        return this;
    }

    /**
     * Sets the model that embeds texts. Default: none.
     *
     * @param embeddingModel the model; the caller closes it
     * @return this builder
     */
    @CanIgnoreReturnValue
    public PictorBuilder embeddingModel(EmbeddingModelAdapter embeddingModel) {
        gateway.embeddingModel(embeddingModel);
        return this;
    }

    /**
     * Adds a service that removes backgrounds when those before it fail. Default: none.
     *
     * @param remover the service; the caller closes it
     * @return this builder
     */
    @CanIgnoreReturnValue
    public PictorBuilder backgroundRemover(BackgroundRemover remover) {
        gateway.addBackgroundRemover(remover);
        return this;
    }

    /**
     * Sets where prompts come from. Default: {@link PromptRegistry#builtIn()}. To replace some of them, put a directory
     * before the built-in ones with {@link PromptRegistry#of}; {@link PromptRegistry#builder} adds tenants' overrides and
     * a switch for experiments.
     *
     * @param prompts finds prompts by name
     * @return this builder
     */
    @CanIgnoreReturnValue
    public PictorBuilder prompts(PromptRegistry prompts) {
        this.prompts = requireNonNull(prompts, "prompts");
        return this;
    }

    /**
     * Sets when words are enough to tell what a wish asks for, and when a model or the user is asked. Default: {@link
     * IntentSettings#ofDefaults()}.
     *
     * @param intent the settings
     * @return this builder
     */
    @CanIgnoreReturnValue
    public PictorBuilder intent(IntentSettings intent) {
        this.intent = requireNonNull(intent, "intent");
        return this;
    }

    /**
     * Sets the words and weights that wishes are read by. Default: {@link Lexicon#bundled()}.
     *
     * @param lexicon the lexicon, such as one that was trained on wishes of your own
     * @return this builder
     */
    @CanIgnoreReturnValue
    public PictorBuilder lexicon(Lexicon lexicon) {
        this.lexicon = requireNonNull(lexicon, "lexicon");
        return this;
    }

    /**
     * Sets what is known of users' preferences: routing rules may go by what users care about, and what they mostly wish for
     * stands in where a wish tells nothing. Default: nothing.
     *
     * @param preferences has them; the caller closes it, if there is something to close
     * @return this builder
     */
    @CanIgnoreReturnValue
    public PictorBuilder preferences(PreferenceStore preferences) {
        this.preferences = requireNonNull(preferences, "preferences");
        return this;
    }

    /**
     * Sets what was learned of which pictures please. It is asked before each picture, so it may give a newer one each week;
     * the estimate in results goes by it where it is surely better than saying the same every time. Default: nothing is known,
     * and estimates go by the profiles of models.
     *
     * @param predictor gives the predictor, at once
     * @return this builder
     */
    @CanIgnoreReturnValue
    public PictorBuilder predictor(Supplier<QualityPredictor> predictor) {
        this.predictor = requireNonNull(predictor, "predictor");
        return this;
    }

    /**
     * Sets one store for trace, journal and pictures, such as a
     * {@link dev.pictor.trace.DirectoryRunStore DirectoryRunStore}. Runs can then be looked at, resumed and replayed. Default:
     * nothing is kept.
     *
     * @param store keeps everything; the caller closes it
     * @param <S> a store that does all three
     * @return this builder
     */
    @CanIgnoreReturnValue
    public <S extends TraceSink & RunJournal & ArtifactStore> PictorBuilder store(S store) {
        if (store instanceof RunStore readable) {
            runs = readable;
        }
        return traceSink(store).journal(store).artifacts(store);
    }

    /**
     * Sets where past runs are read from, to be replayed and forked. Default: the {@linkplain #store store} if it can be
     * read, which those that come with Pictor can; else nowhere.
     *
     * @param runs has the traces of past runs; the caller closes it
     * @return this builder
     */
    @CanIgnoreReturnValue
    public PictorBuilder runs(RunStore runs) {
        this.runs = requireNonNull(runs, "runs");
        return this;
    }

    /**
     * Sets where the events of runs go. Default: {@link TraceSink#none()}.
     *
     * @param traceSink takes the events; the caller closes it
     * @return this builder
     */
    @CanIgnoreReturnValue
    public PictorBuilder traceSink(TraceSink traceSink) {
        runner.traceSink(traceSink);
        return this;
    }

    /**
     * Sets what runs can be resumed from. Default: {@link RunJournal#none()}.
     *
     * @param journal keeps the outputs of finished stages; the caller closes it
     * @return this builder
     */
    @CanIgnoreReturnValue
    public PictorBuilder journal(RunJournal journal) {
        runner.journal(journal);
        this.journal = journal;
        return this;
    }

    /**
     * Sets where pictures are kept for trace and journal. Default: {@link ArtifactStore#none()}.
     *
     * @param artifacts keeps bytes by their SHA-256; the caller closes it
     * @return this builder
     */
    @CanIgnoreReturnValue
    public PictorBuilder artifacts(ArtifactStore artifacts) {
        runner.artifacts(artifacts);
        this.artifacts = artifacts;
        return this;
    }

    /**
     * Sets how much content is in the traces of runs that do not say so. Default: {@link ContentLevel#FULL}.
     *
     * @param content the level
     * @return this builder
     */
    @CanIgnoreReturnValue
    public PictorBuilder content(ContentLevel content) {
        runner.content(content);
        return this;
    }

    /**
     * Sets what is left out of traces, and what makes a journal withhold a value. Default:
     * {@link Redaction#ofDefaults()}.
     *
     * @param redaction the rules, values and redactor
     * @return this builder
     */
    @CanIgnoreReturnValue
    public PictorBuilder redaction(Redaction redaction) {
        runner.redaction(redaction);
        return this;
    }

    /**
     * Sets of which runs everything is kept in the trace. Default: {@link Sampling#all()}.
     *
     * @param sampling which are kept, and by what they are judged at their end
     * @return this builder
     */
    @CanIgnoreReturnValue
    public PictorBuilder sampling(Sampling sampling) {
        runner.sampling(sampling);
        return this;
    }

    /**
     * Sets where the program runs, for the traces. Default: none.
     *
     * @param environment such as {@code production} or {@code staging}, not empty
     * @return this builder
     * @throws IllegalArgumentException if {@code environment} is empty
     */
    @CanIgnoreReturnValue
    public PictorBuilder environment(String environment) {
        runner.environment(environment);
        return this;
    }

    /**
     * Sets the threads for asynchronous runs and for stages that run side by side. Default: threads of Pictor's own,
     * started on first use: virtual ones where the JVM has them (21+), else at most 64 daemons.
     *
     * @param executor runs tasks that may block; the caller shuts it down
     * @return this builder
     */
    @CanIgnoreReturnValue
    public PictorBuilder executor(Executor executor) {
        runner.executor(executor);
        return this;
    }

    /**
     * Bounds a whole run: every stage, every call and the waits between them. Default: 5 minutes.
     *
     * @param deadline time from the start of a run, 1 ms to 1 day
     * @return this builder
     * @throws IllegalArgumentException if {@code deadline} is out of range
     */
    @CanIgnoreReturnValue
    public PictorBuilder deadline(Duration deadline) {
        runner.deadline(deadline);
        return this;
    }

    /**
     * Sets how often runs may start for each user and tenant, such as by a {@code MemoryRunLimiter}. Default: no limit.
     *
     * @param limiter is asked before each run; the caller closes it, if there is something to close
     * @return this builder
     */
    @CanIgnoreReturnValue
    public PictorBuilder limiter(RunLimiter limiter) {
        runner.limiter(limiter);
        return this;
    }

    /**
     * Wires it all. Does no I/O and starts no thread.
     *
     * @return Pictor; close it at the end of the program
     */
    public Pictor build() {
        TimeSource own = time == null ? TimeSource.system() : time;
        PipelineRunner built = runner.time(own).build();
        Gateway road = gateway.time(own).build();
        Runnable onClose = time == null ? own::close : () -> {};
        IntentAnalyzer analyzer = new IntentAnalyzer(lexicon, road, prompts, intent);
        ImageGenerator images = new ImageGenerator(built, road, prompts, analyzer, preferences, predictor);
        if (runs == null) {
            return new Pictor(built, road, images, analyzer, null, onClose);
        }
        RunReplay replay = RunReplay.of(built, runs, journal, artifacts);
        return new Pictor(built, road, images.with(replay), analyzer, replay, onClose);
    }
}
