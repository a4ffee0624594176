package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.pictor.image.AspectRatio;
import dev.pictor.image.PixelSize;
import dev.pictor.image.Sha256;
import dev.pictor.model.Cost;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.ModelProfileBuilder;
import dev.pictor.model.Money;
import dev.pictor.model.Price;
import dev.pictor.model.PriceBuilder;
import dev.pictor.model.Rate;
import dev.pictor.model.RateBuilder;
import dev.pictor.model.Usage;
import dev.pictor.model.UsageBuilder;
import dev.pictor.trace.ArtifactRef;
import dev.pictor.trace.ArtifactRefBuilder;
import dev.pictor.trace.JournaledValue;
import dev.pictor.trace.RunId;
import dev.pictor.trace.TraceEvent;
import dev.pictor.trace.TraceEventBuilder;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is stored as JSON comes back equal, beside members that nobody knows and without those that nobody needs. */
class JsonProperties {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModules(new Jdk8Module(), new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private record Kind<T>(Class<T> type, Function<Random, T> random, Set<String> required) {}

    private static final List<Kind<?>> KINDS = List.of(
            new Kind<>(Usage.class, JsonProperties::usage, Set.of()),
            new Kind<>(Cost.class, JsonProperties::cost, Set.of("isComplete")),
            new Kind<>(Rate.class, JsonProperties::rate, Set.of("unit", "modality", "direction", "amount")),
            new Kind<>(Price.class, JsonProperties::price, Set.of("source", "asOf")),
            new Kind<>(ModelProfile.class, JsonProperties::profile, Set.of("id", "provider")),
            new Kind<>(ArtifactRef.class, JsonProperties::artifact, Set.of("sha256", "media_type", "bytes")),
            new Kind<>(TraceEvent.class, JsonProperties::event, Set.of("ts", "type", "run_id")),
            new Kind<>(JournaledValue.class, JsonProperties::value, Set.of("json", "withheldBecause")));

    static List<Long> seeds() {
        return Seeds.hundreds().boxed().toList();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void valuesComeBackEqual(long seed) throws JsonProcessingException {
        for (Kind<?> kind : KINDS) {
            Object value = kind.random().apply(new Random(seed));
            String json = MAPPER.writeValueAsString(value);

            assertThat(MAPPER.readValue(json, (Class<?>) kind.type()))
                    .as("seed %s, %s", seed, json)
                    .isEqualTo(value)
                    .hasSameHashCodeAs(value);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void membersThatNobodyKnowsAreIgnored(long seed) throws JsonProcessingException {
        for (Kind<?> kind : KINDS) {
            Object value = kind.random().apply(new Random(seed));
            ObjectNode json = MAPPER.valueToTree(value);
            json.put("aLaterNumber", 7);
            json.putObject("aLaterObject").putArray("with").add(true);

            assertThat(MAPPER.readValue(json.toString(), (Class<?>) kind.type()))
                    .as("seed %s, %s", seed, json)
                    .isEqualTo(value);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void onlyMembersThatAreRequiredMustBeThere(long seed) throws JsonProcessingException {
        for (Kind<?> kind : KINDS) {
            ObjectNode json = MAPPER.valueToTree(kind.random().apply(new Random(seed)));
            List<String> names = new ArrayList<>();
            json.fieldNames().forEachRemaining(names::add);
            assertThat(json).as("what is absent is not written").noneMatch(JsonNode::isNull);
            for (String name : names) {
                ObjectNode without = json.deepCopy();
                without.remove(name);
                if (kind.required().contains(name)) {
                    Throwable refusal = catchThrowable(() -> read(without, kind));
                    assertThat(refusal)
                            .as("seed %s, %s without %s", seed, json, name)
                            .isInstanceOf(JsonProcessingException.class);
                } else {
                    JsonNode again = MAPPER.valueToTree(read(without, kind));
                    assertThat(withoutMember(again, name))
                            .as("seed %s, %s without %s", seed, json, name)
                            .isEqualTo(without);
                }
            }
        }
    }

    private static Object read(JsonNode json, Kind<?> kind) throws JsonProcessingException {
        return MAPPER.readValue(json.toString(), (Class<?>) kind.type());
    }

    /** A default may be written. */
    private static JsonNode withoutMember(JsonNode json, String name) {
        ObjectNode copy = json.deepCopy();
        copy.remove(name);
        return copy;
    }

    private static Usage usage(Random random) {
        UsageBuilder usage = Usage.builder();
        if (random.nextBoolean()) {
            usage.inputTextTokens(count(random));
        }
        if (random.nextBoolean()) {
            usage.inputImageTokens(count(random));
        }
        if (random.nextBoolean()) {
            usage.cachedTextTokens(count(random));
        }
        if (random.nextBoolean()) {
            usage.cachedImageTokens(count(random));
        }
        if (random.nextBoolean()) {
            usage.outputTextTokens(count(random));
        }
        if (random.nextBoolean()) {
            usage.outputImageTokens(count(random));
        }
        return usage.images(random.nextInt(11)).build();
    }

    private static long count(Random random) {
        return random.nextLong() >>> (1 + random.nextInt(63));
    }

    private static Cost cost(Random random) {
        Cost known = Cost.of(new Money(count(random), random.nextBoolean() ? "USD" : "EUR"));
        return switch (random.nextInt(4)) {
            case 0 -> Cost.nothing();
            case 1 -> Cost.unknown();
            case 2 -> known.plus(Cost.unknown());
            default -> known;
        };
    }

    private static Price price(Random random) {
        PriceBuilder price = Price.builder(name(random), date(random));
        if (random.nextBoolean()) {
            price.currency(name(random));
        }
        if (random.nextBoolean()) {
            price.maxOutputTokens(1 + count(random) / 2);
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            price.addRates(rate(random));
        }
        return price.build();
    }

    private static Rate rate(Random random) {
        RateBuilder rate = Rate.builder(
                any(random, Rate.Unit.values()),
                any(random, Rate.Modality.values()),
                any(random, Rate.Direction.values()),
                decimal(random));
        if (random.nextBoolean()) {
            rate.per(1_000_000).quality(name(random)).resolution((1 + random.nextInt(8)) + "K");
        }
        if (random.nextBoolean()) {
            rate.addSizes(size(random)).maxPixels(1 + count(random) / 2).minSteps(1 + random.nextInt(100));
        }
        if (random.nextBoolean()) {
            LocalDate day = date(random);
            rate.validFrom(day).validUntil(day.plusDays(1 + random.nextInt(1000)));
        }
        if (random.nextBoolean()) {
            rate.batch(true).aboveInputTokens(1 + count(random) / 2).tokens(1 + count(random) / 2);
        }
        return rate.build();
    }

    private static <T> T any(Random random, T[] values) {
        return values[random.nextInt(values.length)];
    }

    private static BigDecimal decimal(Random random) {
        return BigDecimal.valueOf(random.nextInt(1_000_000), random.nextInt(7));
    }

    private static ModelProfile profile(Random random) {
        ModelProfileBuilder profile = ModelProfile.builder(name(random), name(random))
                .maxReferences(random.nextInt(15))
                .supportsMask(random.nextBoolean())
                .supportsSeed(random.nextBoolean())
                .maxCount(1 + random.nextInt(10));
        for (int i = random.nextInt(3); i > 0; i--) {
            profile.addAliases(text(random)).addAspectRatios(new AspectRatio(1 + random.nextInt(21), 9));
        }
        if (random.nextBoolean()) {
            profile.maxSize(size(random));
        }
        if (random.nextBoolean()) {
            profile.price(price(random));
        }
        if (random.nextBoolean()) {
            profile.retiresOn(date(random));
        }
        return profile.build();
    }

    private static ArtifactRef artifact(Random random) {
        byte[] bytes = new byte[8];
        random.nextBytes(bytes);
        ArtifactRefBuilder artifact = new ArtifactRefBuilder()
                .sha256(Sha256.of(bytes))
                .mediaType(random.nextBoolean() ? "image/png" : "application/pdf")
                .byteCount(count(random));
        if (random.nextBoolean()) {
            artifact.size(size(random));
        }
        return artifact.build();
    }

    private static TraceEvent event(Random random) {
        TraceEventBuilder event = TraceEvent.builder(
                        RunId.create(),
                        name(random),
                        Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)))
                .sequence(count(random))
                .elapsedNanos(count(random))
                .attributes(members(random))
                .body(members(random));
        if (random.nextBoolean()) {
            event.version(1 + random.nextInt(3));
        }
        if (random.nextBoolean()) {
            event.spanId("00f067aa0ba902b7");
        }
        if (random.nextBoolean()) {
            event.parentSpanId("00f067aa0ba902b8");
        }
        return event.build();
    }

    private static JournaledValue value(Random random) {
        JournaledValue value =
                random.nextInt(4) == 0 ? JournaledValue.withheld(text(random)) : JournaledValue.of(json(random, 3));
        return random.nextBoolean() ? value : value.withDegradations(List.of(text(random), text(random)));
    }

    private static Map<String, Object> members(Random random) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            members.put("member" + i, json(random, 2));
        }
        return members;
    }

    /** Of the types that a JSON parser gives. */
    private static Object json(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 7 : 5)) {
            case 0 -> text(random);
            case 1 -> random.nextInt();
            case 2 -> Integer.MAX_VALUE + 1L + random.nextInt(Integer.MAX_VALUE);
            case 3 -> random.nextDouble();
            case 4 -> random.nextBoolean();
            case 5 -> {
                List<Object> list = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(json(random, depth - 1));
                }
                yield list;
            }
            default -> {
                Map<String, Object> map = new LinkedHashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    map.put(text(random), json(random, depth - 1));
                }
                yield map;
            }
        };
    }

    private static String text(Random random) {
        String letters = "aZ09 İıŞß\"\\\n\t/\u0000\u2028é漢\uD83D\uDDBC{}[]:,";
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            int at = letters.offsetByCodePoints(0, random.nextInt(letters.codePointCount(0, letters.length())));
            text.appendCodePoint(letters.codePointAt(at));
        }
        return text.toString();
    }

    private static String name(Random random) {
        return "n" + text(random);
    }

    private static PixelSize size(Random random) {
        return new PixelSize(1 + random.nextInt(10_000), 1 + random.nextInt(10_000));
    }

    private static LocalDate date(Random random) {
        return LocalDate.ofEpochDay(random.nextInt(40_000));
    }
}
