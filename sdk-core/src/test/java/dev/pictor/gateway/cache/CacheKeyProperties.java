package dev.pictor.gateway.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.model.EmbeddingRequest;
import dev.pictor.model.ImageRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CacheKeyProperties {

    private static final CacheTarget TARGET =
            CacheTarget.builder("acme", "painter-1").build();

    /** Few, so that neighbours run together easily; halves of a surrogate pair among them. */
    private static final String[] ALPHABET = {
        "", "a", "b", "aa", "ab", "1", "\uD83D", "\uDE00", "?", "\0", "L", "M", "T"
    };

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    @DisplayName("R19: the order of maps makes no difference at any depth")
    void theOrderOfMapsMakesNoDifference(long seed) {
        Random random = new Random(seed);
        Map<String, Object> options = map(random, 3);

        CacheKey key = key(options);

        assertThat(key(shuffled(options, random))).isEqualTo(key);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    @DisplayName("R19: different values are different bytes, however their parts lie side by side")
    void differentValuesAreDifferentBytes(long seed) {
        Random random = new Random(seed);
        Map<String, Object> seen = new HashMap<>();
        for (int i = 0; i < 200; i++) {
            Object value = value(random, 3);
            CacheKeyWriter writer = new CacheKeyWriter();
            writer.value("x", value);
            Object before = seen.put(HexFormat.of().formatHex(writer.toByteArray()), value);
            assertThat(before == null || before.equals(value))
                    .as("%s and %s, seed %s", before, value, seed)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    @DisplayName("R19: text cut elsewhere is another request")
    void textCutElsewhereIsAnotherRequest(long seed) {
        Random random = new Random(seed);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 2 + random.nextInt(3); i++) {
            texts.add("x" + ALPHABET[random.nextInt(ALPHABET.length)] + ALPHABET[random.nextInt(ALPHABET.length)]);
        }
        String whole = String.join("", texts);
        int cut = 1 + random.nextInt(whole.length() - 1);
        List<String> other = List.of(whole.substring(0, cut), "x" + whole.substring(cut));

        assertThat(CacheKey.of(TARGET, new EmbeddingRequest(texts))
                        .equals(CacheKey.of(TARGET, new EmbeddingRequest(other))))
                .as("%s and %s, seed %s", texts, other, seed)
                .isEqualTo(texts.equals(other));
    }

    private static CacheKey key(Map<String, Object> options) {
        return CacheKey.of(
                TARGET, ImageRequest.builder("a lamp").options(options).build());
    }

    private static Object value(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 7)) {
            case 0 -> text(random);
            case 1 -> (long) random.nextInt(3);
            case 2 -> random.nextInt(3) / 2.0;
            case 3 -> random.nextBoolean();
            case 4 -> map(random, depth - 1);
            default -> list(random, depth - 1);
        };
    }

    private static String text(Random random) {
        return ALPHABET[random.nextInt(ALPHABET.length)] + ALPHABET[random.nextInt(ALPHABET.length)];
    }

    private static List<Object> list(Random random, int depth) {
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(value(random, depth));
        }
        return list;
    }

    private static Map<String, Object> map(Random random, int depth) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            map.put(text(random), value(random, depth));
        }
        return map;
    }

    private static Map<String, Object> shuffled(Map<String, Object> map, Random random) {
        List<Map.Entry<String, Object>> entries = new ArrayList<>(map.entrySet());
        Collections.shuffle(entries, random);
        Map<String, Object> shuffled = new LinkedHashMap<>();
        entries.forEach(entry -> shuffled.put(entry.getKey(), reordered(entry.getValue(), random)));
        return shuffled;
    }

    @SuppressWarnings("unchecked") // made above
    private static Object reordered(Object value, Random random) {
        if (value instanceof Map<?, ?> map) {
            return shuffled((Map<String, Object>) map, random);
        }
        return value instanceof List<?> list
                ? list.stream().map(element -> reordered(element, random)).toList()
                : value;
    }
}
