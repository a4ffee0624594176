package dev.pictor.trace;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is noted of runs under way. The oldest are forgotten when there are too many. Thread-safe. */
final class OpenRuns<T> {

    private final Supplier<T> factory;
    private final Object lock = new Object();
    private final Map<RunId, T> open; // guarded by lock, as what is in it is

    OpenRuns(int most, Supplier<T> factory) {
        this.factory = factory;
        this.open = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<RunId, T> eldest) {
                return size() > most;
            }
        };
    }

    /** Notes something of a run. */
    void note(RunId runId, Consumer<T> note) {
        synchronized (lock) {
            note.accept(open.computeIfAbsent(runId, id -> factory.get()));
        }
    }

    /** Returns what was noted of a run and forgets it. */
    @Nullable
    T remove(RunId runId) {
        synchronized (lock) {
            return open.remove(runId);
        }
    }
}
