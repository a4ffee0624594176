package dev.pictor.prompts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Overrides as JSON files, one each. A file is written under another name, forced to the disk and then moved, so that
 * nobody sees half of it. Immutable.
 */
final class DirectoryOverrideStore implements PromptOverrideStore {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_BYTES = 4 * 1024 * 1024;

    private final Path directory;

    DirectoryOverrideStore(Path directory) {
        this.directory = directory;
    }

    @Override
    public Optional<PromptOverride> find(String tenant, String prompt, String variant) {
        return read(directory.resolve(new OverrideKey(tenant, prompt, variant).fileName()), prompt);
    }

    @Override
    public void put(PromptOverride override) {
        String name = OverrideKey.of(override).fileName();
        Path unfinished = directory.resolve("." + name + "." + UUID.randomUUID() + ".tmp");
        try {
            Files.createDirectories(directory);
            write(unfinished, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(toJson(override)));
            Files.move(
                    unfinished,
                    directory.resolve(name),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            PromptException thrown = unreadable(override.prompt(), "cannot be written", e);
            try {
                Files.deleteIfExists(unfinished);
            } catch (IOException left) {
                thrown.addSuppressed(left);
            }
            throw thrown;
        }
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
    }

    @Override
    public boolean remove(String tenant, String prompt, String variant) {
        try {
            return Files.deleteIfExists(directory.resolve(new OverrideKey(tenant, prompt, variant).fileName()));
        } catch (IOException e) {
            throw unreadable(prompt, "cannot be deleted", e);
        }
    }

    @Override
    public List<PromptOverride> list() {
        List<PromptOverride> overrides = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "[0-9a-f]*.json")) {
            for (Path file : files) {
                read(file, file.toString()).ifPresent(overrides::add);
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException | DirectoryIteratorException e) {
            throw unreadable(directory.toString(), "cannot be listed", e);
        }
        overrides.sort(Comparator.comparing(OverrideKey::of));
        return List.copyOf(overrides);
    }

    private Optional<PromptOverride> read(Path file, String prompt) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IOException("it is larger than " + MAX_BYTES + " bytes");
            }
            return Optional.of(fromJson(JSON.readTree(Files.readString(file, StandardCharsets.UTF_8))));
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Optional.empty();
        } catch (JsonProcessingException e) {
            // the cause stays out: it may quote the text
            throw unreadable(prompt, "in " + file.getFileName() + " is no JSON", null);
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            throw unreadable(prompt, "in " + file.getFileName() + " cannot be read", e);
        }
    }

    private static ObjectNode toJson(PromptOverride override) {
        ObjectNode json =
                JSON.createObjectNode().put("tenant", override.tenant()).put("prompt", override.prompt());
        override.variant().ifPresent(variant -> json.put("variant", variant));
        json.put("reason", override.reason())
                .put("author", override.author())
                .put("createdAt", override.createdAt().toString());
        override.expiresAt().ifPresent(at -> json.put("expiresAt", at.toString()));
        return json.put("text", override.text());
    }

    private static PromptOverride fromJson(JsonNode json) {
        PromptOverrideBuilder override = PromptOverride.builder(
                text(json, "tenant"),
                text(json, "prompt"),
                text(json, "text"),
                text(json, "reason"),
                text(json, "author"),
                Instant.parse(text(json, "createdAt")));
        if (json.hasNonNull("variant")) {
            override.variant(text(json, "variant"));
        }
        if (json.hasNonNull("expiresAt")) {
            override.expiresAt(Instant.parse(text(json, "expiresAt")));
        }
        return override.build();
    }

    private static String text(JsonNode json, String field) {
        JsonNode value = json.get(field);
        if (value == null || !value.isTextual()) {
            throw new IllegalArgumentException("the override has no text \"" + field + "\"");
        }
        return value.textValue();
    }

    private PromptException unreadable(String prompt, String problem, @Nullable Exception cause) {
        return new PromptException(
                PromptException.Reason.UNREADABLE,
                prompt,
                null,
                "an override of " + prompt + " " + problem + ", in " + directory,
                cause);
    }
}
