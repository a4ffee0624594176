package dev.pictor.gateway.routing;

import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;

/** What must be so for a rule to decide. What is not known of a call fulfils no condition. Immutable. */
sealed interface RuleCondition {

    boolean holds(RoutingRequest request);

    /** A text is one of some. */
    record TextIs(String name, Set<String> texts) implements RuleCondition {
        @Override
        public boolean holds(RoutingRequest request) {
            return request.attributes().text(name).filter(texts::contains).isPresent();
        }
    }

    /** A number is within bounds. */
    record NumberIn(String name, NumberRange range) implements RuleCondition {
        @Override
        public boolean holds(RoutingRequest request) {
            OptionalDouble number = request.attributes().number(name);
            return number.isPresent() && range.contains(number.getAsDouble());
        }
    }

    /** As much of a budget is used, at the candidate of which most is. */
    record BudgetShareIn(NumberRange range) implements RuleCondition {
        @Override
        public boolean holds(RoutingRequest request) {
            double most = 0;
            for (CandidateFacts facts : request.candidates()) {
                most = Math.max(most, facts.budgetShareUsed());
            }
            return range.contains(most);
        }
    }

    /** There is, or is not, a candidate that may be asked now, is not down, and is a specialist for the request. */
    record HasSpecialist(boolean wanted) implements RuleCondition {
        @Override
        public boolean holds(RoutingRequest request) {
            Eligibility eligibility = new Eligibility(request, null);
            return wanted
                    == IntStream.range(0, request.candidates().size())
                            .filter(index -> eligibility.rejection(index) == null)
                            .mapToObj(request.candidates()::get)
                            .filter(facts -> facts.health().state() != HealthState.DOWN)
                            .anyMatch(facts -> Quality.strengthOf(
                                            request.attributes(),
                                            facts.candidate().profile())
                                    .isPresent());
        }
    }
}
