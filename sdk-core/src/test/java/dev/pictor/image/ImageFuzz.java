package dev.pictor.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.pictor.image.FuzzSeeds.Seed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Breaks files for a given time. Runs with {@code -Pfuzz}, by these system properties:
 *
 * <ul>
 *   <li>{@code fuzz.seconds}: how long; default 60
 *   <li>{@code fuzz.seed}: from which number on; default: by the clock, printed
 *   <li>{@code fuzz.folder}: a folder whose files are broken too; default: none
 *   <li>{@code fuzz.maxPixels}: the largest picture to be decoded; default 4,194,304
 * </ul>
 *
 * Files that are not taken as they should be are left in {@code target/fuzz}.
 */
class ImageFuzz {

    private static final int MAX_FAULTS = 50;

    @Test
    void brokenFilesGiveAPictureOrAReason() throws IOException {
        int seconds = Integer.getInteger("fuzz.seconds", 60);
        long firstSeed = Long.getLong("fuzz.seed", System.nanoTime());
        long maxPixels = Long.getLong("fuzz.maxPixels", 1L << 22);
        List<Seed> seeds = seeds();
        Trial trial = new Trial(ImageLimits.builder().maxPixels(maxPixels).build());
        AtomicReference<String> current = new AtomicReference<>("none");
        List<String> faults = new ArrayList<>();
        Tally tally = new Tally();

        assertTimeoutPreemptively(
                Duration.ofSeconds(seconds + 60L),
                () -> {
                    long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
                    for (long i = firstSeed; System.nanoTime() < end && faults.size() < MAX_FAULTS; i++) {
                        Random random = new Random(i);
                        Seed seed = seeds.get(random.nextInt(seeds.size()));
                        Seed other = seeds.get(random.nextInt(seeds.size()));
                        String name = seed.name() + " with " + other.name() + ", seed " + i;
                        current.set(name);
                        byte[] bytes = Mutations.mutated(seed.bytes(), other.bytes(), i);
                        Trial.Result result = trial.run(bytes);
                        tally.add(name, result);
                        if (result.fault().isPresent()) {
                            faults.add(name + ": " + result.fault().get());
                            keep(bytes, "seed-" + i + "-" + seed.name());
                        }
                    }
                },
                () -> "hangs on " + current.get());

        System.out.println("from seed " + firstSeed + ": " + tally);
        assertThat(faults).isEmpty();
    }

    /** What was seen. */
    private static final class Tally {
        private int files;
        private int pictures;
        private double slowest;
        private String slowestName = "";
        private double largest;
        private String largestName = "";

        void add(String name, Trial.Result result) {
            files++;
            pictures += result.refused() == null ? 1 : 0;
            if (result.millis() > slowest) {
                slowest = result.millis();
                slowestName = name + " (" + result.pixels() + " px)";
            }
            double beyond = result.heapMegabytes() - result.pixels() * 4.0 / (1 << 20);
            if (beyond > largest) {
                largest = beyond;
                largestName = name + " (" + result.pixels() + " px)";
            }
        }

        @Override
        public String toString() {
            return files + " files, " + pictures + " pictures; slowest " + Math.round(slowest) + " ms: " + slowestName
                    + "; most heap beyond four bytes a pixel " + Math.round(largest) + " MB: " + largestName;
        }
    }

    private static List<Seed> seeds() throws IOException {
        List<Seed> seeds = new ArrayList<>(FuzzSeeds.all());
        String folder = System.getProperty("fuzz.folder", "");
        if (!folder.isEmpty()) {
            try (Stream<Path> files = Files.list(Path.of(folder))) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    if (Files.size(file) > 0) {
                        seeds.add(new Seed(String.valueOf(file.getFileName()), Files.readAllBytes(file)));
                    }
                }
            }
        }
        return seeds;
    }

    private static void keep(byte[] bytes, String name) {
        try {
            Path folder = Files.createDirectories(Path.of("target", "fuzz"));
            Files.write(folder.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep " + name, e);
        }
    }
}
