package dev.pictor.model.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Base64;

/**
 * The bytes under a parser. A long text in base64 is taken out past the parser, block by block: three times as fast as
 * character by character. The parser, which reads a text only when asked for it, finds its closing quote next. Not
 * thread-safe.
 */
final class Base64Text extends InputStream {

    private static final int BLOCK = 8 << 10; // whole groups of four

    private final InputStream in;
    private byte[] buffer = new byte[0];
    private int at;
    private int end;

    private final byte[] block = new byte[BLOCK];
    private final byte[] decoded = new byte[BLOCK / 4 * 3];
    private int used;

    Base64Text(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        return at < end || fill() ? buffer[at++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (at == end) {
            return in.read(bytes, offset, length);
        }
        int count = Math.min(length, end - at);
        System.arraycopy(buffer, at, bytes, offset, count);
        at += count;
        return count;
    }

    private boolean fill() throws IOException {
        if (buffer.length < BLOCK) {
            buffer = new byte[BLOCK];
        }
        at = 0;
        end = Math.max(0, in.read(buffer, 0, buffer.length));
        return end > 0;
    }

    /**
     * Decodes the text at which a parser over these bytes stands.
     *
     * @throws IOException if it is not in base64, or reading fails
     */
    void decode(JsonParser json, OutputStream to) throws IOException {
        takeBack(json);
        used = 0;
        while (at < end || fill()) {
            int from = at;
            while (at < end && buffer[at] != '"' && buffer[at] != '\\') {
                at++;
            }
            add(json, from, to);
            if (at < end) {
                if (buffer[at] == '"') {
                    write(json, to);
                    return;
                }
                at++;
                addOne(json, escaped(json), to);
            }
        }
        throw new JsonParseException(json, "the answer ends within a picture");
    }

    /** Takes what the parser has read ahead, and puts it before what it has not read yet. */
    private void takeBack(JsonParser json) throws IOException {
        ByteArrayOutputStream ahead = new ByteArrayOutputStream(BLOCK);
        if (json.releaseBuffered(ahead) < 0) {
            throw new JsonParseException(json, "the answer is not in UTF-8");
        }
        ahead.write(buffer, at, end - at);
        buffer = ahead.toByteArray();
        at = 0;
        end = buffer.length;
    }

    /** Reads what stands after a backslash: some write a slash or a plus in this way. */
    private int escaped(JsonParser json) throws IOException {
        int sign = read();
        if (sign != 'u') {
            return sign;
        }
        try {
            return Integer.parseInt(new String(readNBytes(4), US_ASCII), 16) & 0x7F;
        } catch (NumberFormatException e) {
            throw new JsonParseException(json, "a picture is not in base64", e);
        }
    }

    private void add(JsonParser json, int from, OutputStream to) throws IOException {
        for (int next = from; next < at; ) {
            int count = Math.min(at - next, BLOCK - used);
            System.arraycopy(buffer, next, block, used, count);
            used += count;
            next += count;
            if (used == BLOCK) {
                write(json, to);
            }
        }
    }

    private void addOne(JsonParser json, int sign, OutputStream to) throws IOException {
        block[used++] = (byte) sign;
        if (used == BLOCK) {
            write(json, to);
        }
    }

    private void write(JsonParser json, OutputStream to) throws IOException {
        byte[] text = used == BLOCK ? block : Arrays.copyOf(block, used);
        used = 0;
        try {
            to.write(decoded, 0, Base64.getDecoder().decode(text, decoded));
        } catch (IllegalArgumentException e) {
            throw new JsonParseException(json, "a picture is not in base64", e);
        }
    }
}
