package dev.pictor.gateway.semantic;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Wordings of one or more words, and what stands for each. Not thread-safe while it is filled. */
final class Phrases {

    private final Map<List<String>, List<String>> meanings = new HashMap<>();
    private final Map<String, Integer> longest = new HashMap<>(); // by first word, in words
    private int longestOfAll;
    private final Set<String> vocabulary = new HashSet<>();

    void put(List<String> wording, List<String> meaning) {
        meanings.put(wording, meaning);
        longest.merge(wording.get(0), wording.size(), Math::max);
        longestOfAll = Math.max(longestOfAll, wording.size());
        vocabulary.addAll(wording);
    }

    Set<String> vocabulary() {
        return vocabulary;
    }

    /** Replaces each wording by what stands for it, the longest first. */
    List<String> replaceIn(List<String> words) {
        List<String> replaced = new ArrayList<>(words.size());
        int i = 0;
        while (i < words.size()) {
            int length = lengthAt(words, i);
            if (length == 0) {
                replaced.add(words.get(i++));
            } else {
                replaced.addAll(meanings.getOrDefault(words.subList(i, i + length), List.of()));
                i += length;
            }
        }
        return replaced;
    }

    /** The length in words of the longest wording at this place, 0 if there is none. */
    int lengthAt(List<String> words, int start) {
        int length = Math.min(longest.getOrDefault(words.get(start), 0), words.size() - start);
        while (length > 0 && !meanings.containsKey(words.subList(start, start + length))) {
            length--;
        }
        return length;
    }

    /** The length in words of the longest wording that ends the words, 0 if there is none. */
    int lengthAtEnd(List<String> words) {
        for (int start = Math.max(0, words.size() - longestOfAll); start < words.size(); start++) {
            int length = words.size() - start;
            if (longest.getOrDefault(words.get(start), 0) >= length
                    && meanings.containsKey(words.subList(start, words.size()))) {
                return length;
            }
        }
        return 0;
    }
}
