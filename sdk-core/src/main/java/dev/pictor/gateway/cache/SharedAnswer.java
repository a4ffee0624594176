package dev.pictor.gateway.cache;

/**
 * What came of a call that several callers may have waited for. Immutable.
 *
 * @param value what came of it
 * @param isLeader whether this caller began the call; of all that shared one, at most one did
 * @param callers how many callers there were, this one and those included that left early, at least 1
 * @param <V> the kind of value
 */
public record SharedAnswer<V>(V value, boolean isLeader, int callers) {}
