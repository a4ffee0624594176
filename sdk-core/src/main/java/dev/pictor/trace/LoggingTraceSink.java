package dev.pictor.trace;

import dev.pictor.model.Cost;
import dev.pictor.model.Money;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs a line for each run that ends. */
final class LoggingTraceSink implements TraceSink {

    private static final Logger LOG = LoggerFactory.getLogger(LoggingTraceSink.class);
    private static final int MAX_RUNS = 10_000;

    private final OpenRuns<Noted> runs = new OpenRuns<>(MAX_RUNS, Noted::new);

    /** What is noted of a run under way. */
    private static final class Noted {

        private final RunTally tally = new RunTally();
        private String pipeline = "unknown";
    }

    @Override
    public void accept(TraceEvent event) {
        if (!LOG.isDebugEnabled()) {
            return;
        }
        switch (event.type()) {
            case TraceEvent.RUN_START, TraceEvent.RUN_RESUME ->
                runs.note(
                        event.runId(),
                        run -> run.pipeline = String.valueOf(event.attributes().get(TraceAttributes.WORKFLOW)));
            case TraceEvent.MODEL_CALL_START, TraceEvent.MODEL_CALL_END, TraceEvent.ANSWER ->
                runs.note(event.runId(), run -> run.tally.add(event));
            case TraceEvent.RUN_END -> end(event);
            default -> {} // has no figures
        }
    }

    private void end(TraceEvent event) {
        Noted known = runs.remove(event.runId());
        Noted run = known == null ? new Noted() : known;
        run.tally.add(event);
        RunTotals totals = run.tally.totals();
        LOG.debug(
                "run {} of {} {}{} in {} ms: {} calls, {} failed, {} of {} answers from caches, tokens {} in, {} out, cost {}",
                event.runId(),
                run.pipeline,
                event.attributes().get(TraceAttributes.STATUS),
                event.attributes().containsKey(TraceAttributes.ERROR_TYPE)
                        ? " (" + event.attributes().get(TraceAttributes.ERROR_TYPE) + ")"
                        : "",
                TimeUnit.NANOSECONDS.toMillis(event.elapsedNanos()),
                totals.calls(),
                totals.failedCalls(),
                totals.cacheHits(),
                totals.answers(),
                count(totals.usage().inputTokens()),
                count(totals.usage().outputTokens()),
                cost(totals.cost()));
    }

    private static String count(OptionalLong tokens) {
        return tokens.isPresent() ? String.valueOf(tokens.getAsLong()) : "unknown";
    }

    private static String cost(Cost cost) {
        String known = cost.amount().map(LoggingTraceSink::text).orElse("unknown");
        return cost.isComplete() || cost.amount().isEmpty() ? known : "at least " + known;
    }

    private static String text(Money amount) {
        return String.format(Locale.ROOT, "%s %.6f", amount.currency(), amount.nanos() / 1e9);
    }
}
