package dev.pictor.adapter.openai;

import dev.pictor.catalogue.ModelCatalogue;

/**
 * The models of OpenAI that this version knows: what they can do, read from the file {@code models.json} beside this
 * class, and what they cost and until when they are served, from {@code PriceCatalogue.builtIn()}. Each file names its
 * source and date; check them before you rely on them. Thread-safe.
 */
public final class OpenAiModels {

    private OpenAiModels() {}

    /**
     * Returns the catalogue.
     *
     * @return models that draw, reason and embed; the same on each call
     */
    public static ModelCatalogue catalogue() {
        return Held.CATALOGUE;
    }

    /** Read on first use. */
    private static final class Held {
        private static final ModelCatalogue CATALOGUE = ModelCatalogue.beside(OpenAiModels.class, "models.json");
    }
}
