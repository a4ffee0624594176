package dev.pictor.testkit.recording;

import dev.pictor.secret.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What must not be kept of a recording. A value that came in a secret header or parameter is a secret from then on.
 * Thread-safe.
 */
final class LearnedSecrets {

    private static final Set<String> WITHOUT_VALUES = Set.of("cookie", "set-cookie");

    private final AtomicReference<Secrets> known;

    LearnedSecrets(Set<String> moreHeaders, Set<String> moreParameters, Set<String> moreValues) {
        known = new AtomicReference<>(Secrets.of(Secrets.STARS, moreValues, moreHeaders, moreParameters));
    }

    boolean isSecretHeader(String name) {
        return known.get().isSecretName(name);
    }

    boolean isSecretParameter(String name) {
        return known.get().isSecretParameter(name);
    }

    /** Learns the secrets of a request, before anything of it is kept. */
    void learn(Map<String, List<String>> requestHeaders, List<String> query) {
        List<String> values = new ArrayList<>();
        requestHeaders.forEach((name, sent) -> {
            if (isSecretHeader(name) && !WITHOUT_VALUES.contains(name)) {
                sent.forEach(value -> {
                    values.add(value.strip());
                    values.add(value.substring(value.indexOf(' ') + 1).strip()); // what follows Bearer or Basic
                });
            }
        });
        for (String parameter : query) {
            int equals = parameter.indexOf('=');
            if (equals > 0 && isSecretParameter(parameter.substring(0, equals))) {
                values.add(parameter.substring(equals + 1));
            }
        }
        values.removeIf(value -> value.length() < Secrets.LEAST_CHARS);
        if (!values.isEmpty()) {
            known.updateAndGet(secrets -> secrets.and(values));
        }
    }

    String scrub(String text) {
        return known.get().hideValues(text);
    }

    byte[] scrub(byte[] bytes) {
        return known.get().hideValues(bytes);
    }
}
