package dev.pictor.prompts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Prompt files in a directory, which may change while they are used. Immutable. */
final class DirectorySource implements PromptSource {

    private static final long SETTLED_AFTER_MILLIS = 2_000;

    private final Path root;

    DirectorySource(Path root) {
        this.root = root;
    }

    private record Revision(
            FileTime modified, long size, @Nullable Object file) {}

    @Override
    public Optional<InputStream> open(String path) throws IOException {
        try {
            return Optional.of(Files.newInputStream(root.resolve(path)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** A file may change twice within one tick of the file system's clock, so what is new counts as changing. */
    @Override
    public Object revision(String path) {
        try {
            BasicFileAttributes file = Files.readAttributes(root.resolve(path), BasicFileAttributes.class);
            long age = System.currentTimeMillis() - file.lastModifiedTime().toMillis();
            return age >= 0 && age < SETTLED_AFTER_MILLIS
                    ? new Object()
                    : new Revision(file.lastModifiedTime(), file.size(), file.fileKey());
        } catch (NoSuchFileException e) {
            return "absent";
        } catch (IOException e) {
            return new Object();
        }
    }

    @Override
    public String origin(String path) {
        return root.resolve(path).toString();
    }

    @Override
    public List<String> paths() throws IOException {
        return PromptPaths.under(root);
    }
}
