package dev.pictor.prompts;

import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/**
 * What a rendering has written: text, and the segments that helpers put between texts. A segment is never written as text,
 * so no text can pass for one. Holds at most 1,048,576 characters, addresses of media included. Not thread-safe.
 */
final class RenderOutput extends Writer {

    static final int MAX_CHARACTERS = 1 << 20;

    private final RenderState state;
    private final List<Segment> segments = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private long characters;

    RenderOutput(RenderState state) {
        this.state = state;
    }

    void add(Segment segment) {
        state.work(RenderState.SCOPE);
        if (segment instanceof Segment.Part piece && piece.part() instanceof PromptPart.Media media) {
            count(media.url().length());
        }
        endText();
        segments.add(segment);
    }

    /** Ends the rendering and returns all segments, in order. */
    List<Segment> segments() {
        endText();
        return segments;
    }

    private void endText() {
        if (!text.isEmpty()) {
            segments.add(new Segment.Part(new PromptPart.Text(text.toString())));
            text.setLength(0);
        }
    }

    private void count(int more) {
        characters += more;
        if (characters > MAX_CHARACTERS) {
            throw new PromptFailure(
                    PromptException.Reason.TOO_LARGE,
                    "the rendered text is longer than " + MAX_CHARACTERS + " characters");
        }
    }

    @Override
    public void write(char[] more, int from, int length) {
        state.work(1);
        count(length);
        text.append(more, from, length);
    }

    @Override
    public void write(String more, int from, int length) {
        state.work(1);
        count(length);
        text.append(more, from, from + length);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
