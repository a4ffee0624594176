package dev.pictor.prompts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Prompt files in a directory, which may change while they are used. Links are followed. Immutable. */
final class DirectoryFiles implements PromptFiles {

    private final Path root;

    DirectoryFiles(Path root) {
        this.root = root;
    }

    private record Stamp(FileTime modified, long size) {}

    @Override
    public Optional<InputStream> open(String path) throws IOException {
        try {
            return Optional.of(Files.newInputStream(root.resolve(path)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public Object stamp(String path) {
        try {
            BasicFileAttributes file = Files.readAttributes(root.resolve(path), BasicFileAttributes.class);
            return new Stamp(file.lastModifiedTime(), file.size());
        } catch (IOException e) {
            return "absent";
        }
    }

    @Override
    public String origin(String path) {
        return root.resolve(path).toString();
    }

    @Override
    public List<String> variants(String name) {
        Path prompt = root.resolve(name);
        String stem = prompt.getFileName() + ".";
        List<String> variants = new ArrayList<>();
        Path folder = prompt.getParent();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(folder == null ? root : folder, stem + "*.prompt")) {
            for (Path file : files) {
                String fileName = file.getFileName().toString();
                if (fileName.length() > stem.length() + ".prompt".length()) {
                    variants.add(fileName.substring(stem.length(), fileName.length() - ".prompt".length()));
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return List.of();
        }
        variants.sort(null);
        return variants;
    }
}
