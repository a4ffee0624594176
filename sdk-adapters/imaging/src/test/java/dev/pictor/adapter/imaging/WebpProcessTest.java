package dev.pictor.adapter.imaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the native library does to a process and its directory for temporary files. */
@Timeout(60)
class WebpProcessTest {

    @TempDir
    Path directory;

    @Test
    void unpacksItsLibraryWhenItIsNeededAndLeavesNoFileBehind() throws Exception {
        assertThat(linesOfProgram())
                .containsExactly(
                        "codecs: 2",
                        "decodes: true",
                        "files before: 0",
                        "available: true",
                        "files while loaded: true",
                        "rows: 26");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void refusesPicturesOnASystemThatTheLibraryIsNotMadeFor() throws Exception {
        assertThat(linesOfProgram("-Dos.name=Plan 9", "-Dos.arch=mips"))
                .containsExactly(
                        "codecs: 2",
                        "decodes: true",
                        "files before: 0",
                        "available: false",
                        "files while loaded: false",
                        "rejected: NO_CODEC WebP needs a native library, which cannot be loaded here (Plan 9 mips): it runs on"
                                + " Linux with glibc, macOS and Windows, and is unpacked to java.io.tmpdir");
        assertThat(directory).isEmptyDirectory();
    }

    private List<String> linesOfProgram(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.add("-Djava.io.tmpdir=" + directory);
        command.add("-XX:-UsePerfData"); // which writes there too
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), WebpProgram.class.getName()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            List<String> lines = new String(process.getInputStream().readAllBytes(), UTF_8)
                    .lines()
                    .toList();
            assertThat(process.waitFor(30, SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            return lines;
        } finally {
            process.destroyForcibly();
        }
    }
}
