package dev.pictor.intent;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The words that facts are told apart by. English. */
final class FactVocabulary {

    static final Set<String> COLOURS = Set.of(
            "red",
            "orange",
            "yellow",
            "green",
            "blue",
            "purple",
            "violet",
            "pink",
            "brown",
            "black",
            "white",
            "gray",
            "beige",
            "cyan",
            "magenta",
            "turquoise",
            "teal",
            "navy",
            "gold",
            "silver",
            "bronze",
            "copper",
            "maroon",
            "crimson",
            "scarlet",
            "lavender",
            "lilac",
            "mauve",
            "indigo",
            "ivory",
            "amber",
            "khaki",
            "ochre",
            "burgundy",
            "azure",
            "vermilion",
            "fuchsia",
            "emerald",
            "terracotta",
            "aquamarine",
            "ultramarine");
    /** They change the colour that follows. */
    static final Set<String> SHADES = Set.of("dark", "light", "pale");
    /** A colour before one of these needs no thing behind it: in red paint. */
    static final Set<String> OF_COLOUR =
            Set.of("paint", "color", "tone", "hue", "shade", "lacquer", "finish", "enamel", "glaze", "ink", "varnish");
    /** What may stand between a thing and its colour behind it: a car painted in deep red. */
    static final Set<String> TO_COLOUR = Set.of(
            "in",
            "is",
            "are",
            "painted",
            "colored",
            "coloured",
            "dyed",
            "finished",
            "lacquered",
            "glazed",
            "all",
            "both",
            "each",
            "a",
            "the",
            "bright",
            "deep",
            "dark",
            "light",
            "pale",
            "glossy",
            "matte",
            "vivid",
            "rich",
            "soft",
            "warm",
            "cool",
            "and",
            "or");
    /** They end the phrase that begins with a number or a colour. */
    static final Set<String> STOPS = Set.of(
            "and",
            "or",
            "nor",
            "but",
            "with",
            "without",
            "in",
            "on",
            "at",
            "over",
            "of",
            "under",
            "by",
            "to",
            "for",
            "from",
            "near",
            "the",
            "a",
            "an",
            "is",
            "are",
            "was",
            "were",
            "has",
            "have",
            "who",
            "that",
            "which",
            "whose",
            "where",
            "while",
            "as",
            "like",
            "into",
            "onto",
            "inside",
            "outside",
            "behind",
            "beside",
            "between",
            "against",
            "across",
            "along",
            "above",
            "below",
            "beneath",
            "around",
            "through",
            "among",
            "before",
            "after",
            "during",
            "next",
            "no",
            "not",
            "its",
            "his",
            "her",
            "their",
            "this",
            "these",
            "those",
            "it",
            "they",
            "there",
            "per",
            "up",
            "down",
            "out",
            "off",
            "away",
            "together",
            "please",
            "only",
            "each",
            "so");
    /** They end it too, if there is a thing before them. */
    static final Set<String> VERBS = Set.of(
            "sits", "stands", "lies", "looks", "holds", "wears", "flies", "runs", "walks", "jumps", "sleeps", "hangs",
            "rests", "floats", "swims", "plays", "rides", "eats", "reads", "rises", "glows", "grows", "shows", "says");
    /** A number before one of these is a measure. */
    static final Set<String> UNITS = Set.of(
            "mm",
            "cm",
            "m",
            "km",
            "kg",
            "g",
            "px",
            "inch",
            "foot",
            "ft",
            "liter",
            "l",
            "ml",
            "cl",
            "dl",
            "meter",
            "centimeter",
            "millimeter",
            "kilometer",
            "kilogram",
            "gram",
            "pixel",
            "degree",
            "percent",
            "%",
            "\u00b0",
            "k",
            "st",
            "nd",
            "rd",
            "th",
            "x");
    /** What is left to say in one word that there is nobody. */
    static final Set<String> WITHOUT_PEOPLE = Set.of("empty", "deserted", "uninhabited", "unpeopled", "nobody");

    static final Set<String> PEOPLE =
            Set.of("person", "human", "crowd", "pedestrian", "tourist", "anyone", "anybody", "man", "woman");

    private static final Map<String, String> SPELLINGS = Map.ofEntries(
            Map.entry("grey", "gray"),
            Map.entry("golden", "gold"),
            Map.entry("colour", "color"),
            Map.entry("colours", "color"),
            Map.entry("litre", "liter"),
            Map.entry("litres", "liter"),
            Map.entry("metre", "meter"),
            Map.entry("metres", "meter"),
            Map.entry("centre", "center"));
    private static final Map<String, String> PLURALS = Map.ofEntries(
            Map.entry("feet", "foot"),
            Map.entry("inches", "inch"),
            Map.entry("people", "person"),
            Map.entry("children", "child"),
            Map.entry("men", "man"),
            Map.entry("women", "woman"),
            Map.entry("mice", "mouse"),
            Map.entry("geese", "goose"),
            Map.entry("teeth", "tooth"),
            Map.entry("oxen", "ox"),
            Map.entry("wolves", "wolf"),
            Map.entry("leaves", "leaf"),
            Map.entry("knives", "knife"),
            Map.entry("loaves", "loaf"),
            Map.entry("shelves", "shelf"),
            Map.entry("potatoes", "potato"),
            Map.entry("tomatoes", "tomato"),
            Map.entry("heroes", "hero"),
            Map.entry("buses", "bus"),
            Map.entry("glasses", "glass"));

    private FactVocabulary() {}

    /** A word in the singular and in one spelling. */
    static String stem(String word) {
        String plural = PLURALS.get(word);
        return plural != null ? plural : SPELLINGS.getOrDefault(word, Phrases.singular(word));
    }

    static boolean isPlural(FactWords.Word word) {
        return word.count < 0
                && (PLURALS.containsKey(word.text)
                        || (word.text.endsWith("s") && !word.text.equals(Phrases.singular(word.text))));
    }

    static boolean isColour(FactWords.Word word) {
        return COLOURS.contains(word.stem) && !isPlural(word);
    }

    /** The words that stand for colours as a reader names them, such as "eau de nil": the last of each. */
    static Set<String> colours(Collection<String> named) {
        return named.stream()
                .map(FactWords::of)
                .filter(words -> words.size() > 0)
                .map(words -> words.get(words.size() - 1).stem)
                .collect(Collectors.toUnmodifiableSet());
    }

    static boolean isUnit(FactWords.Word word) {
        return UNITS.contains(word.stem) || UNITS.contains(word.text);
    }
}
