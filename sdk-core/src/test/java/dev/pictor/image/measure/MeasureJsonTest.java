package dev.pictor.image.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.pictor.image.AspectRatio;
import dev.pictor.image.PixelSize;
import dev.pictor.image.color.RgbColor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is stored as JSON comes back equal, beside members that nobody knows and without those that nobody needs. */
class MeasureJsonTest {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    record Kind(Object value, Set<String> required) {
        @Override
        public String toString() {
            return value.getClass().getEnclosingClass() == null
                    ? value.getClass().getSimpleName()
                    : value.getClass().getEnclosingClass().getSimpleName();
        }
    }

    static Stream<Kind> kinds() {
        Border border = new Border(3, RgbColor.BLACK);
        return Stream.of(
                new Kind(
                        PictureStructure.builder(new PixelSize(4, 3))
                                .lumaRange(9)
                                .uniformShare(0.5)
                                .sharpness(77.5)
                                .noise(1.25)
                                .topBorder(border)
                                .rightBorder(border)
                                .bottomBorder(border)
                                .leftBorder(border)
                                .transparentShare(0.25)
                                .translucentShare(0.125)
                                .visibleBox(new PixelBox(1, 0, 2, 3))
                                .build(),
                        Set.of("size")),
                new Kind(
                        StructureLimits.builder()
                                .blankLumaRange(3)
                                .maxUniformShare(0.5)
                                .minSharpness(1)
                                .softSharpness(2)
                                .maxNoise(3)
                                .maxBorderShare(0.25)
                                .maxTransparentShare(0.5)
                                .minSidePx(7)
                                .aspect(new AspectRatio(4, 3))
                                .aspectTolerance(0.5)
                                .refused(List.of(StructureFinding.Kind.SOFT))
                                .build(),
                        Set.of()),
                new Kind(
                        StructureFinding.builder(
                                        StructureFinding.Kind.NOISY, StructureFinding.Severity.WARN, "much noise")
                                .measured(20)
                                .limit(15)
                                .build(),
                        Set.of("kind", "severity", "message")),
                new Kind(
                        new PaletteBuilder()
                                .addSwatches(new Swatch(RgbColor.WHITE, 1))
                                .build(),
                        Set.of()),
                new Kind(
                        new ColorSharesBuilder()
                                .addShares(new Swatch(RgbColor.WHITE, 0.75))
                                .other(0.25)
                                .build(),
                        Set.of()));
    }

    private static Object read(JsonNode json, Kind kind) throws JsonProcessingException {
        Class<?> type = kind.value().getClass().getSuperclass();
        return MAPPER.readValue(json.toString(), type);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void comesBackEqual(Kind kind) throws JsonProcessingException {
        assertThat(read(MAPPER.valueToTree(kind.value()), kind)).isEqualTo(kind.value());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void ignoresMembersThatNobodyKnows(Kind kind) throws JsonProcessingException {
        ObjectNode json = MAPPER.valueToTree(kind.value());
        json.put("aLaterNumber", 7).putObject("aLaterObject").put("with", true);

        assertThat(read(json, kind)).isEqualTo(kind.value());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void needsOnlyWhatIsRequired(Kind kind) throws JsonProcessingException {
        ObjectNode json = MAPPER.valueToTree(kind.value());
        List<String> names = new ArrayList<>();
        json.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            ObjectNode without = json.deepCopy();
            without.remove(name);
            if (kind.required().contains(name)) {
                assertThatThrownBy(() -> read(without, kind)).as(name).isInstanceOf(JsonProcessingException.class);
            } else {
                ObjectNode again = MAPPER.valueToTree(read(without, kind));
                again.remove(name);
                assertThat(again).as(name).isEqualTo(without);
            }
        }
    }

    @Test
    void whatIsAbsentIsNotWritten() throws JsonProcessingException {
        assertThat(MAPPER.writeValueAsString(
                        PictureStructure.builder(new PixelSize(4, 3)).build()))
                .isEqualTo("{\"size\":\"4x3\",\"luma_range\":0,\"uniform_share\":0.0,\"sharpness\":0.0,\"noise\":0.0,"
                        + "\"transparent_share\":0.0,\"translucent_share\":0.0}");
        assertThat(MAPPER.<JsonNode>valueToTree(StructureLimits.ofDefaults()).has("aspect"))
                .isFalse();
    }

    @Test
    void limitsThatRefuseNothingStaySo() throws JsonProcessingException {
        StructureLimits lenient = StructureLimits.builder().refused(List.of()).build();

        assertThat(lenient.refused()).isEmpty();
        assertThat(MAPPER.readValue(MAPPER.writeValueAsString(lenient), StructureLimits.class))
                .isEqualTo(lenient);
    }

    @Test
    void hashesAreText() throws JsonProcessingException {
        PerceptualHash hash = new PerceptualHash(0xFEL);

        assertThat(MAPPER.writeValueAsString(hash)).isEqualTo("\"00000000000000fe\"");
        assertThat(MAPPER.readValue("\"00000000000000fe\"", PerceptualHash.class))
                .isEqualTo(hash);
    }
}
