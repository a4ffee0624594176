package dev.pictor.gateway.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.model.Money;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BudgetTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant NOON = Instant.parse("2026-03-29T10:00:00Z");

    @Nested
    class Sentences {

        @Test
        void readLikeTheRule() {
            assertThat(Budget.usd("10").perUser().perDay(BERLIN)).hasToString("$10 per user and day (Europe/Berlin)");
            assertThat(Budget.usd("0.50").perMonth(ZoneOffset.UTC)).hasToString("$0.5 per month (Z)");
            assertThat(Budget.of(new Money(5_000_000_000L, "credits")).perRun())
                    .hasToString("credits 5 per run in total");
            assertThat(Budget.usd("1000")).hasToString("$1000 in total");
        }

        @Test
        void sayAThingOnce() {
            assertThatThrownBy(() -> Budget.usd("1").perUser().perModel())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the budget is already per user");
            assertThatThrownBy(() -> Budget.usd("1").perDay(BERLIN).perMonth(BERLIN))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the budget is already per day");
        }

        @Test
        void takeExactDollarsOnly() {
            assertThat(Budget.usd("0.000000001").limit()).isEqualTo(Money.usd(1));
            assertThatThrownBy(() -> Budget.usd("0.0000000001"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("at most nine decimals");
            assertThatThrownBy(() -> Budget.usd("ten"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("was ten");
            assertThatThrownBy(() -> Budget.usd("-1")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    class Accounts {

        @Test
        void lastADayOfTheZoneEvenIfItIsShort() {
            Account account = account(Budget.usd("1").perDay(BERLIN), "acme", "ann");

            assertThat(account.start()).contains(Instant.parse("2026-03-28T23:00:00Z"));
            assertThat(account.end()).contains(Instant.parse("2026-03-29T22:00:00Z"));
        }

        @Test
        void lastACalendarMonth() {
            Account account = account(Budget.usd("1").perMonth(ZoneOffset.UTC), "acme", "ann");

            assertThat(account.start()).contains(Instant.parse("2026-03-01T00:00:00Z"));
            assertThat(account.end()).contains(Instant.parse("2026-04-01T00:00:00Z"));
        }

        @Test
        void keepUsersOfDifferentTenantsApart() {
            Budget perUser = Budget.usd("1").perUser();

            assertThat(account(perUser, "acme", "ann")).isNotEqualTo(account(perUser, "other", "ann"));
            assertThat(account(perUser, "acme", "ann")).isNotEqualTo(account(perUser, null, "ann"));
            assertThat(account(perUser, "acme", "ann")).isEqualTo(account(perUser, "acme", "ann"));
        }

        @Test
        void areSharedByCallsWithoutAUser() {
            Budget perUser = Budget.usd("1").perUser();

            assertThat(account(perUser, "acme", null)).isEqualTo(account(perUser, "acme", null));
            assertThat(account(perUser, "acme", null)).isNotEqualTo(account(perUser, "acme", "anonymous"));
            assertThat(account(perUser, "acme", null)).isNotEqualTo(account(perUser, "acme", ""));
        }

        @Test
        void haveNamesOfTheirOwn() {
            Budget perUser = Budget.usd("1").perUser().perDay(BERLIN);

            assertThat(account(perUser, "acme", "a/b").name())
                    .isEqualTo("USD/USER/DAY/Europe%2FBerlin/1774738800000/~acme/~a%2Fb");
            assertThat(account(perUser, "acme", null).name())
                    .isNotEqualTo(account(perUser, "acme", "").name());
            assertThat(account(perUser, "acme", "a/b").toString()).doesNotContain("a/b");
        }

        @Test
        void areTheSameUnderAnotherLimit() {
            assertThat(account(Budget.usd("1").perUser(), "acme", "ann"))
                    .isEqualTo(account(Budget.usd("2").perUser(), "acme", "ann"))
                    .hasSameHashCodeAs(account(Budget.usd("2").perUser(), "acme", "ann"));
        }

        private static Account account(Budget budget, @Nullable String tenant, @Nullable String user) {
            return Account.of(budget, Spender.of(tenant, user, "painter", "run-1"), NOON, 0.8);
        }
    }
}
