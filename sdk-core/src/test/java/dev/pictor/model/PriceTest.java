package dev.pictor.model;

import static dev.pictor.model.Rate.Direction.CACHED_INPUT;
import static dev.pictor.model.Rate.Direction.INPUT;
import static dev.pictor.model.Rate.Direction.OUTPUT;
import static dev.pictor.model.Rate.Modality.ANY;
import static dev.pictor.model.Rate.Modality.IMAGE;
import static dev.pictor.model.Rate.Modality.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pictor.image.PixelSize;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 20);
    private static final PixelSize SQUARE = new PixelSize(1024, 1024);
    private static final PixelSize WIDE = new PixelSize(1536, 1024);

    private static Price price(Rate... rates) {
        return Price.builder("made up", LocalDate.EPOCH).addRates(rates).build();
    }

    private static Rate perMillion(Rate.Modality modality, Rate.Direction direction, String amount) {
        return Rate.perMillionTokens(modality, direction, amount);
    }

    private static RateBuilder picture(String amount) {
        return Rate.builder(Rate.Unit.IMAGE, IMAGE, OUTPUT, new BigDecimal(amount));
    }

    private static Usage usage(long textIn, long imageIn, long textOut, long imageOut, int images) {
        return Usage.builder()
                .inputTextTokens(textIn)
                .inputImageTokens(imageIn)
                .outputTextTokens(textOut)
                .outputImageTokens(imageOut)
                .images(images)
                .build();
    }

    private static PlannedUseBuilder pictures(int count) {
        return PlannedUse.builder().images(count);
    }

    private static Optional<Money> usd(long nanos) {
        return Optional.of(Money.usd(nanos));
    }

    @Nested
    class Documents {

        private final PlannedUse document = PlannedUse.builder()
                .promptBytes(1_000)
                .documents(1)
                .maxInputTokens(100_000)
                .maxOutputTokens(10)
                .build();

        @Test
        @DisplayName("R1: a document counts as all that the model reads at once, text and all")
        void aDocumentCountsAsAllThatTheModelReads() {
            Price price = price(perMillion(TEXT, INPUT, "2"), perMillion(TEXT, OUTPUT, "10"));

            assertThat(price.estimate(document, DAY)).isEqualTo(usd(200_000_000 + 100_000));
        }

        @Test
        void pagesMayCountAsPicturesWhereThoseAreDearer() {
            Price price =
                    price(perMillion(TEXT, INPUT, "2"), perMillion(IMAGE, INPUT, "5"), perMillion(TEXT, OUTPUT, "10"));

            assertThat(price.estimate(document, DAY)).isEqualTo(usd(500_000_000 + 100_000));
        }

        @Test
        void aRateForManyTokensCounts() {
            Price price = price(
                    perMillion(TEXT, INPUT, "2"),
                    perMillion(TEXT, INPUT, "4").toBuilder()
                            .aboveInputTokens(50_000)
                            .build(),
                    perMillion(TEXT, OUTPUT, "10"));

            assertThat(price.estimate(document, DAY)).isEqualTo(usd(400_000_000 + 100_000));
        }

        @Test
        @DisplayName("R5: what a document costs is unknown where nobody knows how much the model reads")
        void withoutALimitThePriceIsUnknown() {
            Price price = price(perMillion(TEXT, INPUT, "2"), perMillion(TEXT, OUTPUT, "10"));
            PlannedUse unlimited =
                    PlannedUse.builder().documents(1).maxOutputTokens(10).build();

            assertThat(price.estimate(unlimited, DAY)).isEmpty();
            assertThat(Price.free().estimate(unlimited, DAY)).isEqualTo(usd(0));
        }

        @Test
        void afterwardsTheReportedTokensCount() {
            Price price = price(perMillion(TEXT, INPUT, "2"), perMillion(TEXT, OUTPUT, "10"));

            assertThat(price.actual(usage(3_000, 0, 10, 0, 0), document, DAY)).isEqualTo(usd(6_000_000 + 100_000));
            assertThat(price.actual(Usage.builder().outputTextTokens(10).build(), document, DAY))
                    .isEqualTo(usd(200_000_000 + 100_000));
        }
    }

    @Nested
    class Afterwards {

        private final Price flash = price(
                perMillion(TEXT, INPUT, "0.30"),
                perMillion(TEXT, CACHED_INPUT, "0.03"),
                perMillion(TEXT, OUTPUT, "2.50"),
                perMillion(IMAGE, OUTPUT, "30"),
                Rate.perImage("0.039"));

        private Optional<Money> actual(Price price, Usage usage) {
            return price.actual(usage, PlannedUse.none(), DAY);
        }

        @Test
        void picturesCountByTheirTokensWhereTheyAreReported() {
            assertThat(actual(flash, usage(20, 0, 0, 1_290, 1))).isEqualTo(usd(6_000 + 38_700_000));
        }

        @Test
        void picturesCountByThePieceWhereTheirTokensAreNotReported() {
            assertThat(actual(flash, Usage.builder().images(2).build())).isEqualTo(usd(78_000_000));
        }

        @Test
        void textThatWasNotReportedCountsAsPlanned() {
            Optional<Money> cost = flash.actual(
                    Usage.builder().images(1).build(),
                    pictures(1).promptBytes(1_000).build(),
                    DAY);

            assertThat(cost).isEqualTo(usd(39_000_000 + (1_000 + 256) * 300));
        }

        @Test
        void textThatTheVendorHeldCountsAtItsOwnRate() {
            Usage usage = Usage.builder()
                    .inputTextTokens(1_000)
                    .cachedTextTokens(600)
                    .outputTextTokens(0)
                    .build();

            assertThat(actual(flash, usage)).isEqualTo(usd(400 * 300 + 600 * 30));
        }

        @Test
        @DisplayName("R6: rounds up once for the whole call, to a billionth")
        void roundsUpOnce() {
            Price thirds = price(perMillion(TEXT, INPUT, "0.0003"), perMillion(TEXT, OUTPUT, "0.0003"));

            assertThat(actual(thirds, usage(1, 0, 1, 0, 0))).isEqualTo(usd(1));
            assertThat(actual(thirds, usage(2, 0, 2, 0, 0))).isEqualTo(usd(2));
        }

        @Test
        @DisplayName("R5: a missing rate makes a cost unknown, never zero")
        void isUnknownRatherThanZero() {
            assertThat(actual(flash, Usage.none())).isEmpty();
            assertThat(actual(flash, usage(20, 560, 0, 1_290, 1)))
                    .as("no rate for pictures read")
                    .isEmpty();
            assertThat(actual(price(), usage(1, 0, 0, 0, 0))).isEmpty();
            assertThat(actual(price(perMillion(TEXT, INPUT, "1")), usage(10, 0, 0, 1_290, 0)))
                    .as("pictures drawn, but neither their number nor a rate for their tokens")
                    .isEmpty();
            assertThat(actual(
                            price(perMillion(IMAGE, OUTPUT, "10")),
                            Usage.builder().images(1).build()))
                    .as("a rate by token, but no tokens reported")
                    .isEmpty();
            assertThat(actual(flash, Usage.builder().inputTextTokens(10).build()))
                    .as("text may have been written, and none was reported")
                    .isEmpty();
        }

        @Test
        void aPriceByThePictureAloneCoversItsTokens() {
            assertThat(actual(price(Rate.perImage("0.04")), usage(100, 200, 300, 400, 2)))
                    .isEqualTo(usd(80_000_000));
            assertThat(actual(price(Rate.perImage("0.04")), usage(100, 0, 300, 0, 0)))
                    .as("no picture to cover them")
                    .isEmpty();
        }

        @Test
        void picturesReadCountOnceByTokensOrByThePiece() {
            Price pro = price(
                    perMillion(TEXT, INPUT, "2"),
                    Rate.builder(Rate.Unit.IMAGE, IMAGE, INPUT, new BigDecimal("0.0011"))
                            .build(),
                    Rate.perImage("0.134"));
            Usage usage = Usage.builder().inputTextTokens(10).images(1).build();

            assertThat(pro.actual(usage, pictures(1).inputImages(3).build(), DAY))
                    .isEqualTo(usd(20_000 + 3_300_000 + 134_000_000));
        }

        @Test
        void whatCostsNothingCostsZero() {
            assertThat(actual(Price.free(), usage(1, 2, 3, 4, 5))).isEqualTo(usd(0));
            assertThat(Price.free().estimate(pictures(3).promptBytes(9).build(), DAY))
                    .isEqualTo(usd(0));
        }

        @Test
        void nonsenseIsUnknownAndNoOverflow() {
            assertThat(actual(flash, usage(Long.MAX_VALUE, 0, 0, Long.MAX_VALUE, 1)))
                    .isEmpty();
        }

        @Test
        void amountsAreInTheCurrencyOfThePrice() {
            Price credits = Price.builder("made up", LocalDate.EPOCH)
                    .currency("credits")
                    .addRates(Rate.perImage("3"))
                    .build();

            assertThat(actual(credits, Usage.builder().images(2).build()))
                    .contains(new Money(6_000_000_000L, "credits"));
        }
    }

    @Nested
    @DisplayName("R1: the most a call can cost, by tier")
    class Beforehand {

        private final Price tiers = price(
                picture("0.011").quality("low").addSizes(SQUARE).build(),
                picture("0.016").quality("low").addSizes(WIDE).build(),
                picture("0.167").quality("high").addSizes(SQUARE).build(),
                picture("0.25").quality("high").addSizes(WIDE).build());

        @ParameterizedTest(name = "{0} at {1}: {2}")
        @CsvSource({
            "low,  1024x1024,  11_000_000",
            "LOW,  1536x1024,  16_000_000",
            "high, 1024x1024, 167_000_000",
            "high, 1536x1024, 250_000_000",
            "low,          ,   16_000_000",
            "    , 1024x1024, 167_000_000",
            "auto, 1024x1024, 167_000_000",
            "    ,          , 250_000_000",
            "low,  1920x1080,  16_000_000",
        })
        void whatIsNotSaidCountsAsTheDearest(String quality, String size, String nanos) {
            PlannedUse use = pictures(2)
                    .quality(Optional.ofNullable(quality))
                    .size(Optional.ofNullable(size).map(PixelSize::parse))
                    .build();

            assertThat(tiers.estimate(use, DAY)).isEqualTo(usd(2 * Long.parseLong(nanos.replace("_", ""))));
        }

        @Test
        @DisplayName("R5: a quality that the list does not have is unknown")
        void aQualityWithoutAPriceIsUnknown() {
            assertThat(tiers.estimate(pictures(1).quality("ultra").build(), DAY))
                    .isEmpty();
        }

        @Test
        void tokensOfATierCountWhereTheyAreDearer() {
            Price pro = price(
                    perMillion(IMAGE, OUTPUT, "120"),
                    picture("0.134").resolution("1K").tokens(1_120).build(),
                    picture("0.134").resolution("2K").tokens(1_120).build(),
                    picture("0.24").resolution("4K").tokens(2_000).build());

            assertThat(pro.estimate(pictures(1).resolution("2k").build(), DAY)).isEqualTo(usd(134_400_000));
            assertThat(pro.estimate(pictures(1).build(), DAY)).isEqualTo(usd(240_000_000));
            assertThat(pro.estimate(pictures(1).size(new PixelSize(2752, 1536)).build(), DAY))
                    .as("the class that holds the size")
                    .isEqualTo(usd(134_400_000));
            assertThat(pro.estimate(pictures(1).size(new PixelSize(3840, 2160)).build(), DAY))
                    .isEqualTo(usd(240_000_000));
            assertThat(pro.estimate(pictures(1).size(new PixelSize(9000, 9000)).build(), DAY))
                    .as("the largest class there is")
                    .isEqualTo(usd(240_000_000));
        }

        @Test
        void textIsBoundedByItsBytesAndTheLimitOfTokens() {
            Price chat = Price.builder("made up", LocalDate.EPOCH)
                    .addRates(perMillion(TEXT, INPUT, "1"), perMillion(TEXT, OUTPUT, "10"))
                    .maxOutputTokens(1_000)
                    .build();
            PlannedUseBuilder use = PlannedUse.builder().promptBytes(744);

            assertThat(chat.estimate(use.build(), DAY)).isEqualTo(usd(1_000 * 1_000 + 1_000 * 10_000));
            assertThat(chat.estimate(use.maxOutputTokens(10).build(), DAY)).isEqualTo(usd(1_000 * 1_000 + 10 * 10_000));
            assertThat(chat.estimate(use.maxOutputTokens(9_999).build(), DAY))
                    .as("the model's own limit")
                    .isEqualTo(usd(1_000 * 1_000 + 1_000 * 10_000));
        }

        @Test
        @DisplayName("R5: what has no bound is unknown")
        void withoutABoundItIsUnknown() {
            Price chat = price(perMillion(TEXT, INPUT, "1"), perMillion(TEXT, OUTPUT, "10"));
            Price painter = price(perMillion(TEXT, INPUT, "1"), perMillion(IMAGE, OUTPUT, "30"));

            assertThat(chat.estimate(PlannedUse.builder().promptBytes(5).build(), DAY))
                    .isEmpty();
            assertThat(painter.estimate(pictures(1).build(), DAY)).isEmpty();
            assertThat(painter.estimate(pictures(1).maxOutputTokens(1_000).build(), DAY))
                    .isEqualTo(usd(30_000_000));
            assertThat(painter.estimate(
                            pictures(1).maxOutputTokens(1_000).inputImages(1).build(), DAY))
                    .as("no rate for pictures read")
                    .isEmpty();
            assertThat(price().estimate(pictures(1).build(), DAY)).isEmpty();
            assertThat(price(Rate.perImage("0.04"))
                            .estimate(PlannedUse.builder().promptBytes(5).build(), DAY))
                    .as("no picture that covers the text")
                    .isEmpty();
        }

        @Test
        void aTierByTokensReadMayApplyUnlessThePromptIsTooShort() {
            Price pro = Price.builder("made up", LocalDate.EPOCH)
                    .addRates(
                            perMillion(TEXT, INPUT, "1.25"),
                            perMillion(TEXT, INPUT, "2.50").toBuilder()
                                    .aboveInputTokens(200_000)
                                    .build(),
                            perMillion(TEXT, OUTPUT, "10"))
                    .maxOutputTokens(1)
                    .build();

            assertThat(pro.estimate(PlannedUse.builder().promptBytes(1_000).build(), DAY))
                    .isEqualTo(usd(1_256 * 1_250 + 10_000));
            assertThat(pro.estimate(PlannedUse.builder().promptBytes(200_000).build(), DAY))
                    .isEqualTo(usd(200_256 * 2_500 + 10_000));
            assertThat(pro.actual(usage(200_000, 0, 1, 0, 0), PlannedUse.none(), DAY))
                    .isEqualTo(usd(200_000L * 1_250 + 10_000));
            assertThat(pro.actual(usage(200_001, 0, 1, 0, 0), PlannedUse.none(), DAY))
                    .isEqualTo(usd(200_001L * 2_500 + 10_000));
        }

        @Test
        void pixelsAndMegapixelsCountByTheSize() {
            Price byPixel = price(Rate.builder(Rate.Unit.PIXEL, IMAGE, OUTPUT, new BigDecimal("1.3e-9"))
                    .build());
            Price byMegapixel = price(Rate.builder(Rate.Unit.MEGAPIXEL, IMAGE, OUTPUT, new BigDecimal("0.003"))
                    .maxPixels(4L << 20)
                    .build());

            assertThat(byPixel.estimate(pictures(1).size(SQUARE).build(), DAY)).isEqualTo(usd(1_363_149));
            assertThat(byPixel.estimate(pictures(1).build(), DAY))
                    .as("a size nobody knows")
                    .isEmpty();
            assertThat(byMegapixel.estimate(pictures(1).size(SQUARE).build(), DAY))
                    .isEqualTo(usd(3_000_000));
            assertThat(byMegapixel.estimate(pictures(1).size(WIDE).build(), DAY))
                    .as("a begun one counts whole")
                    .isEqualTo(usd(6_000_000));
            assertThat(byMegapixel.estimate(pictures(1).build(), DAY)).isEqualTo(usd(12_000_000));
        }

        @Test
        void stepsAndBatchesHaveTiers() {
            Price steps =
                    price(picture("0.04").build(), picture("0.08").minSteps(51).build());
            Price batch =
                    price(picture("0.04").build(), picture("0.02").batch(true).build());

            assertThat(steps.estimate(pictures(1).steps(50).build(), DAY)).isEqualTo(usd(40_000_000));
            assertThat(steps.estimate(pictures(1).steps(51).build(), DAY)).isEqualTo(usd(80_000_000));
            assertThat(steps.estimate(pictures(1).build(), DAY)).isEqualTo(usd(80_000_000));
            assertThat(batch.estimate(pictures(1).build(), DAY)).isEqualTo(usd(40_000_000));
            assertThat(batch.estimate(pictures(1).batch(true).build(), DAY)).isEqualTo(usd(20_000_000));
        }

        @Test
        void ratesAreInForceOnTheirDaysOnly() {
            LocalDate change = LocalDate.of(2027, 1, 1);
            Price price = price(
                    picture("0.04").validUntil(change).build(),
                    picture("0.05").validFrom(change).build());

            assertThat(price.estimate(pictures(1).build(), change.minusDays(1))).isEqualTo(usd(40_000_000));
            assertThat(price.estimate(pictures(1).build(), change)).isEqualTo(usd(50_000_000));
        }

        @Test
        void aPriceByTheCallCoversEverything() {
            Price call = price(Rate.builder(Rate.Unit.REQUEST, ANY, OUTPUT, new BigDecimal("0.01"))
                    .build());

            assertThat(call.estimate(pictures(4).promptBytes(100).build(), DAY)).isEqualTo(usd(10_000_000));
            assertThat(call.actual(usage(1, 2, 3, 4, 5), PlannedUse.none(), DAY))
                    .isEqualTo(usd(10_000_000));
        }
    }

    @Nested
    class Arguments {

        @Test
        void areChecked() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> picture("-1").build())
                    .withMessage("amount must be 0 to 1000000, was -1");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> picture("1").per(1_000).build())
                    .withMessage("per must be 1 or 1000000, was 1000");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> picture("1").resolution("huge").build())
                    .withMessage("resolution must be a number of pixels such as 512 or 2K, was huge");
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> picture("1").validFrom(DAY).validUntil(DAY).build())
                    .withMessage("validFrom must be before validUntil, were 2026-11-20 and 2026-11-20");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> pictures(-1).build())
                    .withMessageStartingWith("counts must not be negative");
        }
    }
}
