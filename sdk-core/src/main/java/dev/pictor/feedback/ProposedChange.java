package dev.pictor.feedback;

import static java.util.Objects.requireNonNull;

/**
 * A change of one value in a data file that the evidence speaks for. Nobody applies it but the one who reads it. Immutable.
 *
 * @param file the file's name
 * @param pointer where in the file, as a JSON pointer; the last part is {@code -} for one more in a list
 * @param value what should be there, as JSON
 * @param evidence why, in a sentence
 */
public record ProposedChange(String file, String pointer, String value, String evidence) {

    /** Checks that all are given. */
    public ProposedChange {
        requireNonNull(file, "file");
        requireNonNull(pointer, "pointer");
        requireNonNull(value, "value");
        requireNonNull(evidence, "evidence");
    }

    /**
     * Returns a file as it would be.
     *
     * @param text the file as it is, JSON
     * @return the file with this change and no other, also none of its layout
     * @throws IllegalArgumentException if the text is no JSON or has no such place
     */
    public String applyTo(String text) {
        return JsonEdit.set(requireNonNull(text, "text"), pointer, value);
    }
}
