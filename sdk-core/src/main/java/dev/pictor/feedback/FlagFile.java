package dev.pictor.feedback;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads a file of flags, and says where it says what it should not. */
final class FlagFile {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Set<String> FILE_KEYS = Set.of("version", "flags", "note");
    private static final Set<String> FLAG_KEYS = Set.of("enabled", "percent", "salt", "tenants", "users", "note");
    private static final Set<String> TENANT_KEYS = Set.of("on", "users", "note");

    private FlagFile() {}

    static Map<String, FeatureFlag> read(byte[] json) {
        if (json.length > FeatureFlags.MAX_BYTES) {
            throw new IllegalArgumentException("the flags must have at most " + FeatureFlags.MAX_BYTES + " bytes");
        }
        JsonNode file;
        try {
            file = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "the flags are no JSON: line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ": " + e.getOriginalMessage(),
                    e);
        } catch (IOException e) {
            throw new IllegalArgumentException("the flags are no JSON", e);
        }
        Map<String, FeatureFlag> flags = new LinkedHashMap<>();
        object(file, "the file", FILE_KEYS);
        if (!file.has("flags")) {
            throw new IllegalArgumentException("the file must have \"flags\"");
        }
        each(file, "flags", "the file", (name, flag) -> flags.put(name, flag(name, flag)));
        return Map.copyOf(flags);
    }

    private static FeatureFlag flag(String name, JsonNode flag) {
        String at = "flag " + name;
        object(flag, at, FLAG_KEYS);
        JsonNode percent = flag.path("percent");
        double share = percent.isMissingNode() ? 0 : percent.asDouble();
        if ((!percent.isMissingNode() && !percent.isNumber()) || !(share >= 0 && share <= 100)) {
            throw new IllegalArgumentException(at + ": percent must be 0 to 100, was " + percent);
        }
        JsonNode salt = flag.path("salt");
        if (!salt.isMissingNode() && !salt.isTextual()) {
            throw new IllegalArgumentException(at + ": salt must be a text, was " + salt);
        }
        Map<String, FeatureFlag.Tenant> tenants = new LinkedHashMap<>();
        each(flag, "tenants", at, (tenant, said) -> {
            String there = at + ", tenant " + tenant;
            object(said, there, TENANT_KEYS);
            tenants.put(tenant, new FeatureFlag.Tenant(onOrOff(said, "on", there), users(said, there)));
        });
        Boolean enabled = onOrOff(flag, "enabled", at);
        return new FeatureFlag(
                enabled == null || enabled, share, salt.asText(""), Map.copyOf(tenants), users(flag, at));
    }

    private static Map<String, Boolean> users(JsonNode of, String at) {
        Map<String, Boolean> users = new LinkedHashMap<>();
        each(of, "users", at, (user, said) -> {
            if (!said.isBoolean()) {
                throw new IllegalArgumentException(at + ": a user must be true or false, was " + said);
            }
            users.put(user, said.booleanValue());
        });
        return Map.copyOf(users);
    }

    private static @Nullable Boolean onOrOff(JsonNode of, String name, String at) {
        JsonNode said = of.path(name);
        if (!said.isMissingNode() && !said.isBoolean()) {
            throw new IllegalArgumentException(at + ": " + name + " must be true or false, was " + said);
        }
        return said.isMissingNode() ? null : (Boolean) said.booleanValue();
    }

    private static void object(JsonNode node, String at, Set<String> keys) {
        if (!node.isObject()) {
            throw new IllegalArgumentException(at + " must be an object, was " + node.getNodeType());
        }
        node.fieldNames().forEachRemaining(name -> {
            if (!keys.contains(name)) {
                throw new IllegalArgumentException(
                        at + " must have no \"" + name + "\", but any of " + new TreeSet<>(keys));
            }
        });
    }

    private interface Member {
        void take(String name, JsonNode value);
    }

    private static void each(JsonNode of, String name, String at, Member member) {
        JsonNode members = of.path(name);
        if (!members.isMissingNode() && !members.isObject()) {
            throw new IllegalArgumentException(at + ": " + name + " must be an object, was " + members.getNodeType());
        }
        members.properties().forEach(one -> member.take(one.getKey(), one.getValue()));
    }
}
