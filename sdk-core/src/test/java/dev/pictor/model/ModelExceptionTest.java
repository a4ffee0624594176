package dev.pictor.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ModelExceptionTest {

    private static ModelException sample() {
        return new ModelException(ModelFailure.builder(
                        "painter-1",
                        ModelFailure.Reason.RATE_LIMITED,
                        ModelFailure.Billed.REJECTED,
                        "painter-1 is busy")
                .httpStatus(429)
                .retryAfter(Duration.ofSeconds(7))
                .vendorMessage("you asked for: a secret lamp")
                .build());
    }

    @Test
    void tellsTheFirstPlaceItPassed() {
        ModelException failure = sample();
        failure.locate("01K7GZ0V6W8Z3Y1X2C3D4E5F6G", "generate");
        failure.locate("01K7GZ0V6W8Z3Y1X2C3D4E5F6G", "outer");

        assertThat(failure).hasMessage("painter-1 is busy [run 01K7GZ0V6W8Z3Y1X2C3D4E5F6G, stage generate]");
        assertThat(failure.isRetryable()).isTrue();
    }

    @Test
    void keepsTheVendorsWordsOutOfItsOwn() {
        assertThat(sample()).message().doesNotContain("secret");
        assertThat(sample()).asString().doesNotContain("secret");
        assertThat(sample().vendorMessage()).contains("you asked for: a secret lamp");
    }

    @Test
    void cutsTheVendorsWordsAtTheLimit() {
        ModelFailure failure = ModelFailure.builder(
                        "painter-1", ModelFailure.Reason.UNAVAILABLE, ModelFailure.Billed.REJECTED, "painter-1 is down")
                .vendorMessage("x".repeat(5_000))
                .build();

        assertThat(failure.vendorMessage().orElseThrow()).hasSize(2_000);
    }

    @Test
    void survivesSerialisation() throws IOException, ClassNotFoundException {
        ModelException failure = sample();
        failure.locate("01K7GZ0V6W8Z3Y1X2C3D4E5F6G", "generate");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ObjectOutputStream objects = new ObjectOutputStream(out)) {
            objects.writeObject(failure);
        }

        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(out.toByteArray()))) {
            ModelException read = (ModelException) in.readObject();
            assertThat(read).hasMessage(failure.getMessage());
            assertThat(read.reason()).isEqualTo(ModelFailure.Reason.RATE_LIMITED);
            assertThat(read.stage()).contains("generate");
        }
    }
}
