package dev.pictor.adapter.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.image.AspectRatio;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.Money;
import dev.pictor.model.PlannedUse;
import dev.pictor.model.Price;
import dev.pictor.model.Usage;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GeminiModelsTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 20);
    private static final PlannedUse DRAWING =
            PlannedUse.builder().images(1).promptBytes(100).inputImages(1).build();

    static List<ModelProfile> profiles() {
        return GeminiModels.profiles();
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void eachProfileIsCompleteAndPromisesNothingTheAdapterCannotDo(ModelProfile profile) {
        assertThat(profile.provider()).isEqualTo("gcp.gemini");
        assertThat(profile.maxReferences()).isPositive();
        assertThat(profile.aspectRatios()).hasSizeGreaterThanOrEqualTo(10).doesNotHaveDuplicates();
        assertThat(GeminiModels.imageSizes(profile.id())).contains("1K");
        assertThat(profile.supportsMask()).isFalse();
        assertThat(profile.supportsSeed()).isFalse();
        assertThat(profile.maxCount()).isEqualTo(1);
        Price price = profile.price().orElseThrow();
        assertThat(price.source()).startsWith("https://");
        assertThat(price.asOf()).isBeforeOrEqualTo(TODAY);
        assertThat(price.estimate(DRAWING, TODAY)).isPresent();
        assertThat(price.actual(
                        Usage.builder()
                                .inputTextTokens(100)
                                .inputImageTokens(100)
                                .outputTextTokens(100)
                                .outputImageTokens(1290)
                                .images(1)
                                .build(),
                        DRAWING,
                        TODAY))
                .isPresent();
    }

    @Test
    void theDefaultIsStillServed() {
        try (GeminiImageAdapter adapter = GeminiImageAdapter.builder("key").build()) {
            assertThat(adapter.profile()).isEqualTo(GeminiModels.profiles().get(0));
            assertThat(adapter.profile().retiresOn()).isEmpty();
            assertThat(adapter.profile().aspectRatios()).contains(AspectRatio.parse("21:9"));
        }
    }

    @Test
    void noNameStandsForTwoModels() {
        List<String> names = new ArrayList<>();
        for (ModelProfile profile : GeminiModels.profiles()) {
            names.add(profile.id());
            names.addAll(profile.aliases());
        }
        assertThat(names).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "gemini-3-pro-image, gemini-3-pro-image",
        "nano-banana-pro, gemini-3-pro-image",
        "gemini-3.1-flash-image-preview, gemini-3.1-flash-image",
    })
    void findsAModelByIdOrAlias(String name, String id) {
        assertThat(GeminiModels.find(name)).map(ModelProfile::id).contains(id);
    }

    @Test
    void knowsWhatIsRetiredAndWhatIsUnknown() {
        assertThat(GeminiModels.find("gemini-2.5-flash-image").flatMap(ModelProfile::retiresOn))
                .contains(LocalDate.of(2026, 10, 2));
        assertThat(GeminiModels.find("gemini-3.1-flash-image").flatMap(ModelProfile::retiresOn))
                .contains(LocalDate.of(2026, 10, 29));
        assertThat(GeminiModels.find("imagen-4.0-generate-001")).isEmpty();
        assertThat(GeminiModels.imageSizes("imagen-4.0-generate-001")).isEmpty();
    }

    @Test
    void pricesAPictureAtItsPerImageRateWithinACent() {
        ModelProfile pro = GeminiModels.find("gemini-3-pro-image").orElseThrow();
        assertThat(pro.price()
                        .orElseThrow()
                        .actual(
                                Usage.builder()
                                        .outputImageTokens(1120)
                                        .images(1)
                                        .build(),
                                PlannedUse.none(),
                                TODAY))
                .contains(Money.usd(134_400_000));
    }
}
