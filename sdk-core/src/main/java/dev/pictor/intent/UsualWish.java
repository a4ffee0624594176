package dev.pictor.intent;

import static java.util.Objects.requireNonNull;

/**
 * What a user mostly wishes for. It stands in where a wish tells nothing, as a bare subject does.
 *
 * @param domain the domain of most of the user's wishes
 * @param style the style of most of them, {@code other} if none is
 */
public record UsualWish(Domain domain, String style) {

    /** Checks that both are given. */
    public UsualWish {
        requireNonNull(domain, "domain");
        requireNonNull(style, "style");
    }
}
