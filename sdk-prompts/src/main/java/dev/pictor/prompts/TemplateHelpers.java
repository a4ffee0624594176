package dev.pictor.prompts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.jknack.handlebars.Context;
import com.github.jknack.handlebars.Decorator;
import com.github.jknack.handlebars.Handlebars.SafeString;
import com.github.jknack.handlebars.HelperRegistry;
import com.github.jknack.handlebars.Options;
import com.github.jknack.handlebars.helper.DefaultHelperRegistry;
import com.github.jknack.handlebars.helper.IfHelper;
import com.github.jknack.handlebars.helper.UnlessHelper;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * All helpers that a template has: those of Handlebars and those of dotprompt. Three of the engine's own are replaced:
 * its {@code each} knows no booleans, its {@code with} loses the scope in {@code else}, and its {@code lookup} takes a
 * value of a variable for a path.
 */
final class TemplateHelpers {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern MEDIA_TYPE = Pattern.compile("[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+");
    private static final Pattern SECTION = Pattern.compile("[A-Za-z0-9_.-]+");
    private static final int MAX_INDENT = 10;

    private TemplateHelpers() {}

    static HelperRegistry create() {
        DefaultHelperRegistry helpers = new DefaultHelperRegistry() {
            @Override
            public @Nullable Decorator decorator(String name) {
                return null;
            }
        };
        helpers.helpers().clear();
        return helpers.registerHelper("if", IfHelper.INSTANCE)
                .registerHelper("unless", UnlessHelper.INSTANCE)
                .registerHelper("with", TemplateHelpers::with)
                .registerHelper("each", TemplateHelpers::each)
                .registerHelper("lookup", TemplateHelpers::lookup)
                // part of Handlebars, but what is in a prompt is never logged
                .registerHelper("log", (of, options) -> "")
                .registerHelper("json", TemplateHelpers::json)
                .registerHelper("ifEquals", (of, options) -> choose(equal(of, options), options))
                .registerHelper("unlessEquals", (of, options) -> choose(!equal(of, options), options))
                .registerHelper("role", TemplateHelpers::role)
                .registerHelper("history", (of, options) -> mark(new Segment.History(), options))
                .registerHelper("section", TemplateHelpers::section)
                .registerHelper("media", TemplateHelpers::media);
    }

    private static CharSequence with(@Nullable Object scope, Options options) throws IOException {
        return options.isFalsy(scope) ? options.inverse() : options.fn(scope);
    }

    private static CharSequence each(@Nullable Object over, Options options) throws IOException {
        RenderState state = options.data(RenderState.KEY);
        List<?> keys = over instanceof Map<?, ?> map ? List.copyOf(map.keySet()) : List.of();
        List<?> items = over instanceof Map<?, ?> map
                ? Arrays.asList(map.values().toArray())
                : over instanceof List<?> list ? list : List.of();
        if (items.isEmpty()) {
            return options.inverse();
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < items.size(); i++) {
            Object item = items.get(i);
            Object key = keys.isEmpty() ? i : keys.get(i);
            state.enter(new RenderState.Turn(key, i, i == 0, i == items.size() - 1));
            text.append(options.apply(options.fn, Context.newContext(options.context, item), Arrays.asList(item, key)));
            state.leave();
            state.checkSize(text.length());
        }
        return text;
    }

    private static @Nullable Object lookup(@Nullable Object in, Options options) {
        Object key = parameters(options) == 2 ? options.param(0) : null;
        if (in instanceof Map<?, ?> map) {
            return map.get(String.valueOf(key));
        }
        return in instanceof List<?> list && key instanceof Integer i && i >= 0 && i < list.size() ? list.get(i) : null;
    }

    private static SafeString json(@Nullable Object value, Options options) throws JsonProcessingException {
        need(parameters(options) == 1 && !(value instanceof SafeString), "json needs one value");
        if (!options.hash.containsKey("indent")) {
            return new SafeString(JSON.writeValueAsString(value));
        }
        need(
                options.hash("indent") instanceof Integer indent && indent >= 0 && indent <= MAX_INDENT,
                "the indent of json must be 0 to " + MAX_INDENT);
        int indent = options.<Integer>hash("indent");
        return new SafeString(
                indent == 0
                        ? JSON.writeValueAsString(value)
                        : JSON.writer(printer(indent)).writeValueAsString(value));
    }

    /** The layout of JavaScript's {@code JSON.stringify}. */
    private static DefaultPrettyPrinter printer(int indent) {
        DefaultIndenter lines = new DefaultIndenter(" ".repeat(indent), "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator(""));
        printer.indentObjectsWith(lines);
        printer.indentArraysWith(lines);
        return printer;
    }

    private static boolean equal(@Nullable Object one, Options options) {
        need(parameters(options) == 2, options.helperName + " needs two values");
        Object other = options.param(0);
        if (one instanceof Number a && other instanceof Number b) {
            return new BigDecimal(a.toString()).compareTo(new BigDecimal(b.toString())) == 0;
        }
        return Objects.equals(one, other);
    }

    private static CharSequence choose(boolean first, Options options) throws IOException {
        return first ? options.fn() : options.inverse();
    }

    private static SafeString role(@Nullable Object name, Options options) {
        need(parameters(options) == 1, "role needs a name");
        PromptMessage.Role role = switch (String.valueOf(name)) {
            case "system" -> PromptMessage.Role.SYSTEM;
            case "user" -> PromptMessage.Role.USER;
            case "model" -> PromptMessage.Role.MODEL;
            default -> throw unsafe("a role must be system, user or model");
        };
        return mark(new Segment.Role(role), options);
    }

    private static SafeString section(@Nullable Object name, Options options) {
        need(parameters(options) == 1, "section needs a name");
        if (!(name instanceof String text) || !SECTION.matcher(text).matches()) {
            throw unsafe("a section's name must be letters, digits, '_', '.' and '-'");
        }
        return mark(new Segment.Part(new PromptPart.Section(text)), options);
    }

    private static SafeString media(@Nullable Object of, Options options) {
        Object url = options.hash("url");
        Object type = options.hash("contentType");
        need(parameters(options) == 0, "media takes url= and contentType=");
        if (url == null) {
            throw new PromptFailure(PromptException.Reason.UNBOUND, "the url of media has no value");
        }
        if (!(url instanceof String address)
                || address.isEmpty()
                || address.chars().anyMatch(c -> Blanks.isSpace(c) || Character.isISOControl(c))) {
            throw unsafe("the url of media must be text without blanks and control characters");
        }
        if (type == null || type.equals("")) {
            return mark(new Segment.Part(PromptPart.Media.of(address)), options);
        }
        if (!(type instanceof String mediaType)
                || !MEDIA_TYPE.matcher(mediaType).matches()) {
            throw unsafe("the contentType of media must be a media type, such as image/png");
        }
        return mark(new Segment.Part(PromptPart.Media.of(address, mediaType)), options);
    }

    private static SafeString mark(Segment segment, Options options) {
        return new SafeString(options.<RenderState>data(RenderState.KEY).mark(segment));
    }

    private static int parameters(Options options) {
        return options.<Integer>data(Context.PARAM_SIZE);
    }

    private static void need(boolean met, String message) {
        if (!met) {
            throw new PromptFailure(PromptException.Reason.MALFORMED, message);
        }
    }

    private static PromptFailure unsafe(String message) {
        return new PromptFailure(PromptException.Reason.UNSAFE, message);
    }
}
