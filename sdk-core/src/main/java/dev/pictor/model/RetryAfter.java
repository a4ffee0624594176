package dev.pictor.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads the wait that a vendor asks for, in all the forms that vendors use:
 *
 * <ul>
 *   <li>the headers {@code retry-after-ms} and {@code x-ms-retry-after-ms} in milliseconds (OpenAI and Azure);
 *   <li>{@code Retry-After} in seconds, or as a date in one of the three forms of
 *       <a href="https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7">RFC 9110</a>, measured from the answer's own
 *       {@code Date} where it has one, since the two clocks may differ;
 *   <li>{@code retryDelay} of Google's {@code google.rpc.RetryInfo} in a JSON body, such as {@code 1.5s}
 *       (<a href="https://cloud.google.com/apis/design/errors">Google's error model</a>).
 * </ul>
 *
 * <p>Numbers may have a fraction. The longest counts if there are several; a moment that has passed is a wait of zero.
 * What is none of these, is negative or is longer than 31 days is taken for nonsense and ignored.
 */
public final class RetryAfter {

    private static final Duration LONGEST = Duration.ofDays(31);
    private static final int MAX_BODY_CHARS = 100_000;
    private static final int MAX_HEADER_CHARS = 100;
    private static final int MILLIS = 3;
    private static final Pattern NUMBER = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,18})?)s?");
    private static final String RETRY_INFO = "google.rpc.RetryInfo";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    // the zone is always GMT, so it is text here; names of days and months are English whatever the locale
    private static final List<DateTimeFormatter> DATES = List.of(
            DateTimeFormatter.ofPattern("EEE, d MMM uuuu HH:mm:ss 'GMT'", Locale.US),
            new DateTimeFormatterBuilder()
                    .appendPattern("EEEE, d-MMM-")
                    .appendValueReduced(ChronoField.YEAR, 2, 2, 2000)
                    .appendPattern(" HH:mm:ss 'GMT'")
                    .toFormatter(Locale.US),
            new DateTimeFormatterBuilder()
                    .appendPattern("EEE MMM ")
                    .padNext(2)
                    .appendValue(ChronoField.DAY_OF_MONTH, 1, 2, SignStyle.NOT_NEGATIVE)
                    .appendPattern(" HH:mm:ss uuuu")
                    .toFormatter(Locale.US));

    private RetryAfter() {}

    /**
     * Reads headers and body of an answer.
     *
     * @param header gives a header's first value by its name, whatever its case, or empty if there is none
     * @param body of any kind
     * @param clock tells the time if the answer has no {@code Date}
     * @return the longest wait of {@link #ofHeaders} and {@link #ofBody}; empty if there is none
     */
    public static Optional<Duration> of(Function<String, Optional<String>> header, String body, Clock clock) {
        return longest(ofHeaders(header, clock), ofBody(body));
    }

    /**
     * Reads the headers of an answer.
     *
     * @param header gives a header's first value by its name, whatever its case, or empty if there is none
     * @param clock tells the time if the answer has no {@code Date}
     * @return the wait from the time of the answer, 0 to 31 days; empty if there is none
     */
    public static Optional<Duration> ofHeaders(Function<String, Optional<String>> header, Clock clock) {
        Optional<Duration> millis = longest(
                header.apply("retry-after-ms").flatMap(text -> number(text, MILLIS)),
                header.apply("x-ms-retry-after-ms").flatMap(text -> number(text, MILLIS)));
        Optional<String> text = header.apply("Retry-After");
        Optional<Duration> seconds = text.flatMap(value -> number(value, 0));
        Optional<Duration> until = text.flatMap(RetryAfter::date).flatMap(end -> {
            Instant now = header.apply("Date").flatMap(RetryAfter::date).orElseGet(clock::instant);
            return bounded(Duration.between(now, end.isBefore(now) ? now : end));
        });
        return longest(millis, longest(seconds, until));
    }

    /**
     * Reads the body of an answer.
     *
     * @param body of any kind; only JSON of at most 100,000 characters can hold a wait
     * @return the wait from the time of the answer, 0 to 31 days; empty if there is none
     */
    public static Optional<Duration> ofBody(String body) {
        if (body.length() > MAX_BODY_CHARS || !body.contains(RETRY_INFO)) {
            return Optional.empty();
        }
        try {
            Optional<Duration> found = Optional.empty();
            for (JsonNode info : MAPPER.readTree(body).findParents("retryDelay")) {
                if (info.path("@type").asText().endsWith(RETRY_INFO)) {
                    found = longest(found, number(info.path("retryDelay").asText(), 0));
                }
            }
            return found;
        } catch (JsonProcessingException e) {
            return Optional.empty(); // a page of HTML, say: it holds no wait
        }
    }

    private static Optional<Duration> number(String text, int pointLeft) {
        String trimmed = text.strip();
        if (trimmed.length() > MAX_HEADER_CHARS || !NUMBER.matcher(trimmed).matches()) {
            return Optional.empty();
        }
        String digits = trimmed.endsWith("s") ? trimmed.substring(0, trimmed.length() - 1) : trimmed;
        BigDecimal nanos = new BigDecimal(digits).movePointRight(9 - pointLeft).setScale(0, RoundingMode.UP);
        BigDecimal most = BigDecimal.valueOf(LONGEST.toNanos());
        return nanos.compareTo(most) > 0 ? Optional.empty() : Optional.of(Duration.ofNanos(nanos.longValueExact()));
    }

    private static Optional<Instant> date(String text) {
        String trimmed = text.strip();
        return trimmed.length() > MAX_HEADER_CHARS
                ? Optional.empty()
                : DATES.stream()
                        .flatMap(format -> date(trimmed, format).stream())
                        .findFirst();
    }

    private static Optional<Instant> date(String text, DateTimeFormatter format) {
        try {
            return Optional.of(LocalDateTime.parse(text, format).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty(); // it may have one of the other forms
        }
    }

    private static Optional<Duration> bounded(Duration wait) {
        return wait.compareTo(LONGEST) > 0 ? Optional.empty() : Optional.of(wait);
    }

    private static Optional<Duration> longest(Optional<Duration> one, Optional<Duration> other) {
        return one.isPresent() && other.isPresent() && one.get().compareTo(other.get()) < 0
                ? other
                : one.or(() -> other);
    }
}
