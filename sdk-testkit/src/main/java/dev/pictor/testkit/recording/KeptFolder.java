package dev.pictor.testkit.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** A folder with a recording: {@code exchanges.json}, and {@code blobs} if there are any. */
final class KeptFolder {

    private static final String FORM = "pictor.recording/1";

    private KeptFolder() {}

    static void write(Path folder, List<KeptExchange> exchanges, LearnedSecrets secrets) {
        Blobs blobs = new Blobs(folder.resolve("blobs"));
        ObjectNode recording = KeptBody.MAPPER.createObjectNode();
        recording.put("form", FORM);
        ArrayNode all = recording.putArray("exchanges");
        exchanges.forEach(exchange -> all.add(exchange.write(blobs, secrets)));
        try {
            blobs.write();
            Path part = Files.write(folder.resolve("exchanges.json.part"), secrets.scrub(KeptBody.pretty(recording)));
            Path unused = Files.move(
                    part,
                    folder.resolve("exchanges.json"),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the recording " + folder, e);
        }
    }

    static List<KeptExchange> read(Path folder) {
        Path file = folder.resolve("exchanges.json");
        JsonNode recording;
        try {
            recording = KeptBody.MAPPER.readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the recording " + file, e);
        }
        if (!recording.path("form").asText().equals(FORM)) {
            throw new IllegalStateException(file + " is no recording of the form " + FORM);
        }
        Blobs blobs = new Blobs(folder.resolve("blobs"));
        List<KeptExchange> exchanges = new ArrayList<>();
        recording.path("exchanges").forEach(exchange -> exchanges.add(KeptExchange.read(exchange, blobs)));
        return List.copyOf(exchanges);
    }
}
