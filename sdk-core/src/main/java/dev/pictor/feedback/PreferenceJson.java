package dev.pictor.feedback;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pictor.feedback.UserPreferences.Preference;
import dev.pictor.intent.Domain;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Preferences as JSON. */
final class PreferenceJson {

    static final String QUALITY = "quality_sensitive";
    static final String COST = "cost_sensitive";
    static final String DOMAIN = "favourite_domain";
    static final String STYLE = "favourite_style";

    private static final ObjectMapper JSON = new ObjectMapper();

    private PreferenceJson() {}

    static String of(UserPreferences preferences) {
        ObjectNode json = JSON.createObjectNode()
                .put("tenant", preferences.user().tenant())
                .put("user", preferences.user().user());
        new TreeMap<>(preferences.byName())
                .forEach((name, preference) -> preference.ifPresent(known -> json.putObject(name)
                        .put("value", String.valueOf(known.value()))
                        .put("set", known.isSet())
                        .put("evidence", known.evidence())));
        return json.toString();
    }

    static UserPreferences parse(String text) {
        JsonNode json;
        try {
            json = JSON.readTree(text);
        } catch (JsonProcessingException e) { // the cause stays out: it may quote the text
            throw new IllegalArgumentException("preferences must be JSON");
        }
        if (!json.path("user").isTextual()) {
            throw new IllegalArgumentException("preferences must have a user");
        }
        return UserPreferences.builder(new UserKey(
                        json.path("tenant").asText(""), json.path("user").textValue()))
                .qualitySensitive(read(json, QUALITY, PreferenceJson::flag))
                .costSensitive(read(json, COST, PreferenceJson::flag))
                .favouriteDomain(read(json, DOMAIN, PreferenceJson::domain))
                .favouriteStyle(read(json, STYLE, Optional::of))
                .build();
    }

    /** A value that this version does not know is as one that is not there. */
    private static <V> Optional<Preference<V>> read(JsonNode json, String name, Function<String, Optional<V>> form) {
        JsonNode known = json.path(name);
        if (!known.path("value").isTextual()) {
            return Optional.empty();
        }
        return form.apply(known.path("value").textValue())
                .map(value -> new Preference<>(
                        value,
                        known.path("set").asBoolean(false),
                        known.path("evidence").asText("")));
    }

    private static Optional<Boolean> flag(String word) {
        return switch (word) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static Optional<Domain> domain(String word) {
        try {
            return Optional.of(Domain.parse(word));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
