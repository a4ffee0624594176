package dev.pictor.gateway;

import dev.pictor.model.Embedding;
import dev.pictor.model.EmbeddingRequest;
import dev.pictor.model.EmbeddingResult;
import dev.pictor.pipeline.CallScope;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Has prompts embedded by a model, over the same road as all calls, so that it is recorded and paid for. It has a little
 * of the call's time and no more: whatever goes wrong with it, the call goes on without.
 */
final class EmbeddedPrompts implements PromptVectors {

    /** The call itself keeps all of its time but this part. */
    private static final int SHARE_OF_TIME = 4;

    private final Function<EmbeddingRequest, List<EmbeddingCall>> calls;
    private final Duration most;

    EmbeddedPrompts(Function<EmbeddingRequest, List<EmbeddingCall>> calls, Duration most) {
        this.calls = calls;
        this.most = most;
    }

    /** Asks once in a call: what failed before it would fail after it too, and its answer need not wait for that. */
    @Override
    public Optional<Embedding> of(Road<?> asking, String prompt) throws InterruptedException {
        Journey.PromptVector known = asking.journey().vector();
        if (known != null && (known.vector().isEmpty() || known.prompt().equals(prompt))) {
            return known.vector();
        }
        Optional<Embedding> vector = ask(asking, prompt);
        asking.journey().keep(new Journey.PromptVector(prompt, vector));
        return vector;
    }

    private Optional<Embedding> ask(Road<?> asking, String prompt) throws InterruptedException {
        Journey journey = asking.journey();
        Road<EmbeddingResult> beside = asking.beside(calls.apply(new EmbeddingRequest(List.of(prompt))));
        Duration share = asking.context().timeLeft().dividedBy(SHARE_OF_TIME);
        long begin = journey.nanoTime();
        try (CallScope scope = asking.open(share.compareTo(most) < 0 ? share : most)) {
            return embed(asking, beside, scope);
        } finally {
            journey.addOutside(journey.nanoTime() - begin);
            journey.addSideCost(beside.journey().attemptsCost());
        }
    }

    private static Optional<Embedding> embed(Road<?> asking, Road<EmbeddingResult> beside, CallScope scope)
            throws InterruptedException {
        try {
            return scope.call(() -> beside.within(scope).proceed()).result().embeddings().stream()
                    .findFirst();
        } catch (InterruptedException e) {
            if (!scope.hasTimedOut() || asking.context().isCancelled()) {
                throw e;
            }
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.empty(); // the failed call is in the trace; a look-up is all that it costs
        } catch (Exception e) {
            throw new IllegalStateException("a step threw an exception that it does not declare", e);
        }
    }
}
