package dev.pictor.testkit.recording;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * What must not be kept: known headers and parameters, and values wherever they stand. A value that came in a secret
 * header or parameter is a secret from then on. Thread-safe.
 */
final class Secrets {

    static final String STARS = "***";

    /** A shorter value is hidden where it stands, but not looked for elsewhere: it is part of too many words. */
    static final int LEAST_CHARS = 6;

    private static final Set<String> HEADERS = Set.of(
            "authorization",
            "proxy-authorization",
            "api-key",
            "x-api-key",
            "x-goog-api-key",
            "x-auth-token",
            "x-amz-security-token",
            "x-goog-user-project",
            "cookie",
            "set-cookie",
            "openai-organization",
            "openai-project");
    private static final Set<String> PARAMETERS = Set.of(
            "key",
            "api_key",
            "apikey",
            "api-key",
            "access_token",
            "token",
            "sig",
            "signature",
            "x-amz-signature",
            "x-amz-credential",
            "x-goog-signature",
            "x-goog-credential");
    private static final Set<String> WITHOUT_VALUES = Set.of("cookie", "set-cookie");

    private final Set<String> headers;
    private final Set<String> parameters;
    /** Longest first, so that no part of one is left. */
    private final Set<String> values = new ConcurrentSkipListSet<>(
            Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    Secrets(Set<String> moreHeaders, Set<String> moreParameters, Set<String> moreValues) {
        this.headers = lower(HEADERS, moreHeaders);
        this.parameters = lower(PARAMETERS, moreParameters);
        moreValues.forEach(this::add);
    }

    private static Set<String> lower(Set<String> some, Set<String> more) {
        Set<String> all = new TreeSet<>(some);
        more.forEach(name -> all.add(name.toLowerCase(Locale.ROOT)));
        return all;
    }

    private void add(String value) {
        if (value.length() < LEAST_CHARS) {
            return;
        }
        values.add(value);
        values.add(URLEncoder.encode(value, UTF_8));
        values.add(value.replace("\\", "\\\\").replace("\"", "\\\"").replace("/", "\\/"));
        values.add(value.replace("\\", "\\\\").replace("\"", "\\\""));
        values.add(Base64.getEncoder().encodeToString(value.getBytes(UTF_8)));
    }

    boolean isSecretHeader(String name) {
        return headers.contains(name.toLowerCase(Locale.ROOT));
    }

    boolean isSecretParameter(String name) {
        return parameters.contains(name.toLowerCase(Locale.ROOT));
    }

    /** Learns the secrets of a request, before anything of it is kept. */
    void learn(Map<String, List<String>> requestHeaders, List<String> query) {
        requestHeaders.forEach((name, sent) -> {
            if (isSecretHeader(name) && !WITHOUT_VALUES.contains(name)) {
                sent.forEach(value -> {
                    add(value.strip());
                    add(value.substring(value.indexOf(' ') + 1).strip()); // what follows Bearer or Basic
                });
            }
        });
        for (String parameter : query) {
            int equals = parameter.indexOf('=');
            if (equals > 0 && isSecretParameter(parameter.substring(0, equals))) {
                add(parameter.substring(equals + 1));
            }
        }
    }

    String scrub(String text) {
        String clean = text;
        for (String value : values) {
            clean = clean.replace(value, STARS);
        }
        return clean;
    }

    byte[] scrub(byte[] bytes) {
        String text = new String(bytes, ISO_8859_1); // one char a byte
        String clean = text;
        for (String value : values) {
            clean = clean.replace(new String(value.getBytes(UTF_8), ISO_8859_1), STARS);
        }
        return clean.equals(text) ? bytes : clean.getBytes(ISO_8859_1);
    }
}
