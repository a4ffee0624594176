package dev.pictor.gateway.budget;

/**
 * What is on an account, in billionths of its currency's unit. Immutable.
 *
 * @param settled spent, by the vendors' counts
 * @param unknown may have been spent: nobody learnt how these calls ended, so their holds count as spent
 * @param held set aside for calls under way
 */
public record Balance(long settled, long unknown, long held) {

    /** What an account begins with. */
    static final Balance ZERO = new Balance(0, 0, 0);

    /**
     * Returns what counts as spent.
     *
     * @return settled and unknown, in billionths
     */
    public long committed() {
        return Math.addExact(settled, unknown);
    }

    /**
     * Returns what may not be spent again.
     *
     * @return committed and held, in billionths
     */
    public long used() {
        return Math.addExact(committed(), held);
    }
}
