package dev.pictor.gateway.price;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.image.PixelSize;
import dev.pictor.model.Money;
import dev.pictor.model.PlannedUse;
import dev.pictor.model.PlannedUseBuilder;
import dev.pictor.model.Price;
import dev.pictor.model.Rate;
import dev.pictor.model.Usage;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bundled prices against the tables they were taken from, and the errors that those tables had. */
class PriceTablesTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 20);
    private static final LocalDate LAST_READ = LocalDate.of(2026, 11, 29);

    private static PricedModel model(String provider, String id) {
        return PriceCatalogue.builtIn().find(provider, id).orElseThrow(() -> new AssertionError(provider + "/" + id));
    }

    /** What one picture costs by its own price, apart from text. */
    private static Optional<Money> picture(Price price, @Nullable String quality, @Nullable String size) {
        PlannedUseBuilder use = PlannedUse.builder().images(1).quality(Optional.ofNullable(quality));
        if (size != null && size.contains("x")) {
            use.size(PixelSize.parse(size));
        } else {
            use.resolution(Optional.ofNullable(size));
        }
        return price.actual(Usage.builder().inputTextTokens(0).images(1).build(), use.build(), DAY);
    }

    private static @Nullable BigDecimal perMillion(Price price, Rate.Modality modality, Rate.Direction direction) {
        return price.rates().stream()
                .filter(rate -> rate.unit() == Rate.Unit.TOKEN
                        && rate.modality() == modality
                        && rate.direction() == direction
                        && rate.isInForce(DAY)
                        && !rate.batch()
                        && rate.aboveInputTokens().isEmpty())
                .map(Rate::amount)
                .findFirst()
                .orElse(null);
    }

    @ParameterizedTest(name = "{0}/{1}")
    @CsvSource({
        // provider, model, text in, cached, image in, text out, image out, in USD per million tokens
        "gcp.gemini, gemini-nano-banana-2.1, 1.50, , 1.50, 7.50, 30",
        "gcp.gemini, gemini-2.5-flash-image, 0.30, 0.03, 0.30, 2.50, 30",
        "gcp.vertex_ai, gemini-2.5-flash-image, 0.30, 0.03, 0.30, 2.50, 30",
        "gcp.gemini, gemini-2.0-flash-exp-image-generation, 0, , 0, 0,",
        "gcp.gemini, gemini-3-pro-image, 2.00, , 2.00, 12, 120",
        "gcp.gemini, gemini-3-pro-image-preview, 2.00, , 2.00, 12, 120",
        "gcp.gemini, gemini-3.1-flash-image, 0.50, , 0.50, 3, 60",
        "gcp.vertex_ai, gemini-3.1-flash-image-preview, 0.50, , 0.50, 3, 60",
        "gcp.gemini, gemini-3.1-flash-lite-image, 0.25, , 0.25, 1.50, 30",
        "openai, gpt-image-1, 5, 1.25, 10, , 40",
        "openai, chatgpt-image-latest, 5, 1.25, 10, , 40",
        "openai, gpt-image-1-mini, 2, 0.20, 2.5, , 8",
        "openai, gpt-image-1.5, 5, 1.25, 8, 10, 32",
        "openai, gpt-image-1.5-2025-12-16, 5, 1.25, 8, 10, 32",
        "openai, gpt-image-2, 5, 1.25, 8, 10, 30",
        "openai, gpt-image-2-2026-04-21, 5, 1.25, 8, 10, 30",
        "openai, gpt-image-2.5-sunburst, 5, 1.25, 8, 10, 30",
        "openai, gpt-image-2.5-flare-2026-09-08, 5, 1.25, 8, 10, 30",
        "openai, gpt-image-2.6-sunburst, 5, 1.25, 8, , 30",
        "azure.ai.openai, gpt-image-1, 5, 1.25, 10, , 40",
        "azure.ai.openai, gpt-image-1-mini, 2, 0.20, 2.5, , 8",
        "azure.ai.openai, gpt-image-1.5, 5, 1.25, 8, , 32",
        "azure.ai.openai, gpt-image-2, 5, 1.25, 8, 10, 30",
        "gcp.gemini, gemini-3.8-flash, 0.75, , 0.75, 3.75,",
        "gcp.gemini, gemini-3.5-flash, 1.50, , 1.50, 9,",
        "gcp.gemini, gemini-3.1-flash-lite, 0.25, , 0.25, 1.50,",
        "gcp.gemini, gemini-3-flash-preview, 0.50, , 0.50, 3,",
        "gcp.gemini, gemini-2.5-flash, 0.30, , 0.30, 2.50,",
        "gcp.gemini, gemini-2.5-pro, 1.25, , 1.25, 10,",
        "gcp.gemini, gemini-3.1-pro-preview, 2, , 2, 12,",
        "gcp.gemini, gemini-embedding-001, 0.15, , , ,",
        "gcp.gemini, gemini-embedding-2, 0.20, , , ,",
        "openai, gpt-4o, 2.50, , 2.50, 10,",
        "openai, gpt-4o-mini, 0.15, , 0.15, 0.60,",
        "openai, gpt-5, 1.25, , 1.25, 10,",
        "openai, gpt-5-mini, 0.25, , 0.25, 2,",
        "openai, gpt-5.2, 1.75, , 1.75, 14,",
        "openai, gpt-5.4, 2.50, , 2.50, 15,",
        "openai, gpt-5.5, 5, , 5, 30,",
    })
    void tokensCostWhatTheTablesSay(
            String provider,
            String id,
            @Nullable BigDecimal textIn,
            @Nullable BigDecimal cached,
            @Nullable BigDecimal imageIn,
            @Nullable BigDecimal textOut,
            @Nullable BigDecimal imageOut) {
        Price price = model(provider, id).price();

        assertSame(perMillion(price, Rate.Modality.TEXT, Rate.Direction.INPUT), textIn);
        assertSame(perMillion(price, Rate.Modality.TEXT, Rate.Direction.CACHED_INPUT), cached);
        assertSame(perMillion(price, Rate.Modality.IMAGE, Rate.Direction.INPUT), imageIn);
        assertSame(perMillion(price, Rate.Modality.TEXT, Rate.Direction.OUTPUT), textOut);
        assertSame(perMillion(price, Rate.Modality.IMAGE, Rate.Direction.OUTPUT), imageOut);
    }

    private static void assertSame(@Nullable BigDecimal found, @Nullable BigDecimal expected) {
        if (expected == null) {
            assertThat(found).isNull();
        } else {
            assertThat(found).isEqualByComparingTo(expected);
        }
    }

    @ParameterizedTest(name = "{0}/{1} {2} {3}: {4}")
    @CsvSource({
        "gcp.gemini, gemini-2.5-flash-image, , , 0.039",
        "gcp.gemini, gemini-2.0-flash-exp-image-generation, , , 0.039",
        "gcp.gemini, gemini-3-pro-image, , 1K, 0.134",
        "gcp.gemini, gemini-3-pro-image, , 2K, 0.134",
        "gcp.gemini, gemini-3-pro-image, , 4K, 0.24",
        "gcp.gemini, gemini-3.1-flash-image, , 1K, 0.0672",
        "gcp.gemini, gemini-3.1-flash-lite-image, , , 0.0336",
        "gcp.gemini, gemini-nano-banana-2.1, , 1K, 0.0336",
        "gcp.gemini, imagen-4.0-fast-generate-001, , , 0.02",
        "gcp.vertex_ai, imagen-4.0-fast-generate-001, , , 0.02",
        "gcp.vertex_ai, imagen-4.0-generate-001, , , 0.04",
        "gcp.vertex_ai, imagen-4.0-ultra-generate-001, , , 0.06",
        "gcp.vertex_ai, imagen-3.0-generate-001, , , 0.04",
        "gcp.vertex_ai, imagen-3.0-generate-002, , , 0.04",
        "gcp.vertex_ai, imagen-3.0-capability-001, , , 0.04",
        "gcp.vertex_ai, imagen-3.0-fast-generate-001, , , 0.02",
        "openai, gpt-image-1, low, 1024x1024, 0.011",
        "openai, gpt-image-1, medium, 1024x1024, 0.042",
        "openai, gpt-image-1, high, 1024x1024, 0.167",
        "openai, gpt-image-1, low, 1024x1536, 0.016",
        "openai, gpt-image-1, medium, 1536x1024, 0.063",
        "openai, gpt-image-1, high, 1536x1024, 0.25",
        "openai, gpt-image-1.5, low, 1024x1024, 0.009",
        "openai, gpt-image-1.5, medium, 1024x1024, 0.034",
        "openai, gpt-image-1.5, high, 1024x1024, 0.133",
        "openai, gpt-image-1.5, low, 1024x1536, 0.013",
        "openai, gpt-image-1.5, medium, 1024x1536, 0.05",
        "openai, gpt-image-1.5, high, 1536x1024, 0.20",
        "openai, gpt-image-1-mini, low, 1024x1024, 0.005",
        "openai, gpt-image-1-mini, medium, 1024x1024, 0.011",
        "openai, gpt-image-1-mini, low, 1536x1024, 0.006",
        "openai, gpt-image-1-mini, medium, 1536x1024, 0.015",
        "azure.ai.openai, gpt-image-1-mini, high, 1024x1024, 0.03328",
        "azure.ai.openai, gpt-image-1-mini, high, 1024x1536, 0.04992",
        "azure.ai.openai, gpt-image-1, high, 1024x1024, 0.167",
        "openai, dall-e-3, standard, 1024x1024, 0.04",
        "openai, dall-e-3, hd, 1024x1024, 0.08",
        "openai, dall-e-3, standard, 1024x1792, 0.08",
        "openai, dall-e-3, hd, 1792x1024, 0.12",
        "openai, dall-e-2, , 256x256, 0.016",
        "openai, dall-e-2, , 512x512, 0.018",
        "openai, dall-e-2, , 1024x1024, 0.02",
        "black_forest_labs, flux-dev, , , 0.025",
        "black_forest_labs, flux-pro, , , 0.05",
        "black_forest_labs, flux-pro-1.1, , , 0.04",
        "black_forest_labs, flux-pro-1.1-ultra, , , 0.06",
        "black_forest_labs, flux-kontext-pro, , , 0.04",
        "black_forest_labs, flux-kontext-max, , , 0.08",
        "black_forest_labs, flux-pro-1.0-fill, , , 0.05",
        "black_forest_labs, flux-pro-1.0-expand, , , 0.05",
        "azure.ai.inference, FLUX-1.1-pro, , , 0.04",
        "azure.ai.inference, FLUX.1-Kontext-pro, , , 0.04",
        "azure.ai.inference, flux.2-pro, , , 0.04",
        "fal_ai, fal-ai/flux/schnell, , , 0.003",
        "fal_ai, fal-ai/flux-pro/v1.1, , , 0.04",
        "fal_ai, fal-ai/flux-pro/v1.1-ultra, , , 0.06",
        "fal_ai, fal-ai/imagen4/preview, , , 0.0398",
        "fal_ai, fal-ai/imagen4/preview/fast, , , 0.02",
        "fal_ai, fal-ai/imagen4/preview/ultra, , , 0.06",
        "fal_ai, fal-ai/ideogram/v3, , , 0.06",
        "fal_ai, fal-ai/recraft/v3/text-to-image, , , 0.0398",
        "fal_ai, fal-ai/bytedance/seedream/v3/text-to-image, , , 0.03",
        "nscale, black-forest-labs/FLUX.1-schnell, , 1024x1024, 0.00136",
        "recraft, recraftv2, , , 0.022",
        "recraft, recraftv3, , , 0.04",
        "runwayml, gen4_image, , , 0.05",
        "runwayml, gen4_image_turbo, , , 0.02",
        "aws.bedrock, amazon.nova-canvas-v1:0, , , 0.06",
        "aws.bedrock, stability.stable-image-core-v1:1, , , 0.04",
        "aws.bedrock, stability.stable-image-ultra-v1:1, , , 0.14",
        "aws.bedrock, stability.stable-image-inpaint-v1:0, , , 0.07",
        "aws.bedrock, amazon.titan-image-generator-v1, premium, 1024x1024, 0.012",
        "aws.bedrock, amazon.titan-image-generator-v2, standard, 1024x1024, 0.008",
        "stability, stable-image-core, , , 0.03",
        "stability, stable-image-ultra, , , 0.08",
        "aiml, google/nano-banana-pro, , , 0.195",
        "photoroom, photoroom-segment-1, , , 0.02",
        "removebg, removebg-1, , , 1",
    })
    @DisplayName("R1: a picture costs what the tables say, to a thousandth of a dollar where they count by the pixel")
    void picturesCostWhatTheTablesSay(
            String provider, String id, @Nullable String quality, @Nullable String size, BigDecimal dollars) {
        Price price = model(provider, id).price();
        Money actual = picture(price, quality, size).orElseThrow();

        boolean byPixel = price.rates().stream().anyMatch(rate -> rate.unit() == Rate.Unit.PIXEL);
        assertThat(actual.amount())
                .isBetween(
                        dollars.subtract(byPixel ? new BigDecimal("0.0001") : BigDecimal.ZERO),
                        dollars.add(byPixel ? new BigDecimal("0.0001") : BigDecimal.ZERO));
    }

    @Test
    void tiersByTokensReadAreThere() {
        Price price = model("gcp.gemini", "gemini-2.5-pro").price();
        Usage usage =
                Usage.builder().inputTextTokens(200_001).outputTextTokens(1_000).build();

        assertThat(price.actual(usage, PlannedUse.none(), DAY)).contains(Money.usd(200_001L * 2_500 + 15_000_000));
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource({
        // the best quality of this size, and no picture of a larger one; 0.02048 for text
        "openai, 1024x1024, 0.2312",
        "openai, 1536x1024, 0.26744",
        "openai, 2048x2048, 0.44864",
        "openai, , 0.73205",
        "azure.ai.openai, 1024x1024, 0.2312",
    })
    void aQualityThatIsNotSaidCountsAsTheBestOfTheSizeThatIs(
            String provider, @Nullable String size, BigDecimal dollars) {
        PlannedUse use = PlannedUse.builder()
                .images(1)
                .size(Optional.ofNullable(size).map(PixelSize::parse))
                .build();

        assertThat(model(provider, "gpt-image-2").price().estimate(use, DAY))
                .contains(Money.usd(dollars.movePointRight(9).longValueExact()));
    }

    @Test
    void aPriceThatChangesIsKnownBeforeAndAfter() {
        Price price = model("gcp.gemini", "gemini-3.8-flash").price();
        Usage usage =
                Usage.builder().inputTextTokens(1_000_000).outputTextTokens(0).build();

        assertThat(price.actual(usage, PlannedUse.none(), LocalDate.of(2026, 12, 31)))
                .contains(Money.usd(750_000_000));
        assertThat(price.actual(usage, PlannedUse.none(), LocalDate.of(2027, 1, 1)))
                .contains(Money.usd(1_500_000_000));
    }

    @ParameterizedTest(name = "{1} until {2}")
    @CsvSource({
        "gcp.gemini, gemini-3.1-flash-image, 2026-10-29, gemini-nano-banana-2.1",
        "gcp.gemini, gemini-3-pro-image-preview, 2026-06-25, gemini-3-pro-image",
        "gcp.gemini, gemini-2.5-flash-image, 2026-10-02, gemini-nano-banana-2.1",
        "gcp.gemini, imagen-4.0-generate-001, 2026-08-17, gemini-nano-banana-2.1",
        "openai, gpt-image-1, 2026-10-23, gpt-image-2",
        "openai, dall-e-3, 2026-05-12, gpt-image-2",
        "openai, gpt-4o, 2027-01-14, gpt-5.5",
    })
    void retiredModelsKeepTheirPriceAndNameAnother(String provider, String id, LocalDate day, String successor) {
        PricedModel model = model(provider, id);

        assertThat(model.retiresOn()).contains(day);
        assertThat(model.successor()).contains(successor);
        assertThat(model(provider, successor).retiresOn()).isEmpty();
    }

    @Test
    void everyModelNamesItsSourceAndADayThatHasPassed() {
        assertThat(PriceCatalogue.builtIn().models()).hasSizeGreaterThan(120).allSatisfy(model -> {
            assertThat(model.price().source()).isNotBlank();
            assertThat(model.price().asOf()).isBetween(LocalDate.of(2026, 7, 1), LAST_READ);
        });
    }

    @Test
    void eachProviderIsInTheFileThatIsReadForIt() {
        for (String provider : BundledPrices.FILES.keySet()) {
            assertThat(PriceCatalogue.builtIn().models())
                    .anySatisfy(model -> assertThat(model.provider()).isEqualTo(provider));
        }
        assertThat(PriceCatalogue.builtIn().models())
                .allSatisfy(model -> assertThat(PriceCatalogue.builtIn().find(model.provider(), model.id()))
                        .contains(model));
    }

    @Nested
    @DisplayName("R25: errors that public price lists were seen to have")
    class Defects {

        @Test
        @DisplayName("gpt-image-1.5 without a quality costs what high costs, not what low costs")
        void aMissingQualityIsNotLow() {
            Price price = model("openai", "gpt-image-1.5").price();

            assertThat(picture(price, null, "1024x1024")).contains(Money.usd(133_000_000));
            assertThat(picture(price, "auto", "1024x1536")).contains(Money.usd(200_000_000));
            assertThat(picture(price, "standard", "1024x1024"))
                    .as("a quality it does not have is unknown")
                    .isEmpty();
        }

        @Test
        @DisplayName("gemini-3.1-flash-image has one price on every route")
        void oneModelHasOnePrice() {
            assertThat(model("gcp.gemini", "gemini-3.1-flash-image-preview")
                            .price()
                            .rates())
                    .isEqualTo(model("gcp.vertex_ai", "gemini-3.1-flash-image")
                            .price()
                            .rates());
            assertThat(picture(
                            model("gcp.gemini", "gemini-3.1-flash-image-preview")
                                    .price(),
                            null,
                            "1K"))
                    .contains(Money.usd(67_200_000));
        }

        @Test
        @DisplayName("gemini-3-pro-image has its tier of 4K, which counts when no class is said")
        void theTierOf4kIsThere() {
            Price price = model("gcp.gemini", "gemini-3-pro-image").price();

            assertThat(picture(price, null, "4K")).contains(Money.usd(240_000_000));
            assertThat(picture(price, null, null)).contains(Money.usd(240_000_000));
        }

        @Test
        @DisplayName("R5: qwen-image-2.0, listed without a price, is known and has no price of zero")
        void aModelWithoutAPriceIsUnknown() {
            PricedModel model = model("dashscope", "qwen-image-2.0-pro");

            assertThat(model.price().rates()).isEmpty();
            assertThat(picture(model.price(), null, "1024x1024")).isEmpty();
            assertThat(model.price().estimate(PlannedUse.builder().images(1).build(), DAY))
                    .isEmpty();
        }

        @Test
        @DisplayName("deep-research-pro-preview is no image model")
        void aTextModelIsNoImageModel() {
            assertThat(PriceCatalogue.builtIn().find("gcp.gemini", "deep-research-pro-preview-12-2025"))
                    .isEmpty();
        }

        @Test
        @DisplayName("no picture is priced per token of nothing: Fireworks' Flux is left out")
        void picturesArePricedByWhatTheyAre() {
            assertThat(PriceCatalogue.builtIn().find("fireworks_ai", "accounts/fireworks/models/flux-kontext-max"))
                    .isEmpty();
        }

        @Test
        @DisplayName("R5: Azure's dall-e-2, listed at 0 for a pixel, is unknown")
        void aPixelIsNotFree() {
            assertThat(picture(model("azure.ai.openai", "dall-e-2").price(), null, "1024x1024"))
                    .isEmpty();
        }

        @Test
        @DisplayName("gpt-image-1-mini has a price for high")
        void theTierOfHighIsThere() {
            assertThat(picture(model("openai", "gpt-image-1-mini").price(), "high", "1024x1024"))
                    .contains(Money.usd(36_000_000));
        }

        @Test
        @DisplayName("dall-e-3 without a size or quality costs what hd at 1792x1024 costs, not 0.04")
        void theFlatPriceIsNotTheCheapest() {
            assertThat(picture(model("openai", "dall-e-3").price(), null, null)
                            .orElseThrow()
                            .amount())
                    .isGreaterThan(new BigDecimal("0.11"));
        }

        @Test
        @DisplayName("the price of a picture drawn is not taken for one of pictures read")
        void inputIsNotOutput() {
            for (String id : new String[] {"gpt-image-1", "dall-e-2", "dall-e-3"}) {
                assertThat(model("openai", id).price().rates())
                        .noneMatch(rate -> rate.unit() != Rate.Unit.TOKEN && rate.direction() == Rate.Direction.INPUT);
            }
            assertThat(model("runwayml", "gen4_image").price().rates())
                    .singleElement()
                    .satisfies(rate -> assertThat(rate.direction()).isEqualTo(Rate.Direction.OUTPUT));
        }

        @Test
        @DisplayName("the reseller's nano-banana-pro costs what the pro model costs there, not what flash costs")
        void proIsNotFlash() {
            assertThat(picture(model("aiml", "google/nano-banana-pro").price(), null, null))
                    .contains(Money.usd(195_000_000));
        }

        @Test
        @DisplayName("R5: a model that is not there has no price of zero")
        void aMissingModelIsUnknown() {
            assertThat(PriceCatalogue.builtIn().find("openai", "gpt-image-99")).isEmpty();
            assertThat(PriceCatalogue.builtIn().find("nobody", "gpt-image-1")).isEmpty();
            assertThat(PriceCatalogue.none().find("openai", "gpt-image-1")).isEmpty();
        }
    }
}
