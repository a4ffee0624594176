package dev.pictor.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What picture work does to a JVM that embeds it: nothing that shows. */
@Timeout(60)
class ImagingProcessTest {

    @TempDir
    Path temporary;

    @Test
    void readingHeadersLoadsNoImageIoAndNoAwt() throws Exception {
        List<String> lines = program("headers");

        assertThat(lines).contains("headers read: PNG 37x21, JPEG 37x21");
        assertThat(loaded(lines)).noneMatch(name -> name.startsWith("javax.imageio") || name.startsWith("sun.awt"));
    }

    @Test
    void decodingAndEncodingStartNoToolkitAndLeaveNoFile() throws Exception {
        List<String> lines = program("pixels");

        assertThat(lines)
                .contains(
                        "decoded: 37x21, 37x21",
                        "cache setting: true",
                        "new threads: [Java2D Disposer]",
                        "encoded: true");
        assertThat(loaded(lines))
                .contains("javax.imageio.ImageReader")
                .noneMatch(name -> name.startsWith("sun.awt.X11"));
        assertThat(temporary).isEmptyDirectory();
    }

    private static List<String> loaded(List<String> lines) {
        return lines.stream()
                .filter(line -> line.contains("[class,load]"))
                .map(line -> line.replaceAll(".*\\] +(\\S+) source:.*", "$1"))
                .toList();
    }

    /** Runs {@link ImagingProgram} in a JVM that is not told to be headless, and returns what it writes. */
    private List<String> program(String what) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xlog:class+load:stdout", "-Djava.io.tmpdir=" + temporary));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ImagingProgram.class.getName(), what));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("DISPLAY");
        Process process = builder.start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(String.join("\n", lines)).isZero();
        return lines;
    }
}
