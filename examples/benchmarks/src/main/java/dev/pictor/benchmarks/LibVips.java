package dev.pictor.benchmarks;

import dev.pictor.image.ImagePreset;
import dev.pictor.image.PixelSize;
import dev.pictor.image.Resize.Fit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The {@code vipsthumbnail} command, with one thread, and no cache of operations. */
final class LibVips {

    private static final int MORE_FILES = 4;
    private static final double MILLIS_A_TICK = 10;

    private final Path folder;

    private LibVips(Path folder) {
        this.folder = folder;
    }

    /**
     * Looks for the command.
     *
     * @param folder where it may write
     */
    static Optional<LibVips> find(Path folder) throws IOException, InterruptedException {
        try {
            run(List.of("vipsthumbnail", "--vips-version"), folder);
            return Optional.of(new LibVips(folder));
        } catch (IOException e) {
            System.out.println("libvips     is not there, its columns are empty: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** Notes what one picture takes: the time of a process that makes five of them less the time of one, by four. */
    void time(Path input, ImagePreset preset, Times times) throws IOException, InterruptedException {
        double[] one = processMillis(command(input, preset, 1));
        double[] five = processMillis(command(input, preset, 1 + MORE_FILES));
        times.add((five[0] - one[0]) / MORE_FILES, (five[1] - one[1]) / MORE_FILES);
    }

    /** Makes a PNG within a box and returns its place. */
    Path png(Path input, PixelSize box) throws IOException, InterruptedException {
        Path output = folder.resolve("vips.png");
        run(
                List.of(
                        "vipsthumbnail",
                        "--vips-concurrency=1",
                        "--size",
                        box.width() + "x" + box.height(),
                        "-o",
                        output.toString(),
                        input.toString()),
                folder);
        return output;
    }

    private List<String> command(Path input, ImagePreset preset, int files) {
        PixelSize box = preset.resize().box();
        String format = preset.encoding().format().name().toLowerCase(Locale.ROOT);
        List<String> command = new ArrayList<>(List.of(
                "vipsthumbnail",
                "--vips-concurrency=1",
                "--vips-cache-max=0",
                "--size",
                box.width() + "x" + box.height(),
                "-o",
                folder.resolve("vips." + format) + "[strip,Q="
                        + preset.encoding().quality() + "]"));
        if (preset.resize().fit() == Fit.FILL) {
            command.addAll(List.of("--smartcrop", "centre"));
        }
        command.addAll(Collections.nCopies(files, input.toString()));
        return command;
    }

    /** Returns the time of a process, and its processor time. */
    private double[] processMillis(List<String> command) throws IOException, InterruptedException {
        double cpu = childrenMillis();
        long begin = System.nanoTime();
        run(command, folder);
        return new double[] {(System.nanoTime() - begin) / 1e6, childrenMillis() - cpu};
    }

    /** Returns the processor time of all processes that this one has started and waited for; Linux alone tells. */
    private static double childrenMillis() throws IOException {
        Path status = Path.of("/proc/self/stat");
        if (Files.notExists(status)) {
            return Double.NaN;
        }
        String text = Files.readString(status);
        String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1); // from the third on
        return MILLIS_A_TICK * (Long.parseLong(fields[13]) + Long.parseLong(fields[14]));
    }

    private static void run(List<String> command, Path folder) throws IOException, InterruptedException {
        Path log = folder.resolve("vips.log");
        int exit = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IllegalStateException(command + " ended with " + exit + ": " + Files.readString(log));
        }
    }
}
