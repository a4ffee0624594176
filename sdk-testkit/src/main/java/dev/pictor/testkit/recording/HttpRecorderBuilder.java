package dev.pictor.testkit.recording;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.secret.Secrets;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Settings of an {@link HttpRecorder}. Not thread-safe. */
public final class HttpRecorderBuilder {

    final Path folder;
    final URI upstream;
    final Set<String> headers = new HashSet<>();
    final Set<String> parameters = new HashSet<>();
    final Set<String> values = new HashSet<>();

    HttpRecorderBuilder(Path folder, URI upstream) {
        this.folder = folder;
        this.upstream = upstream;
    }

    /**
     * Names a value that must not be kept, wherever it stands. Default: none but those of secret headers and parameters.
     *
     * @param secret 6 or more characters
     * @return this builder
     * @throws IllegalArgumentException if it is shorter; the message does not show it
     */
    @CanIgnoreReturnValue
    public HttpRecorderBuilder addSecret(String secret) {
        if (secret.length() < Secrets.LEAST_CHARS) {
            throw new IllegalArgumentException(
                    "a secret must have " + Secrets.LEAST_CHARS + " or more characters, had " + secret.length());
        }
        values.add(secret);
        return this;
    }

    /**
     * Names a header whose values must not be kept. Default: those that usually hold keys, such as {@code Authorization},
     * {@code x-api-key}, {@code x-goog-api-key} and {@code Set-Cookie}.
     *
     * @param name in any case
     * @return this builder
     */
    @CanIgnoreReturnValue
    public HttpRecorderBuilder addSecretHeader(String name) {
        headers.add(requireNonNull(name, "name"));
        return this;
    }

    /**
     * Names a query parameter whose values must not be kept. Default: those that usually hold keys, such as {@code key},
     * {@code api_key}, {@code access_token} and {@code signature}.
     *
     * @param name in any case
     * @return this builder
     */
    @CanIgnoreReturnValue
    public HttpRecorderBuilder addSecretParameter(String name) {
        parameters.add(requireNonNull(name, "name"));
        return this;
    }

    /**
     * Starts the recorder.
     *
     * @return the recorder, to be closed by the caller
     */
    public HttpRecorder start() {
        return new HttpRecorder(this);
    }
}
