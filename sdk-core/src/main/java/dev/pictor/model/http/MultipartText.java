package dev.pictor.model.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A form that goes by, as text in which a digest stands for each file (RFC 2046, 5.1.1). Not thread-safe. */
final class MultipartText extends BodyText {

    private static final Pattern BOUNDARY =
            Pattern.compile("boundary=(?:\"([^\"]{1,70})\"|([^;\\s]{1,70}))", Pattern.CASE_INSENSITIVE);
    private static final Pattern TYPE = Pattern.compile("\r\ncontent-type:\\s*([^\r\n]*)");
    private static final int MAX_HEADER_BYTES = 8 << 10;

    private final Kept kept;
    private final byte[] delimiter;
    private final ByteArrayOutputStream headers = new ByteArrayOutputStream();
    private boolean isInHeaders;
    private BodyText part;
    private int matched = 2; // a body begins as if after a line break

    private MultipartText(byte[] delimiter, Kept kept) {
        super(kept, false);
        this.kept = kept;
        this.delimiter = delimiter;
        this.part = new BodyText(kept, false);
    }

    static BodyText of(String contentType, Kept kept) {
        Matcher boundary = BOUNDARY.matcher(contentType);
        if (!boundary.find()) {
            return new BodyText(kept, true); // nobody can read it
        }
        String name = boundary.group(1) == null ? boundary.group(2) : boundary.group(1);
        return new MultipartText(("\r\n--" + name).getBytes(ISO_8859_1), kept);
    }

    @Override
    void add(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int at = offset;
        while (at < end) {
            if (isInHeaders) {
                header(bytes[at++]);
            } else if (matched == 0) {
                int from = at;
                while (at < end && bytes[at] != '\r') { // nothing else begins a delimiter
                    at++;
                }
                part.add(bytes, from, at - from);
                if (at < end) {
                    matched = 1;
                    at++;
                }
            } else if (bytes[at] == delimiter[matched]) {
                matched++;
                at++;
                endPart();
            } else {
                part.add(delimiter, 0, matched);
                matched = 0;
            }
        }
    }

    private void endPart() {
        if (matched == delimiter.length) {
            part.end();
            kept.add(new String(delimiter, ISO_8859_1));
            matched = 0;
            isInHeaders = true;
        }
    }

    private void header(byte b) {
        headers.write(b);
        String read = b == '\n' ? headers.toString(ISO_8859_1) : "";
        if (read.endsWith("\r\n\r\n") || headers.size() == MAX_HEADER_BYTES) {
            kept.add(headers.toString(ISO_8859_1));
            String lower = headers.toString(ISO_8859_1).toLowerCase(Locale.ROOT);
            Matcher type = TYPE.matcher(lower);
            boolean isFile = lower.contains("filename=") || (type.find() && isBinary(type.group(1)));
            part = new BodyText(kept, isFile);
            headers.reset();
            isInHeaders = false;
        }
    }

    @Override
    void end() {
        if (isInHeaders) {
            kept.add(headers.toString(ISO_8859_1));
        } else {
            part.add(delimiter, 0, matched);
            part.end();
        }
    }
}
