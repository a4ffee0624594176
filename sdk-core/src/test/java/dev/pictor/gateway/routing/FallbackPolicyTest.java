package dev.pictor.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("R16: a call moves on to the next model only after failures that allow it")
class FallbackPolicyTest {

    private static final Set<Reason> STAY =
            EnumSet.of(Reason.INVALID_REQUEST, Reason.BLOCKED_BY_POLICY, Reason.CANCELLED);
    private static final Set<Billed> FREE = EnumSet.of(Billed.NOT_SENT, Billed.REJECTED);

    static Stream<Arguments> reasonsAndCharges() {
        return Stream.of(Reason.values())
                .flatMap(reason -> Stream.of(Billed.values()).map(billed -> Arguments.of(reason, billed)));
    }

    @ParameterizedTest(name = "R16: {0}, {1}")
    @MethodSource("reasonsAndCharges")
    void decidesEveryFailure(Reason reason, Billed billed) {
        boolean stays = STAY.contains(reason);
        FallbackPolicy payOnce =
                FallbackPolicy.builder().afterMaybeBilled(false).build();

        assertThat(FallbackPolicy.ofDefaults().movesOn(reason, billed)).isEqualTo(!stays);
        assertThat(payOnce.movesOn(reason, billed)).isEqualTo(!stays && FREE.contains(billed));
        assertThat(FallbackPolicy.none().movesOn(reason, billed)).isFalse();
    }

    @Test
    @DisplayName("R16: what a content policy refused is sent elsewhere only when asked")
    void movesOnAfterABlockOnlyWhenAsked() {
        ModelException blocked = new ModelException(
                ModelFailure.builder("model", Reason.BLOCKED_BY_POLICY, Billed.REJECTED, "model refused the request")
                        .build());
        FallbackPolicy asked = FallbackPolicy.builder()
                .reasons(Set.of(Reason.BLOCKED_BY_POLICY))
                .build();

        assertThat(FallbackPolicy.ofDefaults().movesOn(blocked)).isFalse();
        assertThat(asked.movesOn(blocked)).isTrue();
    }

    @Test
    void aCancelledCallNeverMovesOn() {
        assertThatThrownBy(() -> FallbackPolicy.builder()
                        .reasons(Set.of(Reason.CANCELLED))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("reasons must not hold CANCELLED: who stops a call stops all of it");
    }
}
