package dev.pictor.feedback;

import java.util.Optional;
import java.util.function.UnaryOperator;

/** Keeps nothing. */
enum NoPreferenceStore implements PreferenceStore {
    INSTANCE;

    @Override
    public Optional<UserPreferences> find(UserKey user) {
        return Optional.empty();
    }

    @Override
    public UserPreferences update(UserKey user, UnaryOperator<UserPreferences> change) {
        return PreferenceStore.checkUser(
                user, change.apply(UserPreferences.builder(user).build()));
    }

    @Override
    public boolean remove(UserKey user) {
        return false;
    }
}
