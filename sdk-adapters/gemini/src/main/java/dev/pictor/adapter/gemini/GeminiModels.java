package dev.pictor.adapter.gemini;

import dev.pictor.catalogue.ModelCatalogue;
import dev.pictor.gateway.price.PriceCatalogue;
import dev.pictor.gateway.price.PricedModel;
import dev.pictor.model.ModelProfile;
import java.util.Optional;

/**
 * Google's models that this version knows, read from files beside this class; what they cost is from
 * {@link PriceCatalogue#builtIn()}. The files name their sources and the days on which those were read: check what you
 * rely on. Thread-safe.
 */
public final class GeminiModels {

    private static final String VERTEX = "gcp.vertex_ai";

    private GeminiModels() {}

    /**
     * Returns the models of the Gemini API that draw, answer and embed. Vertex AI serves those that draw and answer
     * under the same names.
     *
     * @return the catalogue, with the names of retired models
     */
    public static ModelCatalogue catalogue() {
        return Gemini.CATALOGUE;
    }

    /**
     * Returns the Imagen models, which Vertex AI alone has.
     *
     * @return the catalogue, with the names of retired models
     */
    public static ModelCatalogue imagen() {
        return Imagen.CATALOGUE;
    }

    /** Returns a model as Vertex AI serves it: at its own price, and to a day of its own, which only prices may know. */
    static ModelProfile onVertex(ModelProfile profile) {
        if (profile.provider().equals(VERTEX)) {
            return profile;
        }
        Optional<PricedModel> priced = PriceCatalogue.builtIn().find(VERTEX, profile.id());
        return profile.toBuilder()
                .provider(VERTEX)
                .price(priced.map(PricedModel::price))
                .retiresOn(priced.flatMap(PricedModel::retiresOn))
                .successor(priced.flatMap(PricedModel::successor))
                .build();
    }

    /** Read on first use. */
    private static final class Gemini {
        static final ModelCatalogue CATALOGUE = ModelCatalogue.beside(GeminiModels.class, "models.json");
    }

    /** Read on first use. */
    private static final class Imagen {
        static final ModelCatalogue CATALOGUE = ModelCatalogue.beside(GeminiModels.class, "imagen.json");
    }
}
