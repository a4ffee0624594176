package dev.pictor.feedback;

import dev.pictor.prompts.Bucketing;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A flag of a file. Immutable.
 *
 * @param users on or off for users without a tenant
 */
record FeatureFlag(
        boolean enabled, double percent, String salt, Map<String, Tenant> tenants, Map<String, Boolean> users) {

    /**
     * What is said of a tenant.
     *
     * @param on on or off for all users, or null if the share decides
     */
    record Tenant(@Nullable Boolean on, Map<String, Boolean> users) {}

    FlagDecision decide(String flag, String tenant, String user) {
        if (!enabled) {
            return new FlagDecision(flag, false, "off", "the file turns it off");
        }
        Tenant theirs = tenants.get(tenant);
        Map<String, Boolean> named = tenant.isEmpty() ? users : theirs == null ? Map.of() : theirs.users;
        Boolean forUser = named.get(user);
        if (forUser != null) {
            return new FlagDecision(flag, forUser, "user", "the file names the user");
        }
        if (theirs != null && theirs.on != null) {
            return new FlagDecision(flag, theirs.on, "tenant", "the file names the tenant");
        }
        if (user.isEmpty() && percent < Bucketing.BUCKETS / 100.0) {
            return new FlagDecision(flag, false, "nobody", "there is no user to be in a share of " + percent + "%");
        }
        return new FlagDecision(
                flag,
                Bucketing.isIn(flag, salt, user, percent),
                FlagDecision.SHARE,
                "bucket " + Bucketing.bucket(flag, salt, user) + " of a share of " + percent + "%");
    }
}
