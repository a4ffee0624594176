package dev.pictor.catalogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.pictor.gateway.price.PriceCatalogue;
import dev.pictor.gateway.price.PricedModel;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.ModelProfileBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads one catalogue, whole or not at all. A field that nobody knows is an error: it may be a typing error. */
final class CatalogueReader {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModules(new Jdk8Module(), new JavaTimeModule())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Set<String> FIELDS = Set.of("vendor", "provider", "source", "checked", "tiers", "models");

    private final String name;
    private final PriceCatalogue prices;

    CatalogueReader(String name, PriceCatalogue prices) {
        this.name = name;
        this.prices = prices;
    }

    ModelCatalogue read(InputStream json) throws IOException {
        JsonNode root;
        try {
            root = MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw wrong("is no JSON", e);
        }
        Set<String> unknown = new TreeSet<>();
        root.fieldNames().forEachRemaining(field -> {
            if (!FIELDS.contains(field)) {
                unknown.add(field);
            }
        });
        if (!unknown.isEmpty()) {
            throw wrong("has unknown fields " + unknown, null);
        }
        String unusedSource = required(root, "source");
        LocalDate unusedDay = LocalDate.parse(required(root, "checked"));
        List<CatalogueModel> models = new ArrayList<>();
        for (JsonNode model : root.path("models")) {
            models.add(model(model.deepCopy(), required(root, "provider"), root.path("tiers")));
        }
        checkTiers(root.path("tiers"), models);
        return new ModelCatalogue(required(root, "vendor"), required(root, "provider"), models);
    }

    private CatalogueModel model(ObjectNode model, String provider, JsonNode tiers) {
        String id = required(model, "id");
        ModelKind kind = kind(required(model, "kind"), id);
        Optional<String> note = Optional.ofNullable(model.remove("note")).map(JsonNode::asText);
        List<RetiredName> replaces = replaces(model.remove("replaces"));
        model.remove("kind");
        if (!model.has("provider")) {
            model.put("provider", provider);
        }
        ModelProfile profile;
        try {
            profile = MAPPER.treeToValue(model, ModelProfile.class);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw wrong("has a wrong entry for " + id + ": " + e.getMessage(), e);
        }
        return new CatalogueModelBuilder()
                .kind(kind)
                .profile(priced(profile))
                .tiers(tiersOf(id, kind, tiers))
                .replaces(replaces)
                .note(note)
                .build();
    }

    private ModelProfile priced(ModelProfile profile) {
        Optional<PricedModel> found = prices.find(profile.provider(), profile.id());
        if (found.isEmpty()) {
            return profile;
        }
        PricedModel known = found.get();
        ModelProfileBuilder priced = profile.toBuilder().price(known.price());
        known.retiresOn().ifPresent(priced::retiresOn);
        known.successor().ifPresent(priced::successor);
        if (profile.maxPromptChars().isEmpty()) {
            known.maxPromptChars().ifPresent(priced::maxPromptChars);
        }
        return priced.build();
    }

    private List<RetiredName> replaces(@Nullable JsonNode old) {
        List<RetiredName> names = new ArrayList<>();
        if (old != null) {
            for (JsonNode one : old) {
                names.add(new RetiredName(
                        required(one, "id"),
                        Optional.ofNullable(one.get("since"))
                                .map(JsonNode::asText)
                                .map(LocalDate::parse)));
            }
        }
        return names;
    }

    private static Set<ModelTier> tiersOf(String id, ModelKind kind, JsonNode tiers) {
        Set<ModelTier> own = EnumSet.noneOf(ModelTier.class);
        for (ModelTier tier : ModelTier.values()) {
            if (tiers.path(kind.name().toLowerCase(Locale.ROOT))
                    .path(tier.word())
                    .asText()
                    .equals(id)) {
                own.add(tier);
            }
        }
        return own;
    }

    /** A choice that names no model would be found by nobody. */
    private void checkTiers(JsonNode tiers, List<CatalogueModel> models) {
        tiers.properties().forEach(entry -> {
            ModelKind kind = kind(entry.getKey(), "the tiers");
            for (ModelTier tier : ModelTier.values()) {
                String id = required(entry.getValue(), tier.word());
                if (models.stream()
                        .noneMatch(model ->
                                model.kind() == kind && model.profile().id().equals(id))) {
                    throw wrong(
                            "names " + id + " as the " + tier.word() + " model for " + kind + ", which it lacks", null);
                }
            }
        });
    }

    private ModelKind kind(String word, String where) {
        try {
            return ModelKind.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw wrong("has an unknown kind \"" + word + "\" in " + where, e);
        }
    }

    private String required(JsonNode object, String field) {
        JsonNode value = object.path(field);
        if (!value.isTextual() || value.asText().isBlank()) {
            throw wrong("has no " + field + " in " + object.path("id").asText("its head"), null);
        }
        return value.asText();
    }

    private IllegalArgumentException wrong(String problem, @Nullable Exception cause) {
        return new IllegalArgumentException("the catalogue " + name + " " + problem, cause);
    }
}
