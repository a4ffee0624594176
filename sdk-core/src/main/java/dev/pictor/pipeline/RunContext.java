package dev.pictor.pipeline;

import static dev.pictor.trace.TraceAttributes.ARTIFACT_ROLE;
import static dev.pictor.trace.TraceAttributes.DECISION_CHOSEN;
import static dev.pictor.trace.TraceAttributes.DECISION_KIND;
import static dev.pictor.trace.TraceAttributes.EVALUATION_EXPLANATION;
import static dev.pictor.trace.TraceAttributes.EVALUATION_LABEL;
import static dev.pictor.trace.TraceAttributes.EVALUATION_NAME;
import static dev.pictor.trace.TraceAttributes.EVALUATION_SCORE;
import static dev.pictor.trace.TraceAttributes.EVALUATOR_KIND;
import static dev.pictor.trace.TraceAttributes.EVALUATOR_VERSION;
import static dev.pictor.trace.TraceAttributes.EXPERIMENT_ARM;
import static dev.pictor.trace.TraceAttributes.EXPERIMENT_BUCKET;
import static dev.pictor.trace.TraceAttributes.EXPERIMENT_ID;
import static dev.pictor.trace.TraceAttributes.PROMPT_NAME;
import static dev.pictor.trace.TraceAttributes.PROMPT_ORIGIN;
import static dev.pictor.trace.TraceAttributes.PROMPT_RENDERED_SHA256;
import static dev.pictor.trace.TraceAttributes.PROMPT_RULE;
import static dev.pictor.trace.TraceAttributes.PROMPT_SHA256;
import static dev.pictor.trace.TraceAttributes.PROMPT_VARIANT;
import static dev.pictor.trace.TraceAttributes.PROMPT_VERSION;

import dev.pictor.image.ImageBytes;
import dev.pictor.model.CallContext;
import dev.pictor.model.MessagePart;
import dev.pictor.prompts.Exposure;
import dev.pictor.prompts.Prompt;
import dev.pictor.prompts.PromptRegistry;
import dev.pictor.prompts.PromptSelection;
import dev.pictor.prompts.RenderedPrompt;
import dev.pictor.prompts.SelectedPrompt;
import dev.pictor.time.TimeSource;
import dev.pictor.trace.ArtifactRef;
import dev.pictor.trace.ContentLevel;
import dev.pictor.trace.Decision;
import dev.pictor.trace.Evaluation;
import dev.pictor.trace.Evaluator;
import dev.pictor.trace.RunId;
import dev.pictor.trace.TraceEvent;
import dev.pictor.trace.TraceFields;
import dev.pictor.trace.TraceSpan;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The run as one stage sees it: who it is for, how long it may take, and where to note what happens. Thread-safe.
 */
public final class RunContext implements CallContext {

    /** The kind of the decision that {@link #goesBy} makes. */
    public static final String OUTSIDE = "outside";

    /** The rules of {@code dev.pictor.prompts}, and their version. */
    private static final String PROMPT_POLICY = "pin > override > experiment > label > default/1";

    private final RunState run;
    private final String stage;
    private final TraceSpan span;
    private final Cancellation cancellation;

    RunContext(RunState run, String stage, TraceSpan span, Cancellation cancellation) {
        this.run = run;
        this.stage = stage;
        this.span = span;
        this.cancellation = cancellation;
    }

    /**
     * Returns the run.
     *
     * @return its id
     */
    public RunId runId() {
        return run.runId;
    }

    /**
     * Returns the stage.
     *
     * @return its path, such as {@code generate}
     */
    public String stage() {
        return stage;
    }

    /**
     * Returns the tenant the run is for.
     *
     * @return the tenant's id, or empty
     */
    public Optional<String> tenant() {
        return run.options.tenant();
    }

    /**
     * Returns the user the run is for.
     *
     * @return the user's id, or empty
     */
    public Optional<String> user() {
        return run.options.user();
    }

    /**
     * Returns the labels of the run.
     *
     * @return names and values, of those who started it or took it up again
     */
    public Map<String, String> labels() {
        return run.options.labels();
    }

    /**
     * Returns what the run carries of a kind.
     *
     * @param kind an interface of the part of the program that asks
     * @param <E> the same
     * @return the first that is of that kind, or empty
     */
    public <E extends RunExtension> Optional<E> extension(Class<E> kind) {
        for (RunExtension extension : run.options.extensions()) {
            if (kind.isInstance(extension)) {
                return Optional.of(kind.cast(extension));
            }
        }
        return Optional.empty();
    }

    @Override
    public Duration timeLeft() {
        return run.timeLeft();
    }

    @Override
    public boolean isCancelled() {
        return cancellation.isCancelled();
    }

    @Override
    public Registration onCancel(Runnable hook) {
        return cancellation.onCancel(hook);
    }

    /**
     * Opens a scope inside the stage, for work with a limit of its own.
     *
     * @param limit how long the work may take, at most 1 day; it ends with the stage in any case
     * @return a new scope, to be closed by the caller
     * @throws IllegalArgumentException if {@code limit} is more than that
     */
    public CallScope within(Duration limit) {
        return CallScope.inside(cancellation, run.time, limit, run::timeLeft);
    }

    /**
     * Returns this stage for work of which no more content is recorded than some.
     *
     * @param most the most that is recorded; a higher level than the run's changes nothing
     * @return the same stage, with that level
     */
    public RunContext atMost(ContentLevel most) {
        TraceSpan lower = span.atMost(most);
        return lower == span ? this : new RunContext(run, stage, lower, cancellation);
    }

    /**
     * Returns where the run takes its time from.
     *
     * @return the runner's time
     */
    public TimeSource time() {
        return run.time;
    }

    /**
     * Returns the threads of the run, for work beside the stage's own thread.
     *
     * @return the runner's executor
     */
    public Executor executor() {
        return run.executor;
    }

    /**
     * Returns the stage's stretch of the trace, for noting what has no method here.
     *
     * @return the span
     */
    public TraceSpan span() {
        return span;
    }

    /**
     * Finds a prompt for this run and fills in its variables. The choice and the text are noted, and with them that the
     * user takes part in an experiment.
     *
     * @param prompts finds prompts by name
     * @param name the prompt's name
     * @param selection what to choose by; if it names no tenant or subject, they are the run's tenant and user
     * @param variables values by name, as {@link Prompt#render(Map)} takes them
     * @return the messages
     * @throws dev.pictor.prompts.PromptException if there is no such prompt, or it cannot be rendered with these values
     */
    public RenderedPrompt render(
            PromptRegistry prompts,
            String name,
            PromptSelection selection,
            Map<String, ? extends @Nullable Object> variables) {
        return noted(select(prompts, name, selection).render(variables));
    }

    /**
     * Finds a prompt for this run and fills in its variables, as {@link #render(PromptRegistry, String, PromptSelection,
     * Map)} does.
     *
     * @param prompts finds prompts by name
     * @param name the prompt's name
     * @param selection what to choose by; if it names no tenant or subject, they are the run's tenant and user
     * @param variables a record, as {@link Prompt#render(Record)} takes it
     * @return the messages
     * @throws dev.pictor.prompts.PromptException if there is no such prompt, or it cannot be rendered with these values
     */
    public RenderedPrompt render(PromptRegistry prompts, String name, PromptSelection selection, Record variables) {
        return noted(select(prompts, name, selection).render(variables));
    }

    private SelectedPrompt select(PromptRegistry prompts, String name, PromptSelection selection) {
        PromptSelection forThisRun = selection.toBuilder()
                .tenant(selection.tenant().or(this::tenant))
                .subject(selection.subject().or(this::user))
                .build();
        PromptChanges changes = extension(PromptChanges.class).orElse(null);
        return changes == null
                ? prompts.resolve(name, forThisRun)
                : changes.change(prompts.resolve(name, changes.change(name, forThisRun)));
    }

    private RenderedPrompt noted(RenderedPrompt prompt) {
        rendered(prompt);
        return prompt;
    }

    /**
     * Notes that a prompt file became text, and if a registry chose it, why.
     *
     * @param prompt what it became
     */
    public void rendered(RenderedPrompt prompt) {
        if (span.isRecording()) {
            Optional<SelectedPrompt> selection = prompt.selection();
            selection.ifPresent(this::chose);
            Optional<Exposure> exposure = selection.flatMap(SelectedPrompt::exposure);
            TraceFields attributes = TraceFields.of(
                    PROMPT_NAME, prompt.name(),
                    PROMPT_VERSION, prompt.version(),
                    PROMPT_VARIANT, prompt.variant().orElse(null),
                    PROMPT_ORIGIN, prompt.origin(),
                    PROMPT_SHA256, prompt.sha256(),
                    PROMPT_RENDERED_SHA256, span.keeps(ContentLevel.REFERENCES) ? prompt.renderedSha256() : null,
                    PROMPT_RULE,
                            selection.map(choice -> choice.rule().toString()).orElse(null),
                    EXPERIMENT_ID, exposure.map(Exposure::experiment).orElse(null),
                    EXPERIMENT_ARM, exposure.map(Exposure::arm).orElse(null),
                    EXPERIMENT_BUCKET, exposure.map(Exposure::bucket).orElse(null));
            boolean keepsText = span.keeps(ContentLevel.REFERENCES);
            span.emit(TraceEvent.PROMPT_RENDER, attributes, keepsText ? Map.of("text", prompt.text()) : Map.of());
        }
    }

    private void chose(SelectedPrompt choice) {
        Prompt prompt = choice.prompt();
        String file =
                prompt.name() + prompt.variant().map(variant -> "." + variant).orElse("");
        decide(Decision.builder(
                        "prompt_select",
                        "which text of " + prompt.name() + " serves?",
                        file + ", version " + prompt.version() + ", by " + choice.rule(),
                        choice.reason())
                .rejected(choice.passedOver())
                .policy(PROMPT_POLICY)
                .build());
    }

    /**
     * Notes that one of several ways was taken.
     *
     * @param decision which and why
     */
    public void decide(Decision decision) {
        if (span.isRecording()) {
            Map<String, Object> body = !span.keeps(ContentLevel.REFERENCES)
                    ? Map.of()
                    : TraceFields.of(
                            "kind", decision.kind(),
                            "question", decision.question(),
                            "chosen", decision.chosen(),
                            "reason", decision.reason(),
                            "rejected", decision.rejected(),
                            "scores", decision.scores().isEmpty() ? null : decision.scores(),
                            "facts", decision.facts().isEmpty() ? null : decision.facts(),
                            "policy", decision.policy().orElse(null));
            span.emit(
                    TraceEvent.DECISION,
                    TraceFields.of(DECISION_KIND, decision.kind(), DECISION_CHOSEN, decision.chosen()),
                    body);
        }
    }

    /**
     * Notes the outcome of a check.
     *
     * @param evaluation what was checked and found
     */
    public void evaluate(Evaluation evaluation) {
        if (span.isRecording()) {
            Optional<Evaluator> evaluator = evaluation.evaluator();
            span.emit(
                    TraceEvent.EVALUATION,
                    TraceFields.of(
                            EVALUATION_NAME, evaluation.name(),
                            EVALUATION_LABEL, evaluation.verdict().name().toLowerCase(Locale.ROOT),
                            EVALUATION_EXPLANATION,
                                    span.keeps(ContentLevel.REFERENCES) ? evaluation.explanation() : null,
                            EVALUATION_SCORE,
                                    evaluation.score().isPresent()
                                            ? (Double) evaluation.score().getAsDouble()
                                            : null,
                            EVALUATOR_KIND,
                                    evaluator
                                            .map(judge -> judge.kind().name().toLowerCase(Locale.ROOT))
                                            .orElse(null),
                            EVALUATOR_VERSION,
                                    evaluator.flatMap(Evaluator::version).orElse(null)));
        }
    }

    /**
     * Says that this stage goes by something from outside of the run, such as what was kept in memory or what a user
     * answered. A replay then takes the stage's output over instead of running it again.
     *
     * @param what it goes by, for the trace
     */
    public void goesBy(String what) {
        decide(Decision.builder(OUTSIDE, "does this stage give the same when it is run again?", "no", what)
                .build());
    }

    /**
     * Notes that the result will be less than it could be: in the trace and in {@link RunResult#degradations()}.
     *
     * @param reason what is done instead and why, in a sentence
     */
    public void degrade(String reason) {
        run.degradations.add(new Degradation(stage, reason));
        decide(Decision.builder("fallback", "go on without?", "yes", reason).build());
    }

    /**
     * Returns what is noted so far as less than it could be.
     *
     * @return in order, over all stages of the run
     */
    public List<Degradation> degradations() {
        return List.copyOf(run.degradations);
    }

    /**
     * Keeps a picture as an artifact of this run: its bytes at {@link ContentLevel#FULL}, its name at
     * {@link ContentLevel#REFERENCES}. Does nothing below that, or if nobody listens.
     *
     * @param role {@code input}, {@code mask}, {@code intermediate} or {@code output}
     * @param image the picture
     */
    public void keep(String role, ImageBytes image) {
        if (span.keeps(ContentLevel.REFERENCES)) {
            keep(role, ArtifactRef.of(image), image.asByteBuffer());
        }
    }

    /**
     * Keeps a document as an artifact of this run, as {@link #keep(String, ImageBytes)} does.
     *
     * @param role {@code input}, {@code intermediate} or {@code output}
     * @param document the document
     */
    public void keep(String role, MessagePart.Pdf document) {
        if (span.keeps(ContentLevel.REFERENCES)) {
            keep(role, ArtifactRef.of(document), document.asByteBuffer());
        }
    }

    /**
     * Keeps bytes of any kind as an artifact of this run. Does nothing if nobody listens.
     *
     * @param role {@code input}, {@code intermediate} or {@code output}
     * @param mediaType what they are
     * @param bytes the bytes between position and limit, which are read and left as they are
     */
    public void keep(String role, String mediaType, ByteBuffer bytes) {
        if (span.keeps(ContentLevel.REFERENCES)) {
            keep(role, ArtifactRef.of(mediaType, bytes), bytes.duplicate());
        }
    }

    private void keep(String role, ArtifactRef artifact, ByteBuffer bytes) {
        try {
            span.keep(run.artifacts, artifact.sha256(), bytes);
        } catch (UncheckedIOException e) {
            return; // telemetry fails no run, and names nothing that is not there; the store's health tells of it
        }
        span.emit(TraceEvent.ARTIFACT, TraceFields.of(ARTIFACT_ROLE, role), TraceFields.of("artifact", artifact));
    }
}
