package dev.pictor.prompts;

/** What a template engine hands over, in order: text, and what the helpers put between texts. Immutable. */
sealed interface Segment {

    /** From here on somebody else speaks. */
    record Role(PromptMessage.Role role) implements Segment {}

    /** Here earlier turns belong. */
    record History() implements Segment {}

    /** A piece of the current message. */
    record Part(PromptPart part) implements Segment {}
}
