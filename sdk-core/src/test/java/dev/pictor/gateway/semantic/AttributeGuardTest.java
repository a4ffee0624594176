package dev.pictor.gateway.semantic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AttributeGuardTest {

    private final AttributeGuard guard = AttributeGuard.english();

    @ParameterizedTest(name = "{0}: {1} | {2}")
    @MethodSource("dev.pictor.gateway.semantic.Pairs#other")
    @DisplayName("R21: near-duplicates that differ in one fact never agree")
    void refusesNearDuplicates(String what, String a, String b) {
        assertThat(guard.agree(a, b)).as(what).isFalse();
        assertThat(guard.agree(b, a)).as(what).isFalse();
    }

    @ParameterizedTest(name = "{0}: {1} | {2}")
    @MethodSource("dev.pictor.gateway.semantic.Pairs#same")
    @DisplayName("R21: another wording of the same agrees")
    void takesOtherWordings(String what, String a, String b) {
        assertThat(guard.agree(a, b)).as(what).isTrue();
        assertThat(guard.agree(b, a)).as(what).isTrue();
    }

    @Test
    void keepsAPromptThatIsNothingButPoliteWords() {
        assertThat(guard.agree("thanks", "please")).isFalse();
        assertThat(guard.agree("show me", "give me")).isFalse();
        assertThat(guard.agree("", " ")).isTrue();
    }

    @Test
    void readsALongPromptOfNothingButQuotationMarks() {
        String marks = "«\"'".repeat(2_000);

        assertThat(guard.agree(marks, marks)).isTrue();
        assertThat(guard.agree(marks, marks + "«")).isFalse();
    }
}
