package dev.pictor.intent;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the phrases of a lexicon among words: whole words, the longest phrase first, no word in two phrases. Immutable. */
final class Phrases {

    static final int MAX_WORDS = 5;

    /** A phrase that was found. */
    record Hit(String phrase, int start, int end, boolean negated, boolean quoted, List<Integer> groups) {}

    private static final class Node {
        private final Map<String, Node> next = new HashMap<>(2);
        private final List<Integer> groups = new ArrayList<>(1);
        private String phrase = "";
    }

    private final Node root = new Node();

    Phrases(List<WordGroup> groups) {
        for (int group = 0; group < groups.size(); group++) {
            for (String phrase : groups.get(group).phrases()) {
                add(phrase, group);
            }
        }
    }

    private void add(String phrase, int group) {
        Node node = root;
        for (Words.Word word : Words.of(phrase).list) {
            node = node.next.computeIfAbsent(word.text, text -> new Node());
        }
        node.phrase = phrase;
        if (!node.groups.contains(group)) {
            node.groups.add(group);
        }
    }

    List<Hit> find(Words words) {
        List<Hit> hits = new ArrayList<>();
        int start = 0;
        while (start < words.size()) {
            Node node = root;
            @Nullable Node found = null;
            int end = start;
            for (int i = start; i < words.size() && i < start + MAX_WORDS; i++) {
                Words.Word word = words.list.get(i);
                if (i > start && (word.before == '.' || word.before == ',')) {
                    break;
                }
                @Nullable Node next = step(node, word.text);
                if (next == null) {
                    break;
                }
                node = next;
                if (!node.groups.isEmpty()) {
                    found = node;
                    end = i + 1;
                }
            }
            if (found == null) {
                start++;
            } else {
                Words.Word first = words.list.get(start);
                hits.add(new Hit(found.phrase, start, end, first.negated, first.quoted, found.groups));
                start = end;
            }
        }
        return hits;
    }

    private static @Nullable Node step(Node node, String word) {
        @Nullable Node exact = node.next.get(word);
        return exact != null ? exact : node.next.get(singular(word));
    }

    /** The word without the ending of a plural, or the word. */
    static String singular(String word) {
        int length = word.length();
        if (length < 4 || word.charAt(length - 1) != 's') {
            return word;
        }
        if (word.endsWith("ies")) {
            return word.substring(0, length - 3) + "y";
        }
        if (word.endsWith("ches") || word.endsWith("shes") || word.endsWith("sses") || word.endsWith("xes")) {
            return word.substring(0, length - 2);
        }
        return word.endsWith("ss") || word.endsWith("us") || word.endsWith("is") ? word : word.substring(0, length - 1);
    }
}
