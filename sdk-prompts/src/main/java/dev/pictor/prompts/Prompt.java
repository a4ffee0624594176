package dev.pictor.prompts;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A prompt as its file has it, ready to be rendered as often as wanted. Comes from a {@link PromptRegistry}. Immutable.
 *
 * <p>Files are in the <a href="https://google.github.io/dotprompt/">dotprompt</a> format: YAML front matter between two
 * lines of {@code ---}, then a Handlebars template with the helpers {@code role}, {@code history}, {@code media},
 * {@code section}, {@code json}, {@code ifEquals} and {@code unlessEquals}. Where the format is lax, Pictor is not:
 *
 * <ul>
 *   <li>front matter that is not YAML or is not closed is an error, and lines always end in LF;
 *   <li>{@code input.default} of the file is applied, and a variable that the input schema requires must have a value;
 *   <li>a list or a map outside {@code json} is an error, and {@code json} writes what is missing as null;
 *   <li>the value of a variable is only ever text: it cannot begin a message, name a medium or reach another variable;
 *   <li>front matter is read by the rules of YAML 1.2 for scalars, but a key with {@code ?} between braces needs quotes;
 *   <li>a partial's name must be a constant, and its text is not indented like its tag; inline partials, partial blocks and
 *       set delimiters are not known;
 *   <li>a list has no {@code length}; {@code log} does nothing; roles are {@code system}, {@code user} and {@code model}.
 * </ul>
 */
public final class Prompt {

    private final String name;
    private final String variant;
    private final String origin;
    private final String sha256;
    private final FrontMatter front;
    private final TemplateEngine template;
    private final Written written;
    /** Gives the text of a partial by its name, for another text in place of this one. */
    private final Function<String, Optional<String>> partials;

    /** Made with the first use: it takes longer than all the rest. */
    private volatile @Nullable AnswerSchema answerSchema;

    private Prompt(
            String name,
            String variant,
            String origin,
            String sha256,
            FrontMatter front,
            TemplateEngine template,
            Written written,
            Function<String, Optional<String>> partials) {
        this.name = name;
        this.variant = variant;
        this.origin = origin;
        this.sha256 = sha256;
        this.front = front;
        this.template = template;
        this.written = written;
        this.partials = partials;
    }

    /** The template and the digests of its partials, for comparisons. */
    private record Written(String body, Map<String, String> partials) {

        static Written of(PromptText text, SortedMap<String, Partials.Partial> used) {
            Map<String, String> digests = new LinkedHashMap<>();
            used.forEach((name, partial) ->
                    digests.put(name, Digests.of(partial.text()).substring(0, 8)));
            return new Written(text.body(), digests);
        }
    }

    /**
     * Parses a file.
     *
     * @param variant the variant, or nothing
     * @param partials gives the text of a partial by its name
     * @param schemas the schemas that Picoschema may name
     * @throws PromptException if the file, or a partial that it uses, is wrong
     */
    static Prompt parse(
            String name,
            String variant,
            String origin,
            String file,
            Function<String, Optional<String>> partials,
            Picoschema schemas) {
        try {
            PromptText text = PromptText.of(file);
            FrontMatter front = FrontMatter.of(text, schemas);
            TemplateTags.Result tags = TemplateTags.read(text.body(), text.bodyLine());
            SortedMap<String, Partials.Partial> used = Partials.gather(tags.partials(), partials);
            TemplateEngine template = TemplateEngine.compile(tags.template(), text.bodyLine(), used);
            return new Prompt(
                    name,
                    variant,
                    origin,
                    Digests.ofFiles(text.whole(), used),
                    front,
                    template,
                    Written.of(text, used),
                    partials);
        } catch (PromptFailure e) {
            throw e.in(title(name, variant) + " (" + origin + ")", name, null);
        }
    }

    /**
     * Returns this prompt with a tenant's own text.
     *
     * @param partials gives the text of a partial by its name
     * @throws PromptException if the text, or a partial that it uses, is wrong, or it has another input or output
     */
    Prompt overriddenBy(PromptOverride override, Function<String, Optional<String>> partials) {
        return instead("override for tenant " + override.tenant(), override.text(), partials);
    }

    /** Returns this prompt with another text, whose partials are those of this prompt's folder. */
    Prompt instead(String place, String other) {
        return instead(place, other, partials);
    }

    private Prompt instead(String place, String other, Function<String, Optional<String>> partials) {
        try {
            PromptText text = PromptText.of(other);
            FrontMatter merged = FrontMatter.of(text, new Picoschema(Map.of())).over(front);
            TemplateTags.Result tags = TemplateTags.read(text.body(), text.bodyLine());
            SortedMap<String, Partials.Partial> used = Partials.gather(tags.partials(), partials);
            TemplateEngine engine = TemplateEngine.compile(tags.template(), text.bodyLine(), used);
            String digest = Digests.of(Digests.ofFiles(text.whole(), used) + " over " + sha256 + "\n");
            return new Prompt(name, variant, place, digest, merged, engine, Written.of(text, used), partials);
        } catch (PromptFailure e) {
            throw e.in(title() + " (" + place + ")", name, null);
        }
    }

    /**
     * Fills in the variables.
     *
     * @param variables values by name: text, numbers, booleans, lists, and maps with text as keys; null stands for no
     *     value. At most 100,000 values, nested at most 32 deep
     * @return the messages
     * @throws PromptException if a variable that the input schema requires has neither a value nor a default, if a value
     *     does not fit where the template puts it, or if the text is longer than 1,048,576 characters or takes more than
     *     1,000,000 steps: parts of paths, calls of helpers, pieces of text, and ten for each turn of a loop
     * @throws IllegalArgumentException if a value is of another type or over a limit
     */
    public RenderedPrompt render(Map<String, ? extends @Nullable Object> variables) {
        return render(variables, Map.of(), List.of());
    }

    /**
     * Fills in the variables.
     *
     * @param variables a record whose components are the variables: text, numbers, booleans, enumerations (as their string
     *     form), lists, maps, records and {@code Optional} of these; null and empty stand for no value. If it is in a
     *     named module, its package must be open to {@code com.fasterxml.jackson.databind}
     * @return the messages
     * @throws PromptException as {@link #render(Map)} says
     * @throws IllegalArgumentException if a component is of another type or over a limit, or the input schema does not
     *     know it
     */
    public RenderedPrompt render(Record variables) {
        return render(Bindings.variables(this, variables));
    }

    /** Fills in the variables, what {@code @} names stand for, and earlier turns. */
    RenderedPrompt render(
            Map<String, ? extends @Nullable Object> variables, Map<String, ?> context, List<PromptMessage> history) {
        Map<String, @Nullable Object> merged = new LinkedHashMap<>(front.inputDefaults());
        variables.forEach((key, value) -> {
            if (value != null) {
                merged.put(key, value);
            }
        });
        try {
            Map<String, Object> values = Values.variables(merged);
            requireBound(values);
            return new RenderedPrompt(this, Messages.of(template.render(values, Values.variables(context)), history));
        } catch (PromptFailure e) {
            throw e.in(title(), name, version());
        }
    }

    private void requireBound(Map<String, Object> values) {
        if (front.inputSchema().get("required") instanceof List<?> required) {
            List<String> unbound = required.stream()
                    .map(String::valueOf)
                    .filter(variable -> !values.containsKey(variable))
                    .toList();
            if (!unbound.isEmpty()) {
                throw new PromptFailure(
                        PromptException.Reason.UNBOUND, "no value and no default for " + String.join(", ", unbound));
            }
        }
    }

    /**
     * Returns the name. Folders are part of it.
     *
     * @return such as {@code generation/enhance}
     */
    public String name() {
        return name;
    }

    /**
     * Returns the variant.
     *
     * @return such as {@code art}, or empty for the file without a variant
     */
    public Optional<String> variant() {
        return variant.isEmpty() ? Optional.empty() : Optional.of(variant);
    }

    /**
     * Returns the version: what the front matter says, else the first 8 characters of {@link #sha256()}.
     *
     * @return the version
     */
    public String version() {
        return front.text("version").orElseGet(() -> sha256.substring(0, 8));
    }

    /**
     * Returns the SHA-256 of the file as UTF-8 with LF line ends and no byte order mark. If it uses partials, that of
     * a text of lines, each ending in LF: the file's digest, then for each partial, by name, its digest, a blank and its
     * name. That of an override is over the digest of its text, {@code " over "}, that of the file it stands in for, and
     * an LF.
     *
     * @return 64 lower-case hexadecimal characters
     */
    public String sha256() {
        return sha256;
    }

    /**
     * Returns where the prompt came from.
     *
     * @return {@code classpath:} and the resource's name, the path of the file, or whose override it is
     */
    public String origin() {
        return origin;
    }

    /**
     * Returns what the prompt is for.
     *
     * @return a description, or empty
     */
    public Optional<String> description() {
        return front.text("description");
    }

    /**
     * Returns the model that the prompt was written for.
     *
     * @return a model's id, or empty
     */
    public Optional<String> model() {
        return front.text("model");
    }

    /**
     * Returns the model's parameters.
     *
     * @return JSON-like values, in the file's order
     */
    public Map<String, Object> config() {
        return front.config();
    }

    /**
     * Returns the JSON Schema of the variables.
     *
     * @return a schema as maps, lists and scalars, in the file's order, or empty
     */
    public Map<String, Object> inputSchema() {
        return front.inputSchema();
    }

    /**
     * Returns what variables are when they are not given.
     *
     * @return JSON-like values by name
     */
    public Map<String, Object> inputDefaults() {
        return front.inputDefaults();
    }

    /**
     * Returns the JSON Schema of the answer.
     *
     * @return a schema as maps, lists and scalars, in the file's order, or empty
     */
    public Map<String, Object> outputSchema() {
        return front.outputSchema();
    }

    /**
     * Returns what else the front matter says: the keys with a dot, which the format leaves to its users. Pictor's own are
     * {@code pictor.owner}, who looks after the prompt, and {@code pictor.example}, values that it can be rendered with.
     *
     * @return JSON-like values by the whole key
     */
    public Map<String, Object> extensions() {
        return front.extensions();
    }

    /**
     * Returns what an answer must look like, for a model and for reading it. Made with the first call and kept.
     *
     * @return the schema, or empty if the file has none: the answer is text then
     * @throws PromptException if it is no schema of an object that a model can be given, or over a limit;
     *     {@link PromptException.Reason#MALFORMED}
     */
    public Optional<AnswerSchema> answerSchema() {
        AnswerSchema known = answerSchema;
        if (known == null && !outputSchema().isEmpty()) {
            try {
                known = AnswerSchema.of(name, outputSchema());
            } catch (PromptFailure e) {
                throw e.in(title() + " (" + origin + ")", name, version());
            }
            answerSchema = known;
        }
        return Optional.ofNullable(known);
    }

    @Override
    public String toString() {
        return "Prompt[" + title() + ", version " + version() + "]";
    }

    /** Returns the template without its partials. */
    String body() {
        return written.body();
    }

    /** Returns the first 8 characters of the SHA-256 of each partial, by name. */
    Map<String, String> partialDigests() {
        return written.partials();
    }

    /** Returns the version that the front matter states, or empty. */
    Optional<String> statedVersion() {
        return front.text("version");
    }

    String title() {
        return title(name, variant);
    }

    /** Returns what messages call a prompt. */
    static String title(String name, String variant) {
        return "prompt \"" + name + "\"" + (variant.isEmpty() ? "" : ", variant \"" + variant + "\"");
    }
}
