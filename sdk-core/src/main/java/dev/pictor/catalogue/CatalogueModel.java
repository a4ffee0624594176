package dev.pictor.catalogue;

import dev.pictor.model.ModelProfile;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.immutables.value.Value;

/** A line of a catalogue: one model. Immutable. */
@Value.Immutable
public abstract class CatalogueModel {

    CatalogueModel() {}

    /**
     * What it does.
     *
     * @return the kind
     */
    public abstract ModelKind kind();

    /**
     * What it is, can do and costs, and until when it is served.
     *
     * @return the profile, as an adapter has it
     */
    public abstract ModelProfile profile();

    /**
     * For what it is the vendor's choice. Default: none.
     *
     * @return tiers
     */
    public abstract Set<ModelTier> tiers();

    /**
     * Retired models in whose place this one answers. Default: none.
     *
     * @return one for each
     */
    public abstract List<RetiredName> replaces();

    /**
     * What its profile cannot say. Default: nothing.
     *
     * @return a sentence
     */
    public abstract Optional<String> note();

    /** Returns whether it is asked for by this name, an old one included. */
    boolean answersTo(String name) {
        return profile().id().equals(name)
                || profile().aliases().contains(name)
                || replaces().stream().anyMatch(old -> old.id().equals(name));
    }

    /** Returns the profile for whoever asks by this name: an old one brings a notice. */
    ModelProfile profileFor(String name) {
        if (profile().id().equals(name) || profile().aliases().contains(name)) {
            return profile();
        }
        return replaces().stream()
                .filter(old -> old.id().equals(name))
                .findFirst()
                .map(old ->
                        profile().toBuilder().notice(old.notice(profile().id())).build())
                .orElse(profile());
    }
}
