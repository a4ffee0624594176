package dev.pictor.testkit;

import dev.pictor.trace.RunId;
import dev.pictor.trace.RunStore;
import dev.pictor.trace.TraceEvent;
import dev.pictor.trace.TraceSink;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A store of a user's own that has no more than it must: what it does not have works by the defaults. */
class SimpleRunStoreTest extends RunStoreContract {

    private final Map<RunId, List<TraceEvent>> runs = new TreeMap<>(Comparator.reverseOrder());

    @Override
    protected RunStore store() {
        return new RunStore() {
            @Override
            public List<TraceEvent> events(RunId runId) {
                return runs.getOrDefault(runId, List.of());
            }

            @Override
            public List<RunId> newest(int limit) {
                if (limit < 1) {
                    throw new IllegalArgumentException("limit must be at least 1, was " + limit);
                }
                return runs.keySet().stream().limit(limit).toList();
            }
        };
    }

    @Override
    protected TraceSink sink() {
        return event ->
                runs.computeIfAbsent(event.runId(), unseen -> new ArrayList<>()).add(event);
    }
}
