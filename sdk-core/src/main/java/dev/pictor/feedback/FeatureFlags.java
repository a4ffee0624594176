package dev.pictor.feedback;

import static java.util.Objects.requireNonNull;

import dev.pictor.pipeline.RunContext;
import dev.pictor.prompts.Bucketing;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Flags that are on for some: by user, by tenant, or for a share of users that only grows when the percentage does. They are
 * read from a file:
 *
 * <pre>
 * {
 *   "flags": {
 *     "model-intent": {
 *       "percent": 20,
 *       "salt": "november",
 *       "tenants": {"acme": {"on": true, "users": {"u-7": false}}},
 *       "users": {"u-1": true}
 *     }
 *   }
 * }
 * </pre>
 *
 * <p>The switch goes before all, then {@code "enabled": false}, then users (within their tenant; those at the top are of no
 * tenant), then tenants, then the share. A flag that the file does not have is off. Who has no user id is in no share unless
 * it is 0 or 100. Users are dealt by {@link Bucketing}, as experiments deal them. Immutable.
 */
public final class FeatureFlags {

    /** The most that a file of flags may have: 4 MiB. */
    public static final int MAX_BYTES = 4 << 20;

    private final Map<String, FeatureFlag> flags;
    private final Predicate<String> stopped;

    private FeatureFlags(Map<String, FeatureFlag> flags, Predicate<String> stopped) {
        this.flags = flags;
        this.stopped = stopped;
    }

    /**
     * Reads flags.
     *
     * @param json what a file of flags has, at most {@value #MAX_BYTES} bytes in UTF-8
     * @return the flags
     * @throws IllegalArgumentException if it is no JSON, or says something twice or that is not known; the message says where
     */
    public static FeatureFlags parse(String json) {
        return new FeatureFlags(FlagFile.read(json.getBytes(StandardCharsets.UTF_8)), flag -> false);
    }

    /**
     * Reads a file of flags, once: who wants its changes reads it again.
     *
     * @param file UTF-8 JSON of at most {@value #MAX_BYTES} bytes
     * @return the flags
     * @throws UncheckedIOException if it cannot be read
     * @throws IllegalArgumentException if it is no JSON, or says something twice or that is not known
     */
    public static FeatureFlags read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new FeatureFlags(FlagFile.read(in.readNBytes(MAX_BYTES + 1)), flag -> false);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read flags from " + file, e);
        }
    }

    /**
     * Returns these flags with a switch that turns flags off at once.
     *
     * @param isStopped tells by the flag's name whether it is off; asked at every decision, so it must be quick
     * @return the flags with the switch
     */
    public FeatureFlags killSwitch(Predicate<String> isStopped) {
        return new FeatureFlags(flags, requireNonNull(isStopped, "isStopped"));
    }

    /**
     * Returns which flags there are.
     *
     * @return their names, sorted
     */
    public Set<String> names() {
        return new TreeSet<>(flags.keySet());
    }

    /**
     * Tells whether a flag is on for the user and tenant of a run, and notes it in the trace.
     *
     * @param run the run
     * @param flag the flag's name
     * @return true if it is on
     */
    public boolean isOn(RunContext run, String flag) {
        FlagDecision decision = decide(flag, run.tenant().orElse(""), run.user().orElse(""));
        run.decide(decision.toDecision());
        return decision.isOn();
    }

    /**
     * Tells whether a flag is on.
     *
     * @param flag the flag's name
     * @param tenant the tenant's id, or nothing
     * @param user the user's id, or nothing
     * @return whether it is on, and why
     */
    public FlagDecision decide(String flag, String tenant, String user) {
        FeatureFlag known = flags.get(requireNonNull(flag, "flag"));
        if (known == null) {
            return new FlagDecision(flag, false, "unknown", "there is no such flag");
        }
        if (stopped.test(flag)) {
            return new FlagDecision(flag, false, "stopped", "the switch turns it off");
        }
        return known.decide(flag, requireNonNull(tenant, "tenant"), requireNonNull(user, "user"));
    }
}
