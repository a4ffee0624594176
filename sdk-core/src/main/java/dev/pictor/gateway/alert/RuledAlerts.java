package dev.pictor.gateway.alert;

import dev.pictor.gateway.alert.Alert.Kind;
import dev.pictor.gateway.alert.Alert.State;
import dev.pictor.time.TimeSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what is raised, under one lock, and tells the listener outside of it: whoever finds nobody telling tells all
 * that is due, so that the listener hears of one alert at a time and in order.
 */
final class RuledAlerts implements Alerts {

    private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);

    private final AlertRules rules;
    private final AlertListener listener;
    private final TimeSource time;
    private final AtomicBoolean warned = new AtomicBoolean();
    private final Object lock = new Object();

    // guarded by lock
    private final Map<Key, Raised> raised = new LinkedHashMap<>();
    private final Deque<Alert> untold = new ArrayDeque<>();
    private boolean telling;

    RuledAlerts(AlertRules rules, AlertListener listener, TimeSource time) {
        this.rules = rules;
        this.listener = listener;
        this.time = time;
    }

    @Override
    public void observeModel(String subject, ModelFigures figures) {
        boolean isJudged = figures.calls() >= rules.minCalls();
        boolean isDue;
        synchronized (lock) {
            if (isJudged) {
                compare(Kind.ERROR_RATE, subject, figures.errorRate(), rules.errorRate());
                if (rules.latencyP95().isPresent() && figures.p95().isPresent()) {
                    double bound = rules.latencyP95().get().toNanos() / 1e6;
                    compare(Kind.LATENCY_P95, subject, figures.p95().get().toNanos() / 1e6, bound);
                }
            }
            compare(Kind.RATE_LIMIT_STORM, subject, figures.rateLimited(), rules.rateLimited());
            isDue = !untold.isEmpty();
        }
        if (isDue) {
            tell();
        }
    }

    @Override
    public void observeBudget(String subject, double shareUsed) {
        boolean isDue;
        synchronized (lock) {
            compare(Kind.BUDGET_SHARE, subject, shareUsed, rules.budgetShare());
            isDue = !untold.isEmpty();
        }
        if (isDue) {
            tell();
        }
    }

    @Override
    public List<Alert> raised() {
        synchronized (lock) {
            return raised.values().stream().map(Raised::alert).toList();
        }
    }

    /** Raises or clears an alert. Called under the lock. */
    private void compare(Kind kind, String subject, double value, double bound) {
        boolean isWrong = value >= bound;
        if (!isWrong && raised.isEmpty()) {
            return;
        }
        Key key = new Key(kind, subject);
        Raised before = raised.get(key);
        if (before == null) {
            if (isWrong) {
                raise(key, alert(kind, State.RAISED, subject, value, bound));
            }
        } else if (value < bound * rules.clearsAt()
                && time.nanoTime() - before.nanos() >= rules.minRaised().toNanos()) {
            raised.remove(key);
            untold.add(alert(kind, State.CLEARED, subject, value, bound));
        }
    }

    /** Called under the lock. */
    private void raise(Key key, Alert alert) {
        if (raised.size() == rules.maxRaised()) {
            Iterator<Key> oldest = raised.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        raised.put(key, new Raised(time.nanoTime(), alert));
        untold.add(alert);
    }

    private Alert alert(Kind kind, State state, String subject, double value, double bound) {
        return Alert.of(kind, state, subject, value, bound, time.clock().instant());
    }

    private void tell() {
        Alert next;
        while ((next = nextUntold()) != null) {
            try {
                listener.onAlert(next);
            } catch (RuntimeException e) {
                if (warned.compareAndSet(false, true)) {
                    LOG.warn(
                            "alert listener {} failed on {}; this and later failures of it are dropped",
                            listener.getClass().getName(),
                            next.kind(),
                            e);
                }
            } finally {
                synchronized (lock) {
                    telling = false;
                }
            }
        }
    }

    /** Takes what is to be told next, unless another thread is telling: that one comes back for the rest. */
    private @Nullable Alert nextUntold() {
        synchronized (lock) {
            Alert next = telling ? null : untold.poll();
            telling = telling || next != null;
            return next;
        }
    }

    private record Key(Kind kind, String subject) {}

    private record Raised(long nanos, Alert alert) {}
}
