package dev.pictor.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/** Figures as one line of JSON, for programs: the last line that a command prints. */
final class JsonLine {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final double DECIMALS = 1e6;

    private JsonLine() {}

    static String of(Map<String, ?> figures) {
        try {
            return MAPPER.writeValueAsString(figures);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("figures have a JSON form", e);
        }
    }

    /** A part of a whole, to six decimals; 0 of nothing. */
    static double share(double part, double whole) {
        return whole == 0 ? 0 : rounded(part / whole);
    }

    static double rounded(double figure) {
        return Math.round(figure * DECIMALS) / DECIMALS;
    }
}
