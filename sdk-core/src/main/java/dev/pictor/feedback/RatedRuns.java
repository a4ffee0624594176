package dev.pictor.feedback;

import static java.util.Objects.requireNonNull;

import dev.pictor.trace.RunId;
import dev.pictor.trace.RunPage;
import dev.pictor.trace.RunQuery;
import dev.pictor.trace.RunStore;
import dev.pictor.trace.RunSummary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Reads runs for learning. A run counts as regenerated if a later run of the same user and tenant says so, also one after
 * the window that is read.
 */
public final class RatedRuns {

    /** How many runs are read at most: 50,000, the newest. */
    public static final int MAX_RUNS = 50_000;

    private RatedRuns() {}

    /** That a user asked again for what a run was asked for. */
    private record Unwanted(RunId runId, UserKey user) {}

    /**
     * Reads the runs that a query finds, rated or not. Reads each run's log once.
     *
     * @param store where runs are kept
     * @param query which runs; its limit and cursor mean nothing
     * @return at most {@value #MAX_RUNS}, the newest, oldest first
     * @throws java.io.UncheckedIOException if the store cannot be read
     */
    public static List<RatedRun> read(RunStore store, RunQuery query) {
        return read(store, query, any -> true);
    }

    /** @param counts which of the runs found are read; the others do not cost the reading of a log */
    static List<RatedRun> read(RunStore store, RunQuery query, Predicate<RunSummary> counts) {
        Set<Unwanted> regenerated = new HashSet<>();
        RunQuery tries = RunQuery.builder()
                .tenant(query.tenant())
                .user(query.user())
                .since(query.since())
                .build();
        each(
                store,
                tries,
                run -> whose(run)
                        .ifPresent(user -> tried(run).ifPresent(id -> regenerated.add(new Unwanted(id, user)))));
        List<RatedRun> runs = new ArrayList<>();
        each(store, query, found -> {
            if (counts.test(found)) {
                store.find(found.runId()).map(RatedRun::of).ifPresent(run -> {
                    boolean again = run.userKey()
                            .filter(user -> regenerated.contains(new Unwanted(run.runId(), user)))
                            .isPresent();
                    runs.add(again ? run.regenerated() : run);
                });
            }
        });
        Collections.reverse(runs);
        return List.copyOf(runs);
    }

    /** Hands over summaries, newest first, up to the bound. */
    static void each(RunStore store, RunQuery query, Consumer<RunSummary> runs) {
        Optional<String> cursor = Optional.empty();
        int left = MAX_RUNS;
        do {
            RunPage page = store.list(requireNonNull(query, "query").toBuilder()
                    .limit(Math.min(left, RunQuery.MAX_LIMIT))
                    .cursor(cursor)
                    .build());
            page.runs().forEach(runs);
            left -= page.runs().size();
            cursor = page.next();
        } while (cursor.isPresent() && left > 0);
    }

    private static Optional<UserKey> whose(RunSummary run) {
        return run.user()
                .filter(user -> !user.isEmpty())
                .map(user -> new UserKey(run.tenant().orElse(""), user));
    }

    private static Optional<RunId> tried(RunSummary run) {
        String said = run.labels().get(Ratings.REGENERATES);
        if (said == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new RunId(said));
        } catch (IllegalArgumentException e) { // a caller's own label of that name
            return Optional.empty();
        }
    }
}
