package dev.pictor.trace;

import dev.pictor.model.Cost;
import dev.pictor.model.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/** Time, money and tokens that a run or a stage took. Immutable. */
@Value.Immutable
public abstract class Spent {

    Spent() {}

    static Spent of(Optional<Duration> duration, List<CallRecord> calls) {
        return new SpentBuilder()
                .duration(duration)
                .calls(calls.size())
                .cost(calls.stream()
                        .map(call -> call.cost().orElse(Cost.unknown()))
                        .reduce(Cost.nothing(), Cost::plus))
                .usage(calls.stream().map(CallRecord::usage).reduce(Usage.none(), Usage::plus))
                .build();
    }

    /**
     * How long it took.
     *
     * @return the time, or empty if it has not ended
     */
    public abstract Optional<Duration> duration();

    /**
     * How many attempts at models it made.
     *
     * @return 0 or more
     */
    public abstract int calls();

    /**
     * What its calls cost.
     *
     * @return the sum
     */
    public abstract Cost cost();

    /**
     * What its calls used.
     *
     * @return the sum
     */
    public abstract Usage usage();

    /**
     * Returns how much longer it took than another.
     *
     * @param other another run or stage
     * @return negative if it was quicker; empty if one has not ended
     */
    public final Optional<Duration> timeBeyond(Spent other) {
        return duration().flatMap(mine -> other.duration().map(mine::minus));
    }

    /**
     * Returns how much more it cost than another.
     *
     * @param other another run or stage
     * @return units of the currency, negative if it was cheaper; empty if one cost is not fully known, or they are in two
     *     currencies
     */
    public final Optional<BigDecimal> costBeyond(Spent other) {
        boolean known = cost().isComplete()
                && other.cost().isComplete()
                && cost().plus(other.cost()).isComplete(); // which it is not of two currencies
        return known
                ? cost().amount()
                        .flatMap(mine -> other.cost()
                                .amount()
                                .map(theirs -> mine.amount().subtract(theirs.amount())))
                : Optional.empty();
    }
}
