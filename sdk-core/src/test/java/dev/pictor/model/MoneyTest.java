package dev.pictor.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MoneyTest {

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
