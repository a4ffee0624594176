package dev.pictor.trace;

import static dev.pictor.trace.TraceAttributes.ARTIFACT_ROLE;
import static dev.pictor.trace.TraceAttributes.ERROR_TYPE;
import static dev.pictor.trace.TraceAttributes.EVALUATION_EXPLANATION;
import static dev.pictor.trace.TraceAttributes.EVALUATION_LABEL;
import static dev.pictor.trace.TraceAttributes.EVALUATION_NAME;
import static dev.pictor.trace.TraceAttributes.OPERATION;
import static dev.pictor.trace.TraceAttributes.PROMPT_NAME;
import static dev.pictor.trace.TraceAttributes.PROMPT_ORIGIN;
import static dev.pictor.trace.TraceAttributes.PROMPT_SHA256;
import static dev.pictor.trace.TraceAttributes.PROMPT_VARIANT;
import static dev.pictor.trace.TraceAttributes.PROMPT_VERSION;
import static dev.pictor.trace.TraceAttributes.PROVIDER;
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
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Folds the events of a run into its record. Not thread-safe; used once. */
final class RunFold {

    private static final TypeReference<List<OptionWarning>> WARNINGS = new TypeReference<>() {};

    private final RunRecordBuilder run = new RunRecordBuilder();
    /** By span, in the order in which they began. */
    private final Map<String, StageRecordBuilder> stages = new LinkedHashMap<>();

    private final Map<String, String> stagePaths = new HashMap<>();
    private final Map<String, Long> startNanos = new HashMap<>();
    private final Map<String, CallRecordBuilder> calls = new LinkedHashMap<>();
    private final Map<String, JournaledValue> outputs = new HashMap<>();
    private Cost cost = Cost.nothing();
    private int resumes;

    RunRecord apply(List<TraceEvent> events) {
        if (events.isEmpty()) {
            throw new IllegalArgumentException("a run's log needs at least one event");
        }
        List<TraceEvent> ordered = events.stream()
                .sorted(Comparator.comparingLong(TraceEvent::sequence))
                .toList();
        TraceEvent first =
                ordered.stream().min(Comparator.comparing(TraceEvent::time)).orElseThrow();
        run.runId(first.runId()).startedAt(first.time());
        ordered.forEach(this::apply);
        calls.values().stream().map(CallRecordBuilder::build).forEach(call -> {
            cost = cost.plus(call.cost().orElse(Cost.unknown())); // a call without an end may have cost something
            run.addCalls(call);
        });
        stages.values().stream().map(StageRecordBuilder::build).forEach(stage -> run.addStages(withOutput(stage)));
        return run.cost(cost).resumes(resumes).missingEvents(missing(ordered)).build();
    }

    /** A path may have several records, when a run was resumed: only one that came to its end gave the output. */
    private StageRecord withOutput(StageRecord stage) {
        boolean done = stage.outcome().isPresent() && stage.outcome().get() != StageOutcome.FAILED;
        return done
                ? new StageRecordBuilder()
                        .from(stage)
                        .output(Optional.ofNullable(outputs.get(stage.path())))
                        .build()
                : stage;
    }

    private static long missing(List<TraceEvent> events) {
        long last = events.get(events.size() - 1).sequence();
        long seen = events.stream().filter(event -> event.sequence() > 0).count();
        return last - seen;
    }

    private void apply(TraceEvent event) {
        switch (event.type()) {
            case TraceEvent.RUN_START ->
                run.pipeline(text(event, WORKFLOW))
                        .tenant(optional(event, TENANT))
                        .user(optional(event, USER));
            case TraceEvent.RUN_RESUME -> {
                resumes++;
                run.status(RunStatus.RUNNING).duration(Optional.empty()).error(Optional.empty());
            }
            case TraceEvent.RUN_END ->
                run.status(RunStatus.valueOf(upper(text(event, STATUS))))
                        .duration(Duration.ofNanos(event.elapsedNanos()))
                        .error(message(event));
            case TraceEvent.STAGE_START -> stageStart(event);
            case TraceEvent.STAGE_END -> stageEnd(event);
            case TraceEvent.MODEL_CALL_START -> callStart(event);
            case TraceEvent.MODEL_CALL_END -> callEnd(event);
            case TraceEvent.PROMPT_RENDER ->
                run.addPrompts(new PromptRecordBuilder()
                        .stage(stage(event))
                        .name(text(event, PROMPT_NAME))
                        .version(text(event, PROMPT_VERSION))
                        .variant(optional(event, PROMPT_VARIANT))
                        .origin(text(event, PROMPT_ORIGIN))
                        .sha256(text(event, PROMPT_SHA256))
                        .text(String.valueOf(event.body().get("text")))
                        .build());
            case TraceEvent.ARTIFACT ->
                run.addArtifacts(new ArtifactRecordBuilder()
                        .stage(stage(event))
                        .role(text(event, ARTIFACT_ROLE))
                        .artifact(read(event, "artifact", ArtifactRef.class))
                        .build());
            case TraceEvent.DECISION ->
                run.addDecisions(new DecisionRecordBuilder()
                        .stage(stage(event))
                        .decision(TraceJson.MAPPER.convertValue(event.body(), Decision.class))
                        .build());
            case TraceEvent.EVALUATION ->
                run.addEvaluations(new EvaluationRecordBuilder()
                        .stage(stage(event))
                        .evaluation(new Evaluation(
                                text(event, EVALUATION_NAME),
                                Evaluation.Verdict.valueOf(upper(text(event, EVALUATION_LABEL))),
                                text(event, EVALUATION_EXPLANATION)))
                        .build());
            case TraceEvent.JOURNAL_START -> run.input(read(event, "input", JournaledValue.class));
            case TraceEvent.JOURNAL_STAGE ->
                outputs.put(String.valueOf(event.body().get("stage")), read(event, "output", JournaledValue.class));
            default -> {} // a later version's event
        }
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
        StageRecordBuilder stage = stages.get(span(event));
        if (stage != null) { // its start may be lost
            stage.outcome(StageOutcome.valueOf(upper(text(event, STAGE_OUTCOME))))
                    .duration(since(event))
                    .error(message(event));
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
                        .startedAfter(Duration.ofNanos(event.elapsedNanos()))
                        .request(event.body()));
    }

    private void callEnd(TraceEvent event) {
        CallRecordBuilder call = calls.get(span(event));
        if (call == null) {
            return; // its start is lost
        }
        Cost spent = read(event, TraceAttributes.COST, Cost.class);
        call.duration(since(event))
                .servedBy(optional(event, RESPONSE_MODEL))
                .usage(read(event, TraceAttributes.USAGE, Usage.class))
                .cost(spent)
                .warnings(TraceJson.MAPPER.convertValue(event.body().getOrDefault("warnings", List.of()), WARNINGS))
                .errorType(optional(event, ERROR_TYPE))
                .error(message(event))
                .response(response(event));
    }

    private static Map<String, Object> response(TraceEvent event) {
        return event.body().get("response") instanceof Map<?, ?> map
                ? TraceJson.MAPPER.convertValue(map, new TypeReference<>() {})
                : Map.of();
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

    private static Optional<String> message(TraceEvent event) {
        @Nullable Object message = event.body().get("error");
        return Optional.ofNullable(message).map(String::valueOf);
    }

    private static <T> T read(TraceEvent event, String member, Class<T> type) {
        return TraceJson.MAPPER.convertValue(event.body().getOrDefault(member, Map.of()), type);
    }

    private static String upper(String word) {
        return word.toUpperCase(Locale.ROOT);
    }
}
