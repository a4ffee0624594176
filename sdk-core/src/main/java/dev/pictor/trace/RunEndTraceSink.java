package dev.pictor.trace;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Folds each run when it ends and tells a listener. */
final class RunEndTraceSink implements TraceSink {

    static final int MAX_RUNS = 1_000;
    static final int MAX_EVENTS = 10_000;

    private final Consumer<? super RunRecord> listener;
    private final OpenRuns<List<TraceEvent>> runs = new OpenRuns<>(MAX_RUNS, ArrayList::new);

    RunEndTraceSink(Consumer<? super RunRecord> listener) {
        this.listener = requireNonNull(listener, "listener");
    }

    @Override
    public void accept(TraceEvent event) {
        boolean isEnd = event.type().equals(TraceEvent.RUN_END);
        runs.note(event.runId(), events -> {
            if (events.size() < MAX_EVENTS || isEnd) {
                events.add(event);
            }
        });
        if (isEnd) {
            List<TraceEvent> events = runs.remove(event.runId());
            if (events != null) {
                listener.accept(RunRecord.of(events));
            }
        }
    }
}
