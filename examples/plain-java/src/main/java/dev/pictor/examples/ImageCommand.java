package dev.pictor.examples;

import dev.pictor.adapter.imaging.ImagingCodecs;
import dev.pictor.image.Imaging;
import dev.pictor.image.ImagingBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code image}: works on pictures, without a model. */
@Command(
        name = "image",
        mixinStandardHelpOptions = true,
        description = "Looks at pictures, resizes, compares, cuts out and fetches them, without a model.",
        subcommands = {
            ImageInfoCommand.class,
            ImagePresetCommand.class,
            ImagePaletteCommand.class,
            ImageCompareCommand.class,
            ImageSheetCommand.class,
            ImageCutoutCommand.class,
            ImageFetchCommand.class,
            ImageBatchCommand.class
        })
final class ImageCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command given; try image --help");
    }

    /** Returns imaging with every codec there is. */
    static Imaging imaging() {
        ImagingBuilder builder = Imaging.builder();
        ImagingCodecs.all().forEach(builder::addCodec);
        return builder.build();
    }

    /** Makes sure that a folder is there. */
    static void create(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create folder " + folder, e);
        }
    }

    /** Returns the name of a file without its extension. */
    static String stem(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
