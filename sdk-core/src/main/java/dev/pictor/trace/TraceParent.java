package dev.pictor.trace;

import static java.util.Objects.requireNonNull;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The place in a caller's trace that a run is part of, as W3C Trace Context names it. It is written into the run's trace
 * and passed on to nobody. Immutable.
 *
 * @param traceId 32 lower-case hexadecimal characters, not all 0
 * @param spanId 16 lower-case hexadecimal characters, not all 0
 * @param flags 0 to 255
 */
public record TraceParent(String traceId, String spanId, int flags) {

    /** Version 00 has four parts; a later one may have more behind them. */
    private static final Pattern HEADER =
            Pattern.compile("(?!ff)([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

    private static final Pattern TRACE = Pattern.compile("(?!0{32})[0-9a-f]{32}");
    private static final Pattern SPAN = Pattern.compile("(?!0{16})[0-9a-f]{16}");

    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException if one of them is not as it should be
     */
    public TraceParent {
        requireNonNull(traceId, "traceId");
        requireNonNull(spanId, "spanId");
        if (!TRACE.matcher(traceId).matches()) {
            throw new IllegalArgumentException(
                    "traceId must be 32 lower-case hexadecimal characters, not all 0, was \"" + traceId + "\"");
        }
        if (!SPAN.matcher(spanId).matches()) {
            throw new IllegalArgumentException(
                    "spanId must be 16 lower-case hexadecimal characters, not all 0, was \"" + spanId + "\"");
        }
        if (flags < 0 || flags > 255) {
            throw new IllegalArgumentException("flags must be 0 to 255, were " + flags);
        }
    }

    /**
     * Reads the header {@code traceparent}.
     *
     * @param header such as {@code 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01}
     * @return what it says
     * @throws IllegalArgumentException if it has another form
     */
    public static TraceParent parse(String header) {
        Matcher parts = HEADER.matcher(header);
        if (!parts.matches() || (parts.group(1).equals("00") && parts.group(5) != null)) {
            throw new IllegalArgumentException(
                    "traceparent must be version, trace id, span id and flags, was \"" + header + "\"");
        }
        return new TraceParent(parts.group(2), parts.group(3), Integer.parseInt(parts.group(4), 16));
    }
}
