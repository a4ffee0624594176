package dev.pictor.gateway.routing;

import dev.pictor.model.CallContext;

/**
 * Asks whether a model that is down is back, without waiting for a caller to find out: by a free call of its vendor,
 * such as listing models, or a call so small that its price does not matter.
 *
 * <p><b>Threads.</b> Called on the executor given to {@link HealthProbes}, for one candidate at a time.
 *
 * <p><b>Blocking.</b> It may block, and is interrupted when its time is over.
 *
 * <p><b>Errors.</b> What it throws means that the model is still down.
 */
@FunctionalInterface
public interface HealthProbe {

    /**
     * Returns the probe that asks nobody. A gateway with it has no probes: live calls find out which model is back.
     *
     * @return always the same
     */
    static HealthProbe none() {
        return NoHealthProbe.NONE;
    }

    /**
     * Asks.
     *
     * @param candidate the model that is down
     * @param context how long it may take, and when to stop
     * @return true if the model answers
     * @throws Exception if it cannot be reached
     */
    boolean isUp(Candidate candidate, CallContext context) throws Exception;
}
