package dev.pictor.gateway;

import dev.pictor.gateway.routing.Candidate;
import dev.pictor.model.OptionWarning;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The vendor options that one candidate gets: its own, and over them those of the request if they are meant for its
 * vendor. What is meant for another vendor is not sent, and said so. Immutable.
 */
record CandidateOptions(Map<String, Object> sent, List<OptionWarning> omissions, boolean isAsAsked) {

    static CandidateOptions of(Candidate candidate, Map<String, Object> asked, String vendor) {
        boolean fits = asked.isEmpty() || candidate.profile().provider().equals(vendor);
        if (fits && candidate.options().isEmpty()) {
            return new CandidateOptions(asked, List.of(), true);
        }
        Map<String, Object> sent = new LinkedHashMap<>(candidate.options());
        List<OptionWarning> omissions = new ArrayList<>();
        if (fits) {
            sent.putAll(asked);
        } else {
            for (String name : new TreeSet<>(asked.keySet())) {
                omissions.add(new OptionWarning(
                        name,
                        "is an option of " + vendor + " and was not sent to "
                                + candidate.profile().id()));
            }
        }
        return new CandidateOptions(sent, List.copyOf(omissions), false);
    }
}
