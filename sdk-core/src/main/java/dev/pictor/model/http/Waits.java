package dev.pictor.model.http;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** How long an answer asks to wait. */
final class Waits {

    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    private Waits() {}

    static Optional<Duration> of(HttpHeaders headers) {
        return headers.firstValue("Retry-After")
                .filter(text -> SECONDS.matcher(text).matches())
                .map(text -> Duration.ofSeconds(Long.parseLong(text)));
    }
}
