package dev.pictor.gateway.budget;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * Why a ledger holds nothing: the first account that has too little left. Immutable.
 *
 * @param account the account
 * @param committed what counts as spent on it, in billionths
 * @param held what is set aside on it, in billionths
 */
public record Shortfall(Account account, long committed, long held) implements Serializable {

    /** Checks the account. */
    public Shortfall {
        requireNonNull(account, "account");
    }
}
