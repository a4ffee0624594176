package dev.pictor.adapter.cutout;

import dev.pictor.catalogue.ModelCatalogue;
import dev.pictor.catalogue.ModelKind;
import dev.pictor.model.ModelProfile;

/**
 * The removers of this artifact as a catalogue, read from the file {@code models.json} beside this class; prices come
 * from {@link dev.pictor.gateway.price.PriceCatalogue#builtIn()}. Thread-safe.
 */
public final class CutoutModels {

    private CutoutModels() {}

    /**
     * Returns the catalogue.
     *
     * @return always the same
     */
    public static ModelCatalogue catalogue() {
        return Read.CATALOGUE;
    }

    static ModelProfile profile(String id) {
        return catalogue().profile(ModelKind.CUTOUT, id);
    }

    /** Read on first use. */
    private static final class Read {
        private static final ModelCatalogue CATALOGUE = ModelCatalogue.beside(CutoutModels.class, "models.json");
    }
}
