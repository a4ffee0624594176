package dev.pictor.examples;

import dev.pictor.image.ImageBytes;
import dev.pictor.image.Imaging;
import dev.pictor.image.Picture;
import dev.pictor.image.Resize;
import dev.pictor.image.color.LabColor;
import dev.pictor.image.color.RgbColor;
import dev.pictor.image.measure.PerceptualHash;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code image compare A B}: how alike two pictures are. */
@Command(name = "compare", mixinStandardHelpOptions = true, description = "Tells how alike two pictures are.")
final class ImageCompareCommand implements Callable<Integer> {

    /** The mean difference of colours is taken at this size: each pair of colours costs some hundred nanoseconds. */
    private static final int DELTA_SIDE_PX = 512;

    private final Output output;

    @Parameters(index = "0", paramLabel = "A", description = "A picture.")
    private Path first = Path.of("");

    @Parameters(index = "1", paramLabel = "B", description = "Another picture.")
    private Path second = Path.of("");

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    ImageCompareCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() {
        Imaging imaging = ImageCommand.imaging();
        ImageBytes imageA = ImageBytes.read(first);
        ImageBytes imageB = ImageBytes.read(second);
        Picture a = imaging.decode(imageA).picture();
        Picture b = imaging.decode(imageB).picture();
        PerceptualHash hashA = PerceptualHash.of(a);
        PerceptualHash hashB = PerceptualHash.of(b);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("likeness", ImageInfoCommand.lower(hashA.likeness(hashB)));
        facts.put("distance", hashA.distance(hashB) + " of 64 bits");
        facts.put("bytes", imageA.equals(imageB) ? "equal" : "different");
        facts.put("pixels", a.digest().equals(b.digest()) ? "equal" : "different");
        facts.put("size", a.size().equals(b.size()) ? a.size().toString() : a.size() + " and " + b.size());
        if (a.size().equals(b.size())) {
            facts.put("psnr", psnr(a.over(RgbColor.WHITE), b.over(RgbColor.WHITE)));
            facts.put("deltaE", String.format(Locale.ROOT, "%.2f, the mean of dE2000 within 512 px", meanDeltaE(a, b)));
        }
        output.print(facts, json);
        return 0;
    }

    /** Of red, green and blue together. */
    private static String psnr(Picture a, Picture b) {
        ByteBuffer samplesA = a.asByteBuffer();
        ByteBuffer samplesB = b.asByteBuffer();
        long squares = 0;
        while (samplesA.hasRemaining()) {
            int difference = Byte.toUnsignedInt(samplesA.get()) - Byte.toUnsignedInt(samplesB.get());
            squares += (long) difference * difference;
        }
        double mean = (double) squares / samplesA.capacity();
        return mean == 0 ? "infinite" : String.format(Locale.ROOT, "%.2f dB", 10 * Math.log10(255 * 255 / mean));
    }

    private static double meanDeltaE(Picture a, Picture b) {
        Picture smallA = small(a);
        Picture smallB = small(b);
        double sum = 0;
        for (int y = 0; y < smallA.height(); y++) {
            for (int x = 0; x < smallA.width(); x++) {
                sum += LabColor.of(smallA.color(x, y)).deltaE2000(LabColor.of(smallB.color(x, y)));
            }
        }
        return sum / smallA.size().pixels();
    }

    private static Picture small(Picture picture) {
        return picture.over(RgbColor.WHITE).resized(Resize.fit(DELTA_SIDE_PX, DELTA_SIDE_PX));
    }
}
