package dev.pictor.intent;

import dev.pictor.intent.Words.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What shows in the form of a prompt before any word is looked up: its length, its shape, its head. */
final class PromptForm {

    /** All traits, in a fixed order. */
    static final List<String> TRAITS = List.of(
            "any wish",
            "1 or 2 words",
            "3 to 5 words",
            "6 to 10 words",
            "11 to 20 words",
            "21 to 50 words",
            "51 to 120 words",
            "over 120 words",
            "comma",
            "comma tags",
            "json",
            "list",
            "quoted words",
            "imperative",
            "flags",
            "camera numbers",
            "by a name",
            "weights",
            "arrows",
            "action",
            "place",
            "article first",
            "names");

    /** Traits of a scene that is told rather than a thing that is asked for. */
    static final Set<String> SCENE = Set.of("action", "place", "article first");

    private final List<String> traits = new ArrayList<>();
    /** The index of the word that the first noun phrase ends with, or -1. */
    final int head;
    /** The index of the first word that says something. */
    final int opening;

    private PromptForm(Words words) {
        opening = opening(words);
        head = head(words, opening);
        look(words);
    }

    static PromptForm of(Words words) {
        return new PromptForm(words);
    }

    List<String> traits() {
        return traits;
    }

    /** Tells whether nothing happens, nowhere, and nothing is added behind a comma. */
    boolean isPlain() {
        return !traits.contains("action")
                && !traits.contains("place")
                && !traits.contains("quoted words")
                && !traits.contains("by a name")
                && !traits.contains("comma");
    }

    private void look(Words words) {
        int size = words.size();
        traits.add("any wish");
        traits.add(length(size));
        int commas = 0;
        boolean camera = false;
        boolean byName = false;
        boolean action = false;
        boolean place = false;
        int capitals = 0;
        for (int i = 0; i < size; i++) {
            Word word = words.list.get(i);
            commas += word.before == ',' ? 1 : 0;
            capitals += i > 0 && word.capital && word.before != '.' ? 1 : 0;
            camera |= isCamera(words, i);
            byName |= i > 0 && word.text.equals("by") && isName(words, i + 1);
            action |= i > 0
                    && word.text.length() > 4
                    && word.text.endsWith("ing")
                    && !FormWords.NO_ACTION.contains(word.text);
            place |= i > 0 && FormWords.PLACES.contains(word.text);
        }
        String prompt = words.prompt;
        add("comma", commas > 0);
        add("comma tags", commas >= 3 && size < 12 * (commas + 1) && size < 150 && commas * 7 > size);
        add("json", prompt.startsWith("{") || prompt.startsWith("[{"));
        add(
                "list",
                prompt.contains("\n1") || prompt.contains(" 1. ") || prompt.contains("\n-") || prompt.contains("\n*"));
        add("quoted words", words.quotes > 0);
        add("imperative", isImperative(words));
        add("flags", hasFlag(prompt));
        add("camera numbers", camera);
        add("by a name", byName);
        add("weights", prompt.contains("((") || prompt.contains("::") || hasWeight(prompt));
        add("arrows", prompt.contains("->") || prompt.indexOf('\u2192') >= 0);
        add("action", action);
        add("place", place);
        add("article first", size > 0 && Set.of("a", "an", "the").contains(words.text(0)));
        add("names", capitals * 4 >= size && size > 3);
    }

    /** A switch of a command line: two hyphens, or a dash, and a letter. */
    private static boolean hasFlag(String prompt) {
        for (int i = prompt.indexOf("--"); i >= 0 && i + 2 < prompt.length(); i = prompt.indexOf("--", i + 2)) {
            if (Character.isLetter(prompt.charAt(i + 2))) {
                return true;
            }
        }
        return prompt.contains("\u2014ar ");
    }

    /** A number behind a colon before a closing bracket: (red dress:1.3). */
    private static boolean hasWeight(String prompt) {
        for (int i = prompt.indexOf(':'); i >= 0 && i + 4 < prompt.length(); i = prompt.indexOf(':', i + 1)) {
            if (Character.isDigit(prompt.charAt(i + 1))
                    && prompt.charAt(i + 2) == '.'
                    && prompt.indexOf(')', i) - i < 6
                    && prompt.indexOf(')', i) > 0) {
                return true;
            }
        }
        return false;
    }

    private void add(String trait, boolean holds) {
        if (holds) {
            traits.add(trait);
        }
    }

    private static String length(int words) {
        return words <= 2
                ? "1 or 2 words"
                : words <= 5
                        ? "3 to 5 words"
                        : words <= 10
                                ? "6 to 10 words"
                                : words <= 20
                                        ? "11 to 20 words"
                                        : words <= 50
                                                ? "21 to 50 words"
                                                : words <= 120 ? "51 to 120 words" : "over 120 words";
    }

    /** An opening of a lens or its length: f/1.8, 85mm. */
    private static boolean isCamera(Words words, int i) {
        String text = words.text(i);
        if (text.endsWith("mm") && text.length() > 3 && text.length() < 7) {
            String number = text.substring(0, text.length() - 2);
            return FormWords.FOCAL_LENGTHS.contains(number);
        }
        return (text.equals("f") && i + 1 < words.size() && isDigit(words.text(i + 1)))
                || (text.length() == 2 && text.charAt(0) == 'f' && Character.isDigit(text.charAt(1)));
    }

    private static boolean isDigit(String text) {
        return !text.isEmpty() && text.length() < 4 && Character.isDigit(text.charAt(0));
    }

    private static boolean isName(Words words, int i) {
        if (i >= words.size()) {
            return false;
        }
        Word word = words.list.get(i);
        if (FormWords.PLACES.contains(word.text)
                || FormWords.OPENINGS.contains(word.text)
                || word.text.endsWith("ing")) {
            return false;
        }
        return word.capital || (i + 1 < words.size() && i - 2 >= 0 && words.list.get(i - 1).before == ',');
    }

    private static boolean isImperative(Words words) {
        for (int i = 0; i < Math.min(words.size(), 7); i++) {
            if (FormWords.IMPERATIVES.contains(words.text(i))) {
                return true;
            }
            if (!FormWords.OPENINGS.contains(words.text(i))) {
                return false;
            }
        }
        return false;
    }

    private static int opening(Words words) {
        int i = 0;
        while (i < words.size() - 1
                && i < 12
                && (FormWords.OPENINGS.contains(words.text(i))
                        || (FormWords.IMPERATIVES.contains(words.text(i)) && words.size() > 2))
                && (i == 0 || words.list.get(i).before != '.')) {
            i++;
        }
        return i;
    }

    private static int head(Words words, int from) {
        int last = -1;
        for (int i = from; i < words.size() && i < from + 12; i++) {
            Word word = words.list.get(i);
            boolean ends = i > from
                    && (word.before == ','
                            || word.before == '.'
                            || word.before == '"'
                            || FormWords.PLACES.contains(word.text)
                            || FormWords.isLink(word.text)
                            || (word.text.endsWith("ing")
                                    && word.before != '-'
                                    && word.text.length() > 5
                                    && !FormWords.NO_ACTION.contains(word.text)));
            if (ends) {
                break;
            }
            last = i;
        }
        return last;
    }
}
