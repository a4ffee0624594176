package dev.pictor.feedback;

import dev.pictor.intent.Domain;
import java.util.Locale;
import org.immutables.value.Value;

/** A word that wishes of a domain have which were not understood surely and yet served well. Immutable. */
@Value.Immutable
public abstract class NewKeyword {

    NewKeyword() {}

    static NewKeywordBuilder builder(String term, Domain domain) {
        return new NewKeywordBuilder().term(term).domain(domain);
    }

    /**
     * The word, or two of them.
     *
     * @return lower case
     */
    public abstract String term();

    /**
     * The domain that it speaks for.
     *
     * @return the domain
     */
    public abstract Domain domain();

    /**
     * In how many such wishes it is.
     *
     * @return 1 or more
     */
    public abstract int support();

    /**
     * Of how many users those are.
     *
     * @return 1 or more
     */
    public abstract int users();

    /**
     * In how many wishes of other domains it is.
     *
     * @return 0 or more
     */
    public abstract int elsewhere();

    /**
     * How much more likely it is in them than in wishes of other domains, by the natural logarithm of the ratio of the odds.
     *
     * @return above 0
     */
    public abstract double logOdds();

    /**
     * The same in standard deviations.
     *
     * @return above 0
     */
    public abstract double z();

    /**
     * Says so in a sentence.
     *
     * @return without texts of wishes
     */
    public final String evidence() {
        return String.format(
                Locale.ROOT,
                "in %d well rated %s wishes of %d users and in %d others; log-odds %.2f, z %.1f",
                support(),
                domain(),
                users(),
                elsewhere(),
                logOdds(),
                z());
    }
}
