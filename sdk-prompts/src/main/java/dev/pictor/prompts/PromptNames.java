package dev.pictor.prompts;

import java.util.Optional;
import java.util.regex.Pattern;

/** What prompts, variants and partials may be called. Everything allowed is safe in a path. */
final class PromptNames {

    static final String EXTENSION = ".prompt";

    static final String SEGMENT_RULE =
            "lower-case letters, digits, '_' and '-', beginning with a letter or digit, at most 64 characters";

    static final String NAME_RULE = "up to 8 parts joined by '/', each " + SEGMENT_RULE;

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

    /** Returns the file of a prompt. */
    static String path(String name, String variant) {
        return key(name, variant) + EXTENSION;
    }

    /** Returns a prompt's name with its variant, as files of settings and records have it. */
    static String key(String name, String variant) {
        return variant.isEmpty() ? name : name + "." + variant;
    }

    /** Returns the variant that a file is of a prompt, or empty if it is none of it. */
    static Optional<String> variant(String name, String path) {
        if (!path.startsWith(name) || !path.endsWith(EXTENSION)) {
            return Optional.empty();
        }
        int end = path.length() - EXTENSION.length();
        if (end == name.length()) {
            return Optional.of("");
        }
        return end > name.length()
                        && path.charAt(name.length()) == '.'
                        && isSegment(path.substring(name.length() + 1, end))
                ? Optional.of(path.substring(name.length() + 1, end))
                : Optional.empty();
    }
}
