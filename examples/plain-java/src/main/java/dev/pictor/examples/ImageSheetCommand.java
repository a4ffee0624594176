package dev.pictor.examples;

import dev.pictor.image.Encoding;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.Imaging;
import dev.pictor.image.Rendition;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code image sheet FILE}: all renditions of a picture side by side. */
@Command(
        name = "sheet",
        mixinStandardHelpOptions = true,
        description = "Draws a contact sheet: each preset whole, and its middle pixel by pixel.")
final class ImageSheetCommand implements Callable<Integer> {

    private final Output output;

    @Parameters(paramLabel = "FILE", description = "A picture.")
    private Path file = Path.of("");

    @Mixin
    private PresetChoice choice = new PresetChoice();

    @Option(names = "--out", paramLabel = "PNG", required = true, description = "The file to write.")
    private Path sheet = Path.of("");

    ImageSheetCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() {
        Imaging imaging = ImageCommand.imaging();
        List<Rendition> renditions = imaging.render(ImageBytes.read(file), choice.presets());
        ImageBytes drawn = imaging.encode(ContactSheet.of(renditions, imaging).draw(), Encoding.png());
        drawn.writeTo(sheet);
        output.line("sheet %s, %s", sheet, drawn.size());
        return 0;
    }
}
