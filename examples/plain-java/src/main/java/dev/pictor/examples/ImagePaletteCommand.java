package dev.pictor.examples;

import dev.pictor.image.ImageBytes;
import dev.pictor.image.Picture;
import dev.pictor.image.color.RgbColor;
import dev.pictor.image.color.WcagContrast;
import dev.pictor.image.measure.ColorShares;
import dev.pictor.image.measure.Palette;
import dev.pictor.image.measure.Swatch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code image palette FILE}: the colours of a picture. */
@Command(
        name = "palette",
        mixinStandardHelpOptions = true,
        description = "Tells the colours of a picture, how much of it has given colours, and their contrast.")
final class ImagePaletteCommand implements Callable<Integer> {

    private final Output output;

    @Parameters(paramLabel = "FILE", description = "A picture.")
    private Path file = Path.of("");

    @Option(names = "--colors", paramLabel = "N", defaultValue = "6", description = "At most so many. Default: 6.")
    private int colors = 6;

    @Option(names = "--share", paramLabel = "#RRGGBB", description = "A colour to look for. May be repeated.")
    private List<String> shares = new ArrayList<>();

    @Option(
            names = "--tolerance",
            paramLabel = "DE",
            defaultValue = "5",
            description = "How far a colour may be from one looked for, by CIEDE2000. Default: 5.")
    private double tolerance = ColorShares.DEFAULT_TOLERANCE;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    ImagePaletteCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() {
        List<RgbColor> wanted = shares.stream().map(RgbColor::parse).toList();
        Picture picture = ImageCommand.imaging().decode(ImageBytes.read(file)).picture();
        Map<String, Object> facts = new LinkedHashMap<>();
        List<Swatch> swatches = Palette.of(picture, colors).swatches();
        facts.put("color", swatches.stream().map(ImagePaletteCommand::text).toList());
        if (swatches.size() > 1) {
            facts.put(
                    "contrast",
                    contrast(swatches.get(0).color(), swatches.get(1).color()));
        }
        if (!wanted.isEmpty()) {
            ColorShares found = ColorShares.of(picture, wanted, tolerance);
            facts.put(
                    "share",
                    found.shares().stream().map(ImagePaletteCommand::text).toList());
            facts.put("other", ImageInfoCommand.percent(found.other()));
        }
        output.print(facts, json);
        return 0;
    }

    private static String text(Swatch swatch) {
        return swatch.color() + " " + ImageInfoCommand.percent(swatch.share());
    }

    private static String contrast(RgbColor one, RgbColor other) {
        List<String> met = Arrays.stream(WcagContrast.values())
                .filter(level -> level.isMetBy(one, other))
                .map(ImageInfoCommand::lower)
                .toList();
        return String.format(
                Locale.ROOT,
                "%.2f:1 between %s and %s, meets %s",
                one.contrastRatio(other),
                one,
                other,
                met.isEmpty() ? "no level of WCAG" : String.join(", ", met));
    }
}
