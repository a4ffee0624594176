package dev.pictor.gateway.routing;

import dev.pictor.model.Money;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.immutables.value.Value;

/** All candidates of a call side by side. Immutable. */
@Value.Immutable
public abstract class Comparison {

    Comparison() {}

    /**
     * Compares the candidates of a request.
     *
     * @param request the candidates, with the facts of this moment
     * @param ranking what a router made of it
     * @return one line for each candidate: the ranked ones best first, then the rejected ones
     */
    public static Comparison of(RoutingRequest request, Ranking ranking) {
        List<ComparedCandidate> lines = new ArrayList<>();
        for (RankedCandidate ranked : ranking.ranked()) {
            lines.add(ComparedCandidate.of(request, request.candidates().get(ranked.index()), ranked.reason())
                    .rank(lines.size() + 1)
                    .score(ranked.score())
                    .build());
        }
        for (RejectedCandidate rejected : ranking.rejected()) {
            lines.add(ComparedCandidate.of(request, request.candidates().get(rejected.index()), rejected.reason())
                    .rejection(rejected.rejection())
                    .build());
        }
        return new ComparisonBuilder().ranking(ranking).candidates(lines).build();
    }

    /**
     * What the router made of them.
     *
     * @return the ranking
     */
    public abstract Ranking ranking();

    /**
     * The candidates.
     *
     * @return the ranked ones best first, then the rejected ones
     */
    public abstract List<ComparedCandidate> candidates();

    /**
     * Returns whose pictures are best. Like the other three it looks at all that can serve the request, at what is dearer
     * than the call may be and at what is to be left alone too, see {@link ComparedCandidate#isWithinBudget()} and
     * {@link ComparedCandidate#rejection()}. Of equals it takes the one that would be asked first.
     *
     * @return a line, or empty if the quality of none is known
     */
    public Optional<ComparedCandidate> bestQuality() {
        return most(line -> line.quality().stream().boxed());
    }

    /**
     * Returns who gives most quality for the money. Prices in another currency than that of the first line with a price
     * do not compare.
     *
     * @return a line, or empty if quality or price is known of none
     */
    public Optional<ComparedCandidate> bestValue() {
        return most(line -> hasCommonCurrency(line) ? line.value().stream().boxed() : Stream.empty());
    }

    /**
     * Returns who costs least. Prices in another currency than that of the first line with a price do not compare.
     *
     * @return a line, or empty if the price of none is known
     */
    public Optional<ComparedCandidate> cheapest() {
        return most(
                line -> hasCommonCurrency(line) ? line.estimate().stream().map(cost -> -cost.nanos()) : Stream.empty());
    }

    /**
     * Returns who answers soonest.
     *
     * @return a line, or empty if the speed of none is known
     */
    public Optional<ComparedCandidate> fastest() {
        return most(line -> line.latency().stream().map(latency -> -latency.toNanos()));
    }

    private <V extends Comparable<V>> Optional<ComparedCandidate> most(Function<ComparedCandidate, Stream<V>> figure) {
        // the first of equals: max() would take the last
        return able().filter(line -> figure.apply(line).findAny().isPresent())
                .min(Comparator.comparing(
                        line -> figure.apply(line).findFirst().orElseThrow(), Comparator.reverseOrder()));
    }

    private Stream<ComparedCandidate> able() {
        return candidates().stream()
                .filter(line -> line.rejection().map(Comparison::canServe).orElse(true));
    }

    private static boolean canServe(Rejection rejection) {
        return rejection.isPassing() || rejection == Rejection.OVER_BUDGET || rejection == Rejection.UNKNOWN_PRICE;
    }

    private boolean hasCommonCurrency(ComparedCandidate line) {
        Optional<String> currency = able().flatMap(any -> any.estimate().stream())
                .map(Money::currency)
                .findFirst();
        return line.estimate().map(Money::currency).equals(currency);
    }
}
