package dev.pictor.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class IntentSettingsTest {

    @Test
    void giveAModelNoMoreTimeThanACallMayHave() {
        assertThat(IntentSettings.builder()
                        .modelTime(Duration.ofDays(1))
                        .build()
                        .modelTime())
                .isEqualTo(Duration.ofDays(1));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        IntentSettings.builder().modelTime(Duration.ofDays(2)).build())
                .withMessage("modelTime must be at most PT24H, was PT48H");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> IntentSettings.builder().modelTime(Duration.ZERO).build())
                .withMessage("modelTime must be more than nothing, was PT0S");
    }
}
