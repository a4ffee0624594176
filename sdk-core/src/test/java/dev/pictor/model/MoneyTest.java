package dev.pictor.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MoneyTest {

    private static PriceBuilder price() {
        return Price.builder("made up", LocalDate.EPOCH);
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

    @Nested
    class Amounts {

        @Test
        void areExactAndReadWell() {
            assertThat(Money.usd(39_000_000)).hasToString("$0.039");
            assertThat(Money.usd(0)).hasToString("$0");
            assertThat(Money.usd(20_000_000_000L)).hasToString("$20");
            assertThat(new Money(1, "credit")).hasToString("credit 0.000000001");
            assertThat(LongStream.range(0, 1_000_000)
                            .mapToObj(i -> Money.usd(1))
                            .reduce(Money.usd(0), Money::plus))
                    .isEqualTo(Money.usd(1_000_000));
        }

        @Test
        void areNeitherNegativeNorMixed() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Money.usd(-1))
                    .withMessage("money must not be negative, was -1 nanos");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Money.usd(1).plus(new Money(1, "EUR")))
                    .withMessage("cannot add EUR to USD");
        }
    }

    @Nested
    class Prices {

        private final Price flash = price().inputTextPerMillion(new BigDecimal("0.30"))
                .outputTextPerMillion(new BigDecimal("2.50"))
                .outputImagePerMillion(new BigDecimal("30"))
                .perImage(new BigDecimal("0.039"))
                .build();

        @Test
        void countPicturesByTheirTokensWhereTheyAreReported() {
            assertThat(flash.cost(usage(20, 0, 0, 1_290, 1))).contains(Money.usd(6_000 + 38_700_000));
        }

        @Test
        void countPicturesByThePieceWhereTheyAreNot() {
            assertThat(flash.cost(Usage.builder().images(2).build())).contains(Money.usd(78_000_000));
        }

        @Test
        void roundUpOnceForTheWholeCall() {
            Price thirds = price().inputTextPerMillion(new BigDecimal("0.0003"))
                    .outputTextPerMillion(new BigDecimal("0.0003"))
                    .build();

            assertThat(thirds.cost(usage(1, 0, 1, 0, 0))).contains(Money.usd(1));
            assertThat(thirds.cost(usage(2, 0, 2, 0, 0))).contains(Money.usd(2));
        }

        @Test
        void areUnknownRatherThanZero() {
            assertThat(flash.cost(Usage.none())).isEmpty();
            assertThat(flash.cost(usage(20, 560, 0, 1_290, 1)))
                    .as("no rate for pictures read")
                    .isEmpty();
            assertThat(price().build().cost(usage(1, 0, 0, 0, 0))).isEmpty();
            assertThat(price().inputTextPerMillion(BigDecimal.ONE).build().cost(usage(10, 0, 0, 1_290, 0)))
                    .as("pictures drawn, but neither their number nor a rate for their tokens")
                    .isEmpty();
            assertThat(price().outputImagePerMillion(BigDecimal.TEN)
                            .build()
                            .cost(Usage.builder().images(1).build()))
                    .as("a rate by token, but no tokens reported")
                    .isEmpty();
        }

        @Test
        void areZeroWhereTheyAreFree() {
            assertThat(Price.free().cost(usage(1, 2, 3, 4, 5))).contains(Money.usd(0));
        }
    }

    @Nested
    class Costs {

        @Test
        void addUpAndStayIncompleteOnceAPartIsUnknown() {
            Cost known = Cost.of(Money.usd(5));

            assertThat(known.plus(known)).isEqualTo(Cost.of(Money.usd(10)));
            assertThat(known.plus(Cost.unknown()).isComplete()).isFalse();
            assertThat(Stream.of(known, Cost.unknown(), known).reduce(Cost.nothing(), Cost::plus))
                    .hasToString("at least $0.00000001");
            assertThat(Cost.unknown()).hasToString("unknown");
        }
    }
}
