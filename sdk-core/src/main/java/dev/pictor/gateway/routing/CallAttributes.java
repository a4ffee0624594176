package dev.pictor.gateway.routing;

import static java.util.Objects.requireNonNull;

import dev.pictor.model.ModelProfile;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What is known of a call beside its request, for the router to go by: short texts and numbers by name. No vendor gets
 * them, no cache key has them, and they stand in the trace as they are; so they hold no prompt and no secret. Immutable.
 */
public final class CallAttributes {

    /** Whom the call is for: a text such as {@code free}, {@code pro} or {@code enterprise}, or a tier of your own. */
    public static final String TIER = "tier";

    /** The craft that serves it: a text such as {@code photography}. */
    public static final String DOMAIN = "domain";

    /** The style within that craft: a text such as {@code portrait}. */
    public static final String STYLE = "style";

    /** How much is asked of the model: a number from 0, simple, to 1, complex. */
    public static final String COMPLEXITY = "complexity";

    /** What its user cares about most: {@code quality} or {@code cost}. */
    public static final String PREFERENCE = "preference";

    /** How many there may be: 32. */
    public static final int MAX_COUNT = 32;

    /** How long a name may be: 64 characters. */
    public static final int MAX_NAME = 64;

    /** How long a text may be: 256 characters. */
    public static final int MAX_TEXT = 256;

    private static final CallAttributes NONE = new CallAttributes(Map.of(), Map.of());

    private final Map<String, String> texts;
    private final Map<String, Double> numbers;

    private CallAttributes(Map<String, String> texts, Map<String, Double> numbers) {
        this.texts = Map.copyOf(texts);
        this.numbers = Map.copyOf(numbers);
    }

    /**
     * Returns no attributes.
     *
     * @return an empty set, to which {@code with} adds
     */
    public static CallAttributes none() {
        return NONE;
    }

    /**
     * Returns these and a text, in place of what had its name.
     *
     * @param name 1 to 64 characters
     * @param text at most 256 characters
     * @return new attributes
     * @throws IllegalArgumentException if name or text are too long, or there are 32 others
     */
    public CallAttributes with(String name, String text) {
        if (requireNonNull(text, "text").length() > MAX_TEXT) {
            throw new IllegalArgumentException(
                    "the attribute " + name + " must have at most " + MAX_TEXT + " characters, had " + text.length());
        }
        Map<String, String> more = new LinkedHashMap<>(texts);
        more.put(checked(name), text);
        return new CallAttributes(more, without(name, numbers));
    }

    /**
     * Returns these and a number, in place of what had its name.
     *
     * @param name 1 to 64 characters
     * @param number any finite number
     * @return new attributes
     * @throws IllegalArgumentException if the name is too long, the number is not finite, or there are 32 others
     */
    public CallAttributes with(String name, double number) {
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("the attribute " + name + " must be a finite number, was " + number);
        }
        Map<String, Double> more = new LinkedHashMap<>(numbers);
        more.put(checked(name), number);
        return new CallAttributes(without(name, texts), more);
    }

    private String checked(String name) {
        if (name.isBlank() || name.length() > MAX_NAME) {
            throw new IllegalArgumentException("the name of an attribute must have 1 to " + MAX_NAME
                    + " characters and not be blank, had " + name.length());
        }
        boolean isNew = !texts.containsKey(name) && !numbers.containsKey(name);
        if (isNew && texts.size() + numbers.size() >= MAX_COUNT) {
            throw new IllegalArgumentException(
                    "there must be at most " + MAX_COUNT + " attributes, " + name + " is one more");
        }
        return name;
    }

    private static <V> Map<String, V> without(String name, Map<String, V> values) {
        Map<String, V> left = new LinkedHashMap<>(values);
        left.remove(name);
        return left;
    }

    /**
     * Returns a text.
     *
     * @param name its name
     * @return the text, or empty if there is none of that name, or it is a number
     */
    public Optional<String> text(String name) {
        return Optional.ofNullable(texts.get(name));
    }

    /**
     * Returns a number.
     *
     * @param name its name
     * @return the number, or empty if there is none of that name, or it is a text
     */
    public OptionalDouble number(String name) {
        Double number = numbers.get(name);
        return number == null ? OptionalDouble.empty() : OptionalDouble.of(number);
    }

    /**
     * Returns how good a model is for such a call: by what it is a specialist for, the style before the domain, else in
     * general.
     *
     * @param profile what the model is
     * @return 0 to 1, 1 is best; empty if it is unknown
     */
    public OptionalDouble qualityOf(ModelProfile profile) {
        return Quality.of(this, profile);
    }

    /**
     * Returns all of them as text, for records.
     *
     * @return by name, in the order of the names
     */
    public Map<String, String> asText() {
        Map<String, String> all = new TreeMap<>(texts);
        numbers.forEach((name, number) -> all.put(name, number.toString()));
        return all;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CallAttributes that && texts.equals(that.texts) && numbers.equals(that.numbers);
    }

    @Override
    public int hashCode() {
        return 31 * texts.hashCode() + numbers.hashCode();
    }

    @Override
    public String toString() {
        return asText().toString();
    }
}
