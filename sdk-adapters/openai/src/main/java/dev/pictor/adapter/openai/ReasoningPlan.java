package dev.pictor.adapter.openai;

import dev.pictor.model.Message;
import dev.pictor.model.MessagePart;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.OptionWarning;
import dev.pictor.model.ReasoningRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What of a request goes to OpenAI, what is left out, and what makes it impossible. Immutable. */
final class ReasoningPlan {

    private static final int MAX_IDENTIFIER_CHARS = 64;

    /** The fewest that the Responses API takes: openai/openai-openapi, August 2026. */
    private static final int FEWEST_OUTPUT_TOKENS = 16;

    /** How much thinking stands for a level. OpenAI does not say: a scale of ours, each level four times the last. */
    private static final Map<String, Integer> LEVELS = Map.of(
            "none", 0,
            "minimal", 512,
            "low", 2_048,
            "medium", 8_192,
            "high", 24_576,
            "xhigh", 49_152,
            "max", 98_304);

    private final ReasoningRequest request;
    private final ModelProfile profile;
    private final ModelParameters parameters;
    private final OpenAiApi api;
    private final List<OptionWarning> warnings = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    private Optional<String> effort = Optional.empty();
    private Optional<String> verbosity = Optional.empty();
    private Optional<String> identifier = Optional.empty();
    private OptionalDouble topP = OptionalDouble.empty();
    private OptionalDouble temperature = OptionalDouble.empty();
    private OptionalLong maxOutputTokens = OptionalLong.empty();
    private OptionalLong seed = OptionalLong.empty();
    private final boolean strict;

    ReasoningPlan(ReasoningRequest request, ModelProfile profile, OpenAiApi api) {
        this.request = request;
        this.profile = profile;
        this.api = api;
        this.parameters = ModelParameters.of(profile);
        this.strict = StrictSchema.isObeyedBy(request.answerSchema());
        request.options().forEach(this::plan);
        request.thinkingTokens().ifPresent(this::planThinking);
        request.temperature().ifPresent(this::planTemperature);
        request.maxOutputTokens().ifPresent(this::planMaxOutputTokens);
        request.seed().ifPresent(this::planSeed);
        if (hasSchema() && !strict) {
            warn(
                    "answerSchema",
                    "sent, but OpenAI holds a model only to a schema whose objects require all their properties and"
                            + " allow no others");
        }
        checkParts();
    }

    ReasoningRequest request() {
        return request;
    }

    List<OptionWarning> warnings() {
        return warnings;
    }

    Optional<String> effort() {
        return effort;
    }

    Optional<String> verbosity() {
        return verbosity;
    }

    Optional<String> safetyIdentifier() {
        return identifier;
    }

    OptionalDouble topP() {
        return topP;
    }

    OptionalDouble temperature() {
        return temperature;
    }

    OptionalLong maxOutputTokens() {
        return maxOutputTokens;
    }

    OptionalLong seed() {
        return seed;
    }

    boolean hasSchema() {
        return !request.answerSchema().isEmpty();
    }

    boolean isStrict() {
        return strict;
    }

    /** Throws if the request cannot be served as it is. */
    void check() {
        if (!problems.isEmpty()) {
            throw OpenAiFailures.invalid(profile.id(), problems.get(0));
        }
    }

    private void plan(String option, Object value) {
        switch (option) {
            case "reasoning_effort" -> word(option, value).ifPresent(word -> effort = Optional.of(word));
            case "verbosity" -> word(option, value).ifPresent(word -> verbosity = Optional.of(word));
            case "safety_identifier", "user" -> planIdentifier(option, value);
            case "top_p" -> {
                if (value instanceof Number number && number.doubleValue() >= 0 && number.doubleValue() <= 1) {
                    planTopP(number.doubleValue());
                } else {
                    problems.add("needs a number from 0 to 1 for option top_p");
                }
            }
            default -> warn(option, "left out: not an option of OpenAI's models that this adapter knows");
        }
    }

    private Optional<String> word(String option, Object value) {
        if (!(value instanceof String word)) {
            problems.add("needs a text for option " + option + ", was a "
                    + value.getClass().getSimpleName());
            return Optional.empty();
        }
        if (!parameters.take(option, word)) {
            List<String> taken = parameters.values(option);
            warn(
                    option,
                    taken.isEmpty()
                            ? "left out: " + profile.id() + " does not take it"
                            : "left out: " + profile.id() + " takes " + String.join(", ", taken));
            return Optional.empty();
        }
        return Optional.of(word);
    }

    private void planIdentifier(String option, Object value) {
        if (!(value instanceof String text) || text.isEmpty() || text.length() > MAX_IDENTIFIER_CHARS) {
            problems.add("needs a text of 1 to " + MAX_IDENTIFIER_CHARS + " characters for option " + option);
        } else if (option.equals("user") && request.options().containsKey("safety_identifier")) {
            warn(option, "left out: safety_identifier takes its place");
        } else {
            identifier = Optional.of(text);
        }
    }

    /** Thinking in tokens becomes the nearest level that the model has. */
    private void planThinking(int tokens) {
        if (request.options().containsKey("reasoning_effort")) {
            warn("thinkingTokens", "left out: option reasoning_effort takes its place");
            return;
        }
        List<String> levels = parameters.areKnown()
                ? parameters.values("reasoning_effort")
                : LEVELS.keySet().stream().toList();
        Optional<String> nearest = levels.stream()
                .filter(LEVELS::containsKey)
                .min((a, b) -> Double.compare(distance(a, tokens), distance(b, tokens)));
        if (nearest.isEmpty()) {
            if (tokens > 0) {
                warn("thinkingTokens", "left out: " + profile.id() + " does not think");
            }
            return;
        }
        effort = nearest;
        if (tokens != 0 || !nearest.get().equals("none")) {
            warn(
                    "thinkingTokens",
                    "sent as the nearest level, " + nearest.get() + ": OpenAI takes no number of tokens");
        }
    }

    private static double distance(String level, int tokens) {
        return Math.abs(Math.log1p(LEVELS.getOrDefault(level, 0)) - Math.log1p(tokens));
    }

    private void planTemperature(double asked) {
        if (takesSampling("temperature")) {
            temperature = OptionalDouble.of(asked);
        }
    }

    private void planTopP(double asked) {
        if (takesSampling("top_p")) {
            topP = OptionalDouble.of(asked);
        }
    }

    /** Reasoning models refuse these, or take them without reasoning only. */
    private boolean takesSampling(String option) {
        boolean withoutThinking = request.thinkingTokens().orElse(-1) == 0
                || "none".equals(request.options().get("reasoning_effort"));
        if (parameters.take("sampling", "always")
                || (withoutThinking && parameters.take("sampling", "without thinking"))) {
            return true;
        }
        warn(
                option,
                parameters.values("sampling").contains("without thinking")
                        ? "left out: " + profile.id() + " takes it only with thinkingTokens of 0"
                        : "left out: " + profile.id() + " does not take it");
        return false;
    }

    private void planMaxOutputTokens(int asked) {
        boolean tooFew = api == OpenAiApi.RESPONSES && asked < FEWEST_OUTPUT_TOKENS;
        maxOutputTokens = OptionalLong.of(tooFew ? FEWEST_OUTPUT_TOKENS : asked);
        if (tooFew) {
            warn("maxOutputTokens", "sent as " + FEWEST_OUTPUT_TOKENS + ", the fewest that OpenAI takes");
        }
    }

    private void planSeed(long asked) {
        if (api == OpenAiApi.CHAT_COMPLETIONS) {
            seed = OptionalLong.of(asked);
            warn("seed", "sent, but OpenAI does not promise the same answer for the same seed");
        } else {
            warn("seed", "left out: OpenAI takes one over chat completions only");
        }
    }

    private void checkParts() {
        for (Message message : request.messages()) {
            for (MessagePart part : message.parts()) {
                if (part instanceof MessagePart.Text) {
                    continue;
                }
                if (message.role() != Message.Role.USER) {
                    problems.add(
                            "takes pictures and documents in messages of role USER only, one was in " + message.role());
                } else if (part instanceof MessagePart.Picture && !profile.readsPictures()) {
                    problems.add("does not read pictures");
                } else if (part instanceof MessagePart.Pdf && !profile.readsPdf()) {
                    problems.add("does not read PDF documents");
                }
            }
        }
    }

    private void warn(String option, String message) {
        warnings.add(new OptionWarning(option, message));
    }
}
