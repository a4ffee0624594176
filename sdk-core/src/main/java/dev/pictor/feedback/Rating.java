package dev.pictor.feedback;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.immutables.value.Value;

/** What a user thinks of the pictures of a run. Immutable. */
@Value.Immutable
public abstract class Rating {

    /** How many reasons a rating has at most: 8. */
    public static final int MAX_REASONS = 8;

    private static final double MIDDLE = 0.5;
    private static final Pattern REASON = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

    Rating() {}

    /**
     * Returns a thumb up.
     *
     * @return a rating of score 1
     */
    public static Rating up() {
        return builder(1).build();
    }

    /**
     * Returns a thumb down.
     *
     * @return a rating of score 0
     */
    public static Rating down() {
        return builder(0).build();
    }

    /**
     * Returns a builder.
     *
     * @param score how good the pictures are, 0 to 1, 1 is best; stars are their number less one, by four
     * @return a new builder
     */
    public static RatingBuilder builder(double score) {
        return new RatingBuilder().score(score);
    }

    /**
     * How good the pictures are.
     *
     * @return 0 to 1, 1 is best
     */
    public abstract double score();

    /**
     * Why, in words that can be counted, such as {@code colours} or {@code wrong-style}. Default: none.
     *
     * @return at most 8 words of lower case letters, digits, hyphens and underscores
     */
    public abstract Set<String> reasons();

    /**
     * Why, in the user's words. Default: empty.
     *
     * @return a comment
     */
    @Value.Redacted
    public abstract Optional<String> comment();

    /**
     * When it was given. Default: empty, which means when it is kept.
     *
     * @return by the wall clock
     */
    public abstract Optional<Instant> time();

    /**
     * Returns whether the user is satisfied.
     *
     * @return true if the score is 0.5 or more
     */
    public final boolean isSatisfied() {
        return score() >= MIDDLE;
    }

    @Value.Check
    void check() {
        if (!(score() >= 0 && score() <= 1)) {
            throw new IllegalArgumentException("score must be 0 to 1, was " + score());
        }
        if (reasons().size() > MAX_REASONS) {
            throw new IllegalArgumentException(
                    "there must be at most 8 reasons, were " + reasons().size());
        }
        reasons().forEach(reason -> {
            if (!REASON.matcher(reason).matches()) {
                throw new IllegalArgumentException("a reason must be 1 to 64 lower case letters, digits, hyphens and "
                        + "underscores, was \"" + reason + "\"");
            }
        });
    }
}
