package dev.pictor.gateway.budget;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** On whose account a call goes. Immutable. */
public final class Spender {

    private final @Nullable String tenant;
    private final @Nullable String user;
    private final String model;
    private final String run;

    private Spender(@Nullable String tenant, @Nullable String user, String model, String run) {
        this.tenant = tenant;
        this.user = user;
        this.model = requireNonNull(model, "model");
        this.run = requireNonNull(run, "run");
    }

    /**
     * Returns a spender.
     *
     * @param tenant the tenant's id, or null if there is none
     * @param user the user's id, or null if there is none
     * @param model the model's id
     * @param run the run's id
     * @return a spender
     */
    public static Spender of(@Nullable String tenant, @Nullable String user, String model, String run) {
        return new Spender(tenant, user, model, run);
    }

    /**
     * Returns the tenant.
     *
     * @return its id, or empty
     */
    public Optional<String> tenant() {
        return Optional.ofNullable(tenant);
    }

    /**
     * Returns the user.
     *
     * @return the user's id, or empty
     */
    public Optional<String> user() {
        return Optional.ofNullable(user);
    }

    /**
     * Returns the model.
     *
     * @return its id
     */
    public String model() {
        return model;
    }

    /**
     * Returns the run.
     *
     * @return its id
     */
    public String run() {
        return run;
    }
}
