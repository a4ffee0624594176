package dev.pictor.feedback;

import dev.pictor.trace.ErasedRuns;
import dev.pictor.trace.RunEraser;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunPage;
import dev.pictor.trace.RunQuery;
import dev.pictor.trace.RunStore;
import dev.pictor.trace.RunSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/** What was erased of a user, and what was not. Immutable. */
@Value.Immutable
public abstract class UserErasure {

    UserErasure() {}

    /**
     * Erases everything of a user: runs with their feedback and pictures, then preferences. Not reached, and kept for no user
     * but by the words of a request, are answers in the cache of a gateway ({@link
     * dev.pictor.gateway.Gateway#invalidateCache} drops them) and what models made of wishes ({@link
     * dev.pictor.Pictor#forgetAnalyses}). Nor are bundles that were exported, spend ledgers and whatever a program keeps
     * elsewhere.
     *
     * @param runs where runs are kept, a {@link dev.pictor.trace.DirectoryRunStore} or
     *     {@link dev.pictor.trace.MemoryRunStore}
     * @param preferences where preferences are kept
     * @param user who asks for it
     * @param <S> a store that can erase
     * @return what went and what did not; ask again if it is not {@link #isComplete()}
     * @throws java.io.UncheckedIOException if a store cannot be read or something cannot be removed; ask again
     */
    public static <S extends RunStore & RunEraser> UserErasure erase(
            S runs, PreferenceStore preferences, UserKey user) {
        ErasedRuns erased = runs.erase(runsOf(runs, user));
        return new UserErasureBuilder()
                .user(user)
                .runs(erased)
                .hadPreferences(preferences.remove(user))
                .build();
    }

    /** All of them, not only the newest. */
    private static List<RunId> runsOf(RunStore store, UserKey user) {
        List<RunId> theirs = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            RunPage page = store.list(RunQuery.builder()
                    .user(user.user())
                    .limit(RunQuery.MAX_LIMIT)
                    .cursor(cursor)
                    .build());
            page.runs().stream().filter(user::isOf).map(RunSummary::runId).forEach(theirs::add);
            cursor = page.next();
        } while (cursor.isPresent());
        return theirs;
    }

    /**
     * Who was erased.
     *
     * @return the user
     */
    public abstract UserKey user();

    /**
     * What became of the runs.
     *
     * @return what went and what did not
     */
    public abstract ErasedRuns runs();

    /**
     * Whether there were preferences, which are gone.
     *
     * @return true if there were
     */
    public abstract boolean hadPreferences();

    /**
     * Returns whether everything is gone that these stores had.
     *
     * @return true if nothing is left
     */
    public final boolean isComplete() {
        return runs().isComplete();
    }
}
