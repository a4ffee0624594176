package dev.pictor.gateway.semantic;

import java.util.ArrayList;
import java.util.List;

/** Some words of a prompt between two marks, with where they stand in it. Not thread-safe. */
final class Segment {

    private final List<String> words = new ArrayList<>();
    private final List<Integer> ends = new ArrayList<>(); // one for each word, in characters of the prompt
    private int start = -1;
    private char mark = ',';

    /** @param mark what ends it: {@code , ;} for a pause, {@code . ! ? :} for the end of a sentence, which holds for more than one */
    void endWith(char mark) {
        this.mark = mark;
    }

    void add(String word, int from, int to) {
        if (words.isEmpty()) {
            start = from;
        }
        words.add(word);
        ends.add(to);
    }

    List<String> words() {
        return words;
    }

    boolean isEmpty() {
        return words.isEmpty();
    }

    boolean endsSentence() {
        return mark != ',';
    }

    boolean endsWithColon() {
        return mark == ':';
    }

    int start() {
        return start;
    }

    int end() {
        return ends.isEmpty() ? start : ends.get(ends.size() - 1);
    }

    /** The words without names marked, as wordings are listed. */
    List<String> plain() {
        List<String> plain = new ArrayList<>(words.size());
        words.forEach(word -> plain.add(Facts.bare(word)));
        return plain;
    }

    /** Takes words away from the start; the next begins a sentence then, so that its capital tells nothing. */
    void dropFirst(int count) {
        if (count == 0) {
            return;
        }
        start = ends.get(count - 1);
        words.subList(0, count).clear();
        ends.subList(0, count).clear();
        if (!words.isEmpty()) {
            words.set(0, Facts.bare(words.get(0)));
        }
    }

    void dropLast(int count) {
        words.subList(words.size() - count, words.size()).clear();
        ends.subList(ends.size() - count, ends.size()).clear();
    }
}
