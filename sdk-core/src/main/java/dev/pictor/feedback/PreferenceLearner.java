package dev.pictor.feedback;

import static java.util.Objects.requireNonNull;

import dev.pictor.feedback.UserPreferences.Preference;
import dev.pictor.intent.IntentTier;
import dev.pictor.trace.RunQuery;
import dev.pictor.trace.RunStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Learns what a user prefers from the user's own runs. A run counts for less the older it is, and nothing is said on less
 * than a minimum of evidence. Thread-safe.
 */
public final class PreferenceLearner {

    private static final String BASIC = "basic";
    private static final int HALF_LIVES = 10; // a run counts a thousandth then

    private final PreferenceOptions options;

    private PreferenceLearner(PreferenceOptions options) {
        this.options = requireNonNull(options, "options");
    }

    /**
     * Returns a learner.
     *
     * @param options from what evidence on a preference is learned
     * @return the learner
     */
    public static PreferenceLearner of(PreferenceOptions options) {
        return new PreferenceLearner(options);
    }

    /**
     * Learns from the runs of a user that a store has, and keeps it beside what the user has set. Runs older than ten
     * half-lives count for next to nothing and are not read, nor are those of others.
     *
     * @param runs where runs are kept
     * @param preferences where preferences are kept
     * @param user whose
     * @param now what ages are counted to
     * @return what is kept now
     * @throws java.io.UncheckedIOException if a store cannot be read or written
     */
    public UserPreferences update(RunStore runs, PreferenceStore preferences, UserKey user, Instant now) {
        RunQuery theirs = RunQuery.builder()
                .user(user.user())
                .tenant(Optional.of(user.tenant()).filter(tenant -> !tenant.isEmpty()))
                .since(oldest(now))
                .build();
        UserPreferences learned = learn(user, RatedRuns.read(runs, theirs, user::isOf), now);
        return preferences.update(user, known -> known.withLearned(learned));
    }

    private Instant oldest(Instant now) {
        Duration sinceFirstRun = Duration.between(Instant.EPOCH, now);
        boolean all = options.halfLife().compareTo(sinceFirstRun.dividedBy(HALF_LIVES)) >= 0;
        return all ? Instant.EPOCH : now.minus(options.halfLife().multipliedBy(HALF_LIVES));
    }

    /**
     * Learns from runs.
     *
     * @param user whose preferences
     * @param runs runs in any order; those of others are left out
     * @param now what ages are counted to; runs after it count as if they were of now
     * @return what was learned
     */
    public UserPreferences learn(UserKey user, List<RatedRun> runs, Instant now) {
        List<RatedRun> own = runs.stream()
                .filter(run -> run.userKey().filter(user::equals).isPresent())
                .toList();
        UserPreferencesBuilder learned = UserPreferences.builder(user);
        share(own, now, any -> true, RatedRun::isRegenerated)
                .ifPresent(share -> learned.qualitySensitive(Preference.learned(
                        share.is > options.regenerationRate(),
                        share.says("were regenerated", options.regenerationRate()))));
        share(
                        own,
                        now,
                        run -> run.detail().isPresent(),
                        run -> run.detail().filter(BASIC::equals).isPresent())
                .ifPresent(share -> learned.costSensitive(Preference.learned(
                        share.is > options.basicShare(), share.says("asked for basic detail", options.basicShare()))));
        favourite(own, now, RatedRun::domain, learned::favouriteDomain);
        favourite(own, now, RatedRun::style, learned::favouriteStyle);
        return learned.build();
    }

    /**
     * What of the runs is so, each counted by its age.
     *
     * @param is 0 to 1
     * @param weight what the runs count together
     */
    private record Share(double is, double weight, int runs) {

        String says(String what, double limit) {
            return String.format(
                    Locale.ROOT,
                    "%.0f%% of %d runs %s, those of late counting most (the limit is %.0f%%, the weight %.1f)",
                    100 * is,
                    runs,
                    what,
                    100 * limit,
                    weight);
        }
    }

    private Optional<Share> share(
            List<RatedRun> runs, Instant now, Predicate<RatedRun> counts, Predicate<RatedRun> isSo) {
        double all = 0;
        double so = 0;
        int number = 0;
        for (RatedRun run : runs) {
            if (counts.test(run)) {
                double weight = weight(run, now);
                all += weight;
                so += isSo.test(run) ? weight : 0;
                number++;
            }
        }
        return all >= options.minWeight() ? Optional.of(new Share(so / all, all, number)) : Optional.empty();
    }

    /** What was rated down says nothing of what is liked. */
    private <V> void favourite(
            List<RatedRun> runs, Instant now, Function<RatedRun, Optional<V>> of, Consumer<Preference<V>> into) {
        Predicate<RatedRun> counts =
                run -> of.apply(run).isPresent() && run.satisfied().orElse(true) && !isGuess(run);
        Map<V, Double> weights = new HashMap<>();
        for (RatedRun run : runs) {
            if (counts.test(run)) {
                of.apply(run).ifPresent(value -> weights.merge(value, weight(run, now), Double::sum));
            }
        }
        weights.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .ifPresent(value -> share(
                                runs,
                                now,
                                counts,
                                run -> of.apply(run).filter(value::equals).isPresent())
                        .filter(share -> share.is > options.favouriteShare())
                        .ifPresent(share -> into.accept(
                                Preference.learned(value, share.says("were " + value, options.favouriteShare())))));
    }

    /** What stood in because a wish told nothing says nothing of what is wished for. */
    private static boolean isGuess(RatedRun run) {
        return run.tier().filter(IntentTier.DEFAULT.toString()::equals).isPresent();
    }

    private double weight(RatedRun run, Instant now) {
        Duration age = Duration.between(run.time(), now);
        double halves = age.isNegative()
                ? 0
                : (double) age.toMillis() / options.halfLife().toMillis();
        return Math.pow(0.5, halves);
    }
}
