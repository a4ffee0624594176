package dev.pictor.prompts;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Sets up a registry of prompt files. What serves a call is, in this order: the version that the caller pins, the
 * tenant's {@linkplain #overrides override}, the subject's arm of an experiment in {@code experiments.yaml}, what a label
 * in {@code labels.yaml} names, and the file as it is. Both YAML files are read from the root of the first source that has
 * them. Not thread-safe.
 */
public final class PromptRegistryBuilder {

    /** The label that a registry goes by unless it is told otherwise. */
    public static final String DEFAULT_LABEL = "production";

    final List<PromptSource> sources = new ArrayList<>();
    PromptOverrideStore overrides = PromptOverrideStore.none();
    Predicate<String> stopped = experiment -> false;
    String label = DEFAULT_LABEL;
    InstantSource clock = InstantSource.system();

    PromptRegistryBuilder(PromptSource first) {
        sources.add(requireNonNull(first, "first"));
    }

    /**
     * Adds a place to look in when those before it do not have a file. So a directory goes before the prompts that come
     * with Pictor. Partials come from where the prompt is.
     *
     * @param source a place with prompt files
     * @return this builder
     */
    @CanIgnoreReturnValue
    public PromptRegistryBuilder addSource(PromptSource source) {
        sources.add(requireNonNull(source, "source"));
        return this;
    }

    /**
     * Sets where tenants' prompts of their own are. Default: {@link PromptOverrideStore#none()}.
     *
     * @param overrides keeps overrides; the caller closes it, if it needs closing
     * @return this builder
     */
    @CanIgnoreReturnValue
    public PromptRegistryBuilder overrides(PromptOverrideStore overrides) {
        this.overrides = requireNonNull(overrides, "overrides");
        return this;
    }

    /**
     * Sets the switch that stops an experiment at once, without a change of files. A subject of a stopped experiment gets
     * what it would get without it. Default: none is stopped.
     *
     * @param stopped says of an experiment's id whether it is stopped; asked at every look-up, and if it fails, the
     *     experiment counts as stopped
     * @return this builder
     */
    @CanIgnoreReturnValue
    public PromptRegistryBuilder killSwitch(Predicate<String> stopped) {
        this.stopped = requireNonNull(stopped, "stopped");
        return this;
    }

    /**
     * Sets the label to go by where the caller names none. Default: {@value #DEFAULT_LABEL}.
     *
     * @param label a label, which {@code labels.yaml} need not have; {@code latest} is the file as it is
     * @return this builder
     * @throws IllegalArgumentException if it is not made like a variant's name
     */
    @CanIgnoreReturnValue
    public PromptRegistryBuilder label(String label) {
        if (!PromptNames.isSegment(label)) {
            throw new IllegalArgumentException("label must be " + PromptNames.SEGMENT_RULE);
        }
        this.label = label;
        return this;
    }

    /**
     * Sets the clock by which overrides expire. Default: the machine's.
     *
     * @param clock tells the time
     * @return this builder
     */
    @CanIgnoreReturnValue
    public PromptRegistryBuilder clock(InstantSource clock) {
        this.clock = requireNonNull(clock, "clock");
        return this;
    }

    /**
     * Builds.
     *
     * @return a new registry, which keeps up to 256 files parsed
     */
    public PromptRegistry build() {
        return new FileRegistry(this);
    }
}
