package dev.pictor.trace;

import java.util.HashMap;
import java.util.Map;

/**
 * Equal values as one, where the same few come again and again: at most 8,192 of them, then it begins anew. Not
 * thread-safe.
 */
final class Pool {

    private static final int MOST = 8_192;

    private final Map<Object, Object> values = new HashMap<>();

    @SuppressWarnings("unchecked") // what is equal to a value here is of its type
    <T> T of(T value) {
        if (values.size() == MOST) {
            values.clear();
        }
        T known = (T) values.putIfAbsent(value, value);
        return known == null ? value : known;
    }
}
