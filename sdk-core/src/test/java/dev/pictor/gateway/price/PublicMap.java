package dev.pictor.gateway.price;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names the errors of a public price map: an object of entries by key, each an object of copies by date, each an object
 * of fields such as {@code output_cost_per_image}. Quality and size may be parts of the key.
 */
final class PublicMap {

    private static final List<String> QUALITIES = List.of("low", "medium", "high", "standard", "hd");

    private final Map<String, JsonNode> entries = new LinkedHashMap<>();
    private final List<String> defects = new ArrayList<>();

    private PublicMap(JsonNode map) {
        map.fieldNames()
                .forEachRemaining(key -> map.path(key).forEach(copy -> entries.put(key, copy))); // the last copy counts
    }

    /** Returns one sentence for each error. */
    static List<String> defects(JsonNode map) {
        PublicMap found = new PublicMap(map);
        found.entries.forEach(found::check);
        return found.defects;
    }

    private void check(String key, JsonNode entry) {
        boolean draws = entry.path("mode").asText().equals("image_generation");
        double picture = price(entry);
        if (draws && !hasAny(entry, "cost")) {
            defects.add(key + ": draws and has no price");
        }
        if (entry.path("input_cost_per_pixel").isNumber() && picture == 0) {
            defects.add(key + ": a pixel costs 0");
        }
        if (draws && key.contains("research")) {
            defects.add(key + ": is no image model");
        }
        if (draws
                && entry.path("output_cost_per_token").asDouble() > 0
                && entry.path("output_cost_per_token").asDouble() < 1e-7
                && !entry.has("output_cost_per_image")) {
            defects.add(key + ": pictures are priced per token");
        }
        if (entry.path("input_cost_per_image").asDouble() > 0.002 && !entry.has("output_cost_per_image")) {
            defects.add(key + ": the price of a picture drawn is named as one of a picture read");
        }
        if (key.contains("pro-image") && entry.path("output_cost_per_image").isNumber()) {
            defects.add(key + ": one price for a picture, none for 4K");
        }
        quality(key, picture);
        routes(key, entry);
    }

    private void quality(String key, double picture) {
        List<String> parts = List.of(key.split("/"));
        String first = parts.get(0);
        boolean named = QUALITIES.contains(first);
        boolean bare = first.matches("[0-9]+-x-[0-9]+");
        if (picture == 0 || (!bare && !first.equals("standard"))) {
            return;
        }
        String rest = named ? key.substring(first.length() + 1) : key;
        @Nullable JsonNode low = entries.get("low/" + rest);
        @Nullable JsonNode medium = entries.get("medium/" + rest);
        if (low != null && medium != null && picture == price(low) && price(low) < price(medium)) {
            defects.add(key + ": costs what low costs");
        }
    }

    private void routes(String key, JsonNode entry) {
        int slash = key.indexOf('/');
        String route = slash < 0 ? "" : key.substring(0, slash);
        if (!route.equals("gemini") && !route.equals("vertex_ai")) {
            return;
        }
        String model = key.substring(slash + 1);
        for (String other : List.of(model, "vertex_ai/" + model)) {
            @Nullable JsonNode same = entries.get(other);
            if (same != null && !other.equals(key) && price(same) != price(entry)) {
                defects.add(String.format(Locale.ROOT, "%s: %s here, %s as %s", key, price(entry), price(same), other));
            }
        }
    }

    private static double price(JsonNode entry) {
        for (String name : List.of("output_cost_per_image", "input_cost_per_image", "input_cost_per_pixel")) {
            if (entry.path(name).isNumber()) {
                return entry.path(name).asDouble();
            }
        }
        return 0;
    }

    private static boolean hasAny(JsonNode entry, String part) {
        List<String> names = new ArrayList<>();
        entry.fieldNames().forEachRemaining(names::add);
        return names.stream().anyMatch(name -> name.contains(part));
    }
}
