package dev.pictor.adapter.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.catalogue.CatalogueModel;
import dev.pictor.catalogue.ModelCatalogue;
import dev.pictor.catalogue.ModelKind;
import dev.pictor.catalogue.ModelTier;
import dev.pictor.model.ModelProfile;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OpenAiModelsTest {

    private final ModelCatalogue catalogue = OpenAiModels.catalogue();

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "IMAGE, dall-e-3, gpt-image-2, true",
        "IMAGE, dall-e-2, gpt-image-2, true",
        "IMAGE, gpt-image-1, gpt-image-2, true",
        "IMAGE, gpt-image-2-2026-04-21, gpt-image-2, false",
        "IMAGE, fast, gpt-image-1-mini, false",
        "IMAGE, best, gpt-image-2.6-sunburst, false",
        "REASONING, gpt-4o, gpt-4o, false",
        "REASONING, gpt-4o-mini, gpt-4o-mini, false",
        "REASONING, gpt-4, gpt-6.1-terra, true",
        "REASONING, gpt-4-turbo, gpt-6.1-terra, true",
        "REASONING, gpt-4-vision-preview, gpt-6.1-terra, true",
        "REASONING, gpt-3.5-turbo, gpt-6-luna, true",
        "REASONING, balanced, gpt-6.1-terra, false",
        "EMBEDDING, text-embedding-3-small, text-embedding-3-small, false"
    })
    void programsFindTheModelsThatTheyName(ModelKind kind, String name, String id, boolean retired) {
        ModelProfile profile = catalogue.profile(kind, name);

        assertThat(profile.id()).isEqualTo(id);
        assertThat(profile.notice().isPresent()).isEqualTo(retired);
    }

    @ParameterizedTest
    @EnumSource(
            value = ModelKind.class,
            names = {"IMAGE", "REASONING", "EMBEDDING"})
    void eachKindHasAChoiceForEachTier(ModelKind kind) {
        for (ModelTier tier : ModelTier.values()) {
            assertThat(catalogue.profile(kind, tier).provider()).isEqualTo("openai");
        }
    }

    @Test
    void everyModelButOneHasAPrice() {
        assertThat(catalogue.models().stream()
                        .map(CatalogueModel::profile)
                        .filter(profile -> profile.price().isEmpty())
                        .map(ModelProfile::id))
                .containsExactly("gpt-5.6-sol");
    }

    @Test
    void whatIsRetiredSaysWhenAndWhatFollows() {
        ModelProfile profile = catalogue.profile(ModelKind.REASONING, "gpt-4o");

        assertThat(profile.retiresOn()).contains(LocalDate.of(2027, 1, 14));
        assertThat(profile.successor()).contains("gpt-5.5");
    }

    @Test
    void parametersAreKnownOfEachModelThatDrawsOrReasons() {
        assertThat(catalogue.models().stream()
                        .filter(model -> model.kind() != ModelKind.EMBEDDING)
                        .map(CatalogueModel::profile))
                .allSatisfy(profile -> assertThat(ModelParameters.of(profile).areKnown())
                        .as(profile.id())
                        .isTrue());
    }

    @Test
    void drawingModelsSayWhatTheyDraw() {
        List<ModelProfile> drawing = catalogue.profiles(ModelKind.IMAGE);

        assertThat(drawing).hasSize(8).allSatisfy(profile -> {
            assertThat(profile.maxReferences()).isEqualTo(16);
            assertThat(profile.maxCount()).isEqualTo(10);
            assertThat(profile.supportsMask()).isTrue();
            assertThat(profile.supportsContinuation()).isTrue();
            assertThat(profile.supportsSeed()).isFalse();
            assertThat(profile.maxPromptChars()).hasValue(32_000);
            assertThat(profile.maxSize().isPresent())
                    .isNotEqualTo(!profile.sizes().isEmpty());
        });
    }
}
