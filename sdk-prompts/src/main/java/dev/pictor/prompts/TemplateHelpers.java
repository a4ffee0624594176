package dev.pictor.prompts;

import com.github.jknack.handlebars.Context;
import com.github.jknack.handlebars.Decorator;
import com.github.jknack.handlebars.Handlebars.SafeString;
import com.github.jknack.handlebars.Helper;
import com.github.jknack.handlebars.HelperRegistry;
import com.github.jknack.handlebars.Options;
import com.github.jknack.handlebars.Template;
import com.github.jknack.handlebars.helper.DefaultHelperRegistry;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * All helpers that a template has: those of Handlebars and those of dotprompt. Those that the engine brings are replaced:
 * they gather a block's text before they hand it on, which nothing bounds, and differ from Handlebars in small ways.
 */
final class TemplateHelpers {

    /** What {@link TemplateTags} makes of a tag that names a partial. Nobody gains anything by writing it himself. */
    static final String PARTIAL = ":partial";

    /** What {@link TemplateTags} makes of backslashes before a tag. */
    static final String BACKSLASHES = ":backslashes";

    private static final Pattern MEDIA_TYPE =
            Pattern.compile("[A-Za-z0-9!#$&^_.+-]{1,127}/[A-Za-z0-9!#$&^_.+-]{1,127}");
    private static final Pattern SECTION = Pattern.compile("[A-Za-z0-9_.-]{1,128}");
    private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,8}");
    private static final int MAX_INDENT = 10;
    private static final int MAX_BACKSLASHES = 1_000;

    private TemplateHelpers() {}

    static HelperRegistry create() {
        DefaultHelperRegistry helpers = new DefaultHelperRegistry() {
            @Override
            public @Nullable Decorator decorator(String name) {
                return null;
            }
        };
        helpers.helpers().clear();
        add(helpers, "if", (of, options) -> choose(isTrue(one(of, options), options), options));
        add(helpers, "unless", TemplateHelpers::unless);
        add(helpers, "with", TemplateHelpers::with);
        add(helpers, "each", TemplateHelpers::each);
        add(helpers, "lookup", TemplateHelpers::lookup);
        // part of Handlebars, but what is in a prompt is never logged
        add(helpers, "log", (of, options) -> "");
        add(helpers, "json", TemplateHelpers::json);
        add(helpers, "ifEquals", (of, options) -> choose(equal(of, options), options));
        add(helpers, "unlessEquals", (of, options) -> choose(!equal(of, options), options));
        add(helpers, "role", TemplateHelpers::role);
        add(helpers, "history", (of, options) -> new Placed(new Segment.History(), state(options)));
        add(helpers, "section", TemplateHelpers::section);
        add(helpers, "media", TemplateHelpers::media);
        add(helpers, PARTIAL, TemplateHelpers::partial);
        add(helpers, BACKSLASHES, TemplateHelpers::backslashes);
        return helpers;
    }

    private static void add(HelperRegistry helpers, String name, Helper<Object> helper) {
        helpers.registerHelper(name, (Object of, Options options) -> {
            state(options).work(1L + options.params.length + options.hash.size());
            return helper.apply(of, options);
        });
    }

    /** A segment on its way to the place where the template has it. */
    record Placed(Segment segment, RenderState state) {

        void place() {
            state.output().add(segment);
        }

        @Override
        public String toString() {
            return "Placed";
        }
    }

    /** A block that is named after a variable has no parameters of its own. */
    private static boolean isImplied(Options options) {
        return parameters(options) == 0;
    }

    private static @Nullable Object one(@Nullable Object of, Options options) {
        need(parameters(options) <= 1, options.helperName + " takes one value");
        return of;
    }

    private static boolean isTrue(@Nullable Object value, Options options) {
        if (value instanceof Number number && number.doubleValue() == 0) {
            return isTrue(options.hash("includeZero"), options);
        }
        return !(value == null
                || value.equals(false)
                || (value instanceof CharSequence text && text.isEmpty())
                || (value instanceof List<?> list && list.isEmpty()));
    }

    private static String unless(@Nullable Object of, Options options) throws IOException {
        if (isImplied(options)) {
            return choose(isNothing(of) || (of instanceof List<?> list && list.isEmpty()), options);
        }
        return choose(!isTrue(one(of, options), options), options);
    }

    private static boolean isNothing(@Nullable Object value) {
        return value == null || value.equals(false);
    }

    private static String with(@Nullable Object of, Options options) throws IOException {
        boolean implied = isImplied(options);
        Scope scope = scope(options);
        // the engine has made the scope of an implied block
        Scope outer = implied ? scope.around() : scope;
        boolean enter = implied ? !isNothing(of) : one(of, options) instanceof Number || isTrue(of, options);
        return enter
                ? write(options.fn, outer.ofBlock(of, options.blockParams, Arrays.asList(of)))
                : write(options.inverse, outer);
    }

    private static String each(@Nullable Object of, Options options) throws IOException {
        if (one(of, options) instanceof Map<?, ?> map && !map.isEmpty()) {
            int at = 0;
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                turn(entry.getKey(), entry.getValue(), at++, map.size(), options);
            }
            return "";
        }
        if (of instanceof List<?> list && !list.isEmpty()) {
            int at = 0;
            for (Object item : list) {
                turn(at, item, at++, list.size(), options);
            }
            return "";
        }
        return write(options.inverse, scope(options));
    }

    private static void turn(Object key, @Nullable Object item, int at, int size, Options options) throws IOException {
        Scope scope = scope(options);
        RenderState state = scope.state();
        state.enter(new RenderState.Turn(key, at, at == 0, at == size - 1));
        write(options.fn, scope.ofBlock(item, options.blockParams, Arrays.asList(item, key)));
        state.leave();
    }

    private static String partial(@Nullable Object name, Options options) throws IOException {
        need(parameters(options) <= 2, "a partial takes one context");
        Scope scope = scope(options);
        RenderState state = scope.state();
        Template partial = state.partial(String.valueOf(name)).orElseThrow(() -> malformed("there is no such partial"));
        Object model = parameters(options) == 2 ? options.param(0) : scope.model();
        if (!options.hash.isEmpty()) {
            Map<Object, Object> all = new LinkedHashMap<>();
            if (model instanceof Map<?, ?> map) {
                state.work(map.size());
                all.putAll(map);
            }
            options.hash.forEach((key, value) -> all.put(key, value instanceof SafeString ? value.toString() : value));
            model = Collections.unmodifiableMap(all);
        }
        state.enterPartial();
        write(partial, scope.ofPartial(model));
        state.leavePartial();
        return "";
    }

    private static String backslashes(@Nullable Object count, Options options) {
        int times = count instanceof Integer number ? number : 0;
        need(times > 0 && times <= MAX_BACKSLASHES, "there are more than " + MAX_BACKSLASHES + " backslashes");
        state(options).work(times);
        return "\\".repeat(times);
    }

    private static @Nullable Object lookup(@Nullable Object in, Options options) {
        Object key = parameters(options) == 2 ? options.param(0) : null;
        if (key instanceof CharSequence text) {
            state(options).work(text.length() >> 6);
        }
        if (!(key instanceof CharSequence || key instanceof Number || key instanceof Boolean)) {
            return null;
        }
        String name = key instanceof Number number ? Values.text(number) : key.toString();
        if (in instanceof List<?> list) {
            int at = INDEX.matcher(name).matches() ? Integer.parseInt(name) : list.size();
            return at < list.size() ? list.get(at) : null;
        }
        return in instanceof Map<?, ?> map ? map.get(name) : null;
    }

    private static SafeString json(@Nullable Object value, Options options) throws IOException {
        need(parameters(options) == 1 && !(value instanceof SafeString), "json needs one value");
        Object indent = options.hash.containsKey("indent") ? options.hash("indent") : Integer.valueOf(0);
        need(
                indent instanceof Integer blanks && blanks >= 0 && blanks <= MAX_INDENT,
                "the indent of json must be 0 to " + MAX_INDENT);
        return new SafeString(JsonText.of(value, (Integer) indent, state(options)));
    }

    @SuppressWarnings("ReferenceEquality")
    private static boolean equal(@Nullable Object first, Options options) {
        need(parameters(options) == 2, options.helperName + " needs two values");
        Object second = options.param(0);
        if (first instanceof Number a && second instanceof Number b) {
            return a.equals(b) || new BigDecimal(a.toString()).compareTo(new BigDecimal(b.toString())) == 0;
        }
        if (first instanceof String text) {
            state(options).work(text.length() >> 6);
        }
        // as in JavaScript, a list or a map equals itself alone
        return first == second || (!(first instanceof Map || first instanceof List) && Objects.equals(first, second));
    }

    private static String choose(boolean first, Options options) throws IOException {
        return write(first ? options.fn : options.inverse, scope(options));
    }

    /** Writes a template where the rendering is, and returns what is left to write: nothing. */
    @CanIgnoreReturnValue
    private static String write(Template template, Scope scope) throws IOException {
        template.apply(scope, scope.state().output());
        return "";
    }

    private static Placed role(@Nullable Object name, Options options) {
        need(parameters(options) == 1, "role needs a name");
        PromptMessage.Role role = switch (name instanceof String text ? text : "") {
            case "system" -> PromptMessage.Role.SYSTEM;
            case "user" -> PromptMessage.Role.USER;
            case "model" -> PromptMessage.Role.MODEL;
            default -> throw unsafe("a role must be system, user or model");
        };
        return new Placed(new Segment.Role(role), state(options));
    }

    private static Placed section(@Nullable Object name, Options options) {
        need(parameters(options) == 1, "section needs a name");
        if (!(name instanceof String text) || !SECTION.matcher(text).matches()) {
            throw unsafe("a section's name must be letters, digits, '_', '.' and '-'");
        }
        return placed(new PromptPart.Section(text), options);
    }

    private static Placed media(@Nullable Object of, Options options) {
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
            return placed(PromptPart.Media.of(address), options);
        }
        if (!(type instanceof String mediaType)
                || !MEDIA_TYPE.matcher(mediaType).matches()) {
            throw unsafe("the contentType of media must be a media type, such as image/png");
        }
        return placed(PromptPart.Media.of(address, mediaType), options);
    }

    private static Placed placed(PromptPart part, Options options) {
        return new Placed(new Segment.Part(part), state(options));
    }

    private static Scope scope(Options options) {
        return (Scope) options.context;
    }

    private static RenderState state(Options options) {
        return scope(options).state();
    }

    private static int parameters(Options options) {
        return options.<Integer>data(Context.PARAM_SIZE);
    }

    private static void need(boolean met, String message) {
        if (!met) {
            throw malformed(message);
        }
    }

    private static PromptFailure malformed(String message) {
        return new PromptFailure(PromptException.Reason.MALFORMED, message);
    }

    private static PromptFailure unsafe(String message) {
        return new PromptFailure(PromptException.Reason.UNSAFE, message);
    }
}
