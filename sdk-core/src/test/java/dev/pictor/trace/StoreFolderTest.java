package dev.pictor.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreFolderTest {

    @TempDir
    Path folder;

    @Test
    void opensWhatItWroteAndLeavesNoDraft() throws IOException {
        DirectoryRunStore.open(folder).close();
        DirectoryRunStore.open(folder).close();

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("FORMAT.json", "LOCK", "runs");
        }
    }

    @Test
    void refusesAFormThatItDoesNotKnowAndChangesNothing() throws IOException {
        Path format = folder.resolve("FORMAT.json");
        Files.writeString(format, "{\"format\":\"pictor-trace\",\"version\":2}\n");

        StoredRunException refusal =
                catchThrowableOfType(StoredRunException.class, () -> DirectoryRunStore.open(folder));

        assertThat(refusal.reason()).isEqualTo(StoredRunException.Reason.OTHER_FORM);
        assertThat(format).content().contains("\"version\":2");
    }

    @Test
    void namesTheFolderWhenAFileIsInItsPlace() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> DirectoryRunStore.open(file))
                .withMessage("cannot open run store " + file);
    }

    @Test
    void createsAndForcesFoldersOnAnInterruptedThreadToo() throws IOException {
        Thread.currentThread().interrupt();

        Folders.create(folder.resolve("a/b/c"));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(folder.resolve("a/b/c")).isDirectory();
    }
}
