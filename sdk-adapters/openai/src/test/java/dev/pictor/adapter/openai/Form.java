package dev.pictor.adapter.openai;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pictor.testkit.RecordedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a form as RFC 7578 describes it, strictly. */
final class Form {

    private static final Pattern BOUNDARY = Pattern.compile("multipart/form-data; boundary=(\\S+)");

    private Form() {}

    @SuppressWarnings("ArrayRecordComponent") // parts are never compared
    record Part(String name, Optional<String> fileName, Optional<String> contentType, byte[] body) {
        String text() {
            return new String(body, UTF_8);
        }
    }

    static List<Part> of(RecordedRequest request) {
        Matcher boundary = BOUNDARY.matcher(request.header("content-type").orElseThrow());
        if (!boundary.matches()) {
            throw new AssertionError("no form: " + request.header("content-type"));
        }
        String text = new String(request.body(), ISO_8859_1);
        String[] pieces = text.split(Pattern.quote("--" + boundary.group(1)), -1);
        if (!pieces[0].isEmpty() || !pieces[pieces.length - 1].equals("--\r\n")) {
            throw new AssertionError("a form begins and ends with its boundary");
        }
        List<Part> parts = new ArrayList<>();
        for (int i = 1; i < pieces.length - 1; i++) {
            parts.add(part(pieces[i]));
        }
        return parts;
    }

    private static Part part(String piece) {
        int end = piece.indexOf("\r\n\r\n");
        String head = piece.substring(0, end);
        String body = piece.substring(end + 4, piece.length() - 2);
        return new Part(
                found(head, "; name=\"([^\"]*)\"").orElseThrow(),
                found(head, "; filename=\"([^\"]*)\""),
                found(head, "Content-Type: (\\S+)"),
                body.getBytes(ISO_8859_1));
    }

    private static Optional<String> found(String head, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(head);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
