package dev.pictor.gateway.price;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One catalogue above another. */
record OverlaidPrices(PriceCatalogue below, PriceCatalogue above) implements PriceCatalogue {

    @Override
    public Optional<PricedModel> find(String provider, String modelId) {
        Optional<PricedModel> found = above.find(provider, modelId);
        return found.isPresent() ? found : below.find(provider, modelId);
    }

    @Override
    public List<PricedModel> models() {
        List<PricedModel> all = new ArrayList<>(above.models());
        for (PricedModel model : below.models()) {
            if (above.find(model.provider(), model.id()).isEmpty()) {
                all.add(model);
            }
        }
        return List.copyOf(all);
    }
}
