package dev.pictor.trace;

import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/** Some of the runs that a query found. Immutable. */
@Value.Immutable
public abstract class RunPage {

    RunPage() {}

    /**
     * Takes a page from all runs that might be on it. For stores.
     *
     * @param query what is looked for
     * @param newestFirst runs whose ids fall, those at least that the query finds; no more are taken than are needed
     * @return the page that follows the query's cursor
     */
    public static RunPage of(RunQuery query, Iterable<RunSummary> newestFirst) {
        RunPageBuilder page = new RunPageBuilder();
        RunId before = query.before().orElse(null);
        RunId last = null;
        int found = 0;
        RunFilter filter = RunFilter.of(query);
        for (RunSummary run : newestFirst) {
            if ((before == null || run.runId().compareTo(before) < 0) && filter.test(run)) {
                if (found == query.limit() && last != null) {
                    return page.next(query.cursorAfter(last)).build();
                }
                page.addRuns(run);
                last = run.runId();
                found++;
            }
        }
        return page.build();
    }

    /**
     * The runs.
     *
     * @return newest first, by their ids
     */
    public abstract List<RunSummary> runs();

    /**
     * Where the next page begins. Runs that are added meanwhile are newer, so they push none of the others to another page.
     *
     * @return the cursor for the same query, or empty if this is the last page
     */
    public abstract Optional<String> next();
}
