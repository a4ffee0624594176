package dev.pictor.gateway.routing;

/**
 * Decides which models are asked, and in which order. {@link Routers} has the usual ones.
 *
 * <p><b>Threads.</b> Called from many threads at once.
 *
 * <p><b>Blocking.</b> It does not block and changes nothing: the same request gives the same ranking.
 *
 * <p><b>What it keeps to.</b> Every candidate is in the ranking once, ranked or rejected. Nobody is ranked who cannot
 * serve the request, is retired, is over the budget or of unknown price under one, has an open breaker, cools down, or
 * is not the model that the caller insists on. Scores never rise from one ranked candidate to the next. The
 * {@code RouterContract} of {@code dev.pictor.testkit} checks it.
 *
 * <p><b>Errors.</b> What it throws fails the call. That nobody can serve it is no error but an empty ranking.
 */
@FunctionalInterface
public interface Router {

    /**
     * Ranks the candidates of a call.
     *
     * @param request the candidates, with the facts of this moment
     * @return who is asked first, second and so on, and who is not asked
     */
    Ranking rank(RoutingRequest request);
}
