package dev.pictor.trace;

/**
 * The names of attributes in {@link TraceEvent#attributes()}. Those that begin with {@code gen_ai}, {@code error},
 * {@code http}, {@code deployment} and {@code user} are OpenTelemetry's, from the GenAI conventions as of August 2026, which are not stable
 * yet: this class is the one place that knows them.
 */
public final class TraceAttributes {

    /** What is done: {@code generate_content}, {@code chat}, {@code embeddings} or {@code invoke_workflow}. */
    public static final String OPERATION = "gen_ai.operation.name";

    /** Who serves the model. */
    public static final String PROVIDER = "gen_ai.provider.name";

    /** The model asked for. */
    public static final String REQUEST_MODEL = "gen_ai.request.model";

    /** The model that answered. */
    public static final String RESPONSE_MODEL = "gen_ai.response.model";

    /** The vendor's name for the request. */
    public static final String RESPONSE_ID = "gen_ai.response.id";

    /** {@code image}, {@code text} or {@code json}. */
    public static final String OUTPUT_TYPE = "gen_ai.output.type";

    /** How many pictures were asked for, if not one. */
    public static final String CHOICE_COUNT = "gen_ai.request.choice.count";

    /** The seed asked for. */
    public static final String SEED = "gen_ai.request.seed";

    /** Why the model stopped: a list of one. */
    public static final String FINISH_REASONS = "gen_ai.response.finish_reasons";

    /** All tokens read. */
    public static final String INPUT_TOKENS = "gen_ai.usage.input_tokens";

    /** All tokens written. */
    public static final String OUTPUT_TOKENS = "gen_ai.usage.output_tokens";

    /** The pipeline's name. */
    public static final String WORKFLOW = "gen_ai.workflow.name";

    /** The prompt's name. */
    public static final String PROMPT_NAME = "gen_ai.prompt.name";

    /** The prompt's version. */
    public static final String PROMPT_VERSION = "gen_ai.prompt.version";

    /** What an evaluation is of. */
    public static final String EVALUATION_NAME = "gen_ai.evaluation.name";

    /** {@code pass}, {@code warn} or {@code fail}. */
    public static final String EVALUATION_LABEL = "gen_ai.evaluation.score.label";

    /** An evaluation as a number. */
    public static final String EVALUATION_SCORE = "gen_ai.evaluation.score.value";

    /** An evaluation in words. */
    public static final String EVALUATION_EXPLANATION = "gen_ai.evaluation.explanation";

    /** The kind of failure: a {@code ModelFailure.Reason} in lower case, or an exception's class name. */
    public static final String ERROR_TYPE = "error.type";

    /** The HTTP status of a failed call. */
    public static final String HTTP_STATUS = "http.response.status_code";

    /** The user a run is for. */
    public static final String USER = "user.id";

    /** The tenant a run is for. */
    public static final String TENANT = "pictor.tenant.id";

    /** What the name of a caller's label comes after. */
    public static final String LABEL = "pictor.label.";

    /** The caller's ids of what a run is about: a list. */
    public static final String ASSETS = "pictor.assets";

    /** The hash of the pipeline's definition. */
    public static final String WORKFLOW_DEFINITION = "pictor.workflow.definition";

    /** How a run ended, a {@link RunStatus} in lower case. */
    public static final String STATUS = "pictor.status";

    /** A stage's path. */
    public static final String STAGE = "pictor.stage.name";

    /** A stage's kind: {@code stage}, {@code for_each}, {@code loop} or {@code pipeline}. */
    public static final String STAGE_KIND = "pictor.stage.kind";

    /** How a stage ended, a {@link StageOutcome} in lower case. */
    public static final String STAGE_OUTCOME = "pictor.stage.outcome";

    /** What a call cost, a {@code Cost} as JSON in the body. */
    public static final String COST = "pictor.cost";

    /** What a call used, a {@code Usage} as JSON in the body. */
    public static final String USAGE = "pictor.usage";

    /** Whether a failed call may have been charged. */
    public static final String BILLED = "pictor.billed";

    /** Time spent in Pictor rather than in the adapter, in microseconds. */
    public static final String OVERHEAD_MICROS = "pictor.overhead_us";

    /** Which attempt at a model this is, from 1. */
    public static final String ATTEMPT = "pictor.attempt";

    /** How many attempts at models a call took. */
    public static final String ATTEMPTS = "pictor.attempts";

    /** The name that every attempt at the same answer has. */
    public static final String IDEMPOTENCY_KEY = "pictor.idempotency_key";

    /** Where an answer came from, such as {@code MODEL} or {@code MEMORY_CACHE}. */
    public static final String ANSWER_SOURCE = "pictor.answer.source";

    /** Whether another model than the first choice served. */
    public static final String ANSWER_IS_FALLBACK = "pictor.answer.is_fallback";

    /** How near the prompt is that an answer was given to, if it was another one. */
    public static final String SIMILARITY = "pictor.answer.similarity";

    /** A prompt's variant. */
    public static final String PROMPT_VARIANT = "pictor.prompt.variant";

    /** Where a prompt was found. */
    public static final String PROMPT_ORIGIN = "pictor.prompt.origin";

    /** The SHA-256 of a prompt's source. */
    public static final String PROMPT_SHA256 = "pictor.prompt.source_sha256";

    /** The SHA-256 of what was rendered. */
    public static final String PROMPT_RENDERED_SHA256 = "pictor.prompt.rendered_sha256";

    /** By which rule a prompt was chosen: {@code pin}, {@code override}, {@code experiment}, {@code label} or {@code default}. */
    public static final String PROMPT_RULE = "pictor.prompt.rule";

    /** The experiment that the subject of a prompt takes part in. */
    public static final String EXPERIMENT_ID = "pictor.experiment.id";

    /** The arm of the experiment that the subject is in. */
    public static final String EXPERIMENT_ARM = "pictor.experiment.arm";

    /** The subject's bucket of the experiment, 0 to 9,999. */
    public static final String EXPERIMENT_BUCKET = "pictor.experiment.bucket";

    /** How much content a run or call has in its trace, a {@link ContentLevel} in lower case, if it is not all. */
    public static final String CONTENT = "pictor.content";

    /** False if what was left out by redaction keeps a call from being replayed. */
    public static final String REPLAYABLE = "pictor.replayable";

    /** False if a run was left out by sampling, but for its start, its end and its totals. */
    public static final String SAMPLED = "pictor.sampled";

    /** Of how many runs in a hundred all is kept whatever comes of them. */
    public static final String SAMPLING_PERCENT = "pictor.sampling.percent";

    /** Why a run is kept that sampling had left out: {@code failed}, {@code slow}, {@code costly}, {@code experiment} or {@code large}. */
    public static final String SAMPLING_KEPT = "pictor.sampling.kept";

    /** The version of Pictor that ran. */
    public static final String SDK_VERSION = "pictor.sdk.version";

    /** Where it ran, such as {@code production}. */
    public static final String ENVIRONMENT = "deployment.environment.name";

    /** What judged: {@code code}, {@code model} or {@code human}. */
    public static final String EVALUATOR_KIND = "pictor.evaluator.kind";

    /** The version of what judged. */
    public static final String EVALUATOR_VERSION = "pictor.evaluator.version";

    /** What feedback is about. */
    public static final String FEEDBACK_NAME = "pictor.feedback.name";

    /** Who gave feedback: {@code user}, {@code model} or {@code code}. */
    public static final String FEEDBACK_SOURCE = "pictor.feedback.source";

    /** A figure that was given as feedback. */
    public static final String FEEDBACK_SCORE = "pictor.feedback.score";

    /** A word that was given as feedback. */
    public static final String FEEDBACK_LABEL = "pictor.feedback.label";

    /** How many events were lost. */
    public static final String DROPPED_EVENTS = "pictor.dropped.events";

    /** What a picture or document is for: {@code input}, {@code intermediate} or {@code output}. */
    public static final String ARTIFACT_ROLE = "pictor.artifact.role";

    /** The kind of a decision, such as {@code fallback}. */
    public static final String DECISION_KIND = "pictor.decision.kind";

    /** What was chosen. */
    public static final String DECISION_CHOSEN = "pictor.decision.chosen";

    /** The run that this one replays or is forked from. */
    public static final String REPLAY_OF = "pictor.replay.of_run_id";

    /** How: {@code cassette} or {@code fork}. */
    public static final String REPLAY_MODE = "pictor.replay.mode";

    /** The first stage that a fork runs anew. */
    public static final String REPLAY_FROM_STAGE = "pictor.replay.from_stage";

    /** What a fork changes, each in words without content. */
    public static final String REPLAY_CHANGES = "pictor.replay.changes";

    private TraceAttributes() {}
}
