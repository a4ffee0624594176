package dev.pictor.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.pictor.image.FuzzSeeds.Seed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Breaks each of the seeds in some hundred ways. {@code ImageFuzz} goes on for as long as one likes. */
class ImageFuzzTest {

    private static final int MUTATIONS = 150;

    /** A header of pictures of this size is as good a test as one of larger ones, and quick. */
    private static final ImageLimits LIMITS =
            ImageLimits.builder().maxPixels(1 << 18).build();

    private static final List<Seed> SEEDS = FuzzSeeds.all();

    static List<Seed> seeds() {
        return SEEDS;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("seeds")
    void aSoundFileGivesAPicture(Seed seed) {
        Trial.Result result = new Trial(LIMITS).run(seed.bytes());

        assertThat(result.fault()).isEmpty();
        assertThat(result.refused()).isNull();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("seeds")
    void aBrokenFileGivesAPictureOrAReason(Seed seed) {
        Trial trial = new Trial(LIMITS);
        AtomicReference<String> current = new AtomicReference<>("none");
        List<String> faults = new ArrayList<>();

        assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> {
                    for (int i = 0; i < MUTATIONS; i++) {
                        byte[] other = SEEDS.get(i % SEEDS.size()).bytes();
                        String name = seed.name() + " with "
                                + SEEDS.get(i % SEEDS.size()).name() + ", seed " + i;
                        current.set(name);
                        trial.run(Mutations.mutated(seed.bytes(), other, i))
                                .fault()
                                .ifPresent(fault -> faults.add(name + ": " + fault));
                    }
                },
                () -> "hangs on " + current.get());

        assertThat(faults).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("seeds")
    void aFileMayEndAnywhere(Seed seed) {
        Trial trial = new Trial(LIMITS);
        List<String> faults = new ArrayList<>();
        int step = Math.max(1, seed.bytes().length / 60);

        for (int length = 0; length < seed.bytes().length; length += step) {
            int end = length;
            trial.run(FuzzSeeds.slice(seed.bytes(), 0, length))
                    .fault()
                    .ifPresent(fault -> faults.add("cut after " + end + " bytes: " + fault));
        }

        assertThat(faults).isEmpty();
    }

    @Test
    void mutationsGetPastTheHeader() {
        Trial trial = new Trial(LIMITS);
        int pictures = 0;
        int headersRefused = 0;

        for (int i = 0; i < 1000; i++) {
            Seed seed = SEEDS.get(i % SEEDS.size());
            Trial.Result result = trial.run(Mutations.mutated(seed.bytes(), seed.bytes(), i));
            pictures += result.refused() == null ? 1 : 0;
            headersRefused += result.refused() == ImageRejectedException.Reason.BROKEN_HEADER ? 1 : 0;
        }

        assertThat(pictures).isBetween(300, 900);
        assertThat(headersRefused).isBetween(50, 600);
    }

    @Test
    void theSameSeedBreaksAFileInTheSameWay() {
        byte[] file = SEEDS.get(0).bytes();
        byte[] other = SEEDS.get(1).bytes();

        assertThat(Mutations.mutated(file, other, 7)).isEqualTo(Mutations.mutated(file, other, 7));
        assertThat(Mutations.mutated(file, other, 7)).isNotEqualTo(Mutations.mutated(file, other, 8));
    }
}
