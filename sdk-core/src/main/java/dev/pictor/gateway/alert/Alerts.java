package dev.pictor.gateway.alert;

import static java.util.Objects.requireNonNull;

import dev.pictor.time.TimeSource;
import java.util.List;

/**
 * Compares what is observed with rules and tells a listener when something begins to be wrong and when it is well
 * again. An alert ends when its value is well below the bound and the alert is old enough. It learns by being told: an
 * alert about a model that nobody calls any more stays raised, since nothing says that it is well. Thread-safe.
 */
public interface Alerts {

    /**
     * Returns the alerts that are never raised.
     *
     * @return no alerts
     */
    static Alerts none() {
        return NoAlerts.NONE;
    }

    /**
     * Returns alerts by rules; {@link #none()} by {@link AlertRules#none()}.
     *
     * @param rules from which values on something is wrong
     * @param listener is told
     * @param time says when
     * @return alerts, none of which is raised
     */
    static Alerts create(AlertRules rules, AlertListener listener, TimeSource time) {
        requireNonNull(listener, "listener");
        requireNonNull(time, "time");
        return requireNonNull(rules, "rules").isEnabled() ? new RuledAlerts(rules, listener, time) : none();
    }

    /**
     * Takes note of how the calls to a model go. Cheap enough for every call.
     *
     * @param subject the model, as alerts name it
     * @param figures what was counted lately
     */
    void observeModel(String subject, ModelFigures figures);

    /**
     * Takes note of how much of a budget is used.
     *
     * @param subject the budget's account, as alerts name it
     * @param shareUsed 0 or more; 1 is all of it
     */
    void observeBudget(String subject, double shareUsed);

    /**
     * Returns what is wrong now.
     *
     * @return the alerts that were raised and not cleared, the oldest first, with the values they were raised with
     */
    List<Alert> raised();
}
