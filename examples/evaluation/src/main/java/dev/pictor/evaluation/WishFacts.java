package dev.pictor.evaluation;

import dev.pictor.gateway.routing.CallAttributes;
import dev.pictor.intent.Classification;
import dev.pictor.intent.ComplexityScorer;
import dev.pictor.intent.IntentClassifier;
import java.util.HashMap;
import java.util.Map;

/** What a prompt says of itself that a router goes by, from its words alone. Not thread-safe. */
final class WishFacts {

    private final IntentClassifier classifier = IntentClassifier.bundled();
    private final ComplexityScorer scorer = ComplexityScorer.bundled();
    private final Map<String, CallAttributes> known = new HashMap<>(); // by prompt: traces repeat themselves

    CallAttributes of(String prompt) {
        return known.computeIfAbsent(prompt, this::read);
    }

    private CallAttributes read(String prompt) {
        Classification wish = classifier.classify(prompt);
        return CallAttributes.none()
                .with(CallAttributes.DOMAIN, wish.domain().toString())
                .with(CallAttributes.STYLE, wish.style())
                .with(
                        CallAttributes.COMPLEXITY,
                        scorer.score(prompt, wish.domain()).score());
    }
}
