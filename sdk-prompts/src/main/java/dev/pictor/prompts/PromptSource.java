package dev.pictor.prompts;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A place with prompt files. A path is relative to the place, with {@code /} between folders, and made of the names that
 * {@link PromptRegistry} allows: {@code generation/enhance.art.prompt}, {@code generation/_tone.prompt}, {@code
 * labels.yaml}. So no path leads out of the place.
 *
 * <p>Implementations are thread-safe and may be called by many threads at once, {@link #revision} at every look-up: it
 * should take microseconds. The others may block for as long as reading a file takes. They fail only with {@link
 * IOException}, are asked again at the next look-up, and neither log nor need closing.
 */
public interface PromptSource {

    /**
     * Opens a file.
     *
     * @param path where it is
     * @return its bytes, which the caller closes, or empty if there is none
     * @throws IOException if it is there and cannot be read
     */
    Optional<InputStream> open(String path) throws IOException;

    /**
     * Returns something that is equal for as long as a file stays as it is, or stays away. What cannot be told is
     * something new each time, so that the file is read again.
     *
     * @param path where it is
     * @return any immutable value
     */
    Object revision(String path);

    /**
     * Returns what to call a file's place in messages and records.
     *
     * @param path where it is
     * @return such as {@code classpath:} and the resource's name, or the path of a file; no secrets
     */
    String origin(String path);

    /**
     * Lists the files.
     *
     * @return all paths that end in {@code .prompt}, sorted, at most 10,000
     * @throws IOException if the place cannot be listed, or has more
     */
    List<String> paths() throws IOException;

    /**
     * Returns the prompts that come with Pictor.
     *
     * @return the source, which is always the same
     */
    static PromptSource builtIn() {
        return BuiltIn.SOURCE;
    }

    /**
     * Returns the resources of a program. They count as never changing. They can be listed where they lie in a folder or
     * a jar. If the class is in a named module, the packages that correspond to the folders must be open to {@code
     * dev.pictor.prompts}.
     *
     * @param anchor a class of the program, whose module or class loader has the resources
     * @param root the folder of the resources, such as {@code com/acme/prompts}
     * @return a new source
     */
    static PromptSource ofClasspath(Class<?> anchor, String root) {
        requireNonNull(anchor, "anchor");
        String folder = root.replaceAll("^/+|/+$", "");
        return new ClasspathSource(anchor, folder.isEmpty() ? "" : folder + "/");
    }

    /**
     * Returns the files of a directory. A file counts as changed when its time, size or identity has, and as long as its
     * time is less than 2 s ago. Whoever changes files under a running program should put a new file in the place of the
     * old one, so that none is seen half-written. Links are followed.
     *
     * @param directory the root folder
     * @return a new source
     * @throws IllegalArgumentException if it is not a directory
     */
    static PromptSource ofDirectory(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new IllegalArgumentException("prompts need a directory, but " + directory + " is none");
        }
        return new DirectorySource(directory);
    }
}
