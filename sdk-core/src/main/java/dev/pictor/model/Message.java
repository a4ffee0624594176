package dev.pictor.model;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One turn of a conversation with a reasoning model. Immutable.
 *
 * @param role who speaks
 * @param parts what is said and shown, in order, at least one
 */
public record Message(Role role, List<MessagePart> parts) {

    /** Who speaks. */
    public enum Role {
        /** The program that sets the rules. */
        SYSTEM,
        /** The one who asks. */
        USER,
        /** The model itself, in an earlier turn. */
        MODEL
    }

    /**
     * Checks and copies.
     *
     * @throws IllegalArgumentException if there is no part
     */
    public Message {
        requireNonNull(role, "role");
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a message needs at least one part");
        }
    }

    /**
     * Returns a message of the asking side that is text alone.
     *
     * @param text what is asked
     * @return the message
     */
    public static Message user(String text) {
        return new Message(Role.USER, List.of(new MessagePart.Text(text)));
    }

    /**
     * Returns the text of this message, without its pictures and documents.
     *
     * @return the text parts, joined by line breaks
     */
    public String text() {
        return String.join(
                "\n",
                parts.stream()
                        .filter(MessagePart.Text.class::isInstance)
                        .map(part -> ((MessagePart.Text) part).text())
                        .toList());
    }
}
