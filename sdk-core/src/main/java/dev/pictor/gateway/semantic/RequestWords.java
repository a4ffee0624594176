package dev.pictor.gateway.semantic;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The wordings around the description of a picture, by the part they play. Immutable. */
final class RequestWords {

    /** What part a wording plays, in the order of the list. */
    enum Part {
        /** Greetings and the like, by themselves or before asking. */
        ALONE,
        /** "My request", before a colon. */
        LABEL,
        /** Words that are taken before asking only. */
        BEFORE,
        /** "Could you". */
        ASK,
        /** "I want to", before a verb of making. */
        ASK_TO_MAKE,
        /** "I would like". */
        WISH,
        /** "Whip up". */
        MAKE,
        /** "Show", before an article or the like. */
        SHOW,
        /** "Give", after asking. */
        ASKED,
        /** "Draw", before a kind of picture. */
        DRAW,
        /** "A picture". */
        IMAGE,
        /** "Of", after it. */
        OF,
        /** "Thank you". */
        END,
        /** "Cheers", by itself. */
        END_ALONE,
        /** "For me". */
        END_AFTER_MAKING
    }

    private final Map<Part, Phrases> parts = new EnumMap<>(Part.class);

    RequestWords(List<String> lines) {
        Map<String, List<List<String>>> sets = new HashMap<>();
        Phrases part = new Phrases();
        for (String line : lines) {
            int equals = line.indexOf(" = ");
            if (line.startsWith("[")) {
                part = new Phrases();
                parts.put(
                        Part.valueOf(line.substring(1, line.length() - 1)
                                .toUpperCase(Locale.ROOT)
                                .replace(' ', '_')),
                        part);
            } else if (equals > 0) {
                sets.put("<" + line.substring(0, equals) + ">", alternatives(line.substring(equals + 3)));
            } else {
                for (List<String> wording : wordings(line, sets)) {
                    part.put(wording, List.of());
                }
            }
        }
    }

    private static List<List<String>> alternatives(String list) {
        List<List<String>> alternatives = new ArrayList<>();
        for (String one : list.split(" \\| ", -1)) {
            alternatives.add(one.equals("-") ? List.of() : List.of(one.split(" ", -1)));
        }
        return alternatives;
    }

    private static List<List<String>> wordings(String line, Map<String, List<List<String>>> sets) {
        List<List<String>> wordings = List.of(List.of());
        for (String word : line.split(" ", -1)) {
            List<List<String>> longer = new ArrayList<>();
            for (List<String> start : wordings) {
                for (List<String> next : sets.getOrDefault(word, List.of(List.of(word)))) {
                    List<String> joined = new ArrayList<>(start);
                    joined.addAll(next);
                    longer.add(joined);
                }
            }
            wordings = longer;
        }
        return wordings;
    }

    /** The length in words of the longest wording of a part at this place, 0 if there is none. */
    int lengthAt(Part part, List<String> words, int start) {
        return start >= words.size() ? 0 : phrases(part).lengthAt(words, start);
    }

    /** The length in words of the longest wording of a part that ends the words, 0 if there is none. */
    int lengthAtEnd(Part part, List<String> words) {
        return phrases(part).lengthAtEnd(words);
    }

    private Phrases phrases(Part part) {
        return parts.getOrDefault(part, new Phrases());
    }

    /** All words there are. */
    Set<String> vocabulary() {
        Set<String> vocabulary = new HashSet<>();
        parts.values().forEach(part -> vocabulary.addAll(part.vocabulary()));
        return vocabulary;
    }
}
