package dev.pictor.trace;

import dev.pictor.secret.Secrets;
import java.util.List;
import java.util.Optional;

/**
 * What is left out of traces and journals before anything is hashed or written. Immutable.
 *
 * <p>In this order: the values that were named ({@code value}); members, headers and parameters whose names say that they
 * hold credentials, and what is in URLs before the host ({@code name}); what looks like a key of a known vendor, a bearer
 * token, a JWT or a private key ({@code shape}); and what a {@link Redactor} says ({@code redactor}). The first three
 * are always on. {@link #MARK} takes the place of what was left out, and the event lists where it was. Pictures and
 * documents are not looked into.
 */
public final class Redaction {

    /** What stands in the place of what was left out. */
    public static final String MARK = "__REDACTED__";

    private static final Redaction DEFAULTS = new RedactionBuilder().build();

    final Secrets secrets;
    final Redactor redactor;

    Redaction(RedactionBuilder builder) {
        this.secrets = Secrets.of(MARK, builder.secrets, builder.names, builder.names);
        this.redactor = builder.redactor;
    }

    /**
     * Returns Pictor's own rules, without values and without a redactor.
     *
     * @return always the same
     */
    public static Redaction ofDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns a builder with the defaults.
     *
     * @return a new builder
     */
    public static RedactionBuilder builder() {
        return new RedactionBuilder();
    }

    /**
     * Returns what of a value would be left out. Journals withhold such a value rather than change it.
     *
     * @param json maps, lists and scalars
     * @return the first place that is found, or empty if all of it may be kept
     */
    public Optional<RedactedField> find(Object json) {
        EventCleaner cleaner = new EventCleaner(this);
        Object unused = cleaner.clean("", json);
        List<RedactedField> found = cleaner.redactions();
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get(0));
    }

    /**
     * Returns what may be recorded of a text.
     *
     * @param text any text
     * @return the text with {@link #MARK} in the place of what must be left out
     */
    public String clean(String text) {
        return String.valueOf(new EventCleaner(this).clean("", text));
    }
}
