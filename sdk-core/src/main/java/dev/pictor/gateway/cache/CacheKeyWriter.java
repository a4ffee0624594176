package dev.pictor.gateway.cache;

import dev.pictor.image.ImageBytes;
import dev.pictor.image.Sha256;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes named, typed fields so that no two lists of fields are the same bytes: each name, each value and each count is
 * led by its length, each value by its kind, and maps are in the order of their names. Not thread-safe.
 */
final class CacheKeyWriter {

    private static final int FIRST_BYTES = 512;
    private static final int MAX_DEPTH = 64;

    private static final byte NULL = 'N';
    private static final byte TEXT = 'T';
    private static final byte INTEGER = 'I';
    private static final byte BIG_INTEGER = 'J';
    private static final byte REAL = 'R';
    private static final byte DECIMAL = 'D';
    private static final byte TRUTH = 'B';
    private static final byte DIGEST = 'S';
    private static final byte BYTES = 'Y';
    private static final byte LIST = 'L';
    private static final byte MAP = 'M';
    private static final byte COUNT = 'C';

    private byte[] bytes = new byte[FIRST_BYTES];
    private int length;

    void text(String name, String text) {
        put(name);
        putText(text);
    }

    void number(String name, long number) {
        put(name);
        putInteger(number);
    }

    /** Says how many fields that follow belong together. */
    void count(String name, int count) {
        put(name);
        putByte(COUNT);
        putLength(count);
    }

    void picture(String name, ImageBytes image) {
        digest(name, image.sha256());
    }

    void digest(String name, Sha256 sha256) {
        put(name);
        putDigest(sha256);
    }

    /**
     * Writes what JSON could say.
     *
     * @throws IllegalArgumentException if the value is something else
     */
    void value(String name, Object value) {
        put(name);
        putValue(name, value, 0);
    }

    /** Returns the SHA-256 of all that was written: 32 bytes. */
    byte[] sha256() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, 0, length);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no SHA-256, which every JVM must have", e);
        }
    }

    /** Returns all that was written. */
    byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    private void putValue(String field, @Nullable Object value, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException(
                    "\"" + field + "\" is nested deeper than the limit of " + MAX_DEPTH + " lists and maps");
        }
        if (value == null) {
            putByte(NULL);
        } else if (value instanceof String text) {
            putText(text);
        } else if (value instanceof Boolean truth) {
            putByte(TRUTH);
            putByte(truth ? 1 : 0);
        } else if (value instanceof Number number) {
            putNumber(field, number);
        } else if (value instanceof Map<?, ?> map) {
            putMap(field, map, depth);
        } else if (value instanceof Collection<?> list) {
            putByte(LIST);
            putLength(list.size());
            for (Object element : list) {
                putValue(field, element, depth + 1);
            }
        } else if (value instanceof Enum<?> constant) {
            putText(constant.name());
        } else if (value instanceof ImageBytes image) {
            putDigest(image.sha256());
        } else if (value instanceof byte[] array) {
            putByte(BYTES);
            putArray(array);
        } else {
            throw unknown(field, value);
        }
    }

    /** The same whole number is the same whatever its type; so is the same decimal, whatever its zeros. */
    private void putNumber(String field, Number number) {
        if (number instanceof Integer || number instanceof Long || number instanceof Short || number instanceof Byte) {
            putInteger(number.longValue());
        } else if (number instanceof Double || number instanceof Float) {
            putByte(REAL);
            putLong(Double.doubleToLongBits(number.doubleValue()));
        } else if (number instanceof BigInteger integer) {
            if (integer.bitLength() < Long.SIZE) {
                putInteger(integer.longValue());
            } else {
                putByte(BIG_INTEGER);
                putArray(integer.toByteArray());
            }
        } else if (number instanceof BigDecimal decimal) {
            BigDecimal exact = decimal.stripTrailingZeros();
            putByte(DECIMAL);
            putLong(exact.scale());
            putArray(exact.unscaledValue().toByteArray());
        } else {
            throw unknown(field, number);
        }
    }

    private void putMap(String field, Map<?, ?> map, int depth) {
        String[] names = new String[map.size()];
        int count = 0;
        for (Object name : map.keySet()) {
            if (!(name instanceof String text)) {
                throw new IllegalArgumentException("no cache key: the names in \"" + field + "\" must be text");
            }
            names[count++] = text;
        }
        Arrays.sort(names);
        putByte(MAP);
        putLength(names.length);
        for (String name : names) {
            put(name);
            putValue(depth == 0 ? name : field, map.get(name), depth + 1);
        }
    }

    private static IllegalArgumentException unknown(String field, Object value) {
        return new IllegalArgumentException("no cache key: \"" + field + "\" is or holds a "
                + value.getClass().getName() + "; use text, numbers, truth values, pictures, lists and maps");
    }

    private void putText(String text) {
        putByte(TEXT);
        put(text);
    }

    /** Three bytes at most for each char, so that halves of surrogate pairs, too, stay what they are. */
    private void put(String text) {
        int chars = text.length();
        putLength(chars);
        ensure(chars * 3L);
        byte[] to = bytes;
        int at = length;
        for (int i = 0; i < chars; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                to[at++] = (byte) c;
            } else if (c < 0x800) {
                to[at++] = (byte) (0xC0 | (c >> 6));
                to[at++] = (byte) (0x80 | (c & 0x3F));
            } else {
                to[at++] = (byte) (0xE0 | (c >> 12));
                to[at++] = (byte) (0x80 | ((c >> 6) & 0x3F));
                to[at++] = (byte) (0x80 | (c & 0x3F));
            }
        }
        length = at;
    }

    private void putInteger(long number) {
        putByte(INTEGER);
        putLong(number);
    }

    private void putDigest(Sha256 sha256) {
        putByte(DIGEST);
        put(sha256.hex());
    }

    private void putArray(byte[] array) {
        putLength(array.length);
        ensure(array.length);
        System.arraycopy(array, 0, bytes, length, array.length);
        length += array.length;
    }

    private void putLength(int count) {
        ensure(Integer.BYTES);
        for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            bytes[length++] = (byte) (count >> shift);
        }
    }

    private void putLong(long number) {
        ensure(Long.BYTES);
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            bytes[length++] = (byte) (number >> shift);
        }
    }

    private void putByte(int value) {
        ensure(1);
        bytes[length++] = (byte) value;
    }

    private void ensure(long more) {
        long needed = length + more;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.toIntExact(Math.max(needed, bytes.length * 2L)));
        }
    }
}
