package dev.pictor.trace;

import static dev.pictor.trace.TraceAttributes.ANSWER_IS_FALLBACK;
import static dev.pictor.trace.TraceAttributes.ANSWER_SOURCE;
import static dev.pictor.trace.TraceAttributes.ARTIFACT_ROLE;
import static dev.pictor.trace.TraceAttributes.ASSETS;
import static dev.pictor.trace.TraceAttributes.ATTEMPT;
import static dev.pictor.trace.TraceAttributes.ATTEMPTS;
import static dev.pictor.trace.TraceAttributes.DECISION_CHOSEN;
import static dev.pictor.trace.TraceAttributes.DECISION_KIND;
import static dev.pictor.trace.TraceAttributes.ERROR_TYPE;
import static dev.pictor.trace.TraceAttributes.EVALUATION_EXPLANATION;
import static dev.pictor.trace.TraceAttributes.EVALUATION_LABEL;
import static dev.pictor.trace.TraceAttributes.EVALUATION_NAME;
import static dev.pictor.trace.TraceAttributes.EVALUATION_SCORE;
import static dev.pictor.trace.TraceAttributes.EVALUATOR_KIND;
import static dev.pictor.trace.TraceAttributes.EVALUATOR_VERSION;
import static dev.pictor.trace.TraceAttributes.EXPERIMENT_ARM;
import static dev.pictor.trace.TraceAttributes.EXPERIMENT_ID;
import static dev.pictor.trace.TraceAttributes.LABEL;
import static dev.pictor.trace.TraceAttributes.OPERATION;
import static dev.pictor.trace.TraceAttributes.PROMPT_NAME;
import static dev.pictor.trace.TraceAttributes.PROMPT_ORIGIN;
import static dev.pictor.trace.TraceAttributes.PROMPT_RULE;
import static dev.pictor.trace.TraceAttributes.PROMPT_SHA256;
import static dev.pictor.trace.TraceAttributes.PROMPT_VARIANT;
import static dev.pictor.trace.TraceAttributes.PROMPT_VERSION;
import static dev.pictor.trace.TraceAttributes.PROVIDER;
import static dev.pictor.trace.TraceAttributes.REPLAYABLE;
import static dev.pictor.trace.TraceAttributes.REQUEST_MODEL;
import static dev.pictor.trace.TraceAttributes.RESPONSE_MODEL;
import static dev.pictor.trace.TraceAttributes.STAGE;
import static dev.pictor.trace.TraceAttributes.STAGE_KIND;
import static dev.pictor.trace.TraceAttributes.STAGE_OUTCOME;
import static dev.pictor.trace.TraceAttributes.STATUS;
import static dev.pictor.trace.TraceAttributes.TENANT;
import static dev.pictor.trace.TraceAttributes.USER;
import static dev.pictor.trace.TraceAttributes.WORKFLOW;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.pictor.model.Cost;
import dev.pictor.model.OptionWarning;
import dev.pictor.model.Usage;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Folds the events of a run into its record. What an event does not say, or says in words of a later version, is left
 * out: a record tells what is left of a log. Not thread-safe; used once.
 */
final class RunFold {

    private static final TypeReference<ArtifactRef> ARTIFACT = new TypeReference<>() {};
    private static final TypeReference<Cost> COST = new TypeReference<>() {};
    private static final TypeReference<Decision> DECISION = new TypeReference<>() {};
    private static final TypeReference<JournaledValue> VALUE = new TypeReference<>() {};
    private static final TypeReference<List<OptionWarning>> WARNINGS = new TypeReference<>() {};
    private static final TypeReference<Map<String, Object>> MEMBERS = new TypeReference<>() {};
    private static final TypeReference<Usage> USAGE = new TypeReference<>() {};

    private final RunRecordBuilder run = new RunRecordBuilder();
    private final RecordingFold recording = new RecordingFold();
    /** By span, in the order in which they began. */
    private final Map<String, StageRecordBuilder> stages = new LinkedHashMap<>();

    private final Map<String, String> stagePaths = new HashMap<>();
    private final Map<String, Long> startNanos = new HashMap<>();
    private final Map<String, CallRecordBuilder> calls = new LinkedHashMap<>();
    private final Map<String, JournaledValue> outputs = new HashMap<>();
    /** A run that is resumed may say its assets again. */
    private final Set<String> seen = new HashSet<>();

    private Cost cost = Cost.nothing();
    private int resumes;
    /** By the journal there is nothing left to do, which is all that is known where no trace was kept. */
    private boolean journalEnded;

    private RunStatus status = RunStatus.RUNNING;
    private @Nullable String failedStage;

    private long recoveredBytes;
    private long droppedEvents;

    RunRecord apply(List<TraceEvent> events, int damagedLines) {
        if (events.isEmpty()) {
            throw new IllegalArgumentException("a run's log needs at least one event");
        }
        List<TraceEvent> ordered = events.stream()
                .sorted(Comparator.comparingLong(TraceEvent::sequence))
                .toList();
        TraceEvent first = ordered.stream()
                .min(Comparator.comparing((TraceEvent event) -> event.type().equals(TraceEvent.FEEDBACK))
                        .thenComparing(TraceEvent::time))
                .orElseThrow();
        run.runId(first.runId()).startedAt(first.time());
        ordered.forEach(this::apply);
        long missing = Math.max(0, missing(ordered) - recording.tally().leftOutEvents());
        if (missing > 0) { // a lost event may have been a call
            cost = cost.plus(Cost.unknown());
        }
        calls.values().stream().map(CallRecordBuilder::build).forEach(call -> {
            cost = cost.plus(call.cost().orElse(Cost.unknown())); // a call without an end may have cost something
            run.addCalls(call);
        });
        stages.values().stream().map(StageRecordBuilder::build).forEach(stage -> run.addStages(withOutput(stage)));
        if (status == RunStatus.RUNNING && journalEnded) {
            status = RunStatus.SUCCEEDED;
        }
        cost = cost.plus(recording.tally().leftOut().cost());
        run.totals(recording.tally().totals());
        return run.status(status)
                .failedStage(Optional.ofNullable(status == RunStatus.SUCCEEDED ? null : failedStage))
                .cost(cost)
                .resumes(resumes)
                .missingEvents(missing)
                .damagedLines(damagedLines)
                .recoveredBytes(recoveredBytes)
                .droppedEvents(droppedEvents)
                .build();
    }

    /** A path may have several records, when a run was resumed: only one that came to its end gave the output. */
    private StageRecord withOutput(StageRecord stage) {
        boolean done = stage.outcome()
                .filter(outcome -> outcome != StageOutcome.FAILED && outcome != StageOutcome.WAITING)
                .isPresent();
        return done
                ? new StageRecordBuilder()
                        .from(stage)
                        .output(Optional.ofNullable(outputs.get(stage.path())))
                        .build()
                : stage;
    }

    private static long missing(List<TraceEvent> events) {
        long last = events.get(events.size() - 1).sequence();
        long seen = events.stream()
                .mapToLong(TraceEvent::sequence)
                .filter(sequence -> sequence > 0)
                .distinct()
                .count();
        return last - seen;
    }

    private void apply(TraceEvent event) {
        recording.apply(event, run);
        switch (event.type()) {
            case TraceEvent.RUN_START -> {
                run.pipeline(text(event, WORKFLOW))
                        .tenant(optional(event, TENANT))
                        .user(optional(event, USER));
                labels(event);
            }
            case TraceEvent.RUN_RESUME -> {
                resumes++;
                status = RunStatus.RUNNING;
                failedStage = null;
                run.duration(Optional.empty()).error(Optional.empty()).errorType(Optional.empty());
                labels(event);
            }
            case TraceEvent.RUN_END -> {
                status = word(event, STATUS, RunStatus.class).orElse(status);
                run.duration(Duration.ofNanos(event.elapsedNanos()))
                        .error(message(event))
                        .errorType(optional(event, ERROR_TYPE));
            }
            case TraceEvent.STAGE_START -> stageStart(event);
            case TraceEvent.STAGE_END -> stageEnd(event);
            case TraceEvent.MODEL_CALL_START -> callStart(event);
            case TraceEvent.MODEL_CALL_END -> callEnd(event);
            case TraceEvent.ANSWER ->
                run.addAnswers(new AnswerRecordBuilder()
                        .stage(stage(event))
                        .model(optional(event, REQUEST_MODEL))
                        .servedBy(optional(event, RESPONSE_MODEL))
                        .source(optional(event, ANSWER_SOURCE))
                        .isFallback(Boolean.TRUE.equals(event.attributes().get(ANSWER_IS_FALLBACK)))
                        .attempts(count(event, ATTEMPTS, 0))
                        .cost(read(event.body().get(TraceAttributes.COST), COST).orElse(Cost.unknown()))
                        .errorType(optional(event, ERROR_TYPE))
                        .build());
            case TraceEvent.PROMPT_RENDER ->
                run.addPrompts(new PromptRecordBuilder()
                        .stage(stage(event))
                        .name(text(event, PROMPT_NAME))
                        .version(text(event, PROMPT_VERSION))
                        .variant(optional(event, PROMPT_VARIANT))
                        .origin(text(event, PROMPT_ORIGIN))
                        .sha256(text(event, PROMPT_SHA256))
                        .rule(optional(event, PROMPT_RULE))
                        .experiment(optional(event, EXPERIMENT_ID)
                                .map(experiment -> experiment + "/" + text(event, EXPERIMENT_ARM)))
                        .text(
                                event.body().containsKey("text")
                                        ? String.valueOf(event.body().get("text"))
                                        : "")
                        .build());
            case TraceEvent.ARTIFACT ->
                read(event.body().get("artifact"), ARTIFACT)
                        .ifPresent(artifact -> run.addArtifacts(new ArtifactRecordBuilder()
                                .stage(stage(event))
                                .role(text(event, ARTIFACT_ROLE))
                                .artifact(artifact)
                                .build()));
            case TraceEvent.DECISION ->
                (event.body().isEmpty() ? Optional.of(withoutWords(event)) : read(event.body(), DECISION))
                        .ifPresent(decision -> run.addDecisions(new DecisionRecordBuilder()
                                .stage(stage(event))
                                .decision(decision)
                                .build()));
            case TraceEvent.EVALUATION ->
                word(event, EVALUATION_LABEL, Evaluation.Verdict.class)
                        .ifPresent(verdict -> run.addEvaluations(new EvaluationRecordBuilder()
                                .stage(stage(event))
                                .evaluation(evaluation(event, verdict))
                                .score(score(event))
                                .build()));
            case TraceEvent.JOURNAL_START -> { // of number 0, so the run's own start comes later and knows better
                run.input(read(event.body().get("input"), VALUE));
                member(event, "pipeline").ifPresent(run::pipeline);
                run.tenant(member(event, "tenant")).user(member(event, "user"));
            }
            case TraceEvent.JOURNAL_STAGE ->
                read(event.body().get("output"), VALUE)
                        .ifPresent(output ->
                                outputs.put(String.valueOf(event.body().get("stage")), output));
            case TraceEvent.JOURNAL_END -> journalEnded = true;
            case TraceEvent.RECOVERED -> recoveredBytes += number(event, "pictor.recovered.bytes");
            case TraceEvent.DROPPED -> droppedEvents += number(event, TraceAttributes.DROPPED_EVENTS);
            default -> {} // a later version's event
        }
    }

    /** What is left of a decision whose words are not recorded. */
    private static Decision withoutWords(TraceEvent event) {
        return Decision.builder(text(event, DECISION_KIND), "", text(event, DECISION_CHOSEN), "")
                .build();
    }

    private static Evaluation evaluation(TraceEvent event, Evaluation.Verdict verdict) {
        EvaluationBuilder found =
                Evaluation.builder(text(event, EVALUATION_NAME), verdict, text(event, EVALUATION_EXPLANATION));
        if (event.attributes().get(EVALUATION_SCORE) instanceof Number score
                && score.doubleValue() >= 0
                && score.doubleValue() <= 1) {
            found.score(score.doubleValue());
        }
        word(event, EVALUATOR_KIND, Evaluator.Kind.class)
                .map(kind -> optional(event, EVALUATOR_VERSION)
                        .map(version -> Evaluator.of(kind, version))
                        .orElseGet(() -> Evaluator.of(kind)))
                .ifPresent(found::evaluator);
        return found.build();
    }

    private void stageStart(TraceEvent event) {
        String span = span(event);
        stagePaths.put(span, text(event, STAGE));
        startNanos.put(span, event.elapsedNanos());
        stages.put(
                span,
                new StageRecordBuilder()
                        .path(text(event, STAGE))
                        .kind(text(event, STAGE_KIND))
                        .startedAfter(Duration.ofNanos(event.elapsedNanos())));
    }

    private void stageEnd(TraceEvent event) {
        Optional<StageOutcome> outcome = word(event, STAGE_OUTCOME, StageOutcome.class);
        outcome.ifPresent(known -> failed(text(event, STAGE), known));
        StageRecordBuilder stage = stages.get(span(event));
        if (stage != null) { // its start may be lost
            stage.outcome(outcome)
                    .duration(since(event))
                    .errorType(optional(event, ERROR_TYPE))
                    .error(message(event));
        }
    }

    private void failed(String path, StageOutcome outcome) {
        if (outcome == StageOutcome.FAILED && failedStage == null) {
            failedStage = path;
        } else if (outcome == StageOutcome.FALLBACK && failedStage != null && failedStage.startsWith(path + "/")) {
            failedStage = null; // what failed within it does no harm any more
        }
    }

    private void labels(TraceEvent event) {
        event.attributes().forEach((name, value) -> {
            if (name.startsWith(LABEL)) {
                run.putLabels(name.substring(LABEL.length()), String.valueOf(value));
            }
        });
        if (event.attributes().get(ASSETS) instanceof List<?> assets) {
            assets.stream().map(String::valueOf).filter(seen::add).forEach(run::addAssets);
        }
    }

    private void callStart(TraceEvent event) {
        startNanos.put(span(event), event.elapsedNanos());
        calls.put(
                span(event),
                new CallRecordBuilder()
                        .stage(stagePaths.getOrDefault(event.parentSpanId().orElse(""), ""))
                        .operation(text(event, OPERATION))
                        .provider(text(event, PROVIDER))
                        .requestedModel(text(event, REQUEST_MODEL))
                        .attempt(Math.max(1, count(event, ATTEMPT, 1)))
                        .startedAfter(Duration.ofNanos(event.elapsedNanos()))
                        .content(RecordingFold.content(event))
                        .replayable(isReplayable(event))
                        .request(event.body()));
    }

    private void callEnd(TraceEvent event) {
        CallRecordBuilder call = calls.get(span(event));
        if (call == null) {
            return; // its start is lost
        }
        if (!isReplayable(event)) {
            call.replayable(false);
        }
        Cost spent = read(event.body().get(TraceAttributes.COST), COST).orElse(Cost.unknown());
        call.duration(since(event))
                .servedBy(optional(event, RESPONSE_MODEL))
                .usage(read(event.body().get(TraceAttributes.USAGE), USAGE).orElse(Usage.none()))
                .cost(spent)
                .warnings(read(event.body().get("warnings"), WARNINGS).orElse(List.of()))
                .errorType(optional(event, ERROR_TYPE))
                .error(message(event))
                .response(read(event.body().get("response"), MEMBERS).orElse(Map.of()));
    }

    private static boolean isReplayable(TraceEvent event) {
        return !Boolean.FALSE.equals(event.attributes().get(REPLAYABLE));
    }

    private Duration since(TraceEvent end) {
        long start = startNanos.getOrDefault(span(end), end.elapsedNanos());
        return Duration.ofNanos(Math.max(0, end.elapsedNanos() - start));
    }

    private String stage(TraceEvent event) {
        return stagePaths.getOrDefault(span(event), "");
    }

    private static String span(TraceEvent event) {
        return event.spanId().orElse("");
    }

    private static String text(TraceEvent event, String attribute) {
        return optional(event, attribute).orElse("unknown");
    }

    private static Optional<String> optional(TraceEvent event, String attribute) {
        return Optional.ofNullable(event.attributes().get(attribute)).map(String::valueOf);
    }

    private static int count(TraceEvent event, String attribute, int otherwise) {
        return event.attributes().get(attribute) instanceof Number number ? number.intValue() : otherwise;
    }

    private static OptionalDouble score(TraceEvent event) {
        return event.attributes().get(EVALUATION_SCORE) instanceof Number number && !Double.isNaN(number.doubleValue())
                ? OptionalDouble.of(number.doubleValue())
                : OptionalDouble.empty();
    }

    private static long number(TraceEvent event, String attribute) {
        return event.attributes().get(attribute) instanceof Number number ? number.longValue() : 0;
    }

    private static Optional<String> message(TraceEvent event) {
        return member(event, "error");
    }

    private static Optional<String> member(TraceEvent event, String name) {
        return Optional.ofNullable(event.body().get(name)).map(String::valueOf);
    }

    /** Reads a piece of a body, or nothing if it is not there or has another form. */
    private static <T> Optional<T> read(@Nullable Object json, TypeReference<T> type) {
        if (json == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(TraceJson.MAPPER.convertValue(json, type));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static <E extends Enum<E>> Optional<E> word(TraceEvent event, String attribute, Class<E> words) {
        String wanted = text(event, attribute).toUpperCase(Locale.ROOT);
        return Arrays.stream(words.getEnumConstants())
                .filter(word -> word.name().equals(wanted))
                .findFirst();
    }
}
