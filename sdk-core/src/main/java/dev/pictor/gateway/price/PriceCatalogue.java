package dev.pictor.gateway.price;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Finds what a model costs. A model that is not in it has an unknown price, which is not a price of zero.
 *
 * <p>Implementations are thread-safe and quick: they are asked before every call.
 */
public interface PriceCatalogue {

    /**
     * Finds a model.
     *
     * @param provider who serves it, such as {@code gcp.gemini}
     * @param modelId its id at this provider, or another of its names
     * @return what is known of it, or empty
     */
    Optional<PricedModel> find(String provider, String modelId);

    /**
     * Returns every model in it. May read files.
     *
     * @return models, retired ones too
     */
    List<PricedModel> models();

    /**
     * Returns the prices that this version was released with. Each names its source and the day it was read there: check
     * what you rely on. The files are read when a model is first looked for.
     *
     * @return the catalogue of this artifact
     */
    static PriceCatalogue builtIn() {
        return BundledPrices.INSTANCE;
    }

    /**
     * Returns a catalogue without models.
     *
     * @return an empty catalogue
     */
    static PriceCatalogue none() {
        return NoPrices.INSTANCE;
    }

    /**
     * Reads prices from a file in the form of the bundled ones, see {@code docs/prices.md}.
     *
     * @param file JSON in UTF-8, at most 4 MiB
     * @return the prices, which can be read again
     * @throws PriceFileException if the file cannot be read or anything in it is wrong
     */
    static PriceFile from(Path file) {
        return PriceFile.open(file);
    }

    /**
     * Returns a catalogue that asks another one first.
     *
     * @param other whose models take the place of those in this one; later changes of it are seen
     * @return both
     */
    default PriceCatalogue overlaidBy(PriceCatalogue other) {
        return new OverlaidPrices(this, requireNonNull(other, "other"));
    }
}
