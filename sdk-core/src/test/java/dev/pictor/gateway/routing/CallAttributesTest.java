package dev.pictor.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CallAttributesTest {

    @Test
    void haveTextsAndNumbersByName() {
        CallAttributes attributes =
                CallAttributes.none().with(CallAttributes.TIER, "pro").with(CallAttributes.COMPLEXITY, 0.5);

        assertThat(attributes.text("tier")).contains("pro");
        assertThat(attributes.number("tier")).isEmpty();
        assertThat(attributes.number("complexity")).hasValue(0.5);
        assertThat(attributes.text("complexity")).isEmpty();
        assertThat(attributes.text("style")).isEmpty();
        assertThat(attributes.asText()).containsExactly(Map.entry("complexity", "0.5"), Map.entry("tier", "pro"));
        assertThat(attributes).hasToString("{complexity=0.5, tier=pro}");
    }

    @Test
    void replaceWhatHadTheNameWhateverItWas() {
        CallAttributes attributes = CallAttributes.none().with("a", "text").with("a", 2);

        assertThat(attributes)
                .isEqualTo(CallAttributes.none().with("a", 2))
                .hasSameHashCodeAs(CallAttributes.none().with("a", 2));
        assertThat(attributes.with("a", "again").asText()).containsExactly(Map.entry("a", "again"));
        assertThat(attributes.asText()).containsExactly(Map.entry("a", "2.0"));
    }

    @Test
    void keepToTheirBounds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CallAttributes.none().with(" ", "x"))
                .withMessage("the name of an attribute must have 1 to 64 characters and not be blank, had 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CallAttributes.none().with("a", "x".repeat(257)))
                .withMessage("the attribute a must have at most 256 characters, had 257");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CallAttributes.none().with("a", Double.NaN))
                .withMessage("the attribute a must be a finite number, was NaN");
    }

    @Test
    void areAtMostThirtyTwo() {
        CallAttributes full = CallAttributes.none();
        for (int i = 0; i < 16; i++) {
            full = full.with("text" + i, "x").with("number" + i, i);
        }
        CallAttributes many = full;

        assertThat(many.with("text0", 1).asText()).hasSize(32);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> many.with("more", "x"))
                .withMessage("there must be at most 32 attributes, more is one more");
    }
}
