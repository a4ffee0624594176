package dev.pictor.prompts;

import java.util.Locale;

/** Why a registry chose a file. The rules are tried in this order. More may be added, so a switch needs a {@code default}. */
public enum SelectionRule {
    /** The caller named the version. */
    PIN,
    /** The tenant has a prompt of its own at the moment. */
    OVERRIDE,
    /** The subject takes part in an experiment. */
    EXPERIMENT,
    /** A label names the file. */
    LABEL,
    /** The file as it is. */
    DEFAULT;

    /** Returns the rule's name in lower case, as records have it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
