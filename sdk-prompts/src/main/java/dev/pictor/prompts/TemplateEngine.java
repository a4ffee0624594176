package dev.pictor.prompts;

import com.github.jknack.handlebars.Context;
import com.github.jknack.handlebars.EscapingStrategy;
import com.github.jknack.handlebars.Handlebars;
import com.github.jknack.handlebars.HandlebarsError;
import com.github.jknack.handlebars.HandlebarsException;
import com.github.jknack.handlebars.HelperRegistry;
import com.github.jknack.handlebars.Parser;
import com.github.jknack.handlebars.Template;
import com.github.jknack.handlebars.cache.TemplateCache;
import com.github.jknack.handlebars.context.MapValueResolver;
import com.github.jknack.handlebars.io.AbstractTemplateLoader;
import com.github.jknack.handlebars.io.StringTemplateSource;
import com.github.jknack.handlebars.io.TemplateSource;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A compiled template: the one place that knows which Handlebars is used. Lookups go no further than the current
 * scope and read nothing but maps and lists; nothing is escaped. Immutable to the outside and thread-safe.
 */
final class TemplateEngine {

    private static final HelperRegistry HELPERS = TemplateHelpers.create();
    private static final String MAIN = "template";
    private static final String PARTIAL = "partial ";

    private final Template template;
    private final int linesBefore;

    private TemplateEngine(Template template, int linesBefore) {
        this.template = template;
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
        Handlebars handlebars = new Handlebars(new Loader(partials))
                .with(HELPERS)
                .with(EscapingStrategy.NOOP)
                .with(new Compiled())
                .with(TemplateEngine::textOf)
                .parentScopeResolution(false);
        try {
            for (String partial : partials.keySet()) {
                handlebars.compile(partial);
            }
            return new TemplateEngine(handlebars.compile(new StringTemplateSource(MAIN, body)), linesBefore);
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
        RenderState state = new RenderState(variables, context);
        Context scope = Context.newBuilder(variables)
                .resolver(state, MapValueResolver.INSTANCE)
                .build();
        scope.data(RenderState.KEY, state);
        Output output = new Output(state);
        try {
            template.apply(scope, output);
        } catch (PromptFailure e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw explain(e);
        }
        return state.split(output.text.toString());
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

    /** Lets text, numbers and booleans be interpolated, and nothing else. */
    private static Object textOf(Object value, com.github.jknack.handlebars.Formatter.Chain next) {
        if (value instanceof Number number) {
            return Values.text(number);
        }
        if (value instanceof CharSequence || value instanceof Boolean) {
            return value;
        }
        throw new PromptFailure(
                PromptException.Reason.NOT_TEXT,
                "a " + (value instanceof Map ? "map" : "list") + " is not text; use json, each or one of its fields");
    }

    /** Bounded text. */
    private static final class Output extends Writer {

        private final StringBuilder text = new StringBuilder();
        private final RenderState state;

        Output(RenderState state) {
            this.state = state;
        }

        @Override
        public void write(char[] characters, int from, int length) {
            state.checkSize((long) text.length() + length);
            text.append(characters, from, length);
        }

        @Override
        public void write(String more, int from, int length) {
            state.checkSize((long) text.length() + length);
            text.append(more, from, from + length);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    /** Knows the partials that were gathered, and no others. */
    private static final class Loader extends AbstractTemplateLoader {

        private final Map<String, Partials.Partial> partials;

        Loader(Map<String, Partials.Partial> partials) {
            this.partials = partials;
        }

        @Override
        public TemplateSource sourceAt(String name) throws IOException {
            Partials.Partial partial = partials.get(name);
            if (partial == null) {
                throw new FileNotFoundException("no partial " + name);
            }
            return new StringTemplateSource(PARTIAL + name, partial.template());
        }
    }

    /**
     * Keeps what was compiled, by name. The engine asks for a partial each time it uses it.
     */
    private static final class Compiled implements TemplateCache {

        private final Map<String, Template> templates = new ConcurrentHashMap<>();

        @Override
        public Template get(TemplateSource source, Parser parser) throws IOException {
            Template known = templates.get(source.filename());
            if (known == null) {
                known = parser.parse(source);
                templates.put(source.filename(), known);
            }
            return known;
        }

        @Override
        public void clear() {
            templates.clear();
        }

        @Override
        public void evict(TemplateSource source) {
            templates.remove(source.filename());
        }

        @Override
        public Compiled setReload(boolean reload) {
            return this;
        }
    }
}
