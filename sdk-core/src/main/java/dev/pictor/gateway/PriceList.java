package dev.pictor.gateway;

import dev.pictor.model.ModelProfile;
import dev.pictor.model.ModelResult;
import dev.pictor.model.Money;
import dev.pictor.model.Price;
import dev.pictor.time.TimeSource;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Function;

/** What calls may cost and did cost. Immutable. */
final class PriceList {

    private static final long MILLIS_A_DAY = Duration.ofDays(1).toMillis();

    private final Function<ModelProfile, Optional<Price>> prices;
    private final TimeSource time;

    PriceList(Function<ModelProfile, Optional<Price>> prices, TimeSource time) {
        this.prices = prices;
        this.time = time;
    }

    /** The most that one attempt can cost, or empty if nobody knows. */
    Optional<Money> estimate(ModelCall<?> call) {
        return call.estimate(this);
    }

    Optional<Money> newEstimate(ModelCall<?> call) {
        Price price = prices.apply(call.profile).orElse(null);
        return price == null ? Optional.empty() : price.estimate(call.planned(), today());
    }

    /**
     * What an attempt cost, or empty if nobody knows: what the vendor says that it charged, unless that is in another unit
     * than its price; else what its usage comes to.
     */
    <R extends ModelResult> Optional<Money> actual(ModelCall<R> call, R result) {
        Price price = prices.apply(call.profile).orElse(null);
        Optional<Money> charged = call.charged(result);
        if (price == null) {
            return charged;
        }
        return charged.filter(amount -> amount.currency().equals(price.currency()))
                .or(() -> price.actual(result.usage(), call.planned(), today()));
    }

    /** The day in UTC, which the clock shows. */
    LocalDate today() {
        return LocalDate.ofEpochDay(Math.floorDiv(time.clock().millis(), MILLIS_A_DAY));
    }
}
