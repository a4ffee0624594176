package dev.pictor.prompts;

import com.github.jknack.handlebars.ValueResolver;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One rendering. Helpers leave numbered marks in the text and their content here; the marks hold a random number that
 * is new each time, so no value of a variable can pass for one. Also the only source of {@code @} names: left to
 * itself the engine takes a variable {@code index} for {@code @index}. Not thread-safe.
 */
final class RenderState implements ValueResolver {

    /** Where helpers find it among the engine's data. */
    static final String KEY = RenderState.class.getName();

    static final int MAX_CHARACTERS = 1 << 20;

    private static final int MAX_TURNS = 100_000;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String prefix = "<<<" + nonce() + ":";
    private final List<Segment> marks = new ArrayList<>();
    private final Deque<Turn> loops = new ArrayDeque<>();
    private final Map<String, Object> variables;
    private final Map<String, Object> context;
    private int turns;
    private int unseen;

    RenderState(Map<String, Object> variables, Map<String, Object> context) {
        this.variables = variables;
        this.context = context;
    }

    /** One turn of a loop: what {@code @key}, {@code @index}, {@code @first} and {@code @last} are. */
    record Turn(Object key, int index, boolean first, boolean last) {}

    void enter(Turn turn) {
        if (++turns > MAX_TURNS) {
            throw new PromptFailure(PromptException.Reason.TOO_LARGE, "loops turn more than " + MAX_TURNS + " times");
        }
        loops.push(turn);
    }

    void leave() {
        loops.pop();
    }

    /** Keeps a segment and returns the mark that stands for it in the text. */
    String mark(Segment segment) {
        if (segment instanceof Segment.Part piece && piece.part() instanceof PromptPart.Media media) {
            unseen += media.url().length();
        }
        marks.add(segment);
        String mark = prefix + (marks.size() - 1) + ">>>";
        checkSize(mark.length());
        return mark;
    }

    /** Refuses text over the limit, addresses of media included. */
    void checkSize(long characters) {
        if (characters + unseen > MAX_CHARACTERS) {
            throw new PromptFailure(
                    PromptException.Reason.TOO_LARGE,
                    "the rendered text is longer than " + MAX_CHARACTERS + " characters");
        }
    }

    List<Segment> split(String text) {
        List<Segment> segments = new ArrayList<>();
        int from = 0;
        for (int at = text.indexOf(prefix); at >= 0; at = text.indexOf(prefix, from)) {
            addText(text.substring(from, at), segments);
            int end = text.indexOf('>', at);
            segments.add(marks.get(Integer.parseInt(text.substring(at + prefix.length(), end))));
            from = end + 3;
        }
        addText(text.substring(from), segments);
        return segments;
    }

    private static void addText(String text, List<Segment> segments) {
        if (!text.isEmpty()) {
            segments.add(new Segment.Part(new PromptPart.Text(text)));
        }
    }

    @Override
    public @Nullable Object resolve(Object of, String name) {
        return name.startsWith("@") ? data(name.substring(1)) : UNRESOLVED;
    }

    private @Nullable Object data(String name) {
        if (name.equals("root")) {
            return variables;
        }
        Turn turn = loops.peek();
        if (turn != null) {
            switch (name) {
                case "key" -> {
                    return turn.key();
                }
                case "index" -> {
                    return turn.index();
                }
                case "first" -> {
                    return turn.first();
                }
                case "last" -> {
                    return turn.last();
                }
                default -> {}
            }
        }
        return context.get(name);
    }

    @Override
    public Object resolve(Object of) {
        return UNRESOLVED;
    }

    @Override
    public Set<Entry<String, Object>> propertySet(Object of) {
        return Set.of();
    }

    private static String nonce() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
