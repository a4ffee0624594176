package dev.pictor.feedback;

import static java.util.Objects.requireNonNull;

import dev.pictor.trace.RunSummary;

/**
 * A user of a tenant. The same user id means somebody else with another tenant. Immutable.
 *
 * @param tenant the tenant's id, or nothing for users without one
 * @param user the user's id, not empty
 */
public record UserKey(String tenant, String user) {

    /**
     * Checks that there is a user.
     *
     * @throws IllegalArgumentException if {@code user} is empty
     */
    public UserKey {
        requireNonNull(tenant, "tenant");
        if (user.isEmpty()) {
            throw new IllegalArgumentException("user must not be empty");
        }
    }

    /**
     * Returns a user without a tenant.
     *
     * @param user the user's id
     * @return the user
     */
    public static UserKey of(String user) {
        return new UserKey("", user);
    }

    /** Whether a run is for this user and no other tenant's. */
    boolean isOf(RunSummary run) {
        return run.user().filter(user::equals).isPresent()
                && run.tenant().orElse("").equals(tenant);
    }

    @Override
    public String toString() {
        return tenant.isEmpty() ? user : tenant + "/" + user;
    }
}
