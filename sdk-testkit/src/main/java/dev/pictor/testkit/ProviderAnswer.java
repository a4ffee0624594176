package dev.pictor.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pictor.image.PixelSize;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a {@link FakeProvider} sends: headers, and a body in the shape of OpenAI's image API. */
record ProviderAnswer(ByteBuffer head, List<ByteBuffer> body) {

    private static final int MAX_COUNT = 10;
    private static final int MAX_SIDE_PX = 4_096;
    private static final PixelSize USUAL = new PixelSize(64, 64);
    private static final int TOKENS_PER_PICTURE = 1_056;
    // a field of JSON or of a form
    private static final Pattern COUNT = Pattern.compile("\"n\"(?:\\s*:\\s*|\\r\\n\\r\\n)(\\d{1,4})");
    private static final Pattern SIZE = Pattern.compile("\"size\"(?:\\s*:\\s*\"|\\r\\n\\r\\n)(\\d{1,5})x(\\d{1,5})");

    static ProviderAnswer to(
            RequestHead request, byte[] sent, FakeProvider.Fate fate, ProviderPictures pictures, Clock clock) {
        Fault fault = fate.fault();
        String text = new String(sent, ISO_8859_1);
        int count = number(COUNT.matcher(text), 1, 1);
        int width = number(SIZE.matcher(text), 1, USUAL.width());
        int height = number(SIZE.matcher(text), 2, USUAL.height());
        if (!request.method().equals("POST") || !request.path().startsWith("/v1/images/")) {
            return error(fate, 404, "invalid_request_error", "not_found", "there is no such path");
        }
        if (count < 1 || count > MAX_COUNT || Math.min(width, height) < 1 || Math.max(width, height) > MAX_SIDE_PX) {
            return error(fate, 400, "invalid_request_error", "invalid_value", "n or size is out of range");
        }
        return switch (fault.kind()) {
            case STATUS, RATE_LIMITED, SAFETY_BLOCK -> refusal(fate);
            case ERROR_AFTER_HEADERS ->
                of(fate, 200, "", List.of(errorBody("server_error", "server_error", "the model failed")));
            case MALFORMED_JSON -> of(fate, 200, "", List.of(utf8("{\"created\": 1, \"data\": [{\"b64_json\" oops")));
            default -> {
                PixelSize size = fault.kind() == Fault.Kind.WRONG_SIZE
                        ? new PixelSize((width + 1) / 2, (height + 1) / 2)
                        : new PixelSize(width, height);
                int sentCount = fault.kind() == Fault.Kind.MISSING_PICTURE ? count - 1 : count;
                yield of(
                        fate,
                        200,
                        "",
                        drawn(
                                fate,
                                pictures,
                                size,
                                sentCount,
                                sent,
                                clock.instant().getEpochSecond()));
            }
        };
    }

    private static List<ByteBuffer> drawn(
            FakeProvider.Fate fate, ProviderPictures pictures, PixelSize size, int count, byte[] sent, long created) {
        List<ByteBuffer> body = new ArrayList<>();
        body.add(utf8("{\"created\": " + created + ", \"data\": ["));
        boolean blank = fate.fault().kind() == Fault.Kind.BLANK_PICTURE;
        for (int i = 0; i < count; i++) {
            ByteBuffer base64 = pictures.base64(size, blank, Arrays.hashCode(sent) + i, fate.pictureBytes());
            if (i == 0 && fate.fault().kind() == Fault.Kind.TRUNCATED_BASE64) {
                base64.limit(base64.limit() / 2 & ~3); // whole groups of four
            }
            body.add(utf8((i == 0 ? "" : ", ") + "{\"b64_json\": \""));
            body.add(base64);
            body.add(utf8("\"}"));
        }
        int in = 1 + sent.length / 4;
        int out = TOKENS_PER_PICTURE * count;
        body.add(utf8("], \"usage\": {\"input_tokens\": " + in + ", \"output_tokens\": " + out + ", \"total_tokens\": "
                + (in + out) + ", \"input_tokens_details\": {\"text_tokens\": " + in + ", \"image_tokens\": 0}}}"));
        return body;
    }

    private static ProviderAnswer refusal(FakeProvider.Fate fate) {
        Fault fault = fate.fault();
        return switch (fault.status()) {
            case 400 ->
                fault.kind() == Fault.Kind.SAFETY_BLOCK
                        ? error(fate, 400, "image_generation_user_error", "moderation_blocked", "rejected as unsafe")
                        : error(fate, 400, "invalid_request_error", "invalid_value", "the request is not valid");
            case 401, 403 -> error(fate, fault.status(), "invalid_request_error", "invalid_api_key", "no such key");
            case 429 -> error(fate, 429, "rate_limit_exceeded", "rate_limit_exceeded", "too many requests");
            default ->
                fault.status() < 500
                        ? error(fate, fault.status(), "invalid_request_error", "invalid_value", "cannot be done")
                        : error(fate, fault.status(), "server_error", "server_error", "the server failed");
        };
    }

    private static ProviderAnswer error(FakeProvider.Fate fate, int status, String type, String code, String message) {
        long waitMillis = fate.fault().kind() == Fault.Kind.RATE_LIMITED
                ? fate.fault().interval().plusNanos(999_999).toMillis()
                : 0;
        String headers = waitMillis == 0
                ? ""
                : "Retry-After: " + (waitMillis + 999) / 1000 + "\r\nretry-after-ms: " + waitMillis + "\r\n";
        return of(fate, status, headers, List.of(errorBody(type, code, message)));
    }

    private static ByteBuffer errorBody(String type, String code, String message) {
        return utf8("{\"error\": {\"message\": \"" + message + "\", \"type\": \"" + type
                + "\", \"param\": null, \"code\": \"" + code + "\"}}");
    }

    private static ProviderAnswer of(FakeProvider.Fate fate, int status, String headers, List<ByteBuffer> body) {
        long length = body.stream().mapToLong(ByteBuffer::remaining).sum();
        return new ProviderAnswer(
                utf8("HTTP/1.1 " + status + " Fake\r\nContent-Type: application/json\r\nx-request-id: req_"
                        + fate.number() + "\r\n" + headers + "Content-Length: " + length + "\r\n\r\n"),
                body);
    }

    /** The first half of a body, at least one byte and not all of it. */
    static List<ByteBuffer> half(List<ByteBuffer> body) {
        ByteBuffer whole = joined(body);
        return List.of(whole.limit(Math.max(1, whole.limit() / 2)));
    }

    static ByteBuffer joined(List<ByteBuffer> body) {
        ByteBuffer whole = ByteBuffer.allocate(
                body.stream().mapToInt(ByteBuffer::remaining).sum());
        body.forEach(part -> whole.put(part.duplicate()));
        return whole.flip();
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    private static int number(Matcher field, int group, int otherwise) {
        return field.find() ? Integer.parseInt(field.group(group)) : otherwise;
    }
}
