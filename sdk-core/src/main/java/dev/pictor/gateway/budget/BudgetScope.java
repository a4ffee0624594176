package dev.pictor.gateway.budget;

/** Whose spending counts together. */
public enum BudgetScope {
    /** Everybody's. */
    GLOBAL,
    /** That of each tenant. */
    TENANT,
    /** That of each user; users of different tenants are different users. */
    USER,
    /** That on each model. */
    MODEL,
    /** That of each run. */
    RUN
}
