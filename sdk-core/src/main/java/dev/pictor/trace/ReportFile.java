package dev.pictor.trace;

import dev.pictor.image.ImageBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** Puts a page, and the pictures it has no room for, onto the disk: each file with all of its content or not at all. */
final class ReportFile {

    private static final String PICTURES = "pictures";

    private final Path file;

    ReportFile(Path file) {
        this.file = file;
    }

    /** Writes the page. */
    void write(String html) {
        write(file, html.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a picture into the folder beside the page and returns the link to it. */
    String writeBeside(ImageBytes picture) {
        String link = PICTURES + "/" + picture.sha256() + "." + picture.format().extension();
        try {
            Files.createDirectories(file.resolveSibling(PICTURES));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create a folder for pictures beside report " + file, e);
        }
        write(file.resolveSibling(link), picture.toByteArray());
        return link;
    }

    private static void write(Path file, byte[] content) {
        Path draft = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
        try {
            try {
                Files.write(draft, content);
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write report " + file, e);
        }
    }
}
