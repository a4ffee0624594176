package dev.pictor.generation;

import dev.pictor.feedback.PreferenceStore;
import dev.pictor.feedback.UserKey;
import dev.pictor.feedback.UserPreferences;
import dev.pictor.feedback.UserPreferences.Preference;
import dev.pictor.intent.UsualWish;
import dev.pictor.pipeline.RunContext;
import java.util.Optional;

/** What is known of the user of a run. Pictures are drawn for those as well of whom nothing is known. Immutable. */
final class KnownUser {

    /** How the reason begins where a store fails. */
    static final String UNREADABLE = "what the user prefers cannot be read (";

    private final PreferenceStore store;

    KnownUser(PreferenceStore store) {
        this.store = store;
    }

    private Optional<UserPreferences> preferences(RunContext run, String without) {
        try {
            return run.user()
                    .flatMap(user -> store.find(new UserKey(run.tenant().orElse(""), user)));
        } catch (RuntimeException e) { // whatever a store fails with
            run.degrade(UNREADABLE + e.getClass().getSimpleName() + "), so " + without);
            return Optional.empty();
        }
    }

    /** What the user mostly wishes for, which stands in where a wish tells nothing. */
    Optional<UsualWish> usualWish(RunContext run) {
        return preferences(run, "the wish alone counts")
                .flatMap(known -> known.favouriteDomain()
                        .map(domain -> new UsualWish(
                                domain.value(),
                                known.favouriteStyle().map(Preference::value).orElse("other"))));
    }

    /** What the user cares about most, as routing rules name it. */
    Optional<String> caresAbout(RunContext run) {
        return preferences(run, "the model is chosen without it").flatMap(KnownUser::caresAbout);
    }

    private static Optional<String> caresAbout(UserPreferences user) {
        boolean quality = user.qualitySensitive().filter(Preference::value).isPresent();
        boolean cost = user.costSensitive().filter(Preference::value).isPresent();
        if (quality == cost) {
            return Optional.empty(); // neither, or both, which cancel out
        }
        return Optional.of(quality ? "quality" : "cost");
    }
}
