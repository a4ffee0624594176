package dev.pictor.trace;

import dev.pictor.image.ImageBytes;
import dev.pictor.image.Sha256;
import dev.pictor.model.Cost;
import dev.pictor.model.OptionWarning;
import dev.pictor.model.RawExchange;
import dev.pictor.model.Usage;
import dev.pictor.secret.SecretRule;
import dev.pictor.secret.Secrets;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes out of an event's values what must not be recorded. What needs no change is not copied. Values that are no JSON
 * become JSON where they must be looked into. Not thread-safe; used for one event.
 */
@SuppressWarnings("ReferenceEquality") // what is the same object was not changed
final class EventCleaner {

    private static final Logger LOG = LoggerFactory.getLogger(Redactor.class);
    private static final AtomicBoolean WARNED = new AtomicBoolean();
    /** How many places are listed; more are taken out too. */
    private static final int MAX_LISTED = 100;

    private static final int MAX_DEPTH = 64;

    private final Redaction redaction;
    private final StringBuilder path = new StringBuilder(64);
    private final EnumSet<SecretRule> found = EnumSet.noneOf(SecretRule.class);
    private @Nullable List<RedactedField> redactions;
    private boolean changesContent;

    EventCleaner(Redaction redaction) {
        this.redaction = redaction;
    }

    List<RedactedField> redactions() {
        return redactions == null ? List.of() : List.copyOf(redactions);
    }

    /** Whether something was taken out that is no credential in the place of one, and no word about what went wrong. */
    boolean changesContent() {
        return changesContent;
    }

    @SuppressWarnings("unchecked") // a map stays a map with the same keys
    Map<String, ?> clean(String name, Map<String, ?> fields) {
        return fields.isEmpty() ? fields : (Map<String, ?>) clean("/" + name, (Object) fields);
    }

    /** Returns the value itself if it may be recorded as it is. */
    Object clean(String where, Object value) {
        path.setLength(0);
        path.append(where);
        return walk(value, 0);
    }

    private Object walk(Object value, int depth) {
        if (value instanceof String text) {
            return text(text);
        }
        if (value instanceof Number || value instanceof Boolean || isPlain(value)) {
            return value;
        }
        if (depth == MAX_DEPTH) {
            return "left out: nested deeper than " + MAX_DEPTH;
        }
        if (value instanceof Map<?, ?> map) {
            return map(map, depth);
        }
        if (value instanceof Collection<?> list) {
            return list(list, depth);
        }
        if (value instanceof CharSequence || value instanceof URI || value instanceof Path) {
            return text(value.toString());
        }
        if (value instanceof OptionWarning warning) {
            return warning(warning);
        }
        if (value instanceof RawExchange exchange) {
            return exchange(exchange, depth);
        }
        if (value instanceof byte[] bytes) {
            return reference(ByteBuffer.wrap(bytes));
        }
        if (value instanceof ByteBuffer bytes) {
            return reference(bytes.duplicate());
        }
        if (value instanceof ImageBytes image) {
            return ArtifactRef.of(image);
        }
        return json(value, depth);
    }

    /** Values of ours in which nobody can put a text, and those of the JDK without one. */
    private static boolean isPlain(Object value) {
        return value instanceof Cost
                || value instanceof Usage
                || value instanceof ArtifactRef
                || value instanceof Sha256
                || value instanceof Enum<?>
                || value instanceof TemporalAccessor
                || value instanceof TemporalAmount
                || value instanceof UUID
                || value instanceof Character;
    }

    private Object json(Object value, int depth) {
        try {
            @Nullable Object json = TraceJson.MAPPER.convertValue(value, Object.class);
            return json == null ? "null" : walk(json, depth + 1);
        } catch (IllegalArgumentException e) { // its message may quote the value
            return "left out: a " + value.getClass().getName() + " has no JSON form";
        }
    }

    private static String reference(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return References.of(copy, "application/octet-stream");
    }

    private Object warning(OptionWarning warning) {
        int mark = enter("message");
        String message = text(warning.message());
        path.setLength(mark);
        return message.equals(warning.message()) ? warning : new OptionWarning(warning.option(), message);
    }

    /** Converted only if something must be taken out; what its adapter has hidden is listed. */
    private Object exchange(RawExchange exchange, int depth) {
        int before = redactions == null ? 0 : redactions.size();
        int mark = path.length();
        String url = member("url", exchange.url());
        boolean same = url.equals(exchange.url());
        same &= isClean("requestHeaders", exchange.requestHeaders(), depth);
        same &= isClean("responseHeaders", exchange.responseHeaders(), depth);
        String sent = member("requestBody", exchange.requestBody().orElse(""));
        same &= sent.equals(exchange.requestBody().orElse(""));
        String received = member("responseBody", exchange.responseBody().orElse(""));
        same &= received.equals(exchange.responseBody().orElse(""));
        if (same) {
            return exchange;
        }
        if (redactions != null) {
            redactions.subList(before, redactions.size()).clear();
        }
        path.setLength(mark);
        return json(exchange, depth);
    }

    private boolean isClean(String name, Map<String, List<String>> headers, int depth) {
        int mark = enter(name);
        boolean same = map(headers, depth) == headers;
        path.setLength(mark);
        return same;
    }

    private String member(String name, String value) {
        int mark = enter(name);
        String clean = text(value);
        path.setLength(mark);
        return clean;
    }

    private int enter(String name) {
        int mark = path.length();
        path.append('/').append(name);
        return mark;
    }

    private Object map(Map<?, ?> map, int depth) {
        @Nullable Map<String, Object> changed = null;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String name = String.valueOf(entry.getKey());
            @Nullable Object value = entry.getValue();
            if (value == null) {
                continue;
            }
            String key = depth == 0 ? name : key(name);
            int mark = enter(key);
            Object clean = redaction.secrets.isSecretName(last(name)) ? credential(value) : walk(value, depth + 1);
            path.setLength(mark);
            if (clean != value || !key.equals(name)) {
                if (changed == null) {
                    changed = copy(map);
                }
                changed.remove(name);
                changed.put(key, clean);
            }
        }
        return changed == null ? map : changed;
    }

    /** A text may be the name of a member too, such as of a way that was not taken; those of an event itself are words. */
    private String key(String name) {
        return name.length() < 12 ? name : redaction.secrets.hide(name);
    }

    /** The last word of a name with dots: attributes have such. */
    private static String last(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static Map<String, Object> copy(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((name, value) -> {
            if (value != null) {
                copy.put(String.valueOf(name), value);
            }
        });
        return copy;
    }

    private Object list(Collection<?> list, int depth) {
        @Nullable List<Object> changed = null;
        int i = 0;
        for (Object value : list) {
            int mark = path.length();
            path.append('/').append(i);
            Object clean = value == null ? "null" : walk(value, depth + 1);
            path.setLength(mark);
            if (clean != value && value != null) {
                if (changed == null) {
                    changed = new ArrayList<>(list);
                }
                changed.set(i, clean);
            }
            i++;
        }
        return changed == null ? list : changed;
    }

    /** The whole value of a member that holds credentials. One that is hidden already is listed all the same. */
    private Object credential(Object value) {
        note("name");
        boolean hidden = value instanceof Collection<?> list && list.stream().allMatch(EventCleaner::isMark);
        return hidden || isMark(value) ? value : Redaction.MARK;
    }

    private static boolean isMark(@Nullable Object value) {
        return Redaction.MARK.equals(value) || Secrets.STARS.equals(value);
    }

    private String text(String text) {
        if (text.isEmpty()) {
            return text;
        }
        found.clear();
        String clean = redaction.secrets.hide(text, found);
        if (!found.isEmpty()) {
            for (SecretRule rule : found) {
                note(rule.name().toLowerCase(Locale.ROOT));
                changesContent |= isContent(rule);
            }
        }
        if (redaction.redactor.equals(Redactor.none())) {
            return clean;
        }
        String asked = ask(clean);
        if (!asked.equals(clean)) {
            note("redactor");
            changesContent |= isContent(null);
        }
        return asked;
    }

    private String ask(String text) {
        try {
            return redaction.redactor.redact(path.toString(), text);
        } catch (RuntimeException e) {
            if (WARNED.compareAndSet(false, true)) {
                LOG.warn(
                        "redactor {} failed with {}; what it was asked for is left out, now and later",
                        redaction.redactor.getClass().getName(),
                        e.getClass().getName());
            }
            return Redaction.MARK;
        }
    }

    private boolean isContent(@Nullable SecretRule rule) {
        String where = path.toString();
        if (where.startsWith("/body/exchanges/")) {
            return rule != SecretRule.NAME && where.endsWith("Body");
        }
        return where.startsWith("/body/") && !where.equals("/body/error");
    }

    private void note(String rule) {
        if (redactions == null) {
            redactions = new ArrayList<>();
        }
        RedactedField field = new RedactedField(path.toString(), rule);
        if (redactions.size() < MAX_LISTED && !redactions.contains(field)) {
            redactions.add(field);
        }
    }
}
