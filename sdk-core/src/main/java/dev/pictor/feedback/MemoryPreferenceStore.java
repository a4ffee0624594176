package dev.pictor.feedback;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Preferences in memory. Thread-safe. */
final class MemoryPreferenceStore implements PreferenceStore {

    private static final int MAX_USERS = 100_000;

    private final Object lock = new Object();
    /** The one that was changed last comes last. */
    private final Map<UserKey, UserPreferences> users = new LinkedHashMap<>();

    @Override
    public Optional<UserPreferences> find(UserKey user) {
        synchronized (lock) {
            return Optional.ofNullable(users.get(user));
        }
    }

    @Override
    public UserPreferences update(UserKey user, UnaryOperator<UserPreferences> change) {
        while (true) {
            Optional<UserPreferences> known = find(user);
            UserPreferences changed = PreferenceStore.checkUser(
                    user,
                    change.apply(
                            known.orElseGet(() -> UserPreferences.builder(user).build())));
            if (replace(user, known, changed)) {
                return changed;
            }
        }
    }

    /** Returns false if another change was faster. */
    private boolean replace(UserKey user, Optional<UserPreferences> known, UserPreferences changed) {
        synchronized (lock) {
            if (!Optional.ofNullable(users.get(user)).equals(known)) {
                return false;
            }
            users.remove(user);
            users.put(user, changed);
            if (users.size() > MAX_USERS) {
                users.remove(users.keySet().iterator().next());
            }
            return true;
        }
    }

    @Override
    public boolean remove(UserKey user) {
        synchronized (lock) {
            return users.remove(user) != null;
        }
    }
}
