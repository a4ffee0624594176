package dev.pictor.gateway.routing;

import java.util.List;

/**
 * One rule of a file. Immutable.
 *
 * @param name its name, unique in the file
 * @param conditions what must be so, all of it
 * @param orders how candidates are put in order, each for those that the one before leaves equal
 * @param quality the quality of those that go before the others
 * @param reason why the rule is there, or empty
 */
record RoutingRule(
        String name, List<RuleCondition> conditions, List<CandidateScore> orders, NumberRange quality, String reason) {

    boolean decides(RoutingRequest request) {
        for (RuleCondition condition : conditions) {
            if (!condition.holds(request)) {
                return false;
            }
        }
        return true;
    }
}
