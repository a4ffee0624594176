package dev.pictor.gateway.routing;

/**
 * Judges one candidate that can serve the call: what a policy of one's own consists of, see
 * {@link Routers#scored(String, String, CandidateScore)}.
 *
 * <p><b>Threads.</b> Called from many threads at once.
 *
 * <p><b>Blocking.</b> It does not block: it is on the way of every call.
 *
 * <p><b>Errors.</b> What it throws fails the call.
 */
@FunctionalInterface
public interface CandidateScore {

    /**
     * Judges a candidate. The same arguments give the same score.
     *
     * @param request what is asked, and of whom else
     * @param facts the candidate and what is known of it
     * @return 0 to 1, 1 is best; equal scores keep the order of the request
     */
    Score score(RoutingRequest request, CandidateFacts facts);
}
