package dev.pictor.examples;

import dev.pictor.image.DecodedPicture;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.ImageHeader;
import dev.pictor.image.ImageRejectedException;
import dev.pictor.image.Imaging;
import dev.pictor.image.measure.PerceptualHash;
import dev.pictor.image.measure.PictureStructure;
import dev.pictor.image.measure.StructureLimits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code image info FILE...}: what a picture is, from its header, its pixels and measurements. */
@Command(
        name = "info",
        mixinStandardHelpOptions = true,
        description = "Tells what pictures are. A refused one is told with the reason, and the exit code is 1 then.")
final class ImageInfoCommand implements Callable<Integer> {

    private final Output output;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Pictures.")
    private List<Path> files = new ArrayList<>();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    ImageInfoCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() {
        Imaging imaging = ImageCommand.imaging();
        List<Map<String, Object>> all = new ArrayList<>();
        for (Path file : files) {
            Map<String, Object> facts = facts(imaging, file);
            all.add(facts);
            if (!json) {
                output.print(facts, false);
            }
        }
        if (json) {
            output.line(Output.json(Map.of("files", all)));
        }
        return all.stream().anyMatch(facts -> facts.containsKey("refused")) ? Failures.OTHER : 0;
    }

    private static Map<String, Object> facts(Imaging imaging, Path file) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("file", file.toString());
        try {
            ImageBytes image = ImageBytes.read(file);
            putHeader(facts, image);
            putPixels(facts, imaging.decode(image));
        } catch (ImageRejectedException e) {
            facts.put("refused", lower(e.reason()) + ": " + e.getMessage());
        }
        return facts;
    }

    private static void putHeader(Map<String, Object> facts, ImageBytes image) {
        ImageHeader header = image.header();
        facts.put("format", image.format().mediaType() + ", " + image.byteCount() + " bytes");
        facts.put("size", header.uprightSize() + " upright, " + header.size() + " stored");
        facts.put("turned", lower(header.orientation()));
        facts.put("color", lower(header.colorModel()) + ", " + header.bitDepth() + " bits");
        facts.put("coding", lower(header.coding()) + (header.isInterlaced() ? ", in passes" : ""));
        facts.put("alpha", header.hasAlpha());
        facts.put("frames", header.frames());
        facts.put("profile", header.hasProfile());
        facts.put("metadata", header.metadataBytes() + " bytes");
        facts.put("sha256", image.sha256().hex());
    }

    private static void putPixels(Map<String, Object> facts, DecodedPicture decoded) {
        facts.put(
                "warning",
                decoded.warnings().stream()
                        .map(warning -> lower(warning.kind()) + ": " + warning.message())
                        .toList());
        facts.put("pixels", decoded.picture().digest().hex());
        facts.put("hash", PerceptualHash.of(decoded.picture()).toString());
        PictureStructure structure = PictureStructure.of(decoded.picture());
        facts.put("luma", "range " + structure.lumaRange() + " of 255");
        facts.put("sharpness", rounded(structure.sharpness()));
        facts.put("noise", rounded(structure.noise()) + " levels");
        facts.put("uniform", percent(structure.uniformShare()));
        facts.put("border", percent(structure.borderShare()));
        facts.put("invisible", percent(structure.transparentShare()));
        facts.put(
                "finding",
                StructureLimits.ofDefaults().judge(structure, decoded.warnings()).stream()
                        .map(finding ->
                                lower(finding.severity()) + " " + lower(finding.kind()) + ": " + finding.message())
                        .toList());
    }

    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }

    static String rounded(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
