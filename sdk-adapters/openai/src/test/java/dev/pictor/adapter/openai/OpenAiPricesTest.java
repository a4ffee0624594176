package dev.pictor.adapter.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.image.PixelSize;
import dev.pictor.model.EmbeddingRequest;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.Message;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.Money;
import dev.pictor.model.PlannedUse;
import dev.pictor.model.ReasoningRequest;
import dev.pictor.model.Usage;
import dev.pictor.testkit.FaultAnswer;
import dev.pictor.testkit.FaultServer;
import dev.pictor.testkit.TestCallContext;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a call costs by what OpenAI counted. The amounts are OpenAI's arithmetic, done here by hand: tokens of each kind
 * times its price for a million.
 */
class OpenAiPricesTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 20);

    private final FaultServer server = FaultServer.start();

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest(name = "{0} {1} {2}: {4} + {5} ({6} and {7} held) tokens in, {8} out")
    @CsvSource({
        // 5 text, 1.25 held text, 8 picture, 2 held picture, 30 drawn
        "gpt-image-2, low, 1024x1024, 1, 10, 0, 0, 0, 196, 0.00593",
        "gpt-image-2, medium, 1024x1024, 1, 10, 0, 0, 0, 1756, 0.05273",
        "gpt-image-2, high, 1024x1024, 1, 10, 0, 0, 0, 7024, 0.21077",
        "gpt-image-2, high, 1536x1024, 1, 10, 0, 0, 0, 8232, 0.24701",
        "gpt-image-2, high, 2048x2048, 2, 10, 0, 0, 0, 28544, 0.85637",
        "gpt-image-2, high, 3840x2160, 1, 10, 0, 0, 0, 23719, 0.71162",
        "gpt-image-2, low, 1024x1024, 1, 100, 1000, 40, 600, 196, 0.01063",
        "gpt-image-2.5-flare, xhigh, 1024x1024, 1, 100, 1000, 0, 0, 9000, 0.2785",
        "gpt-image-2.5-sunburst, max, 1024x1024, 1, 100, 1000, 100, 1000, 20000, 0.602125",
        "gpt-image-2.6-flare, low, 1024x1024, 1, 100, 0, 0, 0, 200, 0.0065",
        "gpt-image-2.6-sunburst, high, 1024x1024, 1, 100, 1000, 0, 0, 7000, 0.2185",
        // 5 text, 8 picture, 32 drawn
        "gpt-image-1.5, low, 1024x1024, 1, 20, 0, 0, 0, 272, 0.008804",
        "gpt-image-1.5, low, 1536x1024, 1, 20, 0, 0, 0, 408, 0.013156",
        "gpt-image-1.5, medium, 1024x1024, 1, 20, 0, 0, 0, 1056, 0.033892",
        "gpt-image-1.5, medium, 1024x1536, 1, 20, 0, 0, 0, 1584, 0.050788",
        "gpt-image-1.5, high, 1024x1024, 1, 20, 0, 0, 0, 4160, 0.13322",
        "gpt-image-1.5, high, 1536x1024, 1, 20, 6240, 0, 0, 6240, 0.2497",
        // 2 text, 2.5 picture, 8 drawn
        "gpt-image-1-mini, low, 1024x1024, 1, 50, 0, 0, 0, 272, 0.002276",
        "gpt-image-1-mini, medium, 1536x1024, 1, 50, 0, 0, 0, 1584, 0.012772",
        "gpt-image-1-mini, high, 1024x1024, 2, 50, 1000, 0, 0, 8320, 0.06916",
        // 5 text, 10 picture, 40 drawn
        "chatgpt-image-latest, high, 1024x1024, 1, 20, 1000, 0, 0, 4160, 0.1765"
    })
    void ofADrawingIsOpenAisArithmetic(
            String model,
            String quality,
            String size,
            int count,
            int text,
            int image,
            int cachedText,
            int cachedImage,
            int drawn,
            BigDecimal dollars)
            throws InterruptedException {
        server.enqueue(FaultAnswer.json(200, """
                {"data":[%s{"b64_json":"%s"}],"usage":{"input_tokens":%d,"input_tokens_details":{"text_tokens":%d,
                 "image_tokens":%d,"cached_tokens_details":{"text_tokens":%d,"image_tokens":%d}},"output_tokens":%d,
                 "output_tokens_details":{"image_tokens":%d,"text_tokens":0}}}
                """.formatted(
                        count == 1 ? "" : "{\"b64_json\":\"" + Answers.PNG_BASE64 + "\"},",
                        Answers.PNG_BASE64,
                        text + image,
                        text,
                        image,
                        cachedText,
                        cachedImage,
                        drawn,
                        drawn)));
        ImageRequest request = ImageRequest.builder("a lamp")
                .count(count)
                .size(PixelSize.parse(size))
                .putOptions("quality", quality)
                .build();
        try (OpenAiImageAdapter adapter = OpenAiImageAdapter.builder("k")
                        .baseUrl(server.uri().resolve("/v1"))
                        .model(model)
                        .build();
                TestCallContext call = TestCallContext.unbounded()) {
            PlannedUse use = PlannedUse.builder()
                    .images(count)
                    .size(PixelSize.parse(size))
                    .quality(quality)
                    .promptBytes(6)
                    .build();
            assertCost(adapter.profile(), adapter.generate(request, call).usage(), use, dollars);
        }
    }

    @ParameterizedTest(name = "{0}: {1} tokens in, {2} of them held, {3} out")
    @CsvSource({
        "gpt-6.2-astra, 1000, 400, 500, 0.028",
        "gpt-6.2-sol, 1000, 400, 500, 0.00624",
        "gpt-6.1-sol, 1000, 400, 500, 0.00624",
        "gpt-6.1-terra, 1000, 400, 500, 0.00312",
        "gpt-6.1-terra, 300000, 100000, 1000, 0.4175",
        "gpt-6-astra, 1000, 400, 500, 0.0314",
        "gpt-6-astra, 300000, 0, 1000, 6.075",
        "gpt-6-sol, 1000, 400, 500, 0.00628",
        "gpt-6-luna, 1000, 400, 500, 0.000314",
        "gpt-5.6-terra, 1000, 400, 500, 0.00728",
        "gpt-5.6-luna, 1000, 400, 500, 0.000728",
        "gpt-5.5, 1000, 0, 500, 0.02",
        "gpt-5.4, 1000, 0, 500, 0.01",
        "gpt-5.4-mini, 1000, 400, 500, 0.00273",
        "gpt-5.2, 1000, 0, 500, 0.00875",
        "gpt-5, 1000, 0, 500, 0.00625",
        "gpt-5-mini, 1000, 0, 500, 0.00125",
        "gpt-4o, 1000, 0, 500, 0.0075",
        "gpt-4o-mini, 1000, 0, 500, 0.00045"
    })
    void ofAnAnswerIsOpenAisArithmetic(String model, int read, int held, int written, BigDecimal dollars)
            throws InterruptedException {
        server.enqueue(FaultAnswer.json(200, """
                {"output":[{"type":"message","content":[{"type":"output_text","text":"hi"}]}],
                 "usage":{"input_tokens":%d,"input_tokens_details":{"cached_tokens":%d},"output_tokens":%d}}
                """.formatted(read, held, written)));
        try (OpenAiReasoningAdapter adapter = OpenAiReasoningAdapter.builder("k")
                        .baseUrl(server.uri().resolve("/v1"))
                        .model(model)
                        .build();
                TestCallContext call = TestCallContext.unbounded()) {
            Usage usage = adapter.reason(
                            ReasoningRequest.builder(List.of(Message.user("hello")))
                                    .build(),
                            call)
                    .usage();
            assertCost(
                    adapter.profile(),
                    usage,
                    PlannedUse.builder().promptBytes(5).build(),
                    dollars);
        }
    }

    @ParameterizedTest(name = "{0}: {1} tokens")
    @CsvSource({"text-embedding-3-small, 1000000, 0.02", "text-embedding-3-large, 5000, 0.00065"})
    void ofAVectorIsOpenAisArithmetic(String model, int read, BigDecimal dollars) throws InterruptedException {
        server.enqueue(FaultAnswer.json(
                200, "{\"data\":[{\"index\":0,\"embedding\":[1,2]}],\"usage\":{\"prompt_tokens\":" + read + "}}"));
        try (OpenAiEmbeddingAdapter adapter = OpenAiEmbeddingAdapter.builder("k")
                        .baseUrl(server.uri().resolve("/v1"))
                        .model(model)
                        .build();
                TestCallContext call = TestCallContext.unbounded()) {
            Usage usage =
                    adapter.embed(new EmbeddingRequest(List.of("a lamp")), call).usage();
            assertCost(
                    adapter.profile(),
                    usage,
                    PlannedUse.builder().promptBytes(6).build(),
                    dollars);
        }
    }

    private static void assertCost(ModelProfile profile, Usage usage, PlannedUse use, BigDecimal dollars) {
        assertThat(profile.price().orElseThrow().actual(usage, use, DAY))
                .contains(new Money(dollars.scaleByPowerOfTen(9).longValueExact(), "USD"));
    }
}
