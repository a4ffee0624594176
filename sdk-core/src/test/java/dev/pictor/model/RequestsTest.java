package dev.pictor.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pictor.image.AspectRatio;
import dev.pictor.image.Pictures;
import dev.pictor.image.PixelSize;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RequestsTest {

    private static Arguments row(String message, ThrowingCallable mistake) {
        return Arguments.of(message, mistake);
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                row(
                        "prompt must have 1 to 32000 characters and not be blank, had 1",
                        () -> ImageRequest.builder(" ").build()),
                row(
                        "prompt must have 1 to 32000 characters and not be blank, had 32001",
                        () -> ImageRequest.builder("x".repeat(32_001)).build()),
                row(
                        "count must be 1 to 10, was 0",
                        () -> ImageRequest.builder("x").count(0).build()),
                row(
                        "set size or aspectRatio, not both: size 4x4, aspectRatio 1:1",
                        () -> ImageRequest.builder("x")
                                .size(new PixelSize(4, 4))
                                .aspectRatio(AspectRatio.SQUARE)
                                .build()),
                row(
                        "mask needs a reference picture to apply to",
                        () -> ImageRequest.builder("x").mask(Pictures.png(4, 4)).build()),
                row(
                        "a reasoning request needs at least one message",
                        () -> ReasoningRequest.builder(List.of()).build()),
                row(
                        "temperature must be 0 to 2, was 2.5",
                        () -> ReasoningRequest.builder(List.of(Message.user("x")))
                                .temperature(2.5)
                                .build()),
                row(
                        "temperature must be 0 to 2, was NaN",
                        () -> ReasoningRequest.builder(List.of(Message.user("x")))
                                .temperature(Double.NaN)
                                .build()),
                row(
                        "maxOutputTokens must be at least 1, was 0",
                        () -> ReasoningRequest.builder(List.of(Message.user("x")))
                                .maxOutputTokens(0)
                                .build()),
                row("a message needs at least one part", () -> new Message(Message.Role.USER, List.of())),
                row(
                        "a PDF begins with %PDF-, these 3 bytes do not",
                        () -> MessagePart.Pdf.of("xyz".getBytes(StandardCharsets.US_ASCII))),
                row(
                        "an embedding request needs at least one text and no blank one",
                        () -> new EmbeddingRequest(List.of("x", " "))),
                row("an embedding needs at least one number", Embedding::of),
                row(
                        "an image result needs at least one picture",
                        () -> ImageResult.builder("painter-1", List.of()).build()),
                row(
                        "counts must not be negative, were Usage{images=-1}",
                        () -> Usage.builder().images(-1).build()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void nameTheFieldTheValueAndTheLimit(String message, ThrowingCallable mistake) {
        assertThatIllegalArgumentException().isThrownBy(mistake).withMessage(message);
    }

    @Test
    void keepTheUsersWordsToThemselves() {
        ImageRequest image = ImageRequest.builder("a secret lamp")
                .putOptions("negative_prompt", "a secret chair")
                .build();
        ReasoningRequest reasoning = ReasoningRequest.builder(List.of(Message.user("a secret lamp")))
                .options(Map.of("stop", "a secret chair"))
                .build();

        assertThat(Stream.of(
                        image, reasoning, new EmbeddingRequest(List.of("a secret lamp")), Message.user("a secret")))
                .allSatisfy(request -> assertThat(request).asString().doesNotContain("secret"));
    }

    @Test
    void areCopiedByTheirBuilder() {
        ImageRequest request = ImageRequest.builder("a lamp").seed(7).build();

        assertThat(request.toBuilder().count(2).build().seed()).hasValue(7);
    }
}
