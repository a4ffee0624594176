package dev.pictor.gateway.semantic;

import static java.util.Objects.requireNonNull;

import dev.pictor.model.Embedding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * Prompts with their vectors, in memory, and which of them is nearest to another. Prompts are compared only within
 * one envelope, which stands for everything else that shapes an answer (model, size, inputs, tenant and so on), and
 * only where {@link AttributeGuard} finds that both tell the same. Thread-safe.
 *
 * <p>Vectors are kept in seven bits a number, which moves a cosine by about 0.001. The prompts used longest ago leave first
 * when there are too many. Prompts of more than {@value #MAX_PROMPT_CHARS} characters are never kept nor found.
 */
public final class SemanticIndex {

    /** The longest prompt that is compared, in characters. */
    public static final int MAX_PROMPT_CHARS = 8_192;

    static final int MAX_ENTRIES = 1_000_000;

    private record Entry(String envelope, String id, String prompt, Facts facts, UnitVector vector) {}

    private final int maxEntries;
    private final AttributeGuard guard = AttributeGuard.english();
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Map<String, Entry> byId = new LinkedHashMap<>(); // the one used longest ago is first
    private final Map<String, List<Entry>> byEnvelope = new HashMap<>();

    private SemanticIndex(int maxEntries) {
        this.maxEntries = maxEntries;
    }

    /**
     * Returns an empty index.
     *
     * @param maxEntries the most prompts it keeps over all envelopes, 1 to 1,000,000
     * @return the index
     * @throws IllegalArgumentException if {@code maxEntries} is outside that range
     */
    public static SemanticIndex create(int maxEntries) {
        if (maxEntries < 1 || maxEntries > MAX_ENTRIES) {
            throw new IllegalArgumentException("maxEntries must be 1 to " + MAX_ENTRIES + ", was " + maxEntries);
        }
        return new SemanticIndex(maxEntries);
    }

    /**
     * Keeps a prompt. An id that is kept already is replaced, and a prompt that is too long is left out.
     *
     * @param envelope everything but the prompt that shapes the answer, such as a hash
     * @param id what a hit gives back, such as a cache key
     * @param prompt the prompt in its own words
     * @param vector what stands for it
     */
    public void add(String envelope, String id, String prompt, Embedding vector) {
        requireNonNull(envelope, "envelope");
        requireNonNull(id, "id");
        if (prompt.length() > MAX_PROMPT_CHARS) {
            remove(id);
            return;
        }
        Entry entry = new Entry(envelope, id, prompt, guard.read(prompt), UnitVector.of(vector));
        lock.writeLock().lock();
        try {
            drop(byId.remove(id));
            byId.put(id, entry);
            byEnvelope.computeIfAbsent(envelope, key -> new ArrayList<>()).add(entry);
            if (byId.size() > maxEntries) {
                Iterator<Entry> oldest = byId.values().iterator();
                Entry leaving = oldest.next();
                oldest.remove();
                drop(leaving);
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    /**
     * Finds the kept prompt that is nearest to another among those that tell the same.
     *
     * @param envelope the envelope it must have been kept under
     * @param vector what stands for the prompt, from the model that made the kept ones
     * @param prompt the prompt
     * @param minSimilarity the least cosine, -1 to 1
     * @return the nearest, or empty if none is near enough
     */
    public Optional<SemanticHit> nearest(String envelope, Embedding vector, String prompt, double minSimilarity) {
        requireNonNull(envelope, "envelope");
        if (prompt.length() > MAX_PROMPT_CHARS) {
            return Optional.empty();
        }
        return search(envelope, vector, guard.read(prompt), minSimilarity);
    }

    /**
     * Finds the kept prompt that is nearest to another, even if they tell different things. It answers nothing: it is the
     * best there is where nothing better is to be had.
     *
     * @param envelope the envelope it must have been kept under
     * @param vector what stands for the prompt, from the model that made the kept ones
     * @return the nearest, or empty if none is kept
     */
    public Optional<SemanticHit> nearestOfAny(String envelope, Embedding vector) {
        return search(requireNonNull(envelope, "envelope"), vector, null, -1);
    }

    private Optional<SemanticHit> search(
            String envelope, Embedding vector, @Nullable Facts facts, double minSimilarity) {
        UnitVector unit = UnitVector.of(vector).mirrored();
        Entry best = null;
        double similarity = minSimilarity;
        lock.readLock().lock();
        try {
            for (Entry entry : byEnvelope.getOrDefault(envelope, List.of())) {
                if (facts != null && !facts.mayAgree(entry.facts)) {
                    continue; // two numbers compared, which spares most of the vectors
                }
                double cosine = unit.cosine(entry.vector);
                boolean isNearer = best == null ? cosine >= similarity : cosine > similarity;
                if (isNearer && (facts == null || facts.agree(entry.facts))) {
                    best = entry;
                    similarity = cosine;
                }
            }
        } finally {
            lock.readLock().unlock();
        }
        if (best == null) {
            return Optional.empty();
        }
        touch(best);
        return Optional.of(new SemanticHit(best.id, best.prompt, similarity));
    }

    private void touch(Entry entry) {
        lock.writeLock().lock();
        try {
            if (byId.remove(entry.id, entry)) {
                byId.put(entry.id, entry);
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    /**
     * Forgets a prompt, such as when its answer is gone.
     *
     * @param id the id it was kept under; one that is not known is fine
     */
    public void remove(String id) {
        lock.writeLock().lock();
        try {
            drop(byId.remove(requireNonNull(id, "id")));
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Forgets all prompts. */
    public void clear() {
        lock.writeLock().lock();
        try {
            byId.clear();
            byEnvelope.clear();
        } finally {
            lock.writeLock().unlock();
        }
    }

    /**
     * Returns how many prompts are kept.
     *
     * @return 0 or more
     */
    public int size() {
        lock.readLock().lock();
        try {
            return byId.size();
        } finally {
            lock.readLock().unlock();
        }
    }

    private void drop(@Nullable Entry entry) {
        if (entry == null) {
            return;
        }
        List<Entry> shelf = byEnvelope.get(entry.envelope);
        if (shelf != null) {
            shelf.remove(entry);
            if (shelf.isEmpty()) {
                byEnvelope.remove(entry.envelope);
            }
        }
    }
}
