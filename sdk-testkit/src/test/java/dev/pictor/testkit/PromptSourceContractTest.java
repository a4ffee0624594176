package dev.pictor.testkit;

import dev.pictor.prompts.MemoryPromptSource;
import dev.pictor.prompts.PromptSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class PromptSourceContractTest {

    @TempDir
    static Path folder;

    private static void write(Path root) throws IOException {
        for (Map.Entry<String, String> file : PromptSourceContract.FILES.entrySet()) {
            Path path = root.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }

    @Nested
    class Memory extends PromptSourceContract {

        private final PromptSource source = MemoryPromptSource.of(FILES);

        @Override
        protected PromptSource source() {
            return source;
        }
    }

    @Nested
    class Directory extends PromptSourceContract {

        @BeforeEach
        void write() throws IOException {
            PromptSourceContractTest.write(folder);
        }

        @Override
        protected PromptSource source() {
            return PromptSource.ofDirectory(folder);
        }
    }

    @Nested
    class Classpath extends PromptSourceContract {

        /** The folder of the compiled tests is on the class path. */
        @Override
        protected PromptSource source() {
            return SOURCE;
        }

        private static final PromptSource SOURCE = compiled();

        private static PromptSource compiled() {
            try {
                Path classes = Path.of(PromptSourceContractTest.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI());
                PromptSourceContractTest.write(classes.resolve("prompt-source-contract"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (URISyntaxException e) {
                throw new IllegalStateException(e);
            }
            return PromptSource.ofClasspath(PromptSourceContractTest.class, "prompt-source-contract");
        }
    }
}
