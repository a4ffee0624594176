package dev.pictor.prompts;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Prompt files in memory, for tests and for programs that keep them elsewhere. A change counts at once. Thread-safe. */
public final class MemoryPromptSource implements PromptSource {

    private static final int MAX_FILES = 10_000;

    private final ConcurrentSkipListMap<String, File> files = new ConcurrentSkipListMap<>();

    /** Creates a source without files. */
    public MemoryPromptSource() {}

    /**
     * Creates a source.
     *
     * @param files texts by path, such as {@code generation/enhance.prompt}
     * @return a new source
     */
    public static MemoryPromptSource of(Map<String, String> files) {
        MemoryPromptSource source = new MemoryPromptSource();
        files.forEach(source::put);
        return source;
    }

    /** A text. Two are only equal if they are the same one, so that each {@code put} counts. */
    private static final class File {

        private final byte[] utf8;

        File(String text) {
            this.utf8 = text.getBytes(StandardCharsets.UTF_8);
        }
    }

    /**
     * Puts a file in place of what was there.
     *
     * @param path where
     * @param text the file
     * @throws IllegalStateException if there are 10,000 files already
     */
    public void put(String path, String text) {
        requireNonNull(path, "path");
        if (files.size() >= MAX_FILES && !files.containsKey(path)) {
            throw new IllegalStateException("the source holds " + MAX_FILES + " files already");
        }
        files.put(path, new File(text));
    }

    /**
     * Takes a file away.
     *
     * @param path where
     * @return whether there was one
     */
    public boolean remove(String path) {
        return files.remove(path) != null;
    }

    @Override
    public Optional<InputStream> open(String path) {
        return Optional.ofNullable(files.get(path)).map(file -> new ByteArrayInputStream(file.utf8));
    }

    @Override
    public Object revision(String path) {
        File file = files.get(path);
        return file == null ? "absent" : file;
    }

    @Override
    public String origin(String path) {
        return "memory:" + path;
    }

    @Override
    public List<String> paths() {
        return files.keySet().stream()
                .filter(path -> path.endsWith(PromptNames.EXTENSION))
                .toList();
    }
}
