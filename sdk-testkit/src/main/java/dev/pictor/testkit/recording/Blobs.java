package dev.pictor.testkit.recording;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pictor.image.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Bytes by their SHA-256, in files named by it, and what stands for them in a text. Not thread-safe. */
final class Blobs {

    /** What is longer is a picture or a document, and nothing to read. */
    private static final Pattern LONG_BASE64 = Pattern.compile("[A-Za-z0-9+/]{1366,}={0,2}");

    private static final Pattern MARK = Pattern.compile("\\{\\{blob(-unpadded)? ([0-9a-f]{64})}}");
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");

    private final Path folder;
    private final Map<String, byte[]> found = new LinkedHashMap<>();

    Blobs(Path folder) {
        this.folder = folder;
    }

    String put(byte[] bytes) {
        String name = Sha256.of(bytes).toString();
        found.put(name, bytes);
        return name;
    }

    byte[] get(String name) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException("the recording lacks " + folder.resolve(name), e);
        }
        if (!Sha256.of(bytes).toString().equals(name)) {
            throw new IllegalStateException(folder.resolve(name) + " is not what its name says");
        }
        return bytes;
    }

    /** Whether a text can be taken apart and put together again: it has no marks of its own. */
    static boolean canMark(String text) {
        return !text.contains("{{blob");
    }

    /** Takes long base64 out of a text, as far as it can be put back to the letter. */
    String takeOut(String text, UnaryOperator<byte[]> scrub) {
        return LONG_BASE64.matcher(text).replaceAll(match -> {
            String base64 = match.group();
            for (boolean padded : new boolean[] {true, false}) {
                byte[] bytes;
                try {
                    bytes = Base64.getDecoder().decode(base64);
                } catch (IllegalArgumentException e) {
                    return Matcher.quoteReplacement(base64);
                }
                if (encode(bytes, padded).equals(base64)) {
                    return Matcher.quoteReplacement(
                            "{{blob" + (padded ? "" : "-unpadded") + " " + put(scrub.apply(bytes)) + "}}");
                }
            }
            return Matcher.quoteReplacement(base64);
        });
    }

    String putBack(String text) {
        return MARK.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(encode(get(match.group(2)), match.group(1) == null)));
    }

    private static String encode(byte[] bytes, boolean padded) {
        Base64.Encoder encoder = Base64.getEncoder();
        return (padded ? encoder : encoder.withoutPadding()).encodeToString(bytes);
    }

    /** Writes what is not there yet, and deletes what nobody names any more. */
    void write() throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<String, byte[]> blob : found.entrySet()) {
            Path file = folder.resolve(blob.getKey());
            if (!Files.exists(file)) {
                Files.write(file, blob.getValue());
            }
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = String.valueOf(file.getFileName());
                if (NAME.matcher(name).matches() && !found.containsKey(name)) {
                    Files.delete(file);
                }
            }
        }
        if (found.isEmpty()) {
            Files.deleteIfExists(folder);
        }
    }

    /** Text if the bytes are text of UTF-8 through and through, or null. */
    static @Nullable String text(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        boolean control = text.chars().anyMatch(c -> c < ' ' && c != '\n' && c != '\r' && c != '\t');
        return !control && Arrays.equals(text.getBytes(UTF_8), bytes) ? text : null;
    }
}
