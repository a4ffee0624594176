package dev.pictor.trace;

import dev.pictor.model.Cost;
import dev.pictor.model.Usage;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Adds up the figures of a run, event by event, in whatever order they come. Not thread-safe. */
final class RunTally {

    /** The sources of answers that are caches, as the gateway names them. */
    private static final Set<String> CACHES = Set.of("MEMORY_CACHE", "SHARED_CACHE", "SEMANTIC_CACHE");

    private final Set<String> begun = new HashSet<>();
    private final Set<String> ended = new HashSet<>();
    private int failedCalls;
    private int answers;
    private int cacheHits;
    private Usage usage = Usage.none();
    private Cost cost = Cost.nothing();
    private RunTotals leftOut = RunTotals.none();
    private long leftOutEvents;

    void add(TraceEvent event) {
        switch (event.type()) {
            case TraceEvent.MODEL_CALL_START -> begun.add(event.spanId().orElse(""));
            case TraceEvent.MODEL_CALL_END -> {
                begun.add(event.spanId().orElse(""));
                if (ended.add(event.spanId().orElse(""))) {
                    failedCalls += event.attributes().containsKey(TraceAttributes.ERROR_TYPE) ? 1 : 0;
                    usage = usage.plus(read(event.body().get(TraceAttributes.USAGE), Usage.class, Usage.none()));
                    cost = cost.plus(read(event.body().get(TraceAttributes.COST), Cost.class, Cost.unknown()));
                }
            }
            case TraceEvent.ANSWER -> {
                answers++;
                cacheHits +=
                        CACHES.contains(String.valueOf(event.attributes().get(TraceAttributes.ANSWER_SOURCE))) ? 1 : 0;
            }
            case TraceEvent.RUN_END -> {
                if (Boolean.FALSE.equals(event.attributes().get(TraceAttributes.SAMPLED))) {
                    leftOut = leftOut.plus(read(event.body().get("totals"), RunTotals.class, RunTotals.none()));
                    leftOutEvents += event.body().get("left_out") instanceof Number count ? count.longValue() : 0;
                }
            }
            default -> {} // has no figures
        }
    }

    /** What events that sampling left out would have told. */
    RunTotals leftOut() {
        return leftOut;
    }

    long leftOutEvents() {
        return leftOutEvents;
    }

    RunTotals totals() {
        boolean isOpen = ended.size() < begun.size(); // a call without an end may have cost something
        return new RunTotalsBuilder()
                .calls(begun.size())
                .failedCalls(failedCalls)
                .answers(answers)
                .cacheHits(cacheHits)
                .usage(usage)
                .cost(isOpen ? cost.plus(Cost.unknown()) : cost)
                .build()
                .plus(leftOut);
    }

    private static <T> T read(@Nullable Object json, Class<T> type, T otherwise) {
        if (json == null || type.isInstance(json)) {
            return json == null ? otherwise : type.cast(json);
        }
        try {
            return TraceJson.MAPPER.convertValue(json, type);
        } catch (IllegalArgumentException e) {
            return otherwise;
        }
    }
}
