package dev.pictor.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("R7: reads the wait in every form")
class RetryAfterTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-20T10:00:00Z"), ZoneOffset.UTC);

    @Nested
    class InHeaders {

        @ParameterizedTest
        @CsvSource({
            "retry-after-ms, 1500, PT1.5S",
            "retry-after-ms, '0.5', PT0.0005S",
            "x-ms-retry-after-ms, 20, PT0.02S",
            "retry-after, 7, PT7S",
            "retry-after, ' 7 ', PT7S",
            "retry-after, '0.25', PT0.25S",
            "retry-after, 0, PT0S",
            "retry-after, 2678400, PT744H",
        })
        void readsANumber(String name, String value, Duration wait) {
            assertThat(read(Map.of(name, value))).contains(wait);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Fri, 20 Nov 2026 10:00:30 GMT",
                    "Friday, 20-Nov-26 10:00:30 GMT",
                    "Fri Nov 20 10:00:30 2026",
                })
        void readsADateByTheClock(String date) {
            assertThat(read(Map.of("retry-after", date))).contains(Duration.ofSeconds(30));
        }

        @Test
        void readsADateOfOneDigit() {
            Map<String, String> december = Map.of("date", "Tue, 1 Dec 2026 00:00:00 GMT");
            assertThat(read(with(december, "Tue Dec  1 00:00:09 2026"))).contains(Duration.ofSeconds(9));
            assertThat(read(with(december, "Tue, 1 Dec 2026 00:00:09 GMT"))).contains(Duration.ofSeconds(9));
        }

        @Test
        void measuresADateFromTheAnswersOwnDate() {
            assertThat(read(Map.of(
                            "date", "Fri, 20 Nov 2026 11:00:00 GMT", "retry-after", "Fri, 20 Nov 2026 11:00:05 GMT")))
                    .contains(Duration.ofSeconds(5));
        }

        @Test
        void takesAMomentThatHasPassedForNoWait() {
            assertThat(read(Map.of("retry-after", "Fri, 20 Nov 2026 09:59:00 GMT")))
                    .contains(Duration.ZERO);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "soon",
                    "-3",
                    "1e3",
                    "NaN",
                    "Infinity",
                    "0x10",
                    "99999999999999999999",
                    "2678401",
                    "Fri, 20 Nov 2027 10:00:00 GMT",
                    "Fri, 31 Feb 2026 10:00:00 GMT",
                    "Mon, 20 Nov 2026 10:00:30 GMT",
                    "\u0663",
                })
        void ignoresNonsense(String value) {
            assertThat(read(Map.of("retry-after", value))).isEmpty();
        }

        @Test
        void takesTheLongestOfSeveral() {
            assertThat(read(Map.of("retry-after", "2", "retry-after-ms", "1900", "x-ms-retry-after-ms", "1800")))
                    .contains(Duration.ofSeconds(2));
        }

        @Test
        void findsNoWaitWhereThereIsNone() {
            assertThat(read(Map.of("date", "Fri, 20 Nov 2026 11:00:00 GMT"))).isEmpty();
        }

        private Map<String, String> with(Map<String, String> headers, String retryAfter) {
            return Map.of("date", headers.getOrDefault("date", ""), "retry-after", retryAfter);
        }
    }

    @Nested
    class InABody {

        @ParameterizedTest
        @CsvSource({"13s, PT13S", "1.5s, PT1.5S", "18.530217412s, PT18.530217412S", "0s, PT0S"})
        void readsGooglesRetryInfo(String delay, Duration wait) {
            assertThat(RetryAfter.ofBody(retryInfo(delay))).contains(wait);
        }

        @Test
        void readsItInAList() {
            assertThat(RetryAfter.ofBody("[" + retryInfo("3s") + "]")).contains(Duration.ofSeconds(3));
        }

        @ParameterizedTest
        @ValueSource(strings = {"soon", "-3s", "99999999999999999999s", "1e3s", ""})
        void ignoresNonsense(String delay) {
            assertThat(RetryAfter.ofBody(retryInfo(delay))).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "<html>503</html>",
                    "{\"retryDelay\": \"3s\"}",
                    "{\"@type\": \"google.rpc.RetryInfo\"",
                    "{\"error\": {\"details\": [{\"@type\": \"type.googleapis.com/google.rpc.RetryInfo\"}]}}",
                })
        void ignoresOtherBodies(String body) {
            assertThat(RetryAfter.ofBody(body)).isEmpty();
        }

        @Test
        void doesNotReadABodyOfMoreThan100000Characters() {
            assertThat(RetryAfter.ofBody(retryInfo("3s") + " ".repeat(100_000))).isEmpty();
        }

        @Test
        void yieldsToALongerHeader() {
            assertThat(RetryAfter.of(name -> header(Map.of("retry-after", "20"), name), retryInfo("3s"), CLOCK))
                    .contains(Duration.ofSeconds(20));
            assertThat(RetryAfter.of(name -> header(Map.of("retry-after", "2"), name), retryInfo("3s"), CLOCK))
                    .contains(Duration.ofSeconds(3));
        }

        private String retryInfo(String delay) {
            return """
                    {"error": {"code": 429, "details": [
                      {"@type": "type.googleapis.com/google.rpc.Help"},
                      {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "%s"}]}}
                    """.formatted(delay);
        }
    }

    private static Optional<Duration> read(Map<String, String> headers) {
        return RetryAfter.ofHeaders(name -> header(headers, name), CLOCK);
    }

    private static Optional<String> header(Map<String, String> headers, String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }
}
