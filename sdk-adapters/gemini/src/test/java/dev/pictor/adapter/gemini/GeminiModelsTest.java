package dev.pictor.adapter.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.catalogue.CatalogueModel;
import dev.pictor.catalogue.ModelKind;
import dev.pictor.catalogue.ModelTier;
import dev.pictor.image.AspectRatio;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.PlannedUse;
import dev.pictor.model.Price;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class GeminiModelsTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 29);
    private static final PlannedUse DRAWING =
            PlannedUse.builder().images(1).promptBytes(100).inputImages(1).build();
    private static final PlannedUse READING =
            PlannedUse.builder().promptBytes(100).inputImages(1).build();

    static List<CatalogueModel> models() {
        return Stream.concat(GeminiModels.catalogue().models().stream(), GeminiModels.imagen().models().stream())
                .toList();
    }

    static List<ModelProfile> drawing() {
        return Stream.concat(
                        GeminiModels.catalogue().profiles(ModelKind.IMAGE).stream(),
                        GeminiModels.imagen().profiles(ModelKind.IMAGE).stream())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("models")
    void eachModelHasAPriceWithASource(CatalogueModel model) {
        Price price = model.profile().price().orElseThrow();
        assertThat(price.source()).isNotBlank();
        assertThat(price.asOf()).isBeforeOrEqualTo(TODAY);
        if (model.kind() != ModelKind.EMBEDDING) {
            assertThat(price.estimate(model.kind() == ModelKind.IMAGE ? DRAWING : READING, TODAY))
                    .isPresent();
        }
    }

    @ParameterizedTest
    @MethodSource("drawing")
    void eachModelThatDrawsPromisesNothingTheAdapterCannotDo(ModelProfile profile) {
        boolean imagen = profile.provider().equals("gcp.vertex_ai");
        assertThat(profile.supportsMask()).isFalse();
        assertThat(profile.supportsSeed()).isEqualTo(imagen);
        assertThat(profile.supportsContinuation()).isNotEqualTo(imagen);
        assertThat(profile.maxCount()).isEqualTo(imagen ? 4 : 1);
        assertThat(profile.maxReferences()).isEqualTo(imagen ? 0 : 14);
        assertThat(profile.aspectRatios()).hasSizeGreaterThanOrEqualTo(5).doesNotHaveDuplicates();
        assertThat(profile.sizeClasses()).contains("1K");
    }

    @Test
    void eachModelThatAnswersSaysHowMuchItReads() {
        assertThat(GeminiModels.catalogue().profiles(ModelKind.REASONING))
                .hasSize(6)
                .allMatch(profile -> profile.maxInputTokens().orElse(0) == 1_048_576)
                .allMatch(profile -> profile.readsPictures() && profile.readsPdf() && profile.answersBySchema());
    }

    @ParameterizedTest
    @EnumSource(ModelTier.class)
    void theChoiceOfEachTierIsStillServed(ModelTier tier) {
        for (ModelKind kind : List.of(ModelKind.IMAGE, ModelKind.REASONING, ModelKind.EMBEDDING)) {
            assertThat(GeminiModels.catalogue().profile(kind, tier).retiresOn())
                    .as("the end of the %s model for %s", tier, kind)
                    .satisfies(end -> end.ifPresent(day -> assertThat(day).isAfter(TODAY)));
        }
        assertThat(GeminiModels.imagen().profile(ModelKind.IMAGE, tier).id()).startsWith("imagen-4.0-");
    }

    @Test
    void theDefaultDrawsUltraWide() {
        try (GeminiImageAdapter adapter = GeminiImageAdapter.builder("key").build()) {
            assertThat(adapter.profile())
                    .isEqualTo(GeminiModels.catalogue().profile(ModelKind.IMAGE, ModelTier.BALANCED));
            assertThat(adapter.profile().aspectRatios()).contains(AspectRatio.parse("21:9"));
        }
    }

    /** The names under which programs have asked for Google's models over the years. */
    @ParameterizedTest
    @CsvSource({
        "IMAGE, imagen-3, gemini-nano-banana-2.1, true",
        "IMAGE, imagen-3.0-generate-002, gemini-nano-banana-2.1, true",
        "IMAGE, imagegeneration@006, gemini-nano-banana-2.1, true",
        "IMAGE, gemini-2.5-flash-image, gemini-nano-banana-2.1, true",
        "IMAGE, gemini-2.5-flash-image-preview, gemini-nano-banana-2.1, true",
        "IMAGE, gemini-3-pro-image-preview, gemini-3-pro-image, true",
        "IMAGE, gemini-flash, gemini-nano-banana-2.1, false",
        "IMAGE, gemini-pro, gemini-3-pro-image, false",
        "IMAGE, nano-banana-2, gemini-3.1-flash-image, false",
        "REASONING, gemini-3-pro-preview, gemini-3.1-pro-preview, true",
        "REASONING, gemini-2.0-flash-exp, gemini-3.8-flash, true",
        "REASONING, gemini-2.0, gemini-3.8-flash, true",
        "REASONING, gemini-1.5, gemini-3.8-flash, true",
        "REASONING, gemini-2.5-flash, gemini-2.5-flash, false",
        "EMBEDDING, gemini-embedding-2-preview, gemini-embedding-2, false",
    })
    void anOldNameFindsTheModelThatAnswersInItsPlace(ModelKind kind, String name, String id, boolean warned) {
        ModelProfile found = GeminiModels.catalogue().profile(kind, name);
        assertThat(found.id()).isEqualTo(id);
        assertThat(found.notice().isPresent()).isEqualTo(warned);
    }

    @Test
    void anOldNameSaysSinceWhenItIsOne() {
        assertThat(GeminiModels.catalogue()
                        .profile(ModelKind.IMAGE, "gemini-2.5-flash-image")
                        .notice())
                .contains(
                        "gemini-2.5-flash-image is no longer served since 2026-10-02: gemini-nano-banana-2.1 answers in"
                                + " its place");
    }

    @ParameterizedTest
    @CsvSource({
        "IMAGE, gemini-3.1-flash-image, 2026-10-29, gemini-nano-banana-2.1",
        "REASONING, gemini-2.5-flash, 2026-12-01, gemini-3.5-flash-lite",
        "REASONING, gemini-2.5-pro, 2026-12-01, gemini-3.8-flash",
    })
    void knowsTheLastDayOfAModelAndItsSuccessor(ModelKind kind, String id, LocalDate day, String successor) {
        ModelProfile found = GeminiModels.catalogue().profile(kind, id);
        assertThat(found.retiresOn()).contains(day);
        assertThat(found.successor()).contains(successor);
    }

    @Test
    void vertexServesTheSameModelsAtPricesAndDaysOfItsOwn() {
        try (GeminiImageAdapter adapter = GeminiImageAdapter.vertex("acme", "global", () -> "token")
                        .model("best")
                        .build();
                GeminiReasoningAdapter reasoner = GeminiReasoningAdapter.vertex("acme", "eu", () -> "token")
                        .model("gemini-2.5-pro")
                        .build()) {
            assertThat(adapter.profile().id()).isEqualTo("gemini-3-pro-image");
            assertThat(adapter.profile().provider()).isEqualTo("gcp.vertex_ai");
            assertThat(adapter.profile().price()).isPresent();
            assertThat(reasoner.profile().retiresOn()).isEmpty();
        }
    }

    @Test
    void imagenIsNotOfferedWhereGoogleDoesNotServeIt() {
        assertThatThrownBy(() -> GeminiModels.catalogue().profile(ModelKind.REASONING, "imagen-3"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(GeminiModels.imagen().profile(ModelKind.IMAGE, "imagen-3").id())
                .isEqualTo("imagen-4.0-generate-001");
        assertThat(GeminiModels.imagen()
                        .profile(ModelKind.IMAGE, "imagen-4.0-generate-001")
                        .retiresOn())
                .contains(LocalDate.of(2026, 6, 30));
    }
}
