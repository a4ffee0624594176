package dev.pictor.testkit;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a {@link FakeProvider} remembers of one request. Immutable. */
public final class ProviderCall {

    private final long number;
    private final int connection;
    private final @Nullable String idempotencyKey;
    private final Fault fault;

    ProviderCall(long number, int connection, @Nullable String idempotencyKey, Fault fault) {
        this.number = number;
        this.connection = connection;
        this.idempotencyKey = idempotencyKey;
        this.fault = fault;
    }

    /**
     * Returns which request this was.
     *
     * @return 1 for the first since the provider started
     */
    public long number() {
        return number;
    }

    /**
     * Returns which connection it came over. Two requests with the same number shared one.
     *
     * @return 1 for the first since the provider started
     */
    public int connection() {
        return connection;
    }

    /**
     * Returns the header {@code Idempotency-Key}.
     *
     * @return its value, or empty if it was not sent
     */
    public Optional<String> idempotencyKey() {
        return Optional.ofNullable(idempotencyKey);
    }

    /**
     * Returns what the provider did to it.
     *
     * @return the fault; its kind is {@link Fault.Kind#NONE} for a whole answer
     */
    public Fault fault() {
        return fault;
    }

    @Override
    public String toString() {
        return "request " + number + ": " + fault;
    }
}
