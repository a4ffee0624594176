package dev.pictor.adapter.cutout;

import dev.pictor.model.http.HttpAnswer;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads headers, which may hold anything. */
final class Headers {

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,9}(\\.[0-9]{1,18})?");

    private Headers() {}

    /** Returns a header's number, or empty if it is missing or no decimal number. */
    static Optional<BigDecimal> number(HttpAnswer answer, String name) {
        return answer.headers()
                .firstValue(name)
                .map(String::strip)
                .filter(text -> NUMBER.matcher(text).matches())
                .map(BigDecimal::new);
    }
}
