package dev.pictor.prompts;

import java.util.ArrayList;
import java.util.List;

/** Puts segments and earlier turns together to messages, as the format's reference does. */
final class Messages {

    private final List<PromptMessage> done = new ArrayList<>();
    private PromptMessage.Role role = PromptMessage.Role.USER;
    private List<PromptPart> parts = new ArrayList<>();

    private Messages() {}

    /**
     * Puts together. Text that is blank is dropped. Without a place for it, the history goes before a last message of
     * the asking side, else to the end.
     */
    static List<PromptMessage> of(List<Segment> segments, List<PromptMessage> history) {
        Messages messages = new Messages();
        boolean placed = history.isEmpty();
        for (Segment segment : segments) {
            if (segment instanceof Segment.Role next) {
                messages.finish();
                messages.role = next.role();
            } else if (segment instanceof Segment.History) {
                messages.finish();
                messages.done.addAll(history);
                messages.role = PromptMessage.Role.MODEL;
                placed = true;
            } else if (segment instanceof Segment.Part piece
                    && !(piece.part() instanceof PromptPart.Text text && Blanks.isBlank(text.text()))) {
                messages.parts.add(piece.part());
            }
        }
        messages.finish();
        if (!placed) {
            int last = messages.done.size() - 1;
            boolean asks = last >= 0 && messages.done.get(last).role() == PromptMessage.Role.USER;
            messages.done.addAll(asks ? last : last + 1, history);
        }
        return List.copyOf(messages.done);
    }

    private void finish() {
        if (!parts.isEmpty()) {
            done.add(new PromptMessage(role, parts));
            parts = new ArrayList<>();
        }
    }
}
