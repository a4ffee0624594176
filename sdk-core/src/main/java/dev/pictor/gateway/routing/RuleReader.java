package dev.pictor.gateway.routing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads one file of rules, whole or not at all: every problem is found before it is refused. Not thread-safe. */
final class RuleReader {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Pattern WORD = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final String BUDGET_SHARE = "budgetShareUsed";
    private static final String SPECIALIST = "specialist";

    /** Attributes and shares of which the bounds are known. */
    private static final Set<String> SHARES = Set.of(CallAttributes.COMPLEXITY, BUDGET_SHARE);

    private final String source;
    private final Set<String> problems = new LinkedHashSet<>();

    private RuleReader(String source) {
        this.source = source;
    }

    static RoutingRules read(String source, byte[] json) {
        RuleReader reader = new RuleReader(source);
        if (json.length > RoutingRules.MAX_BYTES) {
            throw reader.unusable("it must have at most " + RoutingRules.MAX_BYTES + " bytes");
        }
        return reader.rules(reader.parse(json));
    }

    private JsonNode parse(byte[] json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw unusable("it is no JSON: line " + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr() + ": " + e.getOriginalMessage());
        } catch (IOException e) {
            throw unusable("it is no JSON");
        }
    }

    private RoutingRules rules(JsonNode root) {
        onlyFields("the file", root, Set.of("name", "version", "about", "rules"));
        String name = word("the file", root, "name");
        String version = text("the file", root, "version", true);
        String unusedAbout = text("the file", root, "about", false);
        List<RoutingRule> rules = new ArrayList<>();
        Set<String> names = new HashSet<>();
        JsonNode entries = root.path("rules");
        if (!entries.isArray() || entries.isEmpty() || entries.size() > RoutingRules.MAX_RULES) {
            problem(
                    "the file",
                    "rules must be a list of 1 to " + RoutingRules.MAX_RULES + " rules"
                            + (entries.isArray() ? ", had " + entries.size() : ""));
        }
        for (int i = 0; i < entries.size(); i++) {
            JsonNode entry = entries.get(i);
            String where = entry.path("name").asText("").isBlank()
                    ? "rule " + (i + 1)
                    : "rule " + entry.path("name").asText();
            RoutingRule rule = rule(where, entry);
            if (!names.add(rule.name())) {
                problem(where, "has a name that another rule has");
            }
            boolean isLast = i == entries.size() - 1;
            if (isLast && !rule.conditions().isEmpty()) {
                problem(where, "is the last and must have no when, so that some rule decides each call");
            }
            if (!isLast && rule.conditions().isEmpty() && entry.path("when").isMissingNode()) {
                problem(where, "has no when, so that no rule after it is ever reached");
            }
            rules.add(rule);
        }
        if (!problems.isEmpty()) {
            throw unusable(String.join("; ", problems));
        }
        return new RoutingRules(name, version, rules);
    }

    private RoutingRule rule(String where, JsonNode entry) {
        onlyFields(where, entry, Set.of("name", "when", "prefer", "quality", "reason"));
        JsonNode quality = entry.path("quality");
        return new RoutingRule(
                word(where, entry, "name"),
                conditions(where, entry.path("when")),
                orders(where, entry.path("prefer")),
                quality.isMissingNode() ? NumberRange.ANY : range(where, "quality", quality, true),
                text(where, entry, "reason", false));
    }

    private List<RuleCondition> conditions(String where, JsonNode when) {
        List<RuleCondition> conditions = new ArrayList<>();
        if (when.isMissingNode()) {
            return conditions;
        }
        if (!when.isObject() || when.isEmpty()) {
            problem(where, "when must be an object with a condition, was " + when);
            return conditions;
        }
        for (Map.Entry<String, JsonNode> field : when.properties()) {
            condition(where, field.getKey(), field.getValue()).ifPresent(conditions::add);
        }
        return conditions;
    }

    private Optional<RuleCondition> condition(String where, String name, JsonNode value) {
        String field = "when." + name;
        if (name.isBlank() || name.length() > CallAttributes.MAX_NAME) {
            problem(where, field + " must be a name of 1 to " + CallAttributes.MAX_NAME + " characters");
            return Optional.empty();
        }
        if (name.equals(SPECIALIST)) {
            if (!value.isBoolean()) {
                problem(where, field + " must be true or false, was " + value);
            }
            return Optional.of(new RuleCondition.HasSpecialist(value.asBoolean()));
        }
        if (name.equals(BUDGET_SHARE)) {
            return Optional.of(new RuleCondition.BudgetShareIn(range(where, field, value, true)));
        }
        if (value.isObject()) {
            return Optional.of(new RuleCondition.NumberIn(name, range(where, field, value, SHARES.contains(name))));
        }
        if (SHARES.contains(name)) {
            problem(where, field + " must be an object with atLeast, above or below, was " + value);
            return Optional.empty();
        }
        Set<String> texts = new LinkedHashSet<>();
        for (JsonNode text : value.isArray() ? value : List.of(value)) {
            if (text.isTextual() && !text.asText().isBlank() && text.asText().length() <= CallAttributes.MAX_TEXT) {
                texts.add(text.asText());
            } else {
                problem(
                        where,
                        field + " must be a text of 1 to " + CallAttributes.MAX_TEXT
                                + " characters, a list of such texts, or an object with atLeast, above or below; was "
                                + value);
            }
        }
        if (value.isArray() && value.isEmpty()) {
            problem(where, field + " must name at least one text");
        }
        return Optional.of(new RuleCondition.TextIs(name, Set.copyOf(texts)));
    }

    private NumberRange range(String where, String field, JsonNode value, boolean isShare) {
        if (!value.isObject() || value.isEmpty()) {
            problem(where, field + " must be an object with atLeast, above or below, was " + value);
            return NumberRange.ANY;
        }
        onlyFields(where + ", " + field, value, Set.of("atLeast", "above", "below"));
        if (value.has("atLeast") && value.has("above")) {
            problem(where, field + " must have atLeast or above, not both");
        }
        boolean above = value.has("above");
        String lower = above ? "above" : "atLeast";
        double least = bound(where, field + "." + lower, value.path(lower), isShare, Double.NEGATIVE_INFINITY);
        double below = bound(where, field + ".below", value.path("below"), isShare, Double.POSITIVE_INFINITY);
        if (!(least < below)) {
            problem(where, field + "." + lower + " must be less than below, was " + least + " and " + below);
        }
        return new NumberRange(least, above, below);
    }

    private double bound(String where, String field, JsonNode value, boolean isShare, double otherwise) {
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.isNumber() || !Double.isFinite(value.asDouble())) {
            problem(where, field + " must be a number, was " + value);
            return otherwise;
        }
        if (isShare && (value.asDouble() < 0 || value.asDouble() > 1)) {
            problem(where, field + " must be 0 to 1, was " + value);
        }
        return value.asDouble();
    }

    private List<CandidateScore> orders(String where, JsonNode prefer) {
        List<CandidateScore> orders = new ArrayList<>();
        for (JsonNode step : prefer.isArray() ? prefer : List.of(prefer)) {
            CandidateScore known = step.isTextual() ? RoutingOrder.KNOWN.get(step.asText()) : null;
            if (known != null) {
                orders.add(known);
            } else if (step.isObject()) {
                onlyFields(where + ", prefer", step, Set.of("models"));
                orders.add(RoutingOrder.models(models(where, step.path("models"))));
            } else {
                problem(
                        where,
                        "prefer must be one or a list of " + new TreeSet<>(RoutingOrder.KNOWN.keySet())
                                + " or {\"models\": [...]}, was " + (step.isMissingNode() ? "missing" : step));
            }
        }
        if (prefer.isArray() && prefer.isEmpty()) {
            problem(where, "prefer must not be empty");
        }
        return List.copyOf(orders);
    }

    private List<String> models(String where, JsonNode list) {
        List<String> names = new ArrayList<>();
        for (JsonNode name : list) {
            if (name.isTextual() && !name.asText().isBlank()) {
                names.add(name.asText());
            } else {
                problem(where, "prefer.models must be a list of ids or aliases, had " + name);
            }
        }
        if (names.isEmpty()) {
            problem(where, "prefer.models must be a list of ids or aliases, was " + list);
        }
        return names;
    }

    private String word(String where, JsonNode object, String field) {
        String word = text(where, object, field, true);
        if (!word.isEmpty() && !WORD.matcher(word).matches()) {
            problem(where, field + " must be 1 to 64 of a-z, 0-9, '.', '_' and '-', was " + word);
        }
        return word;
    }

    private String text(String where, JsonNode object, String field, boolean required) {
        JsonNode value = object.path(field);
        if (value.isMissingNode() && !required) {
            return "";
        }
        if (!value.isTextual() || value.asText().isBlank() || value.asText().length() > CallAttributes.MAX_TEXT) {
            problem(
                    where,
                    field + " must be a text of 1 to " + CallAttributes.MAX_TEXT + " characters, was "
                            + (value.isMissingNode() ? "missing" : value));
            return "";
        }
        return value.asText();
    }

    /** A name with a typing error is a rule that does something else. */
    private void onlyFields(String where, JsonNode object, Set<String> fields) {
        if (!object.isObject()) {
            problem(where, "must be an object");
        }
        object.fieldNames().forEachRemaining(name -> {
            if (!fields.contains(name)) {
                problem(where, "has an unknown field " + name + "; there are " + new TreeSet<>(fields));
            }
        });
    }

    private void problem(String where, String text) {
        problems.add(where + ": " + text);
    }

    private IllegalArgumentException unusable(String why) {
        return new IllegalArgumentException("the routing rules " + source + " cannot be used: " + why);
    }
}
