package dev.pictor.evaluation;

import dev.pictor.evaluation.TraceReplay.Served;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a replay came to. Immutable once it is made. */
final class WorkloadTally {

    private final List<String> otherBases = new ArrayList<>();
    private final Map<String, Integer> drawn = new TreeMap<>(); // pictures by model
    private final int requests;
    private int exact;
    private int normalised;
    private int semantic;
    private int wrongFacts;
    private BigDecimal dollars = BigDecimal.ZERO;

    WorkloadTally(List<TraceRequest> trace, List<Served> served) {
        Map<String, TraceRequest> byId = new HashMap<>();
        trace.forEach(request -> byId.put(request.id(), request));
        this.requests = trace.size();
        for (int i = 0; i < trace.size(); i++) {
            Served one = served.get(i);
            dollars = dollars.add(one.dollars());
            if (one.isHit()) {
                TraceRequest first = byId.get(one.from());
                if (first == null) {
                    throw new IllegalStateException(
                            "an answer was kept for " + one.from() + ", which is not in the trace");
                }
                hit(trace.get(i), first);
            } else {
                drawn.merge(one.model(), 1, Integer::sum);
            }
        }
    }

    private void hit(TraceRequest request, TraceRequest first) {
        if (request.prompt().equals(first.prompt())) {
            exact++;
        } else if (request.words().equals(first.words())) {
            normalised++;
        } else {
            semantic++;
        }
        if (!request.group().equals(first.group())) {
            if (TraceRequest.base(request.group()).equals(TraceRequest.base(first.group()))) {
                wrongFacts++;
            } else {
                otherBases.add(
                        request.id() + " (" + request.group() + ") from " + first.id() + " (" + first.group() + ")");
            }
        }
    }

    int requests() {
        return requests;
    }

    int hits() {
        return exact + normalised + semantic;
    }

    int exact() {
        return exact;
    }

    int normalised() {
        return normalised;
    }

    int semantic() {
        return semantic;
    }

    /** Hits on an answer to a prompt that differs in a fact. */
    int wrongFacts() {
        return wrongFacts;
    }

    /** Hits on an answer to a prompt of another origin, each in a line: they may be alike. */
    List<String> otherBases() {
        return otherBases;
    }

    /** How many pictures each model drew. */
    Map<String, Integer> drawn() {
        return drawn;
    }

    double costPerPicture() {
        return requests == 0 ? 0 : JsonLine.rounded(dollars.doubleValue() / requests);
    }
}
