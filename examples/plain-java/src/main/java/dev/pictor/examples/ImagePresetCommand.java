package dev.pictor.examples;

import dev.pictor.image.ImageBytes;
import dev.pictor.image.ImagePreset;
import dev.pictor.image.Imaging;
import dev.pictor.image.Rendition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code image preset FILE}: makes renditions of a picture. */
@Command(
        name = "preset",
        mixinStandardHelpOptions = true,
        description = "Makes renditions of a picture, all from one decoding, and tells what each takes alone.")
final class ImagePresetCommand implements Callable<Integer> {

    private final Output output;

    @Parameters(paramLabel = "FILE", description = "A picture.")
    private Path file = Path.of("");

    @Mixin
    private PresetChoice choice = new PresetChoice();

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder for the renditions.")
    private Path folder = Path.of("");

    ImagePresetCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() {
        List<ImagePreset> presets = choice.presets();
        Imaging imaging = ImageCommand.imaging();
        ImageBytes image = ImageBytes.read(file);
        ImageCommand.create(folder);
        long start = System.nanoTime();
        List<Rendition> renditions = imaging.render(image, presets);
        long millis = millisSince(start);
        output.line("%-14s %11s %10s %6s  %s", "preset", "size", "bytes", "ms", "file");
        for (Rendition rendition : renditions) {
            long alone = System.nanoTime();
            ImageBytes same = imaging.render(image, rendition.preset()).image();
            output.line(
                    "%-14s %11s %10d %6d  %s",
                    rendition.preset().name(),
                    same.size(),
                    same.byteCount(),
                    millisSince(alone),
                    PresetChoice.write(rendition, folder, ImageCommand.stem(file)));
        }
        output.line("%d from one decoding: %d ms, with a cold JVM", renditions.size(), millis);
        renditions
                .get(0)
                .warnings()
                .forEach(warning ->
                        output.line("warning %s: %s", ImageInfoCommand.lower(warning.kind()), warning.message()));
        return 0;
    }

    private static long millisSince(long start) {
        return Duration.ofNanos(System.nanoTime() - start).toMillis();
    }
}
