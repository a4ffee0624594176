package dev.pictor.model.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pictor.secret.Secrets;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A body that goes by, as text without its pictures. Whatever stands in base64 for longer than 1 KiB is replaced by its
 * digest, wherever it stands: so JSON need not be whole, and is not read twice. What is no text is replaced as a whole. The
 * memory it takes is bounded. Not thread-safe.
 */
class BodyText {

    /** The most that is kept. */
    static final int MAX_CHARS = 1 << 20;

    private static final int LONG = 1 << 10;
    private static final int HEAD = 16;
    /** No encoder breaks lines earlier. */
    private static final int SHORTEST_LINE = 60;

    private static final Pattern DATA_URI = Pattern.compile("data:[^\"',\\s]{0,200};base64,$");
    private static final int DATA_URI_CHARS = 220;
    private static final boolean[] ALPHABET = new boolean[256];

    static {
        for (char c : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_".toCharArray()) {
            ALPHABET[c] = true;
        }
    }

    private final Kept kept;
    private final boolean isBinary;

    private final byte[] head = new byte[HEAD];
    private int heads;
    private boolean isJudged;
    private @Nullable Digested whole;

    // a stretch of base64: as it stands, without escapes, and how long its line is; once it is long only its digest
    private final byte[] raw = new byte[4 * LONG];
    private final byte[] plain = new byte[LONG + 1];
    private int raws;
    private int plains;
    private int line;
    private boolean isPadded;
    private boolean isEscaped;
    private @Nullable Digested digested;

    BodyText(Kept kept, boolean isBinary) {
        this.kept = kept;
        this.isBinary = isBinary;
    }

    /** Returns what takes a body of a media type. */
    static BodyText of(String contentType, Kept kept) {
        String type = contentType.toLowerCase(Locale.ROOT);
        if (type.startsWith("multipart/")) {
            return MultipartText.of(contentType, kept);
        }
        return new BodyText(kept, isBinary(type));
    }

    /** What is not known to be binary is judged by its first bytes. */
    static boolean isBinary(String type) {
        return type.startsWith("image/")
                || type.startsWith("application/octet-stream")
                || type.startsWith("application/pdf");
    }

    final void add(ByteBuffer piece) {
        byte[] bytes = new byte[Math.min(piece.remaining(), 8 << 10)];
        while (piece.hasRemaining()) {
            int length = Math.min(bytes.length, piece.remaining());
            piece.get(bytes, 0, length);
            add(bytes, 0, length);
        }
    }

    void add(byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (!isJudged && at < end) {
            head[heads++] = bytes[at++];
            if (heads == HEAD) {
                judge();
            }
        }
        if (at < end) {
            take(bytes, at, end - at);
        }
    }

    /** Ends the body: all of what is known of it is kept. */
    void end() {
        if (!isJudged) {
            judge();
        }
        if (whole != null) {
            kept.add(whole.describe());
        }
        endStretch();
    }

    private void judge() {
        isJudged = true;
        boolean binary = isBinary || Digested.mediaType(head, heads).isPresent();
        for (int i = 0; i < heads; i++) {
            binary |= head[i] >= 0 && head[i] < '\t';
        }
        if (binary && heads > 0) {
            whole = new Digested();
        }
        take(head, 0, heads);
    }

    private void take(byte[] bytes, int offset, int length) {
        if (whole != null) {
            whole.add(bytes, offset, length);
            return;
        }
        int end = offset + length;
        for (int at = offset; at < end; at++) {
            if (digested != null && !isEscaped && !isPadded) { // the long way through a picture
                int from = at;
                while (at < end && ALPHABET[bytes[at] & 0xFF]) {
                    at++;
                }
                digested.addBase64(bytes, from, at - from);
                line += at - from;
                if (at == end) {
                    return;
                }
            }
            take(bytes[at]);
        }
    }

    private void take(byte b) {
        if (isEscaped) {
            isEscaped = false;
            boolean isBreak = (b == 'n' || b == 'r') && (line >= SHORTEST_LINE || line == 0);
            if (b == '/' || isBreak) {
                line = isBreak ? 0 : line;
                addRaw((byte) '\\');
                addRaw(b);
                if (b == '/') {
                    addPlain(b);
                }
                return;
            }
            endStretch();
            kept.add((byte) '\\');
            kept.add(b);
        } else if (ALPHABET[b & 0xFF]) {
            if (isPadded) {
                endStretch();
            }
            addRaw(b);
            addPlain(b);
        } else if (b == '=' && plains > 0) {
            isPadded = true;
            addRaw(b);
        } else if (b == '\\' && plains > 0) {
            isEscaped = true;
        } else {
            endStretch();
            kept.add(b);
        }
    }

    private void addRaw(byte b) {
        if (digested != null) {
            return;
        }
        if (raws == raw.length) { // mostly padding: that is no picture
            endStretch();
        }
        raw[raws++] = b;
    }

    private void addPlain(byte b) {
        line++;
        if (digested != null) {
            digested.addBase64(new byte[] {b}, 0, 1);
            return;
        }
        plain[plains++] = b;
        if (plains > LONG) {
            digested = new Digested();
            digested.addBase64(plain, 0, plains);
        }
    }

    private void endStretch() {
        if (digested != null) {
            kept.cut(DATA_URI, DATA_URI_CHARS);
            kept.add(digested.describe());
        } else {
            for (int i = 0; i < raws; i++) {
                kept.add(raw[i]);
            }
        }
        if (isEscaped) {
            kept.add((byte) '\\');
        }
        digested = null;
        isEscaped = false;
        isPadded = false;
        raws = 0;
        plains = 0;
        line = 0;
    }

    /** The text so far, up to a bound. Not thread-safe. */
    static final class Kept {

        private final int limit;
        private byte[] bytes = new byte[LONG];
        private int count;
        private long lost;

        /** @param longest how long a secret may be, so that none is cut in two before it is hidden */
        Kept(int longest) {
            this.limit = MAX_CHARS + longest;
        }

        void add(byte b) {
            if (count == limit) {
                lost++;
                return;
            }
            if (count == bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.min(limit, 2 * count));
            }
            bytes[count++] = b;
        }

        void add(String ascii) {
            for (byte b : ascii.getBytes(ISO_8859_1)) {
                add(b);
            }
        }

        /** Takes back what a pattern finds at the end. */
        private void cut(Pattern pattern, int longest) {
            if (lost == 0) {
                int from = Math.max(0, count - longest);
                Matcher end = pattern.matcher(new String(bytes, from, count - from, ISO_8859_1));
                count = end.find() ? from + end.start() : count;
            }
        }

        /** Returns the text without secrets, and says so if it is not all. */
        String text(Secrets secrets, boolean isWhole) {
            String text = new String(bytes, 0, count, UTF_8);
            String hidden = lost > 0 || !isWhole ? secrets.hideCut(text) : secrets.hide(text);
            if (lost == 0 && hidden.length() <= MAX_CHARS) {
                return hidden;
            }
            int end = Math.min(MAX_CHARS, hidden.length());
            long more = lost + hidden.length() - end;
            return hidden.substring(0, end) + " [cut off here: about " + more + " more characters]";
        }
    }
}
