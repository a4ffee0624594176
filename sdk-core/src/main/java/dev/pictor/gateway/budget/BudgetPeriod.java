package dev.pictor.gateway.budget;

/** When spending begins anew. */
public enum BudgetPeriod {
    /** With each day of the budget's zone. */
    DAY,
    /** With each month of the budget's zone. */
    MONTH,
    /** Never. */
    TOTAL
}
