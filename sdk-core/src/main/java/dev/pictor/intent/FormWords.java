package dev.pictor.intent;

import java.util.Set;

/** Words that shape a prompt, whatever it is about. They are part of the program: the lexicon holds words that mean something. */
final class FormWords {

    static final Set<String> IMPERATIVES = Set.of(
            "create",
            "design",
            "draw",
            "generate",
            "make",
            "give",
            "show",
            "build",
            "visualize",
            "visualise",
            "render",
            "produce",
            "illustrate",
            "sketch",
            "paint",
            "photograph",
            "shoot",
            "capture",
            "depict",
            "turn",
            "convert",
            "transform",
            "add",
            "map",
            "chart",
            "plot",
            "model",
            "imagine",
            "compose");
    static final Set<String> OPENINGS = Set.of(
            "please", "can", "could", "would", "you", "i", "we", "want", "need", "like", "me", "us", "to", "help", "a",
            "an", "the", "some", "my", "our", "your", "image", "picture", "of", "one", "new", "just", "let", "let's",
            "i'd", "id", "for");
    static final Set<String> PLACES = Set.of(
            "in", "on", "at", "under", "over", "near", "inside", "behind", "beside", "through", "against", "along",
            "above", "across", "between", "with", "into", "during", "around", "below", "outside", "next");
    static final Set<String> NO_ACTION = Set.of(
            "building",
            "painting",
            "drawing",
            "string",
            "king",
            "ring",
            "thing",
            "morning",
            "evening",
            "wing",
            "spring",
            "clothing",
            "lighting",
            "ceiling",
            "something",
            "anything",
            "wedding",
            "bring",
            "rendering",
            "earring",
            "onboarding",
            "staring");
    static final Set<String> FOCAL_LENGTHS =
            Set.of("14", "24", "28", "35", "50", "70", "85", "100", "105", "135", "200", "300", "400", "600");

    private FormWords() {}

    /** Tells whether a word ties what follows to a noun phrase, which ends before it. */
    static boolean isLink(String text) {
        return switch (text) {
            case "of",
                    "for",
                    "from",
                    "by",
                    "to",
                    "where",
                    "that",
                    "which",
                    "as",
                    "about",
                    "made",
                    "is",
                    "are",
                    "has",
                    "and",
                    "using",
                    "via",
                    "who",
                    "when",
                    "while",
                    "inspired",
                    "based",
                    "depicted",
                    "drawn",
                    "taken",
                    "painted",
                    "titled",
                    "called",
                    "like" -> true;
            default -> false;
        };
    }
}
