package dev.pictor.evaluation;

import dev.pictor.adapter.imaging.ImagingCodecs;
import dev.pictor.image.ImageLimits;
import dev.pictor.image.ImageLimitsBuilder;
import dev.pictor.image.Imaging;
import dev.pictor.image.ImagingBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code images}: judges each file of a folder, and scores the judgements where it is known what is wanted. */
@Command(
        name = "images",
        mixinStandardHelpOptions = true,
        description = {
            "Decodes each file of a folder and writes what became of it.",
            "The column peak_heap_mb is all that was allocated in the heap for the file (2^20 bytes), garbage included: an "
                    + "upper bound of its peak. ms runs from opening the file to the picture or its refusal.",
            "Exit code 1 if a file makes the decoder crash or hang."
        })
final class ImagesCommand implements Callable<Integer> {

    private static final Set<String> NEIGHBOURS = Set.of("tsv", "py", "md", "txt");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Folder with pictures; folders in it are left out.")
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Option(names = "--predictions", required = true, paramLabel = "FILE", description = "Where to write, as TSV.")
    @SuppressWarnings("NullAway.Init")
    private Path predictions;

    @Option(
            names = "--expected",
            paramLabel = "FILE",
            description =
                    "What is wanted, as TSV with file, category, wanted and grid4x4_rgb_hex. Default: expected.tsv "
                            + "in DIR, if there is one. With it, *.tsv, *.py, *.md and *.txt that it does not name are left out.")
    private @Nullable Path expected;

    @Option(names = "--max-bytes", paramLabel = "N", description = "Largest file. Default: 67108864.")
    private @Nullable Integer maxBytes;

    @Option(names = "--max-side", paramLabel = "PX", description = "Longest side. Default: 16384.")
    private @Nullable Integer maxSidePx;

    @Option(names = "--max-pixels", paramLabel = "N", description = "Largest area. Default: 67108864.")
    private @Nullable Long maxPixels;

    @Option(names = "--max-frames", paramLabel = "N", description = "Most frames. Default: 1000.")
    private @Nullable Integer maxFrames;

    @Option(names = "--max-metadata", paramLabel = "N", description = "Most bytes of metadata. Default: 16777216.")
    private @Nullable Integer maxMetadataBytes;

    @Option(names = "--max-scans", paramLabel = "N", description = "Most scans of a JPEG. Default: 100.")
    private @Nullable Integer maxScans;

    @Option(
            names = "--time-limit",
            paramLabel = "MS",
            defaultValue = "10000",
            description = "A file that takes longer has hung, and is left. Default: ${DEFAULT-VALUE}.")
    private long timeLimitMillis;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (timeLimitMillis < 1) {
            throw new IllegalArgumentException("--time-limit must be at least 1, was " + timeLimitMillis);
        }
        ImageLimits limits = limits();
        List<Expectation> expectations = expectations();
        List<Path> files = files(expectations);

        WarmUp.run(imaging(ImageLimits.ofDefaults()));
        Judge judge = new Judge(imaging(limits), limits, Duration.ofMillis(timeLimitMillis));
        List<Judgement> judgements = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        rows.add(Judgement.COLUMNS);
        for (Path file : files) {
            Judgement judgement = judge.judge(file);
            judgements.add(judgement);
            rows.add(judgement.row());
        }
        Tsv.write(predictions, rows);

        if (expectations.isEmpty()) {
            out.println("files    " + judgements.size());
            ScoreTable.printFaults(out, judgements);
        } else {
            new ScoreTable(expectations, judgements).print(out);
        }
        boolean faults =
                judgements.stream().anyMatch(judgement -> judgement.verdict().isFault());
        return faults ? PictorEval.FAULTS : 0;
    }

    private static Imaging imaging(ImageLimits limits) {
        ImagingBuilder builder = Imaging.builder().limits(limits);
        ImagingCodecs.all().forEach(builder::addCodec);
        return builder.build();
    }

    private ImageLimits limits() {
        ImageLimitsBuilder limits = ImageLimits.builder();
        if (maxBytes != null) {
            limits.maxBytes(maxBytes);
        }
        if (maxSidePx != null) {
            limits.maxSidePx(maxSidePx);
        }
        if (maxPixels != null) {
            limits.maxPixels(maxPixels);
        }
        if (maxFrames != null) {
            limits.maxFrames(maxFrames);
        }
        if (maxMetadataBytes != null) {
            limits.maxMetadataBytes(maxMetadataBytes);
        }
        if (maxScans != null) {
            limits.maxScans(maxScans);
        }
        return limits.build();
    }

    private List<Expectation> expectations() {
        if (expected != null) {
            return Expectation.read(expected);
        }
        Path usual = folder.resolve("expected.tsv");
        return Files.isRegularFile(usual) ? Expectation.read(usual) : List.of();
    }

    private List<Path> files(List<Expectation> expectations) {
        Set<String> named = expectations.stream().map(Expectation::file).collect(Collectors.toSet());
        Path own = predictions.toAbsolutePath().normalize();
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.toAbsolutePath().normalize().equals(own))
                    .filter(file -> named.isEmpty() || named.contains(name(file)) || !isNeighbour(file))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder + ": " + e, e);
        }
    }

    private static boolean isNeighbour(Path file) {
        String name = name(file);
        return NEIGHBOURS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
