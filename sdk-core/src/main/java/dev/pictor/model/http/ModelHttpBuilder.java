package dev.pictor.model.http;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.model.ModelFailure.Reason;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Settings of a {@link ModelHttp}. Not thread-safe. */
public final class ModelHttpBuilder {

    private static final Duration MOST = Duration.ofMinutes(10);
    private static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration DEFAULT_IDLE_TIMEOUT = Duration.ofSeconds(30);
    private static final long DEFAULT_MAX_ANSWER_BYTES = 160L << 20;

    Duration connectTimeout = DEFAULT_CONNECT_TIMEOUT;
    Duration idleTimeout = DEFAULT_IDLE_TIMEOUT;
    long maxAnswerBytes = DEFAULT_MAX_ANSWER_BYTES;
    boolean sendsIdempotencyKey;

    Clock clock = Clock.systemUTC();

    @Nullable
    Executor executor;

    final Map<String, Reason> errorCodes = new LinkedHashMap<>();
    final List<String> secrets = new ArrayList<>();

    ErrorReasons errorReasons = (status, body) -> Optional.empty();

    ModelHttpBuilder() {}

    /**
     * Bounds how long it may take to connect. Default: 10 s.
     *
     * @param timeout 1 ms to 10 min
     * @return this builder
     * @throws IllegalArgumentException if {@code timeout} is outside that range
     */
    @CanIgnoreReturnValue
    public ModelHttpBuilder connectTimeout(Duration timeout) {
        this.connectTimeout = check(timeout, "connectTimeout");
        return this;
    }

    /**
     * Bounds how long nothing may come of an answer that has begun. Before it begins only the call's own time counts:
     * models think for minutes. Default: 30 s.
     *
     * @param timeout 1 ms to 10 min
     * @return this builder
     * @throws IllegalArgumentException if {@code timeout} is outside that range
     */
    @CanIgnoreReturnValue
    public ModelHttpBuilder idleTimeout(Duration timeout) {
        this.idleTimeout = check(timeout, "idleTimeout");
        return this;
    }

    /**
     * Bounds an answer. Default: 160 MiB, two pictures of 59 MiB in base64.
     *
     * @param bytes 1 or more
     * @return this builder
     * @throws IllegalArgumentException if {@code bytes} is less than 1
     */
    @CanIgnoreReturnValue
    public ModelHttpBuilder maxAnswerBytes(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("maxAnswerBytes must be 1 or more, was " + bytes);
        }
        this.maxAnswerBytes = bytes;
        return this;
    }

    /**
     * Sets whether a call's {@link dev.pictor.model.CallContext#idempotencyKey()} is sent, as the header
     * {@code Idempotency-Key}. Default: false, since some vendors refuse headers they do not know.
     *
     * @param sends true if it is sent
     * @return this builder
     */
    @CanIgnoreReturnValue
    public ModelHttpBuilder sendsIdempotencyKey(boolean sends) {
        this.sendsIdempotencyKey = sends;
        return this;
    }

    /**
     * Says what a vendor means by an error's code, where the HTTP status says less: {@code insufficient_quota} with a 429
     * is {@link Reason#QUOTA_EXHAUSTED}. Default: none.
     *
     * @param code as in the answer's {@code error.code}, {@code error.type} or {@code error.status}
     * @param reason what it means
     * @return this builder
     */
    @CanIgnoreReturnValue
    public ModelHttpBuilder putErrorCode(String code, Reason reason) {
        errorCodes.put(requireNonNull(code, "code"), requireNonNull(reason, "reason"));
        return this;
    }

    /**
     * Sets who knows what this vendor's errors mean where status and code say less, such as a wrong key behind a 400.
     * Asked before {@link #putErrorCode}. Default: nobody.
     *
     * @param reasons reads bodies of errors
     * @return this builder
     */
    @CanIgnoreReturnValue
    public ModelHttpBuilder errorReasons(ErrorReasons reasons) {
        this.errorReasons = requireNonNull(reasons, "reasons");
        return this;
    }

    /**
     * Names a secret, such as a key, that must be in nothing that is kept of an exchange, wherever a vendor repeats it.
     * Default: none; headers that usually hold secrets are known.
     *
     * @param secret 1 or more characters
     * @return this builder
     * @throws IllegalArgumentException if {@code secret} is empty
     */
    @CanIgnoreReturnValue
    public ModelHttpBuilder addSecret(String secret) {
        if (secret.isEmpty()) {
            throw new IllegalArgumentException("secret must not be empty");
        }
        secrets.add(secret);
        return this;
    }

    /**
     * Sets the threads on which names are looked up and bytes are handed over; answers are read on the callers' threads.
     * Default: threads of its own, virtual ones on JDK 21 and later, else 16 at most, which end when they are idle.
     *
     * @param executor closed by the caller
     * @return this builder
     */
    @CanIgnoreReturnValue
    public ModelHttpBuilder executor(Executor executor) {
        this.executor = requireNonNull(executor, "executor");
        return this;
    }

    /**
     * Returns a client with these settings. It opens no connection yet.
     *
     * @return a new client, to be closed by the caller
     */
    public ModelHttp build() {
        return new ModelHttp(this);
    }

    private static Duration check(Duration value, String name) {
        if (value.toMillis() < 1 || value.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(name + " must be 1 ms to 10 min, was " + value);
        }
        return value;
    }
}
