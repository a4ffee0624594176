package dev.pictor.prompts;

import java.util.ArrayList;
import java.util.List;

/** Asks several registries in turn. Immutable. */
final class CompositeRegistry implements PromptRegistry {

    private final List<PromptRegistry> registries;

    CompositeRegistry(List<PromptRegistry> registries) {
        this.registries = registries;
    }

    @Override
    public Prompt resolve(String name, PromptSelection selection) {
        List<PromptException> misses = new ArrayList<>();
        for (PromptRegistry registry : registries) {
            try {
                return registry.resolve(name, selection);
            } catch (PromptException e) {
                if (e.reason() != PromptException.Reason.MISSING) {
                    throw e;
                }
                misses.add(e);
            }
        }
        PromptException missing = new PromptException(
                PromptException.Reason.MISSING,
                name,
                String.join("; ", misses.stream().map(Throwable::getMessage).toList()));
        misses.forEach(missing::addSuppressed);
        throw missing;
    }
}
