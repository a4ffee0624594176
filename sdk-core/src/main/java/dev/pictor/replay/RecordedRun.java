package dev.pictor.replay;

import static dev.pictor.trace.StoredRunException.Reason.ARTIFACT_MISSING;
import static dev.pictor.trace.StoredRunException.Reason.NOT_ENDED;
import static dev.pictor.trace.StoredRunException.Reason.NOT_RECORDED;
import static dev.pictor.trace.StoredRunException.Reason.REDACTED;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.pictor.gateway.RecordedAnswer;
import dev.pictor.image.Sha256;
import dev.pictor.pipeline.RunContext;
import dev.pictor.trace.ArtifactStore;
import dev.pictor.trace.Redaction;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunRecord;
import dev.pictor.trace.StageOutcome;
import dev.pictor.trace.StoredRunException;
import dev.pictor.trace.TraceAttributes;
import dev.pictor.trace.TraceEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a run's log has of its calls, by the stage that made them. Of a stage that began more than once, since the run was
 * resumed, the last time counts. Immutable.
 */
final class RecordedRun {

    /** What stands where a text was not to be recorded. */
    private static final Pattern REFERENCE = Pattern.compile("sha256:[0-9a-f]{64}, [^,]+, \\d+ bytes");

    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModules(new Jdk8Module(), new JavaTimeModule())
            .build();

    private final Map<String, List<RecordedAnswer>> answers;
    private final Set<String> restored;
    private final RunRecord record;

    private RecordedRun(Map<String, List<RecordedAnswer>> answers, Set<String> restored, RunRecord record) {
        this.answers = answers;
        this.restored = restored;
        this.record = record;
    }

    /**
     * Reads a log and checks that all is there that answering its calls again takes.
     *
     * @throws StoredRunException if something is not
     */
    static RecordedRun of(RunId runId, List<TraceEvent> log, ArtifactStore artifacts) {
        checkWhole(runId, log);
        List<TraceEvent> events = log.stream()
                .filter(event -> event.sequence() > 0)
                .sorted(Comparator.comparingLong(TraceEvent::sequence))
                .toList();
        Map<String, String> lastSpans = new HashMap<>();
        Map<String, String> paths = new HashMap<>();
        Set<String> restored = new HashSet<>();
        Map<String, TraceEvent> calls = new HashMap<>();
        for (TraceEvent event : events) {
            String span = event.spanId().orElse("");
            switch (event.type()) {
                case TraceEvent.STAGE_START -> paths.put(span, text(event, TraceAttributes.STAGE));
                case TraceEvent.STAGE_END -> {
                    String path = text(event, TraceAttributes.STAGE);
                    if (isRestored(event)) {
                        restored.add(path);
                    } else {
                        lastSpans.put(path, span);
                    }
                }
                case TraceEvent.MODEL_CALL_END -> calls.put(span, event);
                default -> {} // not needed
            }
        }
        restored.removeAll(lastSpans.keySet());
        for (TraceEvent event : events) {
            String path = paths.get(event.spanId().orElse(""));
            if (path != null && goesByOutside(event)) {
                restored.add(path);
                lastSpans.remove(path);
            }
        }
        Map<String, List<RecordedAnswer>> answers = new LinkedHashMap<>();
        for (TraceEvent event : events) {
            String span = event.spanId().orElse("");
            String path = paths.get(span);
            if (event.type().equals(TraceEvent.ANSWER) && path != null && span.equals(lastSpans.get(path))) {
                answers.computeIfAbsent(path, stage -> new ArrayList<>())
                        .add(checked(path, plain(event), calls, artifacts));
            }
        }
        return new RecordedRun(answers, Set.copyOf(restored), RunRecord.of(lastNotes(events, lastSpans, paths)));
    }

    /** All events but what stages noted that began once more. */
    private static List<TraceEvent> lastNotes(
            List<TraceEvent> events, Map<String, String> lastSpans, Map<String, String> paths) {
        return events.stream()
                .filter(event -> {
                    String span = event.spanId().orElse("");
                    boolean isNote = event.type().equals(TraceEvent.DECISION)
                            || event.type().equals(TraceEvent.EVALUATION);
                    return !isNote || span.equals(lastSpans.getOrDefault(paths.getOrDefault(span, ""), span));
                })
                .toList();
    }

    private static void checkWhole(RunId runId, List<TraceEvent> log) {
        RunRecord record = RunRecord.of(log);
        if (record.duration().isEmpty()) {
            throw new StoredRunException(
                    NOT_ENDED, "run " + runId + " has not ended, so there is no whole record to replay", null);
        }
        if (record.missingEvents() > 0) {
            throw new StoredRunException(
                    NOT_RECORDED,
                    "run " + runId + " cannot be replayed: " + record.missingEvents() + " of its events are lost",
                    null);
        }
        for (TraceEvent event : log) {
            if (event.type().equals(TraceEvent.RUN_START)
                    && event.attributes().get(TraceAttributes.REPLAY_CHANGES) instanceof List<?> changes
                    && !changes.isEmpty()) {
                throw new StoredRunException(
                        NOT_RECORDED,
                        "run " + runId + " is a fork whose changes are not kept (" + changes
                                + "): fork the run again that it is forked from",
                        null);
            }
        }
        if (record.stages().isEmpty()) {
            throw new StoredRunException(
                    NOT_RECORDED,
                    "run " + runId + " cannot be replayed: no more than its start and end were kept",
                    null);
        }
    }

    private static boolean isRestored(TraceEvent stageEnd) {
        return text(stageEnd, TraceAttributes.STAGE_OUTCOME)
                .equals(StageOutcome.RESTORED.name().toLowerCase(Locale.ROOT));
    }

    private static boolean goesByOutside(TraceEvent event) {
        return event.type().equals(TraceEvent.DECISION)
                && text(event, TraceAttributes.DECISION_KIND).equals(RunContext.OUTSIDE);
    }

    /** By stage path, in the order in which they were given. */
    Map<String, List<RecordedAnswer>> answers() {
        return answers;
    }

    /**
     * Stages whose output is taken over: those that only ever did so, which forks begin with, and those that went by
     * something from outside of the run.
     */
    Set<String> restored() {
        return restored;
    }

    /** What the run noted; of a stage that began more than once, the last time. */
    RunRecord record() {
        return record;
    }

    private static RecordedAnswer checked(
            String path, TraceEvent answer, Map<String, TraceEvent> calls, ArtifactStore artifacts) {
        String what = "an answer of stage " + path + " in run " + answer.runId();
        if (!(answer.body().get("request") instanceof Map<?, ?>)) {
            throw new StoredRunException(
                    NOT_RECORDED, what + " was recorded without its request: nothing says which call it is for", null);
        }
        boolean failed = answer.attributes().containsKey(TraceAttributes.ERROR_TYPE);
        if (failed) {
            if (!(answer.body().get("failure") instanceof Map<?, ?>)) {
                throw new StoredRunException(NOT_RECORDED, what + " was recorded without its failure", null);
            }
            return new RecordedAnswer(answer, null, artifacts);
        }
        TraceEvent found = calls.get(String.valueOf(answer.body().get("answered_by")));
        TraceEvent call = found == null ? null : plain(found);
        Object response = response(answer, call);
        if (response == null) {
            throw new StoredRunException(
                    NOT_RECORDED,
                    what + " was recorded without its content: record runs in full that are to be replayed",
                    null);
        }
        checkContent(what, response, artifacts);
        return new RecordedAnswer(answer, call, artifacts);
    }

    private static @Nullable Object response(TraceEvent answer, @Nullable TraceEvent call) {
        if (call != null && call.body().get("response") instanceof Map<?, ?> response && !response.isEmpty()) {
            return response;
        }
        return answer.body().get("result") instanceof Map<?, ?> result ? result.get("response") : null;
    }

    /** Looks through JSON for what was redacted and for artifacts that are gone. */
    private static void checkContent(String what, @Nullable Object json, ArtifactStore artifacts) {
        if (isRedacted(json)) {
            throw new StoredRunException(REDACTED, what + " was redacted", null);
        }
        if (json instanceof String text && REFERENCE.matcher(text).matches()) {
            throw new StoredRunException(
                    NOT_RECORDED, what + " was recorded as hashes: record runs in full that are to be replayed", null);
        }
        if (json instanceof Map<?, ?> members) {
            if (members.get("sha256") instanceof String name
                    && artifacts.get(new Sha256(name)).isEmpty()) {
                throw new StoredRunException(
                        ARTIFACT_MISSING, what + " names artifact " + name + ", which is not stored", null);
            }
            members.values().forEach(value -> checkContent(what, value, artifacts));
        } else if (json instanceof List<?> items) {
            items.forEach(item -> checkContent(what, item, artifacts));
        }
    }

    static boolean isRedacted(@Nullable Object json) {
        return json instanceof String text && text.contains(Redaction.MARK);
    }

    /** A store in memory may have the very objects that were handed to the trace: what is read is plain JSON. */
    private static TraceEvent plain(TraceEvent event) {
        return TraceEvent.builder(event.runId(), event.type(), event.time())
                .sequence(event.sequence())
                .spanId(event.spanId())
                .attributes(MAPPER.convertValue(event.attributes(), FIELDS))
                .body(MAPPER.convertValue(event.body(), FIELDS))
                .build();
    }

    private static String text(TraceEvent event, String attribute) {
        return String.valueOf(event.attributes().get(attribute));
    }
}
