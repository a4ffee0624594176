package dev.pictor.adapter.cutout;

import static java.util.Objects.requireNonNull;

import dev.pictor.model.OptionWarning;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The options of a request to the studio remover, checked. Immutable. */
record StudioOptions(Map<String, Object> values) {

    /** What options there are, as data: name, what it may be, and what it is where nobody says. */
    @SuppressWarnings("ImmutableEnumChecker") // texts, numbers and lists of them that nobody changes
    enum Option {
        SHADOW("remove", "keep"),
        HOLES("keep", "cut"),
        TOLERANCE(0.03, 0.01, 0.1),
        HOLE_AREA(0.0005, 0, 1),
        SPECK_AREA(0.0001, 0, 0.1),
        MAX_TOUCH(0.2, 0, 0.5),
        MIN_EVEN(0.7, 0.5, 1);

        private final Object usual;
        private final List<String> words;
        private final double least;
        private final double most;

        Option(String usual, String other) {
            this.usual = usual;
            this.words = List.of(usual, other);
            this.least = 0;
            this.most = 0;
        }

        Option(double usual, double least, double most) {
            this.usual = usual;
            this.words = List.of();
            this.least = least;
            this.most = most;
        }

        /** Its name in a request. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        Object usual() {
            return usual;
        }

        /** What it may be, for people. */
        String range() {
            return words.isEmpty() ? least + " to " + most : String.join(" or ", words);
        }

        /**
         * Returns a value as text or double.
         *
         * @throws IllegalArgumentException if it may not be that
         */
        Object checked(Object value) {
            if (words.isEmpty()
                    ? value instanceof Number number && number.doubleValue() >= least && number.doubleValue() <= most
                    : words.contains(value)) {
                return value instanceof Number number ? (Object) number.doubleValue() : value;
            }
            throw new IllegalArgumentException("option " + word() + " must be " + range() + ", was "
                    + (value instanceof Number ? value : "something else"));
        }
    }

    /**
     * Reads the options of a request.
     *
     * @throws IllegalArgumentException if one may not be what it is
     */
    static StudioOptions of(Map<String, Object> asked) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Option option : Option.values()) {
            Object value = asked.get(option.word());
            values.put(option.word(), value == null ? option.usual() : option.checked(value));
        }
        return new StudioOptions(values);
    }

    /** Returns a warning for each option that there is not. */
    static List<OptionWarning> unknown(Map<String, Object> asked) {
        List<OptionWarning> warnings = new ArrayList<>();
        for (String name : new TreeMap<>(asked).keySet()) {
            boolean known = false;
            for (Option option : Option.values()) {
                known |= option.word().equals(name);
            }
            if (!known) {
                warnings.add(new OptionWarning(name, "ignored: the studio remover has no such option"));
            }
        }
        return List.copyOf(warnings);
    }

    boolean is(Option option, String word) {
        return word.equals(values.get(option.word()));
    }

    double number(Option option) {
        return (double) requireNonNull(values.get(option.word()), "value");
    }
}
