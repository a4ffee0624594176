package dev.pictor.replay;

import dev.pictor.gateway.RecordedAnswer;
import dev.pictor.gateway.RecordedAnswers;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunRecord;
import dev.pictor.trace.TraceAttributes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Gives each recorded answer once, to the first call of the same stage, operation and request. Where calls run side by
 * side, their order may be another one than when they were recorded. Thread-safe.
 */
final class ReplayedAnswers implements RecordedAnswers {

    private final RunId of;
    private final RunRecord past;
    private final Map<String, List<RecordedAnswer>> left = new LinkedHashMap<>(); // guarded by itself
    private @Nullable UnmatchedCallException unmatched; // guarded by left

    ReplayedAnswers(RunId of, RecordedRun recorded) {
        this.of = of;
        this.past = recorded.record();
        recorded.answers().forEach((path, given) -> left.put(path, new ArrayList<>(given)));
    }

    @Override
    public Map<String, Object> attributes() {
        return Map.of(TraceAttributes.REPLAY_OF, of.toString(), TraceAttributes.REPLAY_MODE, "cassette");
    }

    @Override
    public RecordedAnswer next(String stage, String operation, Map<String, String> request) {
        synchronized (left) {
            @Nullable RecordedAnswer nearest = null;
            Iterator<RecordedAnswer> answers =
                    left.getOrDefault(stage, List.of()).iterator();
            while (answers.hasNext()) {
                RecordedAnswer answer = answers.next();
                if (!operation.equals(answer.answer().attributes().get(TraceAttributes.OPERATION))) {
                    continue;
                }
                if (request.equals(answer.answer().body().get("request"))) {
                    answers.remove();
                    return answer;
                }
                nearest = nearest == null ? answer : nearest;
            }
            UnmatchedCallException mismatch = mismatch(stage, operation, request, nearest);
            unmatched = unmatched == null ? mismatch : unmatched;
            throw mismatch;
        }
    }

    @Override
    public RunRecord past() {
        return past;
    }

    private UnmatchedCallException mismatch(
            String stage, String operation, Map<String, String> request, @Nullable RecordedAnswer nearest) {
        if (nearest == null) {
            return new UnmatchedCallException(
                    stage, operation, List.of(), "and run " + of + " was answered no such call there that is left");
        }
        Map<?, ?> recorded = nearest.answer().body().get("request") instanceof Map<?, ?> fields ? fields : Map.of();
        TreeSet<String> differences = new TreeSet<>();
        request.forEach((name, hash) -> {
            if (!hash.equals(recorded.get(name))) {
                differences.add(name);
            }
        });
        recorded.keySet().forEach(name -> {
            if (!request.containsKey(String.valueOf(name))) {
                differences.add(String.valueOf(name));
            }
        });
        return new UnmatchedCallException(
                stage,
                operation,
                List.copyOf(differences),
                "but not for what run " + of + " was answered there: " + String.join(", ", differences)
                        + (differences.size() == 1 ? " is not as recorded" : " are not as recorded"));
    }

    /** The first call that had no answer: a stage's fallback must not hide it. */
    @Nullable
    UnmatchedCallException unmatched() {
        synchronized (left) {
            return unmatched;
        }
    }
}
