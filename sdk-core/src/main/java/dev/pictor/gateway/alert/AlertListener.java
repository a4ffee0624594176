package dev.pictor.gateway.alert;

/**
 * Is told what begins to be wrong, and when it is well again.
 *
 * <p><b>Threads.</b> Called on the threads that make calls, one alert at a time and in order.
 *
 * <p><b>Blocking.</b> It must be quick: a call waits for it. Sending mail belongs on a thread of its own.
 *
 * <p><b>Errors.</b> What it throws is logged once and dropped.
 */
@FunctionalInterface
public interface AlertListener {

    /**
     * Takes an alert.
     *
     * @param alert what changed
     */
    void onAlert(Alert alert);
}
