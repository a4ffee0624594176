package dev.pictor.prompts;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * JSON-like values: maps with text as keys, lists, text, numbers, booleans and null. Copies are deep, unmodifiable and
 * bounded, so whatever holds one need not fear its source.
 */
final class Values {

    private static final int MAX_DEPTH = 32;
    private static final int MAX_NODES = 100_000;
    private static final int MAX_DIGITS = 400;

    private final UnaryOperator<Number> numbers;
    private int nodes;

    private Values(UnaryOperator<Number> numbers) {
        this.numbers = numbers;
    }

    /** Copies a map as {@link #variables} does, but leaves numbers as they are. */
    static Map<String, Object> copyOf(Map<?, ?> map) {
        return new Values(UnaryOperator.identity()).top(map);
    }

    /**
     * Copies a map, without its null values and with equal numbers in one form.
     *
     * @throws IllegalArgumentException if something in it is no JSON-like value, nested over 32 deep or over 100,000
     *     values in all; the message names the type or the limit, never a value
     */
    static Map<String, Object> variables(Map<?, ?> map) {
        return new Values(Values::narrow).top(map);
    }

    /** Returns a number as JavaScript would print it, but never with an exponent. */
    static String text(Number number) {
        return number instanceof Double || number instanceof BigDecimal
                ? new BigDecimal(number.toString()).stripTrailingZeros().toPlainString()
                : number.toString();
    }

    private Map<String, Object> top(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            if (value != null) {
                String name = key(key);
                copy.put(name, present(name, value));
            }
        });
        return Collections.unmodifiableMap(copy);
    }

    private Object present(String name, Object value) {
        try {
            return copy(value, 1);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("\"" + name + "\" " + e.getMessage(), e);
        }
    }

    private @Nullable Object copyNullable(@Nullable Object value, int depth) {
        return value == null ? null : copy(value, depth);
    }

    private Object copy(Object value, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("is nested more than " + MAX_DEPTH + " deep");
        }
        if (++nodes > MAX_NODES) {
            throw new IllegalArgumentException("brings the number of values over " + MAX_NODES);
        }
        if (value instanceof CharSequence text) {
            return text.toString();
        }
        if (value instanceof Boolean) {
            return value;
        }
        if (value instanceof Number number) {
            return numbers.apply(number);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((key, held) -> copy.put(key(key), copyNullable(held, depth + 1)));
            return Collections.unmodifiableMap(copy);
        }
        if (value instanceof Collection<?> || value instanceof Object[]) {
            Collection<?> items = value instanceof Collection<?> all ? all : Arrays.asList((Object[]) value);
            List<@Nullable Object> copy = new ArrayList<>();
            items.forEach(item -> copy.add(copyNullable(item, depth + 1)));
            return Collections.unmodifiableList(copy);
        }
        throw new IllegalArgumentException("holds a " + value.getClass().getName()
                + ", but may hold only text, numbers, booleans, lists and maps with text as keys");
    }

    private static String key(@Nullable Object key) {
        if (key instanceof CharSequence || key instanceof Number || key instanceof Boolean) {
            return key.toString();
        }
        throw new IllegalArgumentException("a map's key must be text");
    }

    /** Brings equal numbers to one form: the smallest of Integer, Long, BigInteger, Double that holds it exactly. */
    private static Number narrow(Number number) {
        boolean decimal = number instanceof Double || number instanceof Float;
        boolean exactly = number instanceof Integer
                || number instanceof Long
                || number instanceof Short
                || number instanceof Byte
                || number instanceof BigInteger
                || number instanceof BigDecimal;
        if (!exactly && !(decimal && Double.isFinite(number.doubleValue()))) {
            throw new IllegalArgumentException("holds a number that is not finite or of an unknown class");
        }
        BigDecimal exact = new BigDecimal(number.toString()).stripTrailingZeros();
        if (Math.max(exact.precision(), exact.precision() - (long) exact.scale()) > MAX_DIGITS
                || exact.scale() > MAX_DIGITS) {
            throw new IllegalArgumentException("holds a number of more than " + MAX_DIGITS + " digits");
        }
        if (exact.scale() > 0) {
            return number instanceof BigDecimal ? exact : exact.doubleValue();
        }
        BigInteger whole = exact.toBigIntegerExact();
        if (whole.bitLength() < Integer.SIZE) {
            return whole.intValueExact();
        }
        return whole.bitLength() < Long.SIZE ? whole.longValueExact() : whole;
    }
}
