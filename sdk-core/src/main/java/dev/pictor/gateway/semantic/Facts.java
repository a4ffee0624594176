package dev.pictor.gateway.semantic;

import java.util.ArrayList;
import java.util.List;

/** What a prompt tells, as words in segments, without what is harmless. Immutable. */
final class Facts {

    private final WordLists lists;
    private final List<List<String>> segments;
    private final boolean fixedOrder;
    private final long letters; // the same for prompts that agree: neither a typo nor another order changes it

    Facts(WordLists lists, List<List<String>> segments, boolean fixedOrder) {
        this.lists = lists;
        this.segments = segments.stream().map(List::copyOf).toList();
        this.fixedOrder = fixedOrder;
        long sum = 0;
        for (List<String> segment : this.segments) {
            for (String word : segment) {
                sum += word.chars().mapToLong(Facts::mix).sum() + 1;
            }
        }
        this.letters = sum;
    }

    private static long mix(int letter) {
        long mixed = (letter + 1) * 0x9E3779B97F4A7C15L;
        return (mixed ^ (mixed >>> 29)) * 0xBF58476D1CE4E5B9L;
    }

    /** Whether the two can agree at all, which costs next to nothing. */
    boolean mayAgree(Facts other) {
        return letters == other.letters;
    }

    /** Whether the two tell the same. */
    boolean agree(Facts other) {
        if (!mayAgree(other) || segments.size() != other.segments.size()) {
            return false;
        }
        for (int i = 0; i < segments.size(); i++) {
            if (!agree(segments.get(i), other.segments.get(i))) {
                return i > 0 && !fixedOrder && !other.fixedOrder && agreeInAnyOrder(i, other);
            }
        }
        return true;
    }

    private boolean agreeInAnyOrder(int from, Facts other) {
        List<List<String>> left = new ArrayList<>(other.segments.subList(from, other.segments.size()));
        for (List<String> segment : segments.subList(from, segments.size())) {
            int same = find(segment, left);
            if (same < 0) {
                return false;
            }
            left.remove(same);
        }
        return true;
    }

    private int find(List<String> segment, List<List<String>> among) {
        for (int i = 0; i < among.size(); i++) {
            if (agree(segment, among.get(i))) {
                return i;
            }
        }
        return -1;
    }

    private boolean agree(List<String> a, List<String> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!a.get(i).equals(b.get(i)) && !lists.isTypo(a.get(i), b.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** The words in order. */
    List<String> words() {
        return segments.stream().flatMap(List::stream).toList();
    }
}
