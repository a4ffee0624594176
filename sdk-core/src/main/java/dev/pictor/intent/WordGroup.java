package dev.pictor.intent;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Words and phrases that speak for the same thing, so that one learned weight serves them all.
 *
 * @param strength 0 to 4, where training starts from
 * @param phrases lower case, at most {@value Phrases#MAX_WORDS} words each
 */
record WordGroup(
        String name,
        Role role,
        Optional<Domain> domain,
        Optional<String> style,
        double strength,
        List<String> phrases) {

    /** What the words of a group are. */
    enum Role {
        /** What is to be made: a photo, a painting, a chart. */
        MEDIUM,
        /** What it is made for: a listing, a campaign. */
        PURPOSE,
        /** How it is to look. */
        LOOK,
        /** What is to be seen. */
        CONTENT,
        /** Words that only look like another group's; they take these words from it. */
        DECOY,
        /** What complexity counts. */
        COUNT,
        /** Words that open a wish and say nothing of it. */
        OPENING;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    boolean tellsWhat() {
        return role == Role.MEDIUM || role == Role.PURPOSE;
    }
}
