package dev.pictor.trace;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an event says: a few named values, in the order in which they were named. It takes the room of one array, since
 * every call writes several. Looking up a value walks over the names. Immutable.
 */
public final class TraceFields extends AbstractMap<String, Object> {

    private static final TraceFields NONE = new TraceFields(new Object[0]);

    /** Each name and then its value. */
    private final Object[] pairs;

    private TraceFields(Object[] pairs) {
        this.pairs = pairs;
    }

    /**
     * Returns fields.
     *
     * @param pairs each name, a text that comes once only, and then its value; a name whose value is null is left out.
     *     An array is kept as it is, so whoever hands one over leaves it alone from then on
     * @return the fields
     * @throws IllegalArgumentException if there is a name without a place for its value
     */
    public static TraceFields of(@Nullable Object... pairs) {
        if (pairs.length % 2 != 0) {
            throw new IllegalArgumentException("the last of " + pairs.length + " names and values is a name alone");
        }
        int kept = 0;
        for (int i = 1; i < pairs.length; i += 2) {
            kept += pairs[i] == null ? 0 : 2;
        }
        return kept == 0 ? NONE : new TraceFields(present(pairs, kept));
    }

    @SuppressWarnings("NullAway") // it cannot know that nothing null is left
    private static Object[] present(@Nullable Object[] pairs, int kept) {
        if (kept == pairs.length) {
            return pairs;
        }
        Object[] all = new Object[kept];
        int at = 0;
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i + 1] != null) {
                all[at++] = pairs[i];
                all[at++] = pairs[i + 1];
            }
        }
        return all;
    }

    /**
     * Returns these fields and some more.
     *
     * @param more others, with names of their own
     * @return all of them
     */
    public TraceFields and(Map<String, ?> more) {
        if (more.isEmpty()) {
            return this;
        }
        Object[] all = Arrays.copyOf(pairs, pairs.length + 2 * more.size());
        int at = pairs.length;
        for (Map.Entry<String, ?> field : more.entrySet()) {
            all[at++] = field.getKey();
            all[at++] = field.getValue();
        }
        return new TraceFields(all);
    }

    @Override
    public int size() {
        return pairs.length / 2;
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
        int at = indexOf(name);
        return at < 0 ? null : pairs[at + 1];
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return indexOf(name) >= 0;
    }

    private int indexOf(@Nullable Object name) {
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return TraceFields.this.size();
            }

            @Override
            public Iterator<Map.Entry<String, Object>> iterator() {
                return new Pairs();
            }
        };
    }

    private final class Pairs implements Iterator<Map.Entry<String, Object>> {

        private int next;

        @Override
        public boolean hasNext() {
            return next < pairs.length;
        }

        @Override
        public Map.Entry<String, Object> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Map.Entry<String, Object> pair = Map.entry((String) pairs[next], pairs[next + 1]);
            next += 2;
            return pair;
        }
    }
}
