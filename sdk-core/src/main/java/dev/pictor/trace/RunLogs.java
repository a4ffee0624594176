package dev.pictor.trace;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.pictor.image.Sha256;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The journal's entries as lines of a run's log, for stores that keep journal and trace in one place. */
final class RunLogs {

    private static final TypeReference<Map<String, Object>> BODY = new TypeReference<>() {};

    private RunLogs() {}

    static TraceEvent start(JournaledRun run) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("pipeline", run.pipeline());
        body.put("definition", run.definition().hex());
        body.put("input", TraceJson.MAPPER.convertValue(run.input(), BODY));
        run.tenant().ifPresent(tenant -> body.put("tenant", tenant));
        run.user().ifPresent(user -> body.put("user", user));
        if (!run.isResumable()) {
            body.put("resumable", false);
        }
        return TraceEvent.builder(run.runId(), TraceEvent.JOURNAL_START, run.startedAt())
                .body(body)
                .build();
    }

    static TraceEvent stage(RunId runId, String stage, JournaledValue output, Instant now) {
        return TraceEvent.builder(runId, TraceEvent.JOURNAL_STAGE, now)
                .body(Map.of("stage", stage, "output", TraceJson.MAPPER.convertValue(output, BODY)))
                .build();
    }

    static TraceEvent end(RunId runId, Instant now) {
        return TraceEvent.builder(runId, TraceEvent.JOURNAL_END, now).build();
    }

    /** Folds a log into the run it is the journal of, or empty if it has no journal in it. */
    static Optional<JournaledRun> fold(RunId runId, List<TraceEvent> log) {
        Optional<TraceEvent> start = log.stream()
                .filter(event -> event.type().equals(TraceEvent.JOURNAL_START))
                .findFirst();
        if (start.isEmpty() && log.stream().anyMatch(event -> event.type().startsWith("journal."))) {
            throw new StoredRunException(
                    StoredRunException.Reason.DAMAGED,
                    "what run " + runId + " was started with is damaged: it cannot be resumed",
                    null);
        }
        return start.map(begin -> {
            Map<String, Object> body = begin.body();
            JournaledRunBuilder run = JournaledRun.builder(
                            runId,
                            String.valueOf(body.get("pipeline")),
                            new Sha256(String.valueOf(body.get("definition"))),
                            begin.time(),
                            value(body.get("input")))
                    .tenant(Optional.ofNullable((String) body.get("tenant")))
                    .user(Optional.ofNullable((String) body.get("user")))
                    .isResumable(!Boolean.FALSE.equals(body.get("resumable")));
            for (TraceEvent event : log) {
                if (event.type().equals(TraceEvent.JOURNAL_STAGE)) {
                    run.putStages(
                            String.valueOf(event.body().get("stage")),
                            value(event.body().get("output")));
                } else if (event.type().equals(TraceEvent.JOURNAL_END)) {
                    run.isFinished(true);
                }
            }
            return run.lastSequence(
                            log.stream().mapToLong(TraceEvent::sequence).max().orElse(0))
                    .build();
        });
    }

    private static JournaledValue value(@Nullable Object json) {
        return json == null
                ? JournaledValue.withheld("the journal's line has no value")
                : TraceJson.MAPPER.convertValue(json, JournaledValue.class);
    }
}
