package dev.pictor.gateway.budget;

import static java.util.Objects.requireNonNull;

import dev.pictor.model.Money;
import dev.pictor.time.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A ledger in this process's memory; what it knows ends with the process. Thread-safe: one lock, held for some dozens of
 * nanoseconds.
 *
 * <p><b>Bounds.</b> At most 1,000,000 accounts; a call on one more is an {@link IllegalStateException}. Accounts of a period
 * are forgotten when the period after it is over, those of a run a day after its last call, those without a period never.
 * At most 100,000 holds under way, of which the oldest become unknown, and 100,000 unknown ones that can still be
 * corrected; the older ones stay as they are.
 */
public final class MemoryLedger implements Ledger {

    private static final Duration DEFAULT_LIFETIME = Duration.ofMinutes(15);
    private static final Duration MIN_LIFETIME = Duration.ofMillis(1);
    private static final Duration MAX_LIFETIME = Duration.ofDays(1);
    private static final long RUN_IS_OVER_NANOS = Duration.ofDays(1).toNanos();
    private static final int MAX_ACCOUNTS = 1_000_000;
    private static final int MAX_HOLDS = 100_000;

    /** With each new account so many old ones are looked at, so that they never outnumber the live ones for long. */
    private static final int LOOKED_AT = 2;

    private final TimeSource time;
    private final long lifetimeNanos;
    private final Object lock = new Object();

    // guarded by lock
    private final Map<Account, Slot> slots;
    private final ArrayDeque<Slot> forgettable = new ArrayDeque<>();
    private final LinkedHashMap<HoldId, OpenHold> held = new LinkedHashMap<>();
    private final LinkedHashMap<HoldId, OpenHold> unknown = new LinkedHashMap<>();
    private long latestStart = Long.MIN_VALUE;
    private long nextExpiry;

    MemoryLedger(TimeSource time, Duration lifetime, Map<Account, Slot> slots) {
        this.time = time;
        this.lifetimeNanos = lifetime.toNanos();
        this.slots = slots;
    }

    /**
     * Returns an empty ledger. Holds that nobody ends become unknown after 15 minutes, longer than any call may take.
     *
     * @return a new ledger
     */
    public static MemoryLedger create() {
        return create(TimeSource.system());
    }

    /**
     * Returns an empty ledger with a time of the caller's. Holds that nobody ends become unknown after 15 minutes.
     *
     * @param time tells how old a hold is
     * @return a new ledger
     */
    public static MemoryLedger create(TimeSource time) {
        return create(time, DEFAULT_LIFETIME);
    }

    /**
     * Returns an empty ledger.
     *
     * @param time tells how old a hold is
     * @param lifetime after which a hold that nobody ended becomes unknown, 1 ms to 1 day; longer than any call may take
     * @return a new ledger
     * @throws IllegalArgumentException if {@code lifetime} is outside that range
     */
    public static MemoryLedger create(TimeSource time, Duration lifetime) {
        requireNonNull(time, "time");
        if (lifetime.compareTo(MIN_LIFETIME) < 0 || lifetime.compareTo(MAX_LIFETIME) > 0) {
            throw new IllegalArgumentException("lifetime must be 1 ms to 1 day, was " + lifetime);
        }
        return new MemoryLedger(time, lifetime, new HashMap<>());
    }

    @Override
    public Optional<Shortfall> reserve(HoldRequest request) {
        List<Account> accounts = request.accounts();
        long amount = request.amount().nanos();
        long now = time.nanoTime();
        synchronized (lock) {
            expire(now);
            for (int i = 0; i < accounts.size(); i++) {
                Account account = accounts.get(i);
                Slot slot = slots.get(account);
                if (slot == null ? amount > account.limitNanos() : !slot.hasRoom(amount, account.limitNanos())) {
                    return Optional.of(
                            slot == null
                                    ? new Shortfall(account, 0, 0)
                                    : new Shortfall(account, slot.committed(), slot.held));
                }
            }
            hold(request, now);
            return Optional.empty();
        }
    }

    /** Everything that can fail comes before the first balance changes. */
    private void hold(HoldRequest request, long now) {
        List<Account> accounts = request.accounts();
        Slot[] on = new Slot[accounts.size()];
        for (int i = 0; i < on.length; i++) {
            on[i] = slot(accounts.get(i), now);
        }
        OpenHold hold = new OpenHold(request, on, now + lifetimeNanos);
        if (held.isEmpty()) {
            nextExpiry = hold.expires;
        }
        if (held.putIfAbsent(request.id(), hold) != null) {
            throw new IllegalArgumentException("the hold " + request.id() + " was made before");
        }
        for (Slot slot : on) {
            slot.held += hold.amount;
            slot.usedAt = now;
        }
    }

    @Override
    public Settlement settle(HoldId id, Money actual) {
        long now = time.nanoTime();
        synchronized (lock) {
            expire(now);
            OpenHold hold = held.get(id);
            boolean isHeld = hold != null;
            if (hold == null) {
                hold = unknown.get(id);
            }
            if (hold == null) {
                return Settlement.ignored();
            }
            hold.checkSum(actual);
            for (Slot slot : hold.slots) {
                slot.held -= isHeld ? hold.amount : 0;
                slot.unknown -= isHeld ? 0 : hold.amount;
                slot.settled += actual.nanos();
            }
            held.remove(id);
            unknown.remove(id);
            return hold.committed();
        }
    }

    @Override
    public Settlement release(HoldId id) {
        long now = time.nanoTime();
        synchronized (lock) {
            expire(now);
            OpenHold hold = held.remove(id);
            if (hold == null) {
                return Settlement.ignored();
            }
            for (Slot slot : hold.slots) {
                slot.held -= hold.amount;
            }
            return Settlement.counted(List.of());
        }
    }

    @Override
    public Settlement keep(HoldId id) {
        long now = time.nanoTime();
        synchronized (lock) {
            expire(now);
            OpenHold hold = held.remove(id);
            if (hold == null) {
                return Settlement.ignored();
            }
            becomesUnknown(id, hold);
            return hold.committed();
        }
    }

    @Override
    public Balance balance(Account account) {
        long now = time.nanoTime();
        synchronized (lock) {
            expire(now);
            Slot slot = slots.get(account);
            return slot == null ? Balance.ZERO : new Balance(slot.settled, slot.unknown, slot.held);
        }
    }

    /** The oldest come first, since all live equally long. */
    private void expire(long now) {
        if (held.isEmpty() || (now - nextExpiry < 0 && held.size() <= MAX_HOLDS)) {
            return;
        }
        Iterator<Map.Entry<HoldId, OpenHold>> oldest = held.entrySet().iterator();
        while (oldest.hasNext()) {
            Map.Entry<HoldId, OpenHold> entry = oldest.next();
            OpenHold hold = entry.getValue();
            if (now - hold.expires < 0 && held.size() <= MAX_HOLDS) {
                nextExpiry = hold.expires;
                return;
            }
            oldest.remove();
            becomesUnknown(entry.getKey(), hold);
        }
    }

    private void becomesUnknown(HoldId id, OpenHold hold) {
        for (Slot slot : hold.slots) {
            slot.held -= hold.amount;
            slot.unknown += hold.amount;
        }
        unknown.put(id, hold);
        if (unknown.size() > MAX_HOLDS) {
            Iterator<HoldId> oldest = unknown.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    private Slot slot(Account account, long now) {
        Slot known = slots.get(account);
        if (known != null) {
            return known;
        }
        latestStart = Math.max(latestStart, account.startMillis());
        forget(now);
        if (slots.size() >= MAX_ACCOUNTS) {
            throw new IllegalStateException("the ledger keeps " + MAX_ACCOUNTS + " accounts and no more");
        }
        Slot slot = new Slot(account, now);
        slots.put(account, slot);
        if (slot.canEnd()) {
            forgettable.add(slot);
        }
        return slot;
    }

    /** An account that follows tells that a period is over, so no clock that may be set back is asked. */
    private void forget(long now) {
        for (int i = 0; i < LOOKED_AT && !forgettable.isEmpty(); i++) {
            Slot slot = forgettable.remove();
            if (slot.account.endMillis() < latestStart
                    || (slot.account.budget().scope() == BudgetScope.RUN && now - slot.usedAt > RUN_IS_OVER_NANOS)) {
                slots.remove(slot.account);
            } else {
                forgettable.add(slot);
            }
        }
    }

    /** The balance of an account. */
    static final class Slot {

        private final Account account;
        private long settled;
        private long unknown;
        private long held;
        private long usedAt;
        private boolean warned;

        private Slot(Account account, long now) {
            this.account = account;
            this.usedAt = now;
        }

        boolean canEnd() {
            return account.end().isPresent() || account.budget().scope() == BudgetScope.RUN;
        }

        long committed() {
            return settled + unknown;
        }

        /** What is free always fits; sums stay within the range of a long, as {@link OpenHold#checkSum} sees to it. */
        boolean hasRoom(long amount, long limit) {
            return amount == 0 || amount <= limit - committed() - held;
        }

        private boolean isNewlyNear(Account asked) {
            boolean near = !warned && committed() >= asked.warnAtNanos();
            warned |= near;
            return near;
        }
    }

    /** A hold under way or of unknown outcome. */
    private static final class OpenHold {

        private final Money money;
        private final long amount;
        private final List<Account> accounts;
        private final Slot[] slots;
        private final long expires;

        OpenHold(HoldRequest request, Slot[] slots, long expires) {
            this.money = request.amount();
            this.amount = money.nanos();
            this.accounts = request.accounts();
            this.slots = slots;
            this.expires = expires;
        }

        /** @throws ArithmeticException if an account's sum would be beyond nine billion units */
        void checkSum(Money actual) {
            if (!actual.currency().equals(money.currency())) {
                throw new IllegalArgumentException("cannot settle a hold of " + money + " with " + actual);
            }
            for (Slot slot : slots) {
                Math.addExact(Math.addExact(slot.committed(), slot.held), actual.nanos());
            }
        }

        /** The accounts that have just come near their limits. */
        Settlement committed() {
            @Nullable List<Account> near = null;
            for (int i = 0; i < slots.length; i++) {
                if (slots[i].isNewlyNear(accounts.get(i))) {
                    near = near == null ? new ArrayList<>() : near;
                    near.add(accounts.get(i));
                }
            }
            return Settlement.counted(near == null ? List.of() : near);
        }
    }
}
