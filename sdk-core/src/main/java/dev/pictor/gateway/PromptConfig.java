package dev.pictor.gateway;

import dev.pictor.prompts.RenderedPrompt;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The parameters of a model, as a prompt's file has them. Immutable.
 *
 * @param temperature how freely the model answers
 * @param maxOutputTokens the longest answer
 * @param thinkingTokens how much the model may think
 * @param seed makes a repeatable model repeat itself
 * @param options by the vendor's own names
 */
record PromptConfig(
        OptionalDouble temperature,
        OptionalInt maxOutputTokens,
        OptionalInt thinkingTokens,
        OptionalLong seed,
        Map<String, Object> options) {

    private static final String TEMPERATURE = "temperature";
    private static final String MAX_OUTPUT_TOKENS = "maxOutputTokens";
    private static final String THINKING_TOKENS = "thinkingTokens";
    private static final String SEED = "seed";
    private static final String OPTIONS = "options";
    private static final Set<String> KNOWN = Set.of(TEMPERATURE, MAX_OUTPUT_TOKENS, THINKING_TOKENS, SEED, OPTIONS);

    /** @throws IllegalArgumentException if there is another key, or a value that is none for its key */
    static PromptConfig of(RenderedPrompt prompt) {
        Map<String, Object> config = prompt.config();
        for (String key : config.keySet()) {
            if (!KNOWN.contains(key)) {
                throw wrong(prompt, key, "is not known; an option of a vendor belongs under config.options");
            }
        }
        Optional<BigDecimal> temperature = number(prompt, TEMPERATURE);
        return new PromptConfig(
                temperature.map(value -> OptionalDouble.of(value.doubleValue())).orElseGet(OptionalDouble::empty),
                count(prompt, MAX_OUTPUT_TOKENS),
                count(prompt, THINKING_TOKENS),
                number(prompt, SEED)
                        .map(value -> OptionalLong.of(whole(prompt, SEED, value)))
                        .orElseGet(OptionalLong::empty),
                options(prompt));
    }

    private static Optional<BigDecimal> number(RenderedPrompt prompt, String key) {
        Object value = prompt.config().get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Number number) {
            return Optional.of(new BigDecimal(number.toString()));
        }
        throw wrong(prompt, key, "must be a number");
    }

    private static OptionalInt count(RenderedPrompt prompt, String key) {
        Optional<BigDecimal> number = number(prompt, key);
        if (number.isEmpty()) {
            return OptionalInt.empty();
        }
        long count = whole(prompt, key, number.get());
        if (count < 0 || count > Integer.MAX_VALUE) {
            throw wrong(prompt, key, "must be 0 to " + Integer.MAX_VALUE + ", is " + count);
        }
        return OptionalInt.of((int) count);
    }

    private static long whole(RenderedPrompt prompt, String key, BigDecimal number) {
        try {
            return number.longValueExact();
        } catch (ArithmeticException e) {
            throw wrong(prompt, key, "must be a whole number, is " + number);
        }
    }

    private static Map<String, Object> options(RenderedPrompt prompt) {
        Object options = prompt.config().get(OPTIONS);
        if (options == null) {
            return Map.of();
        }
        if (options instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, value) -> {
                if (value != null) {
                    copy.put(key.toString(), value);
                }
            });
            return copy;
        }
        throw wrong(prompt, OPTIONS, "must be a map of a vendor's options");
    }

    private static IllegalArgumentException wrong(RenderedPrompt prompt, String key, String what) {
        return new IllegalArgumentException(
                "config." + key + " of prompt " + prompt.name() + " (" + prompt.origin() + ") " + what);
    }
}
