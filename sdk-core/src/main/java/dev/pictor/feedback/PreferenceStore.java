package dev.pictor.feedback;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Keeps what users prefer, one value for each user of each tenant.
 *
 * <p><b>Threads.</b> Called from many threads at once. What {@link #update} has returned is seen by every later call, and no
 * change is lost to another one of the same process.
 *
 * <p><b>Blocking.</b> For as long as the storage takes.
 *
 * <p><b>Errors.</b> {@link java.io.UncheckedIOException} if the storage cannot be read or written; it is then as before.
 *
 * <p><b>Logging.</b> None: preferences are of a person.
 */
public interface PreferenceStore {

    /**
     * Finds the preferences of a user.
     *
     * @param user whose
     * @return the preferences, or empty if there are none
     */
    Optional<UserPreferences> find(UserKey user);

    /**
     * Changes the preferences of a user.
     *
     * @param user whose
     * @param change makes the new preferences of the old ones, of which nothing is known if there are none; it calls no store,
     *     and is called again, with the newer ones, if another change was faster, so it does nothing else
     * @return the new ones, which are kept now
     * @throws IllegalArgumentException if the new ones are of another user; nothing is changed
     */
    UserPreferences update(UserKey user, UnaryOperator<UserPreferences> change);

    /**
     * Forgets a user.
     *
     * @param user whose preferences
     * @return whether there were any
     */
    boolean remove(UserKey user);

    /**
     * Returns the store that keeps nothing.
     *
     * @return the store
     */
    static PreferenceStore none() {
        return NoPreferenceStore.INSTANCE;
    }

    /**
     * Returns a store that forgets all when the program ends.
     *
     * @return a new store of at most 100,000 users; the one that was changed the longest ago is forgotten for one more
     */
    static PreferenceStore inMemory() {
        return new MemoryPreferenceStore();
    }

    /**
     * Returns a store of one JSON file for each user, named by a hash. Several programs may read the directory; if several
     * write, the last change of a user wins.
     *
     * @param directory the folder, which is made when the first preferences are kept
     * @return a new store
     */
    static PreferenceStore ofDirectory(Path directory) {
        return new DirectoryPreferenceStore(directory);
    }

    /**
     * For implementations: checks that new preferences are of the user they are for.
     *
     * @param user whose they must be
     * @param preferences the new ones
     * @return the same
     * @throws IllegalArgumentException if they are of another user
     */
    static UserPreferences checkUser(UserKey user, UserPreferences preferences) {
        if (!preferences.user().equals(user)) {
            throw new IllegalArgumentException("the preferences must be of the user they are kept for");
        }
        return preferences;
    }
}
