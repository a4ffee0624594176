package dev.pictor.model.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What must be in nothing that is kept or thrown: stars stand in its place. Immutable. */
final class Secrets {

    private static final String STARS = "***";

    private static final Set<String> HEADERS = Set.of(
            "authorization", "proxy-authorization", "x-goog-api-key", "x-api-key", "api-key", "cookie", "set-cookie");

    private static final Pattern PARAMETER =
            Pattern.compile("([?&](?:key|api_key|apikey|token|access_token)=)[^&#]*", Pattern.CASE_INSENSITIVE);
    private static final Pattern USER = Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*://)[^/?#@]*@");

    /** The longest first, so that none is hidden in part. */
    private final List<String> values;

    private Secrets(List<String> values) {
        this.values = values;
    }

    /** @param given none empty */
    static Secrets of(List<String> given) {
        return new Secrets(given.stream()
                .flatMap(Secrets::forms)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList());
    }

    /** A secret as it is, and as it stands in a URL or in JSON. */
    private static Stream<String> forms(String secret) {
        String json = secret.replace("\\", "\\\\").replace("\"", "\\\"");
        return Stream.of(secret, URLEncoder.encode(secret, UTF_8), json, json.replace("/", "\\/"));
    }

    /** How long the longest one is. */
    int longest() {
        return values.isEmpty() ? 0 : values.get(0).length();
    }

    String hide(String text) {
        String hidden = text;
        for (String value : values) {
            hidden = hidden.replace(value, STARS);
        }
        return hidden;
    }

    /** Hides what a text that was cut off holds of secrets, the beginning of one at its end too. */
    String hideCut(String text) {
        String hidden = hide(text);
        for (String value : values) {
            for (int length = Math.min(value.length() - 1, hidden.length()); length > 0; length--) {
                if (hidden.endsWith(value.substring(0, length))) {
                    hidden = hidden.substring(0, hidden.length() - length) + STARS;
                    break;
                }
            }
        }
        return hidden;
    }

    String hide(URI uri) {
        String url = USER.matcher(uri.toString()).replaceFirst("$1" + STARS + "@");
        return hide(PARAMETER.matcher(url).replaceAll("$1" + STARS));
    }

    /** Returns headers by their names in lower case. */
    Map<String, List<String>> hide(HttpHeaders headers) {
        Map<String, List<String>> hidden = new TreeMap<>();
        headers.map().forEach((given, all) -> {
            String name = given.toLowerCase(Locale.ROOT);
            List<String> shown = new ArrayList<>(all.size());
            all.forEach(value -> shown.add(HEADERS.contains(name) ? STARS : hide(value)));
            hidden.put(name, shown);
        });
        return hidden;
    }
}
