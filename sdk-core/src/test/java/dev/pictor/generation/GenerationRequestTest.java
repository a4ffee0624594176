package dev.pictor.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pictor.gateway.CallOptions;
import dev.pictor.gateway.routing.CallAttributes;
import org.junit.jupiter.api.Test;

class GenerationRequestTest {

    @Test
    void handsModelAndTierToTheGateway() {
        CallOptions options = GenerationRequest.builder("an owl")
                .model("fine")
                .tier("free")
                .build()
                .toCallOptions();

        assertThat(options.forceModel()).contains("fine");
        assertThat(options.attributes()).isEqualTo(CallAttributes.none().with(CallAttributes.TIER, "free"));
    }

    @Test
    void leavesTheCallAsItIsWhereItSaysNothing() {
        CallOptions options = GenerationRequest.builder("an owl").build().toCallOptions();

        assertThat(options).isEqualTo(CallOptions.ofDefaults());
    }

    @Test
    void isRefusedWithABlankModelOrTooLongATier() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GenerationRequest.builder("an owl").model(" ").build())
                .withMessage("model must have 1 to 256 characters and not be blank, had 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GenerationRequest.builder("an owl")
                        .tier("x".repeat(257))
                        .build())
                .withMessage("tier must have 1 to 256 characters and not be blank, had 257");
    }
}
