package dev.pictor.gateway;

import dev.pictor.model.ModelProfile;
import dev.pictor.model.ModelResult;
import dev.pictor.model.Money;
import dev.pictor.model.Price;
import dev.pictor.time.TimeSource;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Function;

/** What calls may cost and did cost. Immutable. */
final class PriceList {

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
        return prices.apply(call.profile).flatMap(price -> price.estimate(call.planned(), today()));
    }

    /** What an attempt cost, or empty if nobody knows. */
    <R extends ModelResult> Optional<Money> actual(ModelCall<R> call, R result) {
        return prices.apply(call.profile).flatMap(price -> price.actual(result.usage(), call.planned(), today()));
    }

    LocalDate today() {
        return LocalDate.now(time.clock());
    }
}
