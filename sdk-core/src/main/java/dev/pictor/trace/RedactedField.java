package dev.pictor.trace;

import static java.util.Objects.requireNonNull;

/**
 * A place of an event where something was left out. Immutable.
 *
 * @param path where, such as {@code /body/exchanges/0/requestHeaders/authorization}
 * @param rule why: {@code name}, {@code shape}, {@code value} or {@code redactor}
 */
public record RedactedField(String path, String rule) {

    /** Checks that both are given. */
    public RedactedField {
        requireNonNull(path, "path");
        requireNonNull(rule, "rule");
    }
}
