package dev.pictor.prompts;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Keeps tenants' overrides: at most one for each tenant, prompt and variant. It neither judges texts nor knows the time;
 * the registry does, at each look-up.
 *
 * <p>Implementations are thread-safe and may be called by many threads at once; {@link #find} is asked at every look-up of
 * a tenant's prompt. What {@link #put} has returned from is seen by every later call, and none sees half of it. They may
 * block for as long as their storage takes, fail with {@link PromptException} of the reason {@link
 * PromptException.Reason#UNREADABLE} if it cannot be reached or read, and neither retry nor log.
 */
public interface PromptOverrideStore {

    /**
     * Finds an override, whether it has expired or not.
     *
     * @param tenant whose
     * @param prompt the prompt's name
     * @param variant the prompt's variant, or nothing for the file without one
     * @return the override, or empty if there is none
     * @throws PromptException if the storage cannot be read
     */
    Optional<PromptOverride> find(String tenant, String prompt, String variant);

    /**
     * Keeps an override, in place of the one for the same tenant, prompt and variant.
     *
     * @param override what to keep
     * @throws PromptException if the storage cannot be written; it is then as before
     */
    void put(PromptOverride override);

    /**
     * Takes an override away.
     *
     * @param tenant whose
     * @param prompt the prompt's name
     * @param variant the prompt's variant, or nothing for the file without one
     * @return whether there was one
     * @throws PromptException if the storage cannot be written; it is then as before
     */
    boolean remove(String tenant, String prompt, String variant);

    /**
     * Lists the overrides, those that have expired included.
     *
     * @return all, by tenant, prompt and variant
     * @throws PromptException if the storage cannot be read
     */
    List<PromptOverride> list();

    /**
     * Returns the store that holds nothing.
     *
     * @return the store, whose {@code put} is an {@link IllegalStateException}
     */
    static PromptOverrideStore none() {
        return NoOverrideStore.INSTANCE;
    }

    /**
     * Returns a store that forgets all when the program ends.
     *
     * @return a new store of at most 10,000 overrides; one more is an {@link IllegalStateException}
     */
    static PromptOverrideStore inMemory() {
        return new MemoryOverrideStore();
    }

    /**
     * Returns a store of one JSON file for each override. Several programs may share the directory.
     *
     * @param directory the folder, which is made when the first override is put
     * @return a new store
     */
    static PromptOverrideStore ofDirectory(Path directory) {
        return new DirectoryOverrideStore(directory);
    }
}
