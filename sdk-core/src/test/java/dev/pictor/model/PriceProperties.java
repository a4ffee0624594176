package dev.pictor.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.gateway.price.PriceCatalogue;
import dev.pictor.gateway.price.PricedModel;
import dev.pictor.image.PixelSize;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is reserved before a call is enough for it, whatever the price and whatever is said of the call. */
class PriceProperties {

    private static final List<PixelSize> SIZES = List.of(
            new PixelSize(256, 256),
            new PixelSize(1024, 1024),
            new PixelSize(1536, 1024),
            new PixelSize(1024, 1536),
            new PixelSize(1000, 700),
            new PixelSize(4096, 4096));
    private static final List<String> QUALITIES = List.of("low", "standard", "medium", "high", "hd", "auto", "odd");
    private static final List<String> CLASSES = List.of("512", "1K", "2K", "4K");
    private static final List<PricedModel> BUILT_IN = PriceCatalogue.builtIn().models();

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("R1: what a call costs is never more than what was reserved for it, over prices at random")
    void theEstimateBoundsTheCost(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 10; i++) {
            check(seed, random, price(random));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("R1: what a call costs is never more than what was reserved for it, over the prices of this artifact")
    void theEstimateBoundsTheCostOfEveryModelWeKnow(long seed) {
        Random random = new Random(seed);
        PricedModel model = BUILT_IN.get(random.nextInt(BUILT_IN.size()));
        for (int i = 0; i < 10; i++) {
            check(seed, random, model.price());
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("R1: what a call with a document costs is never more than what was reserved for it")
    void theEstimateBoundsTheCostOfDocuments(long seed) {
        Random random = new Random(seed);
        Price price = random.nextBoolean()
                ? price(random)
                : BUILT_IN.get(random.nextInt(BUILT_IN.size())).price();
        long most = 1L + random.nextInt(1_000_000);
        long text = (long) (random.nextDouble() * most);
        PlannedUse use = PlannedUse.builder()
                .promptBytes(random.nextInt(1_000))
                .documents(1 + random.nextInt(3))
                .maxInputTokens(most)
                .maxOutputTokens(1_000)
                .batch(random.nextInt(4) == 0)
                .build();
        UsageBuilder usage = Usage.builder().outputTextTokens(random.nextInt(1_001));
        if (random.nextInt(4) > 0) {
            usage.inputTextTokens(text);
        }
        if (random.nextInt(4) > 0) {
            usage.inputImageTokens((long) (random.nextDouble() * (most - text)));
        }
        check(seed, LocalDate.of(2026, 11, 1), use, usage.build(), price);
    }

    private static void check(long seed, Random random, Price price) {
        PlannedUse use = use(random);
        LocalDate day = LocalDate.of(2026, 11, 1).plusDays(random.nextInt(120));
        check(seed, day, use, usageWithin(use, price, day, random), price);
    }

    private static void check(long seed, LocalDate day, PlannedUse use, Usage usage, Price price) {
        Optional<Money> estimate = price.estimate(use, day);
        Optional<Money> actual = price.actual(usage, use, day);

        if (estimate.isPresent() && actual.isPresent()) {
            assertThat(actual.get().nanos())
                    .as("seed %s: %s for %s of %s", seed, price, usage, use)
                    .isLessThanOrEqualTo(estimate.get().nanos());
        }
    }

    private static PlannedUse use(Random random) {
        PlannedUseBuilder use = PlannedUse.builder()
                .images(random.nextInt(4))
                .promptBytes(random.nextInt(4) == 0 ? 0 : random.nextInt(400_000))
                .inputImages(random.nextInt(3))
                .batch(random.nextInt(4) == 0);
        if (random.nextBoolean()) {
            use.size(any(random, SIZES));
        }
        if (random.nextBoolean()) {
            use.quality(any(random, QUALITIES));
        }
        if (random.nextInt(4) == 0) {
            use.resolution(any(random, CLASSES));
        }
        if (random.nextInt(3) == 0) {
            use.steps(1 + random.nextInt(80));
        }
        if (random.nextBoolean()) {
            use.maxOutputTokens(random.nextInt(5_000));
        }
        return use.build();
    }

    /** Counts that such a call can have: each within what the use and the facts of the price allow. */
    private static Usage usageWithin(PlannedUse use, Price price, LocalDate day, Random random) {
        UsageBuilder usage = Usage.builder().images(use.images() == 0 ? 0 : random.nextInt(use.images() + 1));
        if (random.nextInt(5) > 0) {
            long most = use.promptBytes() == 0 ? 0 : use.promptBytes() + 256;
            long counted = (long) (random.nextDouble() * most);
            usage.inputTextTokens(counted);
            if (random.nextBoolean()) {
                usage.cachedTextTokens((long) (random.nextDouble() * counted));
            }
        }
        OptionalLong read = RateFacts.leastTokens(price, day, use, Rate.Direction.INPUT);
        if (read.isPresent() && random.nextInt(5) > 0) {
            usage.inputImageTokens((long) (random.nextDouble() * read.getAsLong() * use.inputImages()));
        }
        OptionalLong drawn = RateFacts.leastTokens(price, day, use, Rate.Direction.OUTPUT);
        if (drawn.isPresent() && random.nextBoolean()) {
            usage.outputImageTokens((long) (random.nextDouble() * drawn.getAsLong() * use.images()));
        }
        long model = price.maxOutputTokens().orElse(Long.MAX_VALUE);
        long limit = Math.min(model, use.maxOutputTokens().orElse(model));
        if (limit < Long.MAX_VALUE && random.nextBoolean()) {
            usage.outputTextTokens((long) (random.nextDouble() * limit));
        }
        return usage.build();
    }

    private static Price price(Random random) {
        List<Rate> rates = new ArrayList<>();
        for (int i = random.nextInt(12); i > 0; i--) {
            rates.add(rate(random));
        }
        PriceBuilder price = Price.builder("at random", LocalDate.EPOCH).rates(rates);
        if (random.nextBoolean()) {
            price.maxOutputTokens(1 + random.nextInt(10_000));
        }
        return price.build();
    }

    private static Rate rate(Random random) {
        Rate.Unit unit = any(random, List.of(Rate.Unit.values()));
        boolean tokens = unit == Rate.Unit.TOKEN;
        RateBuilder rate = Rate.builder(
                        unit,
                        tokens ? any(random, List.of(Rate.Modality.values())) : Rate.Modality.IMAGE,
                        tokens ? any(random, List.of(Rate.Direction.values())) : Rate.Direction.OUTPUT,
                        BigDecimal.valueOf(random.nextInt(100_000), tokens ? 3 : 7))
                .per(tokens ? 1_000_000 : 1);
        if (random.nextInt(3) == 0) {
            rate.quality(any(random, QUALITIES));
        }
        if (random.nextInt(3) == 0) {
            rate.addSizes(any(random, SIZES));
        }
        if (random.nextInt(4) == 0) {
            rate.maxPixels(1L << (16 + random.nextInt(10)));
        }
        if (random.nextInt(4) == 0) {
            rate.resolution(any(random, CLASSES));
        }
        if (random.nextInt(5) == 0) {
            rate.minSteps(1 + random.nextInt(80));
        }
        if (random.nextInt(5) == 0) {
            rate.aboveInputTokens(1 + random.nextInt(300_000));
        }
        if (random.nextInt(5) == 0) {
            rate.batch(true);
        }
        if (random.nextBoolean()) {
            rate.tokens(1 + random.nextInt(8_000));
        }
        return rate.build();
    }

    private static <T> T any(Random random, List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** What the rates of a price say of the tokens of one picture. */
    private static final class RateFacts {

        /** Returns how many tokens a picture surely may count: the least that any of the rates in force says. */
        static OptionalLong leastTokens(Price price, LocalDate day, PlannedUse use, Rate.Direction direction) {
            List<Rate> ofPictures = price.rates().stream()
                    .filter(rate -> rate.isInForce(day) && (use.batch() || !rate.batch()))
                    .filter(rate -> rate.direction() == direction && rate.unit() != Rate.Unit.REQUEST)
                    .filter(rate -> rate.modality() == Rate.Modality.IMAGE || rate.modality() == Rate.Modality.ANY)
                    .toList();
            boolean allSay = ofPictures.stream()
                    .filter(rate -> rate.unit() != Rate.Unit.TOKEN)
                    .allMatch(rate -> rate.tokens().isPresent());
            return allSay
                    ? ofPictures.stream()
                            .filter(rate -> rate.tokens().isPresent())
                            .mapToLong(rate -> rate.tokens().getAsLong())
                            .min()
                    : OptionalLong.empty();
        }
    }
}
