package dev.pictor.adapter.gemini;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.pictor.gateway.price.PriceCatalogue;
import dev.pictor.model.ModelProfile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The Gemini image models that this version knows: what they can do, read from the file {@code models.json} beside this
 * class, and what they cost and until when they are served, from {@link PriceCatalogue#builtIn()}. Each price names its
 * source and date; check it before you rely on it. Thread-safe.
 *
 * <p>Sources of ratios, sizes and references: constants of google-genai 1.70.0 and resellers' model pages, read on
 * 2026-11-20.
 */
public final class GeminiModels {

    private GeminiModels() {}

    /**
     * Returns every model in the catalogue.
     *
     * @return the current model first, retired ones last
     */
    public static List<ModelProfile> profiles() {
        return Catalogue.ENTRIES.stream().map(Entry::profile).toList();
    }

    /**
     * Finds a model.
     *
     * @param idOrAlias its id, or one of its aliases
     * @return the profile, or empty if the catalogue does not have it
     */
    public static Optional<ModelProfile> find(String idOrAlias) {
        return profiles().stream()
                .filter(profile ->
                        profile.id().equals(idOrAlias) || profile.aliases().contains(idOrAlias))
                .findFirst();
    }

    /** Returns the size classes that a model draws, by their wire names; empty for a model outside the catalogue. */
    static List<String> imageSizes(String id) {
        return Catalogue.ENTRIES.stream()
                .filter(entry -> entry.profile().id().equals(id))
                .findFirst()
                .map(Entry::imageSizes)
                .orElse(List.of());
    }

    private record Entry(ModelProfile profile, List<String> imageSizes) {}

    /** Read on first use. */
    private static final class Catalogue {

        private static final List<Entry> ENTRIES = read();

        private static List<Entry> read() {
            ObjectMapper mapper = JsonMapper.builder()
                    .addModules(new Jdk8Module(), new JavaTimeModule())
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();
            try (InputStream in = GeminiModels.class.getResourceAsStream("models.json")) {
                List<Entry> entries = new ArrayList<>();
                for (JsonNode model : mapper.readTree(in)) {
                    List<String> sizes = new ArrayList<>();
                    model.path("imageSizes").forEach(size -> sizes.add(size.asText()));
                    entries.add(new Entry(priced(mapper.treeToValue(model, ModelProfile.class)), List.copyOf(sizes)));
                }
                return List.copyOf(entries);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read models.json, which is part of this artifact", e);
            }
        }

        /** Prices and retirement dates have one source. */
        private static ModelProfile priced(ModelProfile profile) {
            return PriceCatalogue.builtIn()
                    .find(profile.provider(), profile.id())
                    .map(found -> profile.toBuilder()
                            .price(found.price())
                            .retiresOn(found.retiresOn())
                            .build())
                    .orElse(profile);
        }
    }
}
