package dev.pictor.prompts;

import java.util.List;
import java.util.Optional;

/** Has no overrides and takes none. */
final class NoOverrideStore implements PromptOverrideStore {

    static final NoOverrideStore INSTANCE = new NoOverrideStore();

    private NoOverrideStore() {}

    @Override
    public Optional<PromptOverride> find(String tenant, String prompt, String variant) {
        return Optional.empty();
    }

    @Override
    public void put(PromptOverride override) {
        throw new IllegalStateException("there is no store for overrides: give one to PromptRegistryBuilder.overrides");
    }

    @Override
    public boolean remove(String tenant, String prompt, String variant) {
        return false;
    }

    @Override
    public List<PromptOverride> list() {
        return List.of();
    }
}
