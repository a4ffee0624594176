package dev.pictor.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.Pictor;
import dev.pictor.image.ImageBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documents say of whole programs and drawings. */
class GuidesTest {

    @Test
    void theProgramOfTheReadmeDrawsAGarden(@TempDir Path folder) throws IOException, InterruptedException {
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        QuickStart.class.getName())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();

        assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(program.exitValue())
                .as(Files.readString(folder.resolve("output")))
                .isZero();
        assertThat(ImageBytes.read(folder.resolve("garden.png")).size()).hasToString("1024x1024");
    }

    @Test
    void theGuideDrawsGenerationAsItDrawsItself() throws IOException {
        try (Pictor pictor = Pictor.builder(new FlatColourAdapter()).build()) {
            assertThat(Files.readString(Path.of("generation.md")))
                    .contains("```mermaid\n" + pictor.images().pipeline().toMermaid() + "```");
        }
    }
}
