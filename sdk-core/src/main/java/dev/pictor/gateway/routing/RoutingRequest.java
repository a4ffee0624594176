package dev.pictor.gateway.routing;

import dev.pictor.model.Money;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.immutables.value.Value;

/** What a router decides by: the candidates with the facts of this moment, and what the caller asked for. Immutable. */
@Value.Immutable
public abstract class RoutingRequest {

    RoutingRequest() {}

    /**
     * Returns a builder for a call without a limit on its cost.
     *
     * @param operation the operation by its OpenTelemetry name, such as {@code generate_content}
     * @param candidates in the order of preference of whoever set them up; at least one, each with an id of its own
     * @param today the day, by which models retire
     * @return a new builder
     */
    public static RoutingRequestBuilder builder(
            String operation, Iterable<? extends CandidateFacts> candidates, LocalDate today) {
        return new RoutingRequestBuilder()
                .operation(operation)
                .addAllCandidates(candidates)
                .today(today);
    }

    /**
     * What is to be done.
     *
     * @return the operation's OpenTelemetry name
     */
    public abstract String operation();

    /**
     * Who may do it.
     *
     * @return at least one, in the order of preference
     */
    public abstract List<CandidateFacts> candidates();

    /**
     * The day of the call.
     *
     * @return a date
     */
    public abstract LocalDate today();

    /**
     * The one model the caller insists on: no other is ranked. Default: empty, which means any.
     *
     * @return the id of a candidate, the id of a model, or an alias
     */
    public abstract Optional<String> forceModel();

    /**
     * The most this call may cost. A candidate whose price is unknown is then rejected; one whose price is in another
     * currency is not bound by it. Default: empty, which means that there is no limit.
     *
     * @return an amount
     */
    public abstract Optional<Money> budget();

    /**
     * What is known of the call beside its request. Default: nothing.
     *
     * @return the attributes
     */
    @Value.Default
    public CallAttributes attributes() {
        return CallAttributes.none();
    }

    /**
     * Checks the candidates.
     *
     * @throws IllegalArgumentException if there is none, two have one id, or none answers to {@link #forceModel()}
     */
    @Value.Check
    void check() {
        if (candidates().isEmpty()) {
            throw new IllegalArgumentException("there must be at least one candidate");
        }
        for (int i = 0; i < candidates().size(); i++) {
            String id = candidates().get(i).candidate().id();
            for (int before = 0; before < i; before++) { // they are few
                if (id.equals(candidates().get(before).candidate().id())) {
                    throw new IllegalArgumentException(
                            "two candidates are named " + id + "; give one of them an id of its own");
                }
            }
        }
        forceModel().ifPresent(name -> {
            if (candidates().stream().noneMatch(facts -> facts.candidate().answersTo(name))) {
                throw new IllegalArgumentException("forceModel " + name + " is no candidate; there are "
                        + candidates().stream()
                                .map(facts -> facts.candidate().id())
                                .collect(Collectors.joining(", ")));
            }
        });
    }
}
