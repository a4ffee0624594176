package dev.pictor.gateway.semantic;

import java.util.List;

/** What a prompt tells. Immutable. */
final class Facts {

    private final List<String> words;

    Facts(List<String> words) {
        this.words = words;
    }

    /** Whether the two can agree at all, which costs next to nothing. */
    boolean mayAgree(Facts other) {
        return words.size() == other.words.size();
    }

    /** Whether the two tell the same. */
    boolean agree(Facts other) {
        return words.equals(other.words);
    }

    List<String> words() {
        return words;
    }
}
