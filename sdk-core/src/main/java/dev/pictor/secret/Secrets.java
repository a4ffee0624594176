package dev.pictor.secret;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Hides what must be in nothing that is kept, logged or thrown: a mark stands in its place. It knows the names that
 * credentials go by in headers, JSON, queries and forms, what comes before the host of a URL, what the keys of known vendors,
 * bearer tokens, JWTs and private keys look like, and the values that it is given, also as they stand in a URL, in JSON or
 * in base64. Immutable.
 *
 * <p>It knows no other secrets: a password in plain words is a text like any other.
 */
public final class Secrets {

    /** The usual mark: three stars. */
    public static final String STARS = "***";

    /** A value that is shorter is part of too many words to be looked for everywhere: 6. */
    public static final int LEAST_CHARS = 6;

    private static final Pattern USER = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*://)[^/?#@\\s\"'<>\\\\]*@");

    private final String mark;
    private final SecretNames names;
    /** The longest first, so that none is hidden in part. */
    private final List<String> values;

    private Secrets(String mark, SecretNames names, Stream<String> values) {
        this.mark = mark;
        this.names = names;
        this.values = values.distinct()
                .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /**
     * Returns what knows names, shapes and some values.
     *
     * @param mark what stands in the place of a secret, such as {@link #STARS}
     * @param values the exact values of keys and the like, none empty
     * @return the secrets
     */
    public static Secrets of(String mark, Collection<String> values) {
        return of(mark, values, Set.of(), Set.of());
    }

    /**
     * Returns what knows more names too.
     *
     * @param mark what stands in the place of a secret, such as {@link #STARS}
     * @param values the exact values of keys and the like, none empty
     * @param headers more names of headers and members of JSON that hold secrets
     * @param parameters more names of parameters of a query that hold secrets
     * @return the secrets
     */
    public static Secrets of(
            String mark, Collection<String> values, Collection<String> headers, Collection<String> parameters) {
        return new Secrets(
                mark, new SecretNames(headers, parameters), values.stream().flatMap(Secrets::forms));
    }

    /**
     * Returns what knows more values.
     *
     * @param more exact values, none empty
     * @return these secrets and those
     */
    public Secrets and(Collection<String> more) {
        return new Secrets(
                mark, names, Stream.concat(values.stream(), more.stream().flatMap(Secrets::forms)));
    }

    /** A secret as it is, and as it stands in a URL, in JSON and in base64. */
    private static Stream<String> forms(String secret) {
        String json = secret.replace("\\", "\\\\").replace("\"", "\\\"");
        return Stream.of(
                secret,
                URLEncoder.encode(secret, UTF_8),
                json,
                json.replace("/", "\\/"),
                Base64.getEncoder().encodeToString(secret.getBytes(UTF_8)));
    }

    /**
     * Returns how long the longest value is.
     *
     * @return characters, 0 if there is none
     */
    public int longest() {
        return values.isEmpty() ? 0 : values.get(0).length();
    }

    /**
     * Returns whether a header or a member of JSON holds secrets.
     *
     * @param name its name, in any case
     * @return true if its value must not be kept
     */
    public boolean isSecretName(String name) {
        return names.isHeader(name);
    }

    /**
     * Returns whether a parameter of a query holds secrets.
     *
     * @param name its name, in any case
     * @return true if its value must not be kept
     */
    public boolean isSecretParameter(String name) {
        return names.isParameter(name);
    }

    /**
     * Hides all secrets of a text.
     *
     * @param text any text
     * @return the text with marks, or the text itself if there is none in it
     */
    public String hide(String text) {
        return hide(text, EnumSet.noneOf(SecretRule.class));
    }

    /**
     * Hides all secrets of a text and tells how they were found.
     *
     * @param text any text
     * @param found the rules that found something are added to it
     * @return the text with marks, or the text itself if there is none in it
     */
    public String hide(String text, Set<SecretRule> found) {
        String hidden = hideValues(text);
        if (!hidden.equals(text)) {
            found.add(SecretRule.VALUE);
        }
        String named = new NamedSecrets(hidden, names, mark).hide();
        if (named.contains("://") && named.indexOf('@') >= 0) {
            named = USER.matcher(named).replaceAll("$1" + Matcher.quoteReplacement(mark) + "@");
        }
        if (!named.equals(hidden)) {
            found.add(SecretRule.NAME);
        }
        String shaped = SecretShapes.hide(named, mark);
        if (!shaped.equals(named)) {
            found.add(SecretRule.SHAPE);
        }
        return shaped;
    }

    /**
     * Hides the values that were given, wherever they stand in a text, and nothing else.
     *
     * @param text any text
     * @return the text with marks, or the text itself if there is none in it
     */
    public String hideValues(String text) {
        String hidden = text;
        for (String value : values) {
            hidden = hidden.replace(value, mark);
        }
        return hidden;
    }

    /**
     * Hides the values that were given, wherever they stand in bytes.
     *
     * @param bytes any bytes, left as they are
     * @return other bytes with marks, or these if there is none in them
     */
    public byte[] hideValues(byte[] bytes) {
        String text = new String(bytes, ISO_8859_1); // one char a byte
        String clean = text;
        for (String value : values) {
            clean = clean.replace(new String(value.getBytes(UTF_8), ISO_8859_1), mark);
        }
        return clean.equals(text) ? bytes : clean.getBytes(ISO_8859_1);
    }

    /**
     * Hides what a text that was cut off holds of secrets, the beginning of a value at its end too.
     *
     * @param text any text
     * @return the text with marks, or the text itself if there is none in it
     */
    public String hideCut(String text) {
        String hidden = hide(text);
        for (String value : values) {
            for (int length = Math.min(value.length() - 1, hidden.length()); length > 0; length--) {
                if (hidden.endsWith(value.substring(0, length))) {
                    hidden = hidden.substring(0, hidden.length() - length) + mark;
                    break;
                }
            }
        }
        return hidden;
    }

    /**
     * Hides the secrets of a URL: user and password, credentials and signatures in its query, and values.
     *
     * @param uri any URL
     * @return the URL with marks
     */
    public String hide(URI uri) {
        return hide(uri.toString());
    }

    /**
     * Hides the secrets of headers.
     *
     * @param headers values by name
     * @return values with marks, by name in lower case
     */
    public Map<String, List<String>> hideHeaders(Map<String, List<String>> headers) {
        Map<String, List<String>> hidden = new TreeMap<>();
        headers.forEach((given, all) -> {
            String name = given.toLowerCase(Locale.ROOT);
            List<String> shown = new ArrayList<>(all.size());
            all.forEach(value -> shown.add(isSecretName(name) ? mark : hide(value)));
            hidden.put(name, shown);
        });
        return hidden;
    }
}
