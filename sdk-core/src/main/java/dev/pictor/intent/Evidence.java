package dev.pictor.intent;

import static java.util.Objects.requireNonNull;

/**
 * A word, a phrase or a trait of a prompt's form that spoke for a domain. Immutable.
 *
 * @param term the words as they are looked up, lower case; of a trait its name in brackets, such as {@code (comma tags)}
 * @param group the group of the lexicon that knows the term, such as {@code art-medium}
 * @param speaksFor the domain
 * @param weight how much more it speaks for that domain than for the next, in units of the logistic model; above 0
 */
public record Evidence(String term, String group, Domain speaksFor, double weight) {

    /** Checks the components. */
    public Evidence {
        requireNonNull(term, "term");
        requireNonNull(group, "group");
        requireNonNull(speaksFor, "speaksFor");
    }
}
