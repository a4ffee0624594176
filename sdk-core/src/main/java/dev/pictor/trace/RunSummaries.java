package dev.pictor.trace;

import java.util.Optional;

/** Summaries of the runs of a store that has no index. */
final class RunSummaries {

    private RunSummaries() {}

    /** Returns those that may be on the page, newest first, each folded when it is asked for. */
    static Iterable<RunSummary> of(RunStore store, RunQuery query) {
        Optional<RunId> before = query.before();
        return () -> store.newest(Integer.MAX_VALUE).stream()
                .filter(runId -> before.isEmpty() || runId.compareTo(before.get()) < 0)
                .filter(query::isInWindow)
                .map(store::find)
                .flatMap(Optional::stream)
                .map(RunSummary::of)
                .iterator();
    }
}
