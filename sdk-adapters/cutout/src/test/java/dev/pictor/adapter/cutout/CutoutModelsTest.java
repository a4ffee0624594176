package dev.pictor.adapter.cutout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.catalogue.ModelKind;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.Money;
import dev.pictor.model.PlannedUse;
import dev.pictor.model.Usage;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class CutoutModelsTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 29);

    @Test
    void theCatalogueHasAllThree() {
        assertThat(CutoutModels.catalogue().profiles(ModelKind.CUTOUT))
                .extracting(ModelProfile::id)
                .containsExactly("studio-1", "photoroom-segment-1", "removebg-1");
        assertThat(StudioBackgroundRemover.create().profile().provider()).isEqualTo("pictor.embedded");
        try (PhotoRoomRemover photoRoom = PhotoRoomRemover.builder("k").build();
                RemoveBgRemover removeBg = RemoveBgRemover.builder("k").build()) {
            assertThat(photoRoom.profile()).isEqualTo(CutoutModels.profile("photoroom"));
            assertThat(removeBg.profile()).isEqualTo(CutoutModels.profile("removebg"));
        }
    }

    @Test
    void aPictureCostsWhatTheServicesSay() {
        PlannedUse use = PlannedUse.builder().images(1).inputImages(1).build();
        Usage one = Usage.builder().images(1).build();

        assertThat(price("studio-1", use, one)).hasToString("$0");
        assertThat(price("photoroom-segment-1", use, one)).hasToString("$0.02");
        assertThat(price("removebg-1", use, one)).hasToString("credits 1");
    }

    private static Money price(String id, PlannedUse use, Usage usage) {
        ModelProfile profile =
                id.equals("studio-1") ? StudioBackgroundRemover.create().profile() : CutoutModels.profile(id);
        Money actual = profile.price().orElseThrow().actual(usage, use, DAY).orElseThrow();
        assertThat(profile.price().orElseThrow().estimate(use, DAY)).contains(actual);
        return actual;
    }
}
