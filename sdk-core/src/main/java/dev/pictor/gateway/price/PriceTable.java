package dev.pictor.gateway.price;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Models by provider and name. */
final class PriceTable {

    private final List<PricedModel> models;
    private final Map<String, Map<String, PricedModel>> byProvider = new HashMap<>();

    PriceTable(List<PricedModel> models) {
        this.models = List.copyOf(models);
        for (PricedModel model : models) {
            Map<String, PricedModel> names = byProvider.computeIfAbsent(model.provider(), name -> new HashMap<>());
            names.put(model.id(), model);
            model.aliases().forEach(alias -> names.put(alias, model));
        }
    }

    Optional<PricedModel> find(String provider, String name) {
        @Nullable Map<String, PricedModel> names = byProvider.get(provider);
        return names == null ? Optional.empty() : Optional.ofNullable(names.get(name));
    }

    List<PricedModel> models() {
        return models;
    }
}
