package dev.pictor.gateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CallOutcomeTest {

    @ParameterizedTest
    @CsvSource({
        "UNAVAILABLE, PROVIDER_FAULT",
        "TIMED_OUT, PROVIDER_FAULT",
        "MALFORMED_ANSWER, PROVIDER_FAULT",
        "RATE_LIMITED, RATE_LIMITED",
        "UNAUTHORIZED, KEY_REFUSED",
        "FORBIDDEN, KEY_REFUSED",
        "QUOTA_EXHAUSTED, KEY_REFUSED",
        "MODEL_NOT_FOUND, IGNORED",
        "INVALID_REQUEST, IGNORED",
        "BLOCKED_BY_POLICY, IGNORED",
        "CANCELLED, IGNORED",
    })
    @DisplayName("R14: every failure is classed from its reason alone")
    void classesEveryFailure(Reason reason, CallOutcome outcome) {
        for (Billed billed : Billed.values()) {
            assertThat(CallOutcome.of(failure(reason, billed))).isEqualTo(outcome);
        }
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void knowsEveryReason(Reason reason) {
        assertThat(CallOutcome.of(failure(reason, Billed.REJECTED))).isNotEqualTo(CallOutcome.SUCCESS);
    }

    private static ModelException failure(Reason reason, Billed billed) {
        return new ModelException(ModelFailure.builder("some-model", reason, billed, "some-model failed")
                .build());
    }
}
