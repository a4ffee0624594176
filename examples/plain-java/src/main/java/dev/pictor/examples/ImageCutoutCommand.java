package dev.pictor.examples;

import dev.pictor.adapter.cutout.StudioBackgroundRemover;
import dev.pictor.image.ImageBytes;
import dev.pictor.model.BackgroundRemovalRequest;
import dev.pictor.model.BackgroundRemovalResult;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code image cutout FILE}: cuts a product out of an even background. */
@Command(
        name = "cutout",
        mixinStandardHelpOptions = true,
        description = "Cuts a product out of an even background, offline. Every other picture is refused.")
final class ImageCutoutCommand implements Callable<Integer> {

    private final Output output;

    @Parameters(paramLabel = "FILE", description = "A product photo.")
    private Path file = Path.of("");

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "The PNG to write.")
    private Path out = Path.of("");

    @Option(
            names = "--shadow",
            paramLabel = "WORD",
            defaultValue = "remove",
            description = "remove or keep. Default: remove.")
    private String shadow = "remove";

    @Option(
            names = "--holes",
            paramLabel = "WORD",
            defaultValue = "keep",
            description = "keep, or cut areas inside of the product that look like the background. Default: keep.")
    private String holes = "keep";

    ImageCutoutCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() throws InterruptedException {
        BackgroundRemovalRequest request = BackgroundRemovalRequest.builder(ImageBytes.read(file))
                .putOptions("shadow", shadow)
                .putOptions("holes", holes)
                .build();
        BackgroundRemovalResult cutOut =
                StudioBackgroundRemover.create(ImageCommand.imaging()).remove(request, UnboundedCall.INSTANCE);
        cutOut.image().writeTo(out);
        output.line("cut out %s, %s", out, cutOut.image());
        cutOut.warnings().forEach(warning -> output.line("warning %s: %s", warning.option(), warning.message()));
        return 0;
    }
}
