package dev.pictor.gateway.budget;

import java.util.List;

/** What a ledger did with the end of a hold. Immutable. */
public final class Settlement {

    private static final Settlement IGNORED = new Settlement(false, List.of());
    private static final Settlement COUNTED = new Settlement(true, List.of());

    private final boolean counted;
    private final List<Account> near;

    private Settlement(boolean counted, List<Account> near) {
        this.counted = counted;
        this.near = near;
    }

    /**
     * Returns the answer to an end that changed nothing, since the hold has ended before or is not known.
     *
     * @return the answer
     */
    public static Settlement ignored() {
        return IGNORED;
    }

    /**
     * Returns the answer to an end that counts.
     *
     * @param near accounts on which the amount to warn at is now reached for the first time
     * @return the answer
     */
    public static Settlement counted(List<Account> near) {
        return near.isEmpty() ? COUNTED : new Settlement(true, List.copyOf(near));
    }

    /**
     * Returns whether this end counts.
     *
     * @return false if it changed nothing
     */
    public boolean isCounted() {
        return counted;
    }

    /**
     * Returns the accounts that came near their limits with this.
     *
     * @return accounts, each once in its lifetime; mostly none
     */
    public List<Account> near() {
        return near;
    }
}
