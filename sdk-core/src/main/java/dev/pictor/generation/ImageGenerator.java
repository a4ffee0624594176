package dev.pictor.generation;

import static java.util.Objects.requireNonNull;

import dev.pictor.feedback.PreferenceStore;
import dev.pictor.feedback.QualityPredictor;
import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.cache.CacheMode;
import dev.pictor.intent.IntentAnalyzer;
import dev.pictor.intent.IntentOutcome;
import dev.pictor.pipeline.Pipeline;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.RunHandle;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.prompts.PromptRegistry;
import dev.pictor.replay.RunChanges;
import dev.pictor.replay.RunReplay;
import dev.pictor.trace.RunId;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The door to Generation: understands a wish, writes the prompt, draws and checks. Thread-safe.
 *
 * {@snippet class="dev.pictor.generation.GenerationSnippets" region="generate"}
 */
public final class ImageGenerator {

    private static final int MAX_ANSWERS = 10;
    private static final int MAX_ANSWER_CHARS = 500;

    private final PipelineRunner runner;
    private final Pipeline<GenerationRequest, GeneratedImages> pipeline;
    private final @Nullable RunReplay replay;

    /**
     * Creates the door. Programs get it from {@code Pictor.images()}.
     *
     * @param runner runs the pipeline
     * @param gateway calls the models
     * @param prompts holds the prompts {@code generation/enhance}, with a variant for each {@link
     *     dev.pictor.intent.Domain}, and {@code generation/elaborate}
     * @param analyzer finds out what a wish asks for
     * @param preferences what users care about
     * @param predictor what was learned of which pictures please; asked before each picture
     */
    public ImageGenerator(
            PipelineRunner runner,
            Gateway gateway,
            PromptRegistry prompts,
            IntentAnalyzer analyzer,
            PreferenceStore preferences,
            Supplier<QualityPredictor> predictor) {
        this(runner, GenerationStages.pipeline(gateway, prompts, analyzer, preferences, predictor), null);
    }

    ImageGenerator(
            PipelineRunner runner, Pipeline<GenerationRequest, GeneratedImages> pipeline, @Nullable RunReplay replay) {
        this.runner = requireNonNull(runner, "runner");
        this.pipeline = pipeline;
        this.replay = replay;
    }

    /**
     * Returns this door with past runs behind it, for {@link #replay(RunId)} and {@link #fork(RunId, RunChanges)}.
     *
     * @param replay runs past runs again
     * @return a door to the same pipeline
     */
    public ImageGenerator with(RunReplay replay) {
        return new ImageGenerator(runner, pipeline, requireNonNull(replay, "replay"));
    }

    /**
     * Returns the pipeline behind this door, for drawing it or for use as a stage.
     *
     * @return the stages understand, clarify, enhance, generate and check
     */
    public Pipeline<GenerationRequest, GeneratedImages> pipeline() {
        return pipeline;
    }

    /**
     * Draws one picture, on the caller's thread.
     *
     * @param prompt what is wished for, in plain words, 1 to 4,000 characters, not blank
     * @return the picture
     * @throws IllegalArgumentException if the prompt is blank or too long
     * @throws dev.pictor.error.PictorException as {@link #generate(GenerationRequest, RunOptions)} says
     */
    public GeneratedImages generate(String prompt) {
        return generate(GenerationRequest.builder(prompt).build());
    }

    /**
     * Draws, on the caller's thread, with default options.
     *
     * @param request what is wished for
     * @return the pictures
     * @throws dev.pictor.error.PictorException as {@link #generate(GenerationRequest, RunOptions)} says
     */
    public GeneratedImages generate(GenerationRequest request) {
        return generate(request, RunOptions.ofDefaults());
    }

    /**
     * Draws, on the caller's thread. Interrupting the thread cancels the run.
     *
     * @param request what is wished for
     * @param options whom it is for and how long it may take
     * @return the pictures
     * @throws dev.pictor.model.ModelException if the image model gave no usable answer; its reason says why
     * @throws QualityException if the request has its pictures judged and none was good enough; it has them and their cost
     * @throws dev.pictor.gateway.budget.BudgetExceededException if it may cost more than a budget has left
     * @throws dev.pictor.gateway.budget.UnknownPriceException if there is a budget and nobody knows what it may cost
     * @throws dev.pictor.gateway.resilience.GatewayRefusedException if no model may be asked now
     * @throws dev.pictor.pipeline.RunLimitException if the user or tenant may not start another run now
     * @throws dev.pictor.pipeline.DeadlineExceededException if it took longer than its deadline
     * @throws dev.pictor.pipeline.RunCancelledException if it was cancelled
     * @throws dev.pictor.pipeline.StageException if something else went wrong, such as a missing prompt
     */
    public GeneratedImages generate(GenerationRequest request, RunOptions options) {
        return runner.run(pipeline, request, options).value();
    }

    /**
     * Draws, on a thread of the executor.
     *
     * @param request what is wished for
     * @param options whom it is for and how long it may take
     * @return the run under way
     */
    public RunHandle<GeneratedImages> generateAsync(GenerationRequest request, RunOptions options) {
        return runner.runAsync(pipeline, request, options);
    }

    /**
     * Begins a run that may ask its user back: where the wish is not clear, the run waits, with status {@link
     * dev.pictor.trace.RunStatus#WAITING}, and is kept in the journal, without which it could not go on.
     *
     * @param request what is wished for
     * @param options whom it is for and how long it may take
     * @return pictures, a suggestion or questions
     * @throws IllegalStateException if there is no journal; nothing is done then
     * @throws dev.pictor.error.PictorException as {@link #generate(GenerationRequest, RunOptions)} says
     */
    public GenerationOutcome start(GenerationRequest request, RunOptions options) {
        if (!runner.isJournaled()) {
            throw new IllegalStateException(
                    "a run that may wait for its user is kept in a journal: give the builder a store or a journal");
        }
        try {
            return new GenerationOutcome.Generated(runner.run(pipeline, request, talking(options, Conversation.OPEN))
                    .value());
        } catch (ClarificationNeededException e) {
            return waiting(e);
        }
    }

    /**
     * Answers what a run waits for. The answers are added to the wish, and the same run goes on with that. It is not asked back again.
     *
     * @param runId the run that waits
     * @param answers one to ten, each 1 to 500 characters: choices of its questions or other words
     * @param options how long it may take
     * @return the pictures
     * @throws IllegalArgumentException if there are none or too many answers, or one is blank or too long
     * @throws dev.pictor.trace.StoredRunException if the run cannot be resumed; the reason says why
     * @throws dev.pictor.error.PictorException as {@link #generate(GenerationRequest, RunOptions)} says
     */
    public GeneratedImages answer(RunId runId, List<String> answers, RunOptions options) {
        if (answers.isEmpty() || answers.size() > MAX_ANSWERS) {
            throw new IllegalArgumentException("answers must be 1 to " + MAX_ANSWERS + ", were " + answers.size());
        }
        answers.forEach(answer -> {
            if (answer.isBlank() || answer.length() > MAX_ANSWER_CHARS) {
                throw new IllegalArgumentException("an answer must have 1 to " + MAX_ANSWER_CHARS
                        + " characters and not be blank, had " + answer.length());
            }
        });
        return runner.resume(pipeline, runId, talking(options, Conversation.answered(answers)))
                .value();
    }

    /**
     * Goes on with a run that waits, as it was understood.
     *
     * @param runId the run that waits
     * @param options how long it may take
     * @return the pictures
     * @throws dev.pictor.trace.StoredRunException if the run cannot be resumed; the reason says why
     * @throws dev.pictor.error.PictorException as {@link #generate(GenerationRequest, RunOptions)} says
     */
    public GeneratedImages proceed(RunId runId, RunOptions options) {
        return runner.resume(pipeline, runId, talking(options, Conversation.answered(List.of())))
                .value();
    }

    /**
     * Goes on with a run that waits after a time, unless its user says something before. The time is counted by this process:
     * where it ends or Pictor is closed before, the run waits on, and {@link #proceed} or {@link #answer} takes it up.
     *
     * @param suggested what the user was told
     * @param after how long the user has to object, at most 1 day
     * @param options how long the rest of the run may take
     * @return the suggestion, to be agreed to, answered or called off
     * @throws IllegalArgumentException if {@code after} is below 0 or above 1 day
     */
    public PendingSuggestion proceedAfter(GenerationOutcome.Suggested suggested, Duration after, RunOptions options) {
        return PendingSuggestion.open(
                runner.time(),
                runner.executor(),
                after,
                answers -> answers.isEmpty()
                        ? proceed(suggested.runId(), options)
                        : answer(suggested.runId(), answers, options));
    }

    private static RunOptions talking(RunOptions options, Conversation conversation) {
        return RunOptions.builder().from(options).addExtensions(conversation).build();
    }

    private static GenerationOutcome waiting(ClarificationNeededException waiting) {
        RunId runId = new RunId(waiting.runId().orElseThrow());
        if (waiting.outcome() instanceof IntentOutcome.Clarify clarify) {
            return new GenerationOutcome.Unclear(runId, clarify.intent(), clarify.questions());
        }
        if (waiting.outcome() instanceof IntentOutcome.Suggest suggest) {
            return new GenerationOutcome.Suggested(runId, suggest.intent(), suggest.message());
        }
        throw new IllegalStateException("a run waits though all is clear");
    }

    /**
     * Draws many requests, a few at once, each in a run of its own. What one of them meets is in its line and stops no other,
     * unless {@link GenerationBatchOptions#stopOnFailure()} is set. Works on threads of its own, which end with it, and waits
     * for them. Interrupting the waiting thread stops what is under way; the lines of the rest say so, and the flag stays set.
     *
     * @param requests what is wished for
     * @param options how many at once, at what cost, and who hears of progress
     * @return one line for each request, in their order
     */
    public GenerationBatch generateAll(List<GenerationRequest> requests, GenerationBatchOptions options) {
        return new BatchRun(requests, options, request -> runner.run(pipeline, request, options.run())).run();
    }

    /**
     * Draws one request with several models, a few at once, and puts them side by side. Each model alone may draw its line: no
     * other takes over where it fails. Each draws anew: what a cache gives costs nothing and takes no time. What it costs is
     * the sum over the models.
     *
     * @param request what is wished for; its own {@link GenerationRequest#model()} and {@link
     *     GenerationRequest#cacheMode()} do not count
     * @param models ids or aliases, at least one, each once
     * @param options how many at once, at what cost, and who hears of progress
     * @return one line for each model, in their order
     * @throws IllegalArgumentException if there is no model or one is named twice
     */
    public ModelComparison compareModels(
            GenerationRequest request, List<String> models, GenerationBatchOptions options) {
        if (models.isEmpty() || new HashSet<>(models).size() < models.size()) {
            throw new IllegalArgumentException("there must be at least one model and each once, were " + models);
        }
        List<GenerationRequest> requests = models.stream()
                .map(model -> GenerationRequest.builder(request.prompt())
                        .from(request)
                        .model(model)
                        .cacheMode(CacheMode.BYPASS)
                        .build())
                .toList();
        GenerationBatch batch = generateAll(requests, options);
        boolean isJudged =
                batch.images().stream().noneMatch(images -> images.judgements().isEmpty());
        return ModelComparison.of(batch, isJudged ? ImageGenerator::judged : ImageGenerator::expected);
    }

    private static OptionalDouble judged(GeneratedImages images) {
        return images.judgements().stream().mapToDouble(PictureJudgement::score).max();
    }

    private static OptionalDouble expected(GeneratedImages images) {
        return images.estimate().stream().mapToDouble(QualityEstimate::score).findFirst();
    }

    /**
     * Takes up a run whose process ended or that failed, after its last finished stage.
     *
     * @param runId the run
     * @param options how long it may take
     * @return the pictures, as if nothing had happened
     * @throws dev.pictor.trace.StoredRunException if the run cannot be resumed; the reason says why
     * @throws dev.pictor.error.PictorException as {@link #generate(GenerationRequest, RunOptions)} says
     */
    public GeneratedImages resume(RunId runId, RunOptions options) {
        return runner.resume(pipeline, runId, options).value();
    }

    /**
     * Replays a run from its record: no model is called, and the pictures are those of then. See {@link RunReplay#replay}.
     *
     * @param runId the run
     * @return the pictures, of a new run
     * @throws dev.pictor.trace.StoredRunException if the record is of no use for it; the reason says why
     * @throws dev.pictor.replay.UnmatchedCallException if the run asks for something that was not recorded, as when a
     *     prompt was changed since
     * @throws IllegalStateException if there is no store of past runs
     * @throws dev.pictor.error.PictorException what the run failed with then
     */
    public GeneratedImages replay(RunId runId) {
        return past().replay(pipeline, runId).value();
    }

    /**
     * Forks a run: what the changes touch is done anew, the rest is taken over. See {@link RunReplay#fork}.
     *
     * @param runId the run
     * @param changes what to do otherwise
     * @return the pictures, of a new run
     * @throws dev.pictor.trace.StoredRunException if something that is to be taken over is missing or was redacted
     * @throws IllegalArgumentException if a change names a stage or prompt that the run does not have
     * @throws IllegalStateException if there is no store of past runs
     * @throws dev.pictor.error.PictorException as {@link #generate(GenerationRequest, RunOptions)} says
     */
    public GeneratedImages fork(RunId runId, RunChanges changes) {
        return past().fork(pipeline, runId, changes).value();
    }

    private RunReplay past() {
        if (replay == null) {
            throw new IllegalStateException(
                    "there is no store of past runs: give the builder one, such as a DirectoryRunStore");
        }
        return replay;
    }
}
