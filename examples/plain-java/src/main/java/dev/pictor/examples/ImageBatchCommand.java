package dev.pictor.examples;

import dev.pictor.image.ImageBytes;
import dev.pictor.image.ImagePreset;
import dev.pictor.image.Imaging;
import dev.pictor.image.Rendition;
import dev.pictor.image.batch.BatchOutcome;
import dev.pictor.image.batch.ImageBatch;
import dev.pictor.image.batch.ImageBatchBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code image batch DIR}: makes renditions of all pictures of a folder. */
@Command(
        name = "batch",
        mixinStandardHelpOptions = true,
        description =
                "Makes renditions of every file of a folder. Those that fail are listed, and the exit code is 1 then.")
final class ImageBatchCommand implements Callable<Integer> {

    private final Output output;

    @Parameters(paramLabel = "DIR", description = "A folder with pictures; folders in it are left out.")
    private Path folder = Path.of("");

    @Mixin
    private PresetChoice choice = new PresetChoice();

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder for the renditions.")
    private Path out = Path.of("");

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            description = "Pictures at work at once, 1 to 256. Default: the number of processors.")
    private @Nullable Integer concurrency;

    ImageBatchCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() {
        List<ImagePreset> presets = choice.presets();
        Imaging imaging = ImageCommand.imaging();
        ImageBatchBuilder builder = ImageBatch.builder(imaging).listener(output.batchProgress());
        if (concurrency != null) {
            builder.concurrency(concurrency);
        }
        ImageBatch batch = builder.build();
        List<Path> files = files();
        ImageCommand.create(out);
        long start = System.nanoTime();
        List<BatchOutcome<Integer>> outcomes = write(batch, imaging, presets, files);
        return summary(files, outcomes, Duration.ofNanos(System.nanoTime() - start));
    }

    private List<Path> files() {
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list folder " + folder, e);
        }
    }

    /** Writes each rendition as soon as it is made, so that nothing but counts is held until the end. */
    private List<BatchOutcome<Integer>> write(
            ImageBatch batch, Imaging imaging, List<ImagePreset> presets, List<Path> files) {
        Map<Path, String> names = names(files);
        Map<ImageBytes, Path> atWork = Collections.synchronizedMap(new IdentityHashMap<>());
        List<Supplier<ImageBytes>> items = files.stream()
                .map(file -> (Supplier<ImageBytes>) () -> {
                    ImageBytes image = ImageBytes.read(file);
                    atWork.put(image, file);
                    return image;
                })
                .toList();
        return batch.run(items, image -> {
            String name = names.get(atWork.remove(image));
            List<Rendition> renditions = imaging.render(image, presets);
            for (Rendition rendition : renditions) {
                PresetChoice.write(rendition, out, String.valueOf(name));
            }
            return renditions.size();
        });
    }

    /** Files are named without their extension, unless two would have the same name. */
    private static Map<Path, String> names(List<Path> files) {
        Map<String, Long> uses =
                files.stream().collect(Collectors.groupingBy(ImageCommand::stem, Collectors.counting()));
        return files.stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        file -> uses.getOrDefault(ImageCommand.stem(file), 0L) == 1
                                ? ImageCommand.stem(file)
                                : String.valueOf(file.getFileName())));
    }

    private int summary(List<Path> files, List<BatchOutcome<Integer>> outcomes, Duration took) {
        int written = 0;
        int failed = 0;
        for (int i = 0; i < files.size(); i++) {
            BatchOutcome<Integer> outcome = outcomes.get(i);
            written += outcome.value().orElse(0);
            if (outcome instanceof BatchOutcome.Failed<Integer> known) {
                output.line(
                        "failed %s: %s",
                        files.get(i).getFileName(),
                        String.valueOf(known.failure().getMessage()));
                failed++;
            }
        }
        output.line(
                "%d of %d pictures, %d renditions in %s, %d ms",
                files.size() - failed, files.size(), written, out, took.toMillis());
        return failed == 0 ? 0 : Failures.OTHER;
    }
}
