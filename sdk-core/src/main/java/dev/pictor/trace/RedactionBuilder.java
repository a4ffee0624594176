package dev.pictor.trace;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.secret.Secrets;
import java.util.ArrayList;
import java.util.List;

/** Sets up a {@link Redaction}. Not thread-safe. */
public final class RedactionBuilder {

    final List<String> secrets = new ArrayList<>();
    final List<String> names = new ArrayList<>();
    Redactor redactor = Redactor.none();

    RedactionBuilder() {}

    /**
     * Names a secret by its value, such as a key, that must be in no trace, wherever it turns up. It is found as it is,
     * and as it stands in a URL, in JSON and in base64. Default: none; the keys of known vendors are found by what they look
     * like.
     *
     * @param value 6 or more characters
     * @return this builder
     * @throws IllegalArgumentException if {@code value} is shorter
     */
    @CanIgnoreReturnValue
    public RedactionBuilder addSecret(String value) {
        if (value.length() < Secrets.LEAST_CHARS) {
            throw new IllegalArgumentException(
                    "a secret must have " + Secrets.LEAST_CHARS + " or more characters, had " + value.length());
        }
        secrets.add(value);
        return this;
    }

    /**
     * Names a member of JSON, a header or a parameter whose value must be in no trace. Default: none; names such as
     * {@code authorization}, {@code api_key} and {@code password} are known.
     *
     * @param name in any case; hyphens and underscores are the same
     * @return this builder
     */
    @CanIgnoreReturnValue
    public RedactionBuilder addName(String name) {
        names.add(requireNonNull(name, "name"));
        return this;
    }

    /**
     * Sets who is asked what of a text may be recorded, after the rules. Default: {@link Redactor#none()}.
     *
     * @param redactor is asked for every text
     * @return this builder
     */
    @CanIgnoreReturnValue
    public RedactionBuilder redactor(Redactor redactor) {
        this.redactor = requireNonNull(redactor, "redactor");
        return this;
    }

    /**
     * Builds the redaction.
     *
     * @return the redaction
     */
    public Redaction build() {
        return new Redaction(this);
    }
}
