package dev.pictor.prompts;

import java.util.regex.Pattern;

/** What prompts, variants and partials may be called. Everything allowed is safe in a path. */
final class PromptNames {

    static final String SEGMENT_RULE =
            "lower-case letters, digits, '_' and '-', beginning with a letter or digit, at most 64 characters";

    private static final Pattern SEGMENT = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");
    private static final Pattern NAME = Pattern.compile(SEGMENT + "(?:/" + SEGMENT + "){0,7}");

    private PromptNames() {}

    static boolean isSegment(String text) {
        return SEGMENT.matcher(text).matches();
    }

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** Returns the folder of a name with its trailing slash, or nothing for a name in the root. */
    static String folder(String name) {
        return name.substring(0, name.lastIndexOf('/') + 1);
    }
}
