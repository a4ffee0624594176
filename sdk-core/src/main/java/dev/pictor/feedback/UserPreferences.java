package dev.pictor.feedback;

import static java.util.Objects.requireNonNull;

import dev.pictor.intent.Domain;
import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * What a user prefers, as far as it is known: what the user has set, and what was learned from runs. What is set wins.
 * Immutable.
 */
@Value.Immutable
public abstract class UserPreferences {

    UserPreferences() {}

    /**
     * A preference.
     *
     * @param value what is preferred
     * @param isSet whether the user has set it; if not, it was learned
     * @param evidence why it is believed, in a sentence
     * @param <V> the kind of value
     */
    public record Preference<V>(V value, boolean isSet, String evidence) {

        /** Checks that all are given. */
        public Preference {
            requireNonNull(value, "value");
            requireNonNull(evidence, "evidence");
        }

        /**
         * Returns what a user has set.
         *
         * @param value what is preferred
         * @param <V> the kind of value
         * @return the preference
         */
        public static <V> Preference<V> set(V value) {
            return new Preference<>(value, true, "set by the user");
        }

        static <V> Preference<V> learned(V value, String evidence) {
            return new Preference<>(value, false, evidence);
        }
    }

    /**
     * Returns a builder of preferences of which nothing is known.
     *
     * @param user whose
     * @return a new builder
     */
    public static UserPreferencesBuilder builder(UserKey user) {
        return new UserPreferencesBuilder().user(user);
    }

    /**
     * Returns a builder that begins with these preferences.
     *
     * @return a new builder
     */
    public final UserPreferencesBuilder toBuilder() {
        return new UserPreferencesBuilder().from(this);
    }

    /**
     * Reads preferences.
     *
     * @param json what {@link #toJson()} of this or a later version gave; members that are not known are skipped
     * @return the preferences
     * @throws IllegalArgumentException if it is something else
     */
    public static UserPreferences parse(String json) {
        return PreferenceJson.parse(requireNonNull(json, "json"));
    }

    /**
     * Writes the preferences.
     *
     * @return one line of JSON
     */
    public final String toJson() {
        return PreferenceJson.of(this);
    }

    /**
     * Whose they are.
     *
     * @return the user
     */
    public abstract UserKey user();

    /**
     * Whether the user would rather have a better picture than a cheaper one. Default: not known.
     *
     * @return the preference
     */
    public abstract Optional<Preference<Boolean>> qualitySensitive();

    /**
     * Whether the user would rather have a cheaper picture than a better one. Default: not known.
     *
     * @return the preference
     */
    public abstract Optional<Preference<Boolean>> costSensitive();

    /**
     * The domain that most of the user's wishes are of. Default: none.
     *
     * @return the preference
     */
    public abstract Optional<Preference<Domain>> favouriteDomain();

    /**
     * The style that most of the user's wishes are of. Default: none.
     *
     * @return the preference
     */
    public abstract Optional<Preference<String>> favouriteStyle();

    /**
     * Returns what the user has set of these preferences, and what was learned of those.
     *
     * @param learned what was learned by now
     * @return what is set here, else what is learned there; what was learned here is dropped
     * @throws IllegalArgumentException if it is of another user
     */
    public final UserPreferences withLearned(UserPreferences learned) {
        if (!learned.user().equals(user())) {
            throw new IllegalArgumentException("what was learned must be of the same user");
        }
        return builder(user())
                .qualitySensitive(set(qualitySensitive()).or(learned::qualitySensitive))
                .costSensitive(set(costSensitive()).or(learned::costSensitive))
                .favouriteDomain(set(favouriteDomain()).or(learned::favouriteDomain))
                .favouriteStyle(set(favouriteStyle()).or(learned::favouriteStyle))
                .build();
    }

    private static <V> Optional<Preference<V>> set(Optional<Preference<V>> preference) {
        return preference.filter(Preference::isSet);
    }

    /** By name, for what is kept. */
    final Map<String, Optional<? extends Preference<?>>> byName() {
        return Map.of(
                PreferenceJson.QUALITY, qualitySensitive(),
                PreferenceJson.COST, costSensitive(),
                PreferenceJson.DOMAIN, favouriteDomain(),
                PreferenceJson.STYLE, favouriteStyle());
    }
}
