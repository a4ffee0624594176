package dev.pictor.gateway.budget;

import static java.util.Objects.requireNonNull;

import java.util.Objects;
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

    /** Returns the spender without the run: calls in different runs are mostly on the same accounts. */
    Spender inAnyRun() {
        return new Spender(tenant, user, model, "");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Spender that
                && model.equals(that.model)
                && run.equals(that.run)
                && Objects.equals(tenant, that.tenant)
                && Objects.equals(user, that.user);
    }

    @Override
    public int hashCode() {
        int hash = 31 * model.hashCode() + run.hashCode();
        return 31 * (31 * hash + Objects.hashCode(tenant)) + Objects.hashCode(user);
    }
}
