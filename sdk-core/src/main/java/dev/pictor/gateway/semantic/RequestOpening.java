package dev.pictor.gateway.semantic;

import dev.pictor.gateway.semantic.RequestWords.Part;
import java.util.List;

/**
 * Finds where the description of a picture begins, segment after segment from the start of a prompt: greetings, then asking, then
 * one verb of making, then "a picture of". What was found in one segment holds for the next. Used once; not thread-safe.
 */
final class RequestOpening {

    private final WordLists lists;
    private final RequestWords words;
    private boolean asked;
    private boolean made;
    private boolean ended; // a description has begun

    RequestOpening(WordLists lists) {
        this.lists = lists;
        this.words = lists.requests();
    }

    /** Whether a verb of making was found. */
    boolean isMade() {
        return made;
    }

    /**
     * Returns how many words at the start of a segment only ask.
     *
     * @param segment in lower case, with "a" for articles
     * @param labels whether a colon or a dash follows
     */
    int length(List<String> segment, boolean labels) {
        int start = 0;
        while (!ended) {
            int length = next(segment, start, labels);
            if (length == 0) {
                break;
            }
            start += length;
        }
        ended |= start < segment.size();
        return start;
    }

    private int next(List<String> segment, int start, boolean labels) {
        int left = segment.size() - start;
        int length = labels ? words.lengthAt(Part.LABEL, segment, start) : 0;
        if (length > 0 && length == left) {
            return length;
        }
        length = Math.max(words.lengthAt(Part.ALONE, segment, start), words.lengthAt(Part.BEFORE, segment, start));
        if (length > 0 && asks(segment, start + length)) {
            return length;
        }
        length = words.lengthAt(Part.ALONE, segment, start);
        if (length > 0 && length == left) {
            return length;
        }
        int ask = words.lengthAt(Part.ASK, segment, start);
        int wish = words.lengthAt(Part.WISH, segment, start);
        length = words.lengthAt(Part.ASK_TO_MAKE, segment, start);
        if (length > Math.max(ask, wish) && verb(segment, start + length, true) > 0) {
            asked = true;
            return length;
        }
        if (ask > 0 || wish > 0) {
            asked = ask >= wish;
            return Math.max(ask, wish);
        }
        length = verb(segment, start, asked);
        if (length > 0) {
            made = true;
            asked = false;
            return length;
        }
        length = image(segment, start);
        if (length > 0 && length < left) {
            made = true;
            ended = true;
            return length;
        }
        return 0;
    }

    private boolean asks(List<String> segment, int start) {
        return words.lengthAt(Part.ASK, segment, start) > 0
                || words.lengthAt(Part.WISH, segment, start) > 0
                || (words.lengthAt(Part.ASK_TO_MAKE, segment, start) > 0
                        && verb(segment, start + words.lengthAt(Part.ASK_TO_MAKE, segment, start), true) > 0)
                || verb(segment, start, false) > 0;
    }

    private int verb(List<String> segment, int start, boolean asking) {
        int make = words.lengthAt(Part.MAKE, segment, start);
        int show = words.lengthAt(Part.SHOW, segment, start);
        int draw = words.lengthAt(Part.DRAW, segment, start);
        int after = asking ? words.lengthAt(Part.ASKED, segment, start) : 0;
        if (show > 0 && !lists.isDeterminer(word(segment, start + show)) && !isKind(segment, start + show)) {
            show = 0;
        }
        if (draw > 0 && !isKind(segment, start + draw)) {
            draw = 0;
        }
        return Math.max(Math.max(make, show), Math.max(draw, after));
    }

    private int image(List<String> segment, int start) {
        int image = words.lengthAt(Part.IMAGE, segment, start);
        int of = image == 0 ? 0 : words.lengthAt(Part.OF, segment, start + image);
        return of == 0 ? 0 : image + of;
    }

    private static String word(List<String> segment, int place) {
        return place < segment.size() ? segment.get(place) : "";
    }

    /** Whether an image or a medium is named here: "a picture of", "a soft watercolor of". */
    private boolean isKind(List<String> segment, int start) {
        if (image(segment, start) > 0) {
            return true;
        }
        for (int i = start; i < Math.min(segment.size() - 1, start + 5); i++) {
            if (lists.isMedium(segment.get(i)) && segment.get(i + 1).equals("of")) {
                return true;
            }
        }
        return false;
    }
}
