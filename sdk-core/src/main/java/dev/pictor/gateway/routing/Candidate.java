package dev.pictor.gateway.routing;

import dev.pictor.model.ModelProfile;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/** A model that may serve a call, with what is its own: its options never reach another model. Immutable. */
@Value.Immutable
public abstract class Candidate {

    Candidate() {}

    /**
     * Returns a builder for a candidate with no options of its own.
     *
     * @param profile what the model is
     * @return a new builder
     */
    public static CandidateBuilder builder(ModelProfile profile) {
        return new CandidateBuilder().profile(profile);
    }

    /**
     * Returns a candidate with no options of its own.
     *
     * @param profile what the model is
     * @return a candidate
     */
    public static Candidate of(ModelProfile profile) {
        return builder(profile).build();
    }

    /**
     * Returns a builder that starts from this candidate.
     *
     * @return a new builder
     */
    public CandidateBuilder toBuilder() {
        return new CandidateBuilder().from(this);
    }

    /**
     * What the model is.
     *
     * @return its profile
     */
    public abstract ModelProfile profile();

    /**
     * Its name among the candidates: health, breakers and decisions go by it. Default: provider and model id, such as
     * {@code openai/gpt-image-1}. One model with two sets of options, or two keys, needs two names.
     *
     * @return a name
     */
    @Value.Default
    public String id() {
        return profile().provider() + "/" + profile().id();
    }

    /**
     * What it shares limits with: a pause that its vendor asked for holds for all candidates with the same quota. Default:
     * provider and model id, whatever the options are. One model with two keys needs two quotas, such as the candidates'
     * ids; several models under one quota of their vendor may share a name.
     *
     * @return a name
     */
    @Value.Default
    public String quota() {
        return profile().provider() + "/" + profile().id();
    }

    /**
     * What goes to this model beside the request, by the vendor's names. Default: none.
     *
     * @return options; those of the request, if they are meant for this vendor, win over them
     */
    public abstract Map<String, Object> options();

    /**
     * How long one attempt at it may take. Default: empty, which means as long as the retry policy says.
     *
     * @return the time, more than zero
     */
    public abstract Optional<Duration> attemptLimit();

    /**
     * Returns whether a name means this candidate.
     *
     * @param name an id
     * @return true if it is the candidate's id, the model's id or one of its aliases
     */
    public boolean answersTo(String name) {
        return name.equals(id())
                || name.equals(profile().id())
                || profile().aliases().contains(name);
    }

    @Value.Check
    void check() {
        if (id().isBlank() || quota().isBlank()) {
            throw new IllegalArgumentException("id and quota must not be blank");
        }
        attemptLimit().ifPresent(limit -> {
            if (limit.isNegative() || limit.isZero()) {
                throw new IllegalArgumentException("attemptLimit must be more than zero, was " + limit);
            }
        });
    }
}
