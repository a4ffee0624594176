package dev.pictor.prompts;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Overrides in memory. Thread-safe. */
final class MemoryOverrideStore implements PromptOverrideStore {

    private static final int MAX_OVERRIDES = 10_000;

    private final Object writing = new Object();
    private final ConcurrentSkipListMap<OverrideKey, PromptOverride> overrides = new ConcurrentSkipListMap<>();

    @Override
    public Optional<PromptOverride> find(String tenant, String prompt, String variant) {
        return Optional.ofNullable(overrides.get(new OverrideKey(tenant, prompt, variant)));
    }

    @Override
    public void put(PromptOverride override) {
        OverrideKey key = OverrideKey.of(override);
        synchronized (writing) {
            if (!overrides.containsKey(key) && overrides.size() >= MAX_OVERRIDES) {
                throw new IllegalStateException("the store holds " + MAX_OVERRIDES + " overrides already; remove some");
            }
            overrides.put(key, override);
        }
    }

    @Override
    public boolean remove(String tenant, String prompt, String variant) {
        return overrides.remove(new OverrideKey(tenant, prompt, variant)) != null;
    }

    @Override
    public List<PromptOverride> list() {
        return List.copyOf(overrides.values());
    }
}
