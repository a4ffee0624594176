package dev.pictor.benchmarks;

import dev.pictor.adapter.imaging.ImagingCodecs;
import dev.pictor.image.Encoding;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.ImagePreset;
import dev.pictor.image.Imaging;
import dev.pictor.image.ImagingBuilder;
import dev.pictor.image.Picture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Measures bytes in to bytes out, one thread: every preset on four files, by Pictor, by libvips where its
 * {@code vipsthumbnail} is installed, and by Thumbnailator. The three take turns. Pictor and Thumbnailator have the file in
 * memory; libvips reads and writes files, see {@link LibVips#time}. Processor time is that of the calling thread, or of the
 * {@code vipsthumbnail} process; garbage collection is not in it.
 */
public final class PictureTimes {

    private static final int WARM_UPS = 3;
    private static final int TURNS = 7;

    private final Imaging imaging = imaging();
    private final Path folder;
    private final Optional<LibVips> vips;

    private PictureTimes(Path folder, Optional<LibVips> vips) {
        this.folder = folder;
        this.vips = vips;
    }

    /**
     * Prints the figures.
     *
     * @param args none
     * @throws Exception if anything fails
     */
    public static void main(String[] args) throws Exception {
        ThumbnailatorColumn.prepareImageIo();
        Path folder = folder();
        new PictureTimes(folder, LibVips.find(folder)).measure();
    }

    /** Returns imaging that reads and writes all formats. */
    static Imaging imaging() {
        ImagingBuilder builder = Imaging.builder();
        ImagingCodecs.all().forEach(builder::addCodec);
        return builder.build();
    }

    /** Returns where programs put their files. */
    static Path folder() throws IOException {
        return Files.createDirectories(
                Path.of("examples", "benchmarks", "target", "pictures").toAbsolutePath());
    }

    private void measure() throws Exception {
        Picture photo = TestPictures.photo(4000, 3000);
        Picture smaller = TestPictures.photo(2048, 1536);
        Encoding jpeg = Encoding.jpeg(88);
        System.out.println(String.format(
                Locale.ROOT,
                "%n%-33s %-11s | %21s | %21s | %21s | %13s",
                "milliseconds",
                "",
                "Pictor",
                "libvips",
                "Thumbnailator",
                "Pictor by cpu"));
        System.out.println(String.format(
                Locale.ROOT,
                "%-33s %-11s | %6s %7s %6s | %6s %7s %6s | %6s %7s %6s | %6s %6s",
                "input",
                "preset",
                "min",
                "median",
                "cpu",
                "min",
                "median",
                "cpu",
                "min",
                "median",
                "cpu",
                "vips",
                "Thumb."));
        measure("JPEG 4000x3000", photo, jpeg);
        measure(
                "JPEG 4000x3000 progressive",
                photo,
                jpeg.toBuilder().isProgressive(true).build());
        measure("PNG 2048x1536", smaller, Encoding.png());
        measure("WebP 2048x1536", smaller, Encoding.webp(88));
    }

    private void measure(String name, Picture picture, Encoding encoding) throws Exception {
        byte[] bytes = imaging.encode(picture, encoding).toByteArray();
        Path file = folder.resolve(
                name.replace(' ', '-') + "." + encoding.format().name().toLowerCase(Locale.ROOT));
        Files.write(file, bytes);
        String title = String.format(Locale.ROOT, "%s, %.1f MB", name, bytes.length / 1e6);
        for (ImagePreset preset : ImagePreset.all()) {
            Times.Job ours = () -> imaging.render(ImageBytes.wrap(bytes), preset);
            Times.Job theirs = () -> ThumbnailatorColumn.render(bytes, preset);
            Times oursTimes = Times.warmedUp(WARM_UPS, ours);
            Times theirsTimes = Times.warmedUp(WARM_UPS, theirs);
            Times vipsTimes = new Times();
            for (int turn = 0; turn < TURNS; turn++) {
                oursTimes.run(ours);
                theirsTimes.run(theirs);
                if (vips.isPresent()) {
                    vips.get().time(file, preset, vipsTimes);
                }
            }
            print(title, preset.name(), oursTimes, vipsTimes, theirsTimes);
        }
        Times all = Times.ofTurns(1, TURNS, List.of(() -> imaging.render(ImageBytes.wrap(bytes), ImagePreset.all())))
                .get(0);
        print(title, "all at once", all, new Times(), new Times());
    }

    private static void print(String input, String preset, Times ours, Times vips, Times thumbnailator) {
        System.out.println(String.format(
                Locale.ROOT,
                "%-33s %-11s | %s | %s | %s | %6s %6s",
                input,
                preset,
                cells(ours),
                cells(vips),
                cells(thumbnailator),
                ratio(ours, vips),
                ratio(ours, thumbnailator)));
    }

    private static String cells(Times times) {
        return times.isEmpty()
                ? " ".repeat(21)
                : String.format(Locale.ROOT, "%6.1f %7.1f %6.1f", times.min(), times.median(), times.cpu());
    }

    private static String ratio(Times ours, Times theirs) {
        return theirs.isEmpty() ? "" : String.format(Locale.ROOT, "%.2f", ours.cpu() / theirs.cpu());
    }
}
