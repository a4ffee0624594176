package dev.pictor.prompts;

import com.github.jknack.handlebars.EscapingStrategy;
import com.github.jknack.handlebars.Handlebars;
import com.github.jknack.handlebars.HandlebarsError;
import com.github.jknack.handlebars.HandlebarsException;
import com.github.jknack.handlebars.HelperRegistry;
import com.github.jknack.handlebars.Template;
import com.github.jknack.handlebars.io.StringTemplateSource;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A compiled template: the one place that knows which Handlebars is used. Lookups go no further than the current
 * scope and read nothing but maps and lists; nothing is escaped. Immutable to the outside and thread-safe.
 */
final class TemplateEngine {

    private static final HelperRegistry HELPERS = TemplateHelpers.create();
    private static final String MAIN = "template";
    private static final String PARTIAL = "partial ";

    private final Template template;
    private final Map<String, Template> partials;
    private final int linesBefore;

    private TemplateEngine(Template template, Map<String, Template> partials, int linesBefore) {
        this.template = template;
        this.partials = partials;
        this.linesBefore = linesBefore;
    }

    /**
     * Compiles.
     *
     * @param body the template as {@link TemplateTags} gives it
     * @param linesBefore how many lines of its file come before it
     * @param partials the partials it uses, by name, likewise
     * @throws PromptFailure if a template is wrong; the message names the line
     */
    static TemplateEngine compile(String body, int linesBefore, Map<String, Partials.Partial> partials) {
        Handlebars handlebars = new Handlebars()
                .with(HELPERS)
                .with(EscapingStrategy.NOOP)
                .with(TemplateEngine::textOf)
                .parentScopeResolution(false);
        try {
            Map<String, Template> compiled = new HashMap<>();
            for (Map.Entry<String, Partials.Partial> partial : partials.entrySet()) {
                String name = partial.getKey();
                compiled.put(
                        name,
                        handlebars.compile(
                                source(PARTIAL + name, partial.getValue().template())));
            }
            return new TemplateEngine(handlebars.compile(source(MAIN, body)), compiled, linesBefore);
        } catch (IOException | HandlebarsException | IllegalArgumentException e) {
            String place = e instanceof HandlebarsException failed ? place(failed, linesBefore) : "";
            String problem = e instanceof HandlebarsException failed && failed.getError() != null
                    ? failed.getError().reason
                    : String.valueOf(e.getMessage());
            throw new PromptFailure(PromptException.Reason.MALFORMED, place + "the template is wrong: " + problem, e);
        }
    }

    /**
     * Renders.
     *
     * @param variables JSON-like values
     * @param context what {@code @} names stand for, besides those of loops
     * @throws PromptFailure if it cannot be rendered; neither message nor cause holds a value
     */
    List<Segment> render(Map<String, Object> variables, Map<String, Object> context) {
        RenderState state = new RenderState(variables, context, partials);
        try {
            template.apply(Scope.of(state, variables), state.output());
        } catch (PromptFailure e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw explain(e);
        }
        return state.output().segments();
    }

    private static StringTemplateSource source(String name, String template) {
        return new StringTemplateSource(name, template);
    }

    private PromptFailure explain(Exception thrown) {
        String place = thrown instanceof HandlebarsException failed ? place(failed, linesBefore) : "";
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof PromptFailure known) {
                return new PromptFailure(known.reason(), place + known.getMessage());
            }
        }
        return new PromptFailure(
                PromptException.Reason.MALFORMED,
                place + "the template cannot be rendered: " + thrown.getClass().getSimpleName());
    }

    private static String place(HandlebarsException failed, int linesBefore) {
        HandlebarsError error = failed.getError();
        if (error == null) {
            return "";
        }
        return error.filename.startsWith(PARTIAL)
                ? "the " + error.filename + ", line " + error.line + ": "
                : "line " + (linesBefore + error.line) + ": ";
    }

    /** Lets text, numbers, booleans and what helpers place be interpolated, and nothing else. */
    private static Object textOf(Object value, com.github.jknack.handlebars.Formatter.Chain next) {
        if (value instanceof Number number) {
            return Values.text(number);
        }
        if (value instanceof CharSequence || value instanceof Boolean) {
            return value;
        }
        if (value instanceof TemplateHelpers.Placed segment) {
            segment.place();
            return "";
        }
        throw new PromptFailure(
                PromptException.Reason.NOT_TEXT,
                "a " + (value instanceof Map ? "map" : "list") + " is not text; use json, each or one of its fields");
    }
}
