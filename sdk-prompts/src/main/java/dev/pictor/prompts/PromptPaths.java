package dev.pictor.prompts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Lists of prompt files, as {@link PromptSource#paths} gives them. */
final class PromptPaths {

    private static final int MAX_PATHS = 10_000;
    private static final int MAX_FOLDERS = 8;

    private PromptPaths() {}

    /** Lists what lies in a folder and its folders. */
    static List<String> under(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root, MAX_FOLDERS, FileVisitOption.FOLLOW_LINKS)) {
            return sorted(files.filter(Files::isRegularFile).map(file -> slashed(root.relativize(file))));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Keeps and sorts what is a prompt file. */
    static List<String> sorted(Stream<String> paths) throws IOException {
        List<String> prompts = paths.filter(path -> path.endsWith(".prompt"))
                .sorted()
                .limit(MAX_PATHS + 1)
                .toList();
        if (prompts.size() > MAX_PATHS) {
            throw new IOException("there are more than " + MAX_PATHS + " prompt files");
        }
        return prompts;
    }

    private static String slashed(Path relative) {
        return StreamSupport.stream(relative.spliterator(), false)
                .map(Path::toString)
                .collect(Collectors.joining("/"));
    }
}
