package dev.pictor.benchmarks;

import dev.pictor.image.Encoding;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.ImagePreset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Finds the smallest heap in which a JPEG of 22 million pixels becomes a thumbnail, by Pictor and by Thumbnailator: the
 * smallest {@code -Xmx} with which a JVM of its own gets to the end, in steps of 4 MB, with the G1 collector. The file itself
 * is in that heap.
 */
public final class PictureHeap {

    private static final int STEP_MB = 4;
    private static final int MOST_MB = 512;
    private static final String OURS = "Pictor";

    private PictureHeap() {}

    /**
     * Prints the figures.
     *
     * @param args none; or who renders, and the file, in a JVM that was started for that
     * @throws Exception if anything fails
     */
    public static void main(String[] args) throws Exception {
        if (args.length == 2) {
            render(args[0], Files.readAllBytes(Path.of(args[1])));
            return;
        }
        Path file = PictureTimes.folder().resolve("22-megapixels.jpeg");
        ImageBytes image = PictureTimes.imaging().encode(TestPictures.photo(5632, 3904), Encoding.jpeg(88));
        image.writeTo(file);
        for (String by : List.of(OURS, "Thumbnailator")) {
            System.out.println(String.format(
                    Locale.ROOT,
                    "heap        JPEG %s, %.1f MB, to thumbnail by %-13s -Xmx%dm",
                    image.size(),
                    image.byteCount() / 1e6,
                    by,
                    smallestHeap(by, file)));
        }
    }

    private static void render(String by, byte[] image) throws IOException {
        ThumbnailatorColumn.prepareImageIo();
        int bytes = by.equals(OURS)
                ? PictureTimes.imaging()
                        .render(ImageBytes.wrap(image), ImagePreset.THUMBNAIL)
                        .image()
                        .byteCount()
                : ThumbnailatorColumn.render(image, ImagePreset.THUMBNAIL).length;
        System.out.println(bytes);
    }

    private static int smallestHeap(String by, Path file) throws IOException, InterruptedException {
        int tooSmall = 0;
        int enough = MOST_MB / STEP_MB;
        if (!works(by, file, MOST_MB)) {
            throw new IllegalStateException(by + " does not get to the end with " + MOST_MB + " MB: see the log");
        }
        while (enough - tooSmall > 1) {
            int middle = (tooSmall + enough) / 2;
            if (works(by, file, middle * STEP_MB)) {
                enough = middle;
            } else {
                tooSmall = middle;
            }
        }
        return enough * STEP_MB;
    }

    private static boolean works(String by, Path file, int megabytes) throws IOException, InterruptedException {
        return new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xmx" + megabytes + "m",
                                "-XX:+UseG1GC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                PictureHeap.class.getName(),
                                by,
                                file.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(
                                PictureTimes.folder().resolve("heap.log").toFile())
                        .start()
                        .waitFor()
                == 0;
    }
}
