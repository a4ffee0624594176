package dev.pictor.trace;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * An event as a line of JSON whose last member is the CRC-32C of everything before it, and back.
 */
final class TraceJson {

    static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModules(new Jdk8Module(), new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
            .build();

    private static final byte[] CRC_MEMBER = ",\"crc\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final int CRC_DIGITS = 8;
    /** The member, its digits, a quote and a brace. */
    private static final int TAIL = CRC_MEMBER.length + CRC_DIGITS + 2;

    private TraceJson() {}

    /** Returns the line without its line break. */
    static byte[] line(TraceEvent event) {
        byte[] json;
        try {
            json = MAPPER.writeValueAsBytes(event);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("an event of type " + event.type() + " is no JSON", e);
        }
        return seal(json);
    }

    /** Returns a JSON object with a last member that is the CRC-32C of everything before it. */
    static byte[] seal(byte[] json) {
        int body = json.length - 1; // without the closing brace
        byte[] line = new byte[body + TAIL];
        System.arraycopy(json, 0, line, 0, body);
        System.arraycopy(CRC_MEMBER, 0, line, body, CRC_MEMBER.length);
        String tail = crc(json, body) + "\"}";
        System.arraycopy(tail.getBytes(StandardCharsets.US_ASCII), 0, line, body + CRC_MEMBER.length, tail.length());
        return line;
    }

    /** Returns the event of a line, or empty if the line is damaged. */
    static Optional<TraceEvent> parse(byte[] line) {
        if (!isSound(line)) {
            return Optional.empty();
        }
        try {
            return Optional.of(MAPPER.readValue(line, TraceEvent.class));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether a line is as {@link #seal} gave it. */
    static boolean isSound(byte[] line) {
        int body = line.length - TAIL;
        return body >= 0
                && new String(line, body + CRC_MEMBER.length, CRC_DIGITS, StandardCharsets.US_ASCII)
                        .equals(crc(line, body));
    }

    private static String crc(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
