package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.feedback.PreferenceStore;
import dev.pictor.feedback.UserKey;
import dev.pictor.feedback.UserPreferences;
import dev.pictor.feedback.UserPreferences.Preference;
import dev.pictor.intent.Domain;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/**
 * The tests that every {@link PreferenceStore} passes that keeps something. Extend it and give an empty store. Not
 * thread-safe.
 */
public abstract class PreferenceStoreContract {

    private static final UserKey ANA = new UserKey("acme", "ana");
    private static final int THREADS = 8;
    private static final int ROUNDS = 25;
    private static final long PATIENCE_SECONDS = 120;

    /** Ids that a store might take for a path, a pattern, a query or an end. */
    private static final List<String> ODD = List.of(
            "../x",
            "a/b",
            "a\\b",
            "/etc/passwd",
            ".",
            "..",
            "x".repeat(256),
            "鋼の錬金術師",
            "🛒".repeat(100),
            "A",
            "a",
            "a ",
            "%",
            "*",
            "a'; drop table x; --",
            "a\nb",
            "é",
            "e\u0301");

    /** For subclasses. */
    protected PreferenceStoreContract() {}

    /**
     * Returns the store under test.
     *
     * @return the same store throughout a test, empty at its start; the subclass closes it
     */
    protected abstract PreferenceStore store();

    /**
     * Returns a store over the same storage, as a program finds it that starts anew.
     *
     * @return the store, or {@link #store()} itself if it forgets all when the program ends
     */
    protected abstract PreferenceStore reopened();

    private UserPreferences set(UserKey user, String style) {
        return store().update(
                        user,
                        known -> known.toBuilder()
                                .favouriteStyle(Preference.set(style))
                                .build());
    }

    @Test
    void givesBackAllOfWhatIsKept() {
        UserPreferences all = UserPreferences.builder(ANA)
                .qualitySensitive(Preference.set(true))
                .costSensitive(new Preference<>(false, false, "learned of ünicode \"words\"\n🎨"))
                .favouriteDomain(Preference.set(Domain.ART))
                .favouriteStyle(Preference.set("描く"))
                .build();
        assertThat(store().update(ANA, any -> all)).isEqualTo(all);
        assertThat(store().find(ANA)).contains(all);
        assertThat(reopened().find(ANA)).contains(all);
    }

    @Test
    void knowsNothingOfAUserWhoIsNotThere() {
        assertThat(store().find(ANA)).isEmpty();
        assertThat(store().remove(ANA)).isFalse();
        UserPreferences nothing = UserPreferences.builder(ANA).build();
        assertThat(store().update(ANA, known -> {
                    assertThat(known).isEqualTo(nothing);
                    return known;
                }))
                .isEqualTo(nothing);
    }

    @Test
    void changesWhatIsThere() {
        UserPreferences first = set(ANA, "oil");
        UserPreferences second = store().update(ANA, known -> {
            assertThat(known).isEqualTo(first);
            return known.toBuilder().costSensitive(Preference.set(true)).build();
        });
        assertThat(second.favouriteStyle()).isEqualTo(first.favouriteStyle());
        assertThat(reopened().find(ANA)).contains(second);
    }

    @Test
    void forgetsAUserAndNoOther() {
        UserPreferences ofAna = set(ANA, "oil");
        UserPreferences ofBen = set(new UserKey("acme", "ben"), "ink");
        assertThat(store().remove(ofAna.user())).isTrue();
        assertThat(store().find(ANA)).isEmpty();
        assertThat(reopened().find(ANA)).isEmpty();
        assertThat(store().remove(ANA)).isFalse();
        assertThat(store().find(ofBen.user())).contains(ofBen);
    }

    @Test
    void keepsUsersAndTenantsApart() {
        List<UserPreferences> kept = new ArrayList<>();
        for (UserKey user : List.of(
                new UserKey("a", "bc"),
                new UserKey("ab", "c"),
                new UserKey("", "abc"),
                UserKey.of("a/bc"),
                UserKey.of("bc"))) {
            kept.add(set(user, user.toString()));
        }
        kept.forEach(each -> assertThat(reopened().find(each.user())).contains(each));
    }

    @Test
    void takesIdsOfAnyForm() {
        List<UserPreferences> kept = new ArrayList<>();
        for (String id : ODD) {
            kept.add(set(new UserKey(id, "u"), "tenant " + kept.size()));
            kept.add(set(new UserKey("t", id), "user " + kept.size()));
        }
        kept.forEach(each -> assertThat(reopened().find(each.user())).contains(each));
    }

    @Test
    void changesNothingWhenAChangeFails() {
        UserPreferences before = set(ANA, "oil");
        UserPreferences ofBen = UserPreferences.builder(UserKey.of("ben")).build();
        assertThatIllegalArgumentException().isThrownBy(() -> store().update(ANA, any -> ofBen));
        assertThatThrownBy(() -> store().update(ANA, any -> {
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(store().find(ANA)).contains(before);
        assertThat(store().find(ofBen.user())).isEmpty();
    }

    @Test
    void losesNoChangeOfManyThreads() throws InterruptedException, ExecutionException, TimeoutException {
        UserPreferences start = set(ANA, "");
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> work = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                work.add(threads.submit(() -> {
                    for (int round = 0; round < ROUNDS; round++) {
                        UserPreferences longer = store().update(
                                        ANA,
                                        known -> known.toBuilder()
                                                .favouriteStyle(
                                                        Preference.set(known.favouriteStyle()
                                                                        .orElseThrow()
                                                                        .value() + "x"))
                                                .build());
                        assertThat(longer.user()).isEqualTo(start.user());
                    }
                }));
            }
            for (Future<?> each : work) {
                assertThat(each.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isNull();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(store().find(ANA)
                        .orElseThrow()
                        .favouriteStyle()
                        .orElseThrow()
                        .value())
                .hasSize(THREADS * ROUNDS);
    }
}
