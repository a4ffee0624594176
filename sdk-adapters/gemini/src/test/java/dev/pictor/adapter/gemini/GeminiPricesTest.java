package dev.pictor.adapter.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.catalogue.ModelKind;
import dev.pictor.image.PixelSize;
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
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a call costs: usage as Google reports it, times Google's rates, reckoned by hand in the right-hand column. Prompt
 * and thoughts are in text tokens, thoughts are billed as text written. Rates are those of PROVIDERS' price lists, named in
 * the catalogue of prices.
 */
class GeminiPricesTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 29);

    private final FaultServer server = FaultServer.start();

    @AfterEach
    void close() {
        server.close();
    }

    /** Prompt tokens (text, picture), written (text, picture), thoughts, by class of size. */
    @ParameterizedTest
    @CsvSource({
        // 1120 x 30/M = 0.0336
        "gemini-nano-banana-2.1, 0, 0, 0, 1120, 0, 0.0336",
        // 2K: 1680 x 30/M = 0.0504; 4K: 2520 x 30/M = 0.0756
        "gemini-nano-banana-2.1, 0, 0, 0, 1680, 0, 0.0504",
        "gemini-nano-banana-2.1, 0, 0, 0, 2520, 0, 0.0756",
        // (100 + 1120) x 1.50/M + (20 + 300) x 7.50/M + 1120 x 30/M = 0.00183 + 0.0024 + 0.0336
        "gemini-nano-banana-2.1, 100, 1120, 20, 1120, 300, 0.03783",
        // 1120 x 120/M = 0.1344; 2000 x 120/M = 0.24
        "gemini-3-pro-image, 0, 0, 0, 1120, 0, 0.1344",
        "gemini-3-pro-image, 0, 0, 0, 2000, 0, 0.24",
        // (50 + 560) x 2/M + 400 x 12/M + 1120 x 120/M = 0.00122 + 0.0048 + 0.1344
        "gemini-3-pro-image, 50, 560, 0, 1120, 400, 0.14042",
        // 1120 x 30/M; (40 + 1120) x 0.25/M + 10 x 1.50/M + 0.0336 = 0.00029 + 0.000015 + 0.0336
        "gemini-3.1-flash-lite-image, 0, 0, 0, 1120, 0, 0.0336",
        "gemini-3.1-flash-lite-image, 40, 1120, 10, 1120, 0, 0.033905",
        // 747 x 60/M = 0.04482; 1120 x 60/M = 0.0672; 2520 x 60/M = 0.1512
        "gemini-3.1-flash-image, 0, 0, 0, 747, 0, 0.04482",
        "gemini-3.1-flash-image, 0, 0, 0, 1120, 0, 0.0672",
        "gemini-3.1-flash-image, 0, 0, 0, 2520, 0, 0.1512",
    })
    void aPictureCostsWhatGoogleReckons(
            String model, long text, long image, long words, long pixels, long thoughts, BigDecimal dollars)
            throws Exception {
        String counts = """
                {"promptTokenCount":%d,"candidatesTokenCount":%d,"thoughtsTokenCount":%d,
                 "promptTokensDetails":[{"modality":"TEXT","tokenCount":%d},{"modality":"IMAGE","tokenCount":%d}],
                 "candidatesTokensDetails":[{"modality":"TEXT","tokenCount":%d},{"modality":"IMAGE","tokenCount":%d}]}
                """.formatted(text + image, words + pixels, thoughts, text, image, words, pixels);
        String answer = Answers.success()
                .replaceFirst(
                        "(?s)\"usageMetadata\": \\{.*\\},\\s*\"modelVersion\"",
                        "\"usageMetadata\": " + counts + ", \"modelVersion\"");
        server.enqueue(FaultAnswer.json(200, answer));
        try (GeminiImageAdapter adapter = GeminiImageAdapter.builder("key")
                        .model(model)
                        .baseUrl(server.uri())
                        .build();
                TestCallContext call = TestCallContext.unbounded()) {
            Usage usage = adapter.generate(GeminiFixture.LAMP, call).usage();
            assertCost(adapter.profile(), usage, dollars);
        }
    }

    /** Prompt tokens (text, picture), of them cached, written, thoughts, on which day. */
    @ParameterizedTest
    @CsvSource({
        // 1000 x 0.75/M + (200 + 300) x 3.75/M = 0.00075 + 0.001875; doubled in 2027
        "gemini-3.8-flash, 1000, 0, 200, 300, 2026-11-29, 0.002625",
        "gemini-3.8-flash, 1000, 0, 200, 300, 2027-01-01, 0.00525",
        // (1000 + 258) x 1.50/M + 100 x 9/M = 0.001887 + 0.0009
        "gemini-3.5-flash, 1000, 258, 100, 0, 2026-11-29, 0.002787",
        // 4000 x 0.25/M + 500 x 1.50/M = 0.001 + 0.00075
        "gemini-3.1-flash-lite, 4000, 0, 500, 0, 2026-11-29, 0.00175",
        // 1000 x 2/M + 100 x 12/M; above 200,000 tokens read: 300000 x 4/M + 100 x 18/M
        "gemini-3.1-pro-preview, 1000, 0, 100, 0, 2026-11-29, 0.0032",
        "gemini-3.1-pro-preview, 300000, 0, 100, 0, 2026-11-29, 1.2018",
        // 1000 x 0.30/M + (10 + 90) x 2.50/M
        "gemini-2.5-flash, 1000, 0, 10, 90, 2026-11-29, 0.00055",
        // 1000 x 1.25/M + 100 x 10/M; above: 250000 x 2.50/M + 100 x 15/M
        "gemini-2.5-pro, 1000, 0, 100, 0, 2026-11-29, 0.00225",
        "gemini-2.5-pro, 250000, 0, 100, 0, 2026-11-29, 0.6265",
    })
    void anAnswerCostsWhatGoogleReckons(
            String model, long text, long image, long words, long thoughts, LocalDate day, BigDecimal dollars)
            throws Exception {
        server.enqueue(FaultAnswer.json(200, """
                {"candidates":[{"content":{"parts":[{"text":"Brass."}]},"finishReason":"STOP"}],
                 "usageMetadata":{"promptTokenCount":%d,"candidatesTokenCount":%d,"thoughtsTokenCount":%d,
                 "promptTokensDetails":[{"modality":"TEXT","tokenCount":%d},{"modality":"IMAGE","tokenCount":%d}]}}""".formatted(text + image, words, thoughts, text, image)));
        try (GeminiReasoningAdapter adapter = GeminiReasoningAdapter.builder("key")
                        .model(model)
                        .baseUrl(server.uri())
                        .build();
                TestCallContext call = TestCallContext.unbounded()) {
            Usage usage = adapter.reason(
                            ReasoningRequest.builder(List.of(Message.user("Which metal?")))
                                    .build(),
                            call)
                    .usage();
            assertThat(adapter.profile().price().orElseThrow().actual(usage, PlannedUse.none(), day))
                    .hasValueSatisfying(cost -> assertEqual(cost, dollars));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "imagen-4.0-fast-generate-001, 1, 0.02",
        "imagen-4.0-generate-001, 4, 0.16",
        "imagen-4.0-ultra-generate-001, 2, 0.12",
    })
    void aPictureOfImagenCostsTheSameWhateverItsPrompt(String model, int pictures, BigDecimal dollars) {
        ModelProfile profile = GeminiModels.imagen().profile(ModelKind.IMAGE, model);
        assertThat(profile.price()
                        .orElseThrow()
                        .actual(
                                Usage.builder().images(pictures).build(),
                                PlannedUse.builder()
                                        .images(pictures)
                                        .size(new PixelSize(1024, 1024))
                                        .build(),
                                TODAY))
                .hasValueSatisfying(cost -> assertEqual(cost, dollars));
    }

    @Test
    void aVectorCostsItsText() {
        ModelProfile profile = GeminiModels.catalogue().profile(ModelKind.EMBEDDING, "fast");
        assertCost(profile, Usage.builder().inputTextTokens(2_000).build(), new BigDecimal("0.0003"));
    }

    /** A model that is added to the catalogue is reckoned here by hand. */
    @Test
    void eachModelThatDrawsOrAnswersIsInTheTables() throws Exception {
        Set<String> reckoned = Stream.of(GeminiPricesTest.class.getDeclaredMethods())
                .map(method -> method.getAnnotation(CsvSource.class))
                .filter(rows -> rows != null)
                .flatMap(rows -> Stream.of(rows.value()))
                .map(row -> row.substring(0, row.indexOf(',')))
                .collect(Collectors.toCollection(TreeSet::new));
        List<ModelProfile> all = Stream.of(
                        GeminiModels.catalogue().profiles(ModelKind.IMAGE),
                        GeminiModels.catalogue().profiles(ModelKind.REASONING),
                        GeminiModels.imagen().profiles(ModelKind.IMAGE))
                .flatMap(List::stream)
                .toList();
        assertThat(all).extracting(ModelProfile::id).containsExactlyInAnyOrderElementsOf(reckoned);
    }

    private static void assertCost(ModelProfile profile, Usage usage, BigDecimal dollars) {
        assertThat(profile.price().orElseThrow().actual(usage, PlannedUse.none(), TODAY))
                .hasValueSatisfying(cost -> assertEqual(cost, dollars));
    }

    private static void assertEqual(Money cost, BigDecimal dollars) {
        assertThat(cost).isEqualTo(Money.usd(dollars.movePointRight(9).longValueExact()));
    }
}
