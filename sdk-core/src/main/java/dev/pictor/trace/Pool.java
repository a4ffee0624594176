package dev.pictor.trace;

import java.util.HashMap;
import java.util.Map;

/** Equal values as one, where the same few come again and again. Not thread-safe. */
final class Pool {

    private final Map<Object, Object> values = new HashMap<>();

    @SuppressWarnings("unchecked") // what is equal to a value here is of its type
    <T> T of(T value) {
        T known = (T) values.putIfAbsent(value, value);
        return known == null ? value : known;
    }
}
