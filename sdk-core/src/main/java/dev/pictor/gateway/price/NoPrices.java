package dev.pictor.gateway.price;

import java.util.List;
import java.util.Optional;

/** No price is known. */
enum NoPrices implements PriceCatalogue {
    INSTANCE;

    @Override
    public Optional<PricedModel> find(String provider, String modelId) {
        return Optional.empty();
    }

    @Override
    public List<PricedModel> models() {
        return List.of();
    }
}
