package dev.pictor.evaluation;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One request of a trace. Immutable.
 *
 * @param id unique in the trace
 * @param arrival since the beginning of the trace, never earlier than the one before
 * @param tier whose request it is, empty if the trace does not say
 * @param group requests of one group mean the same; empty if the trace does not say
 * @param prompt what is asked
 */
record TraceRequest(String id, Duration arrival, String tier, String group, String prompt) {

    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}_']+");

    /**
     * Reads a trace.
     *
     * @throws IllegalArgumentException if a column is missing, an id is there twice, or an arrival is no number
     */
    static List<TraceRequest> read(Path file) {
        List<TraceRequest> trace = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        Duration now = Duration.ZERO;
        for (Map<String, String> row : Tsv.read(file)) {
            String id = required(file, row, "request_id");
            if (!ids.add(id)) {
                throw new IllegalArgumentException(file + " has two requests with the request_id " + id);
            }
            Duration arrival = arrival(file, id, row.getOrDefault("arrival_ms", ""));
            now = arrival.compareTo(now) > 0 ? arrival : now;
            trace.add(new TraceRequest(
                    id,
                    now,
                    row.getOrDefault("user_tier", ""),
                    row.getOrDefault("group_id", ""),
                    required(file, row, "prompt")));
        }
        return trace;
    }

    private static String required(Path file, Map<String, String> row, String column) {
        String value = row.getOrDefault(column, "");
        if (value.isBlank()) {
            throw new IllegalArgumentException(
                    file + " has a request without " + column + ": " + row.get("request_id"));
        }
        return value;
    }

    private static Duration arrival(Path file, String id, String millis) {
        try {
            return millis.isEmpty() ? Duration.ZERO : Duration.ofMillis(Long.parseLong(millis));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    file + " has an arrival_ms that is no whole number, at " + id + ": " + millis, e);
        }
    }

    /** The words, whatever their case and what is between them. */
    String words() {
        return NO_WORD.matcher(prompt.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
    }

    /** The prompt of which a group is a variant that differs in a fact. */
    static String base(String group) {
        return group.replaceFirst("\\..*", "");
    }
}
