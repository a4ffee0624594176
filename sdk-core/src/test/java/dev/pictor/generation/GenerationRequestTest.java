package dev.pictor.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pictor.gateway.CallOptions;
import dev.pictor.gateway.cache.CacheMode;
import dev.pictor.gateway.routing.CallAttributes;
import dev.pictor.intent.ComplexityScorer;
import dev.pictor.intent.Domain;
import dev.pictor.intent.Intent;
import dev.pictor.intent.IntentBuilder;
import dev.pictor.intent.IntentTier;
import dev.pictor.intent.UnderstandingBuilder;
import dev.pictor.model.Cost;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GenerationRequestTest {

    private static Intent intent() {
        return new IntentBuilder()
                .understanding(new UnderstandingBuilder()
                        .domain(Domain.ART)
                        .style("comic")
                        .confidence(0.9)
                        .reasoning("made up")
                        .build())
                .tier(IntentTier.KEYWORDS)
                .confidence(0.9)
                .complexity(ComplexityScorer.bundled().score("an owl", Domain.ART))
                .cost(Cost.nothing())
                .build();
    }

    @Test
    void handsModelAndTierToTheGateway() {
        CallOptions options = GenerationRequest.builder("an owl")
                .model("fine")
                .tier("free")
                .build()
                .toCallOptions(intent(), Optional.of("cost"));

        assertThat(options.forceModel()).contains("fine");
        assertThat(options.attributes().text(CallAttributes.TIER)).contains("free");
    }

    @Test
    void handsWhatTheWishAsksForToTheRouter() {
        CallOptions options = GenerationRequest.builder("an owl").build().toCallOptions(intent(), Optional.of("cost"));

        assertThat(options.forceModel()).isEmpty();
        assertThat(options.attributes().text(CallAttributes.TIER)).isEmpty();
        assertThat(options.attributes().text(CallAttributes.DOMAIN)).contains("art");
        assertThat(options.attributes().text(CallAttributes.STYLE)).contains("comic");
        assertThat(options.attributes().text(CallAttributes.PREFERENCE)).contains("cost");
        assertThat(options.attributes().number(CallAttributes.COMPLEXITY))
                .hasValue(intent().complexity().score());
    }

    @Test
    void handsToTheGatewayHowItsCacheIsUsed() {
        GenerationRequest request = GenerationRequest.builder("an owl").build();

        assertThat(request.toCallOptions(intent(), Optional.empty()).cacheMode())
                .isEqualTo(CacheMode.USE);
        assertThat(GenerationRequest.builder("an owl")
                        .cacheMode(CacheMode.BYPASS)
                        .build()
                        .toCallOptions(intent(), Optional.empty())
                        .cacheMode())
                .isEqualTo(CacheMode.BYPASS);
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
