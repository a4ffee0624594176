package dev.pictor.evaluation;

import dev.pictor.gateway.routing.CallAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** What a prompt says of itself that a router goes by. Not thread-safe. */
final class WishFacts {

    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final double LONG_WORDS = 40;

    private final Map<String, CallAttributes> known = new HashMap<>(); // by prompt: traces repeat themselves

    CallAttributes of(String prompt) {
        return known.computeIfAbsent(prompt, WishFacts::read);
    }

    private static CallAttributes read(String prompt) {
        double words = SPACE.split(prompt.strip()).length;
        return CallAttributes.none()
                .with(CallAttributes.DOMAIN, "photography")
                .with(CallAttributes.COMPLEXITY, Math.min(1, words / LONG_WORDS));
    }
}
