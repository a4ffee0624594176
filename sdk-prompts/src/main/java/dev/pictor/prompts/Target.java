package dev.pictor.prompts;

import java.util.Optional;
import java.util.Set;

/**
 * The file that a label or the arm of an experiment points at.
 *
 * @param variant the variant, or empty for the one that was asked for
 * @param version what version it must have, or empty for any
 */
record Target(Optional<String> variant, Optional<String> version) {

    static final Set<String> KEYS = Set.of("variant", "version");

    static Target of(Settings entry) {
        return new Target(entry.segment("variant"), entry.text("version"));
    }
}
