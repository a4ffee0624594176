package dev.pictor.intent;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Which words of a text are denied: what stands behind a "no" within a few words, over "or" and "nor", and all of a list that
 * begins with "leave out" or the like. The end of a sentence ends it. English. Immutable.
 */
final class FactDenials {

    /** Words behind a denial, or behind what parts a list of denied things, that it reaches. */
    private static final int REACH = 6;

    private static final int MAX_ITEM = 3;
    private static final Set<String> NO = FactVocabulary.words("no");
    private static final Set<String> LEAVE_OUT = FactVocabulary.words("leave_out");
    private static final Set<String> NOT_DO = FactVocabulary.words("not_do");
    private static final Set<String> DOING = FactVocabulary.words("doing");
    private static final Set<String> ENDS = FactVocabulary.words("denial_ends");
    /** Behind a "no" these deny nothing. */
    private static final Set<String> NO_DENIAL = FactVocabulary.words("no_denial");

    private static final Set<String> AROUND = FactVocabulary.words("around_denied");
    /** "No sign of people" means no people. */
    private static final Set<String> SIGNS = FactVocabulary.words("signs_of");

    private static final Set<String> PARTS = FactVocabulary.words("parts_denied");

    /** One denied thing: from the first to behind the last of its words. */
    record Item(int start, int end) {}

    private final FactWords words;
    private final boolean[] denied;
    private final List<Item> items = new ArrayList<>();
    private boolean statesThings;

    private FactDenials(FactWords words) {
        this.words = words;
        this.denied = new boolean[words.size()];
    }

    static FactDenials of(FactWords words) {
        FactDenials denials = new FactDenials(words);
        int i = 0;
        while (i < words.size()) {
            int from = denials.begins(i);
            if (from > i) {
                denials.statesThings = denials.statesThings(i, from);
                i = denials.deny(from, denials.isList(i));
            } else {
                i++;
            }
        }
        return denials;
    }

    /** Takes nothing to be denied. */
    static FactDenials none(FactWords words) {
        return new FactDenials(words);
    }

    boolean isDenied(int index) {
        return denied[index];
    }

    List<Item> items() {
        return items;
    }

    /** The index behind a denial that begins here, or this index. */
    private int begins(int at) {
        String text = text(at);
        if (at + 1 >= words.size()) {
            return at;
        }
        String next = text(at + 1);
        boolean joined = words.get(at + 1).isJoined();
        if (LEAVE_OUT.contains(text)) {
            return at + 1;
        }
        if (text.equals("negative") && next.equals("prompt")) {
            return at + 2;
        }
        if (joined && (text.equals("leave") || text.equals("leaves") || text.equals("leaving")) && next.equals("out")) {
            return at + 2;
        }
        if (joined
                && ((text.equals("free") && (next.equals("of") || next.equals("from")))
                        || (text.equals("devoid") && next.equals("of"))
                        || (text.equals("clear") && next.equals("of")))) {
            return at + 2;
        }
        if (joined && NOT_DO.contains(text)) {
            return DOING.contains(next) ? at + 2 : at;
        }
        boolean denies = NO.contains(text) && joined && !NO_DENIAL.contains(next);
        return denies ? at + (text.equals("not") && DOING.contains(next) ? 2 : 1) : at;
    }

    /** "Not" denies what a thing is like as often as a thing: only "not a" and "not any" name one. */
    private boolean statesThings(int at, int from) {
        return !(text(at).equals("not") || text(at).equals("never"))
                || from > at + 1
                || Set.of("a", "an", "any").contains(text(from));
    }

    private boolean isList(int at) {
        String text = text(at);
        return LEAVE_OUT.contains(text) || text.startsWith("leav") || text.equals("negative");
    }

    /** Denies from here on and returns the index behind what is denied. */
    private int deny(int from, boolean list) {
        int left = REACH;
        int start = from;
        int i = from;
        while (i < words.size() && left > 0) {
            char before = words.get(i).before;
            String text = text(i);
            boolean first = i == from;
            if (before == '.' || (before == ':' && !(first && list)) || (!first && ENDS.contains(text))) {
                break;
            }
            if (!first && begins(i) > i) { // the next one is looked at by itself
                break;
            }
            boolean parted = !first && (before == ',' || before == ';');
            if (parted && !(list || (before == ',' && isListWithOr(i)))) {
                break;
            }
            boolean joins = text.equals("or") || text.equals("nor") || text.equals("and");
            if (!first && text.equals("and") && !list && !isOneWord(i + 1)) {
                break;
            }
            if (parted || joins) {
                item(start, i);
                start = joins ? i + 1 : i;
                left = REACH;
            }
            denied[i] = true;
            left--;
            i++;
        }
        item(start, i);
        return Math.max(i, from);
    }

    /** Whether an "or" comes in this clause, so that a comma parts denied things. */
    private boolean isListWithOr(int from) {
        int since = 0;
        for (int i = from; i < words.size() && since < MAX_ITEM; i++) {
            char before = words.get(i).before;
            if (before == '.' || before == ';' || before == ':' || ENDS.contains(text(i)) || begins(i) > i) {
                return false;
            }
            since = before == ',' ? 0 : since + 1;
            if (text(i).equals("or") || text(i).equals("nor")) {
                return true;
            }
        }
        return false;
    }

    /** Whether one word stands here and the clause ends behind it. */
    private boolean isOneWord(int at) {
        if (at >= words.size() || !words.get(at).isJoined() || AROUND.contains(text(at))) {
            return false;
        }
        int next = at + 1;
        while (next < words.size() && words.get(next).isJoined() && AROUND.contains(text(next))) {
            next++;
        }
        return next >= words.size() || !words.get(next).isJoined() || text(next).equals("or");
    }

    private void item(int from, int to) {
        int start = from;
        while (start < to
                && (AROUND.contains(text(start))
                        || text(start).equals("and")
                        || text(start).equals("or"))) {
            start++;
        }
        if (start + 1 < to
                && SIGNS.contains(words.get(start).stem)
                && text(start + 1).equals("of")) {
            start += 2;
        }
        int end = start;
        while (end < to && end - start < MAX_ITEM && (end == start || !PARTS.contains(text(end)))) {
            end++;
        }
        while (end > start && AROUND.contains(text(end - 1))) {
            end--;
        }
        if (end > start && statesThings) {
            items.add(new Item(start, end));
        }
    }

    private String text(int index) {
        return words.get(index).text;
    }
}
