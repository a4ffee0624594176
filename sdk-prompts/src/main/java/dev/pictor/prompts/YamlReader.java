package dev.pictor.prompts;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** Reads front matter: no Java types, no duplicate keys, few aliases, and the scalars of YAML 1.2. */
final class YamlReader {

    private static final int MAX_ALIASES = 16;
    private static final int MAX_DEPTH = 32;

    private YamlReader() {}

    /**
     * Reads a map.
     *
     * @param yaml the text, which the caller has bounded
     * @param line how many lines of the file come before it
     * @throws PromptFailure if it is not YAML, or not a map
     */
    static Map<String, Object> read(String yaml, int line) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setAllowRecursiveKeys(false);
        options.setMaxAliasesForCollections(MAX_ALIASES);
        options.setNestingDepthLimit(MAX_DEPTH);
        DumperOptions unused = new DumperOptions();
        Yaml reader =
                new Yaml(new SafeConstructor(options), new Representer(unused), unused, options, new CoreScalars());
        Object read;
        try {
            read = reader.load(yaml);
        } catch (MarkedYAMLException e) {
            int at = line + (e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1);
            throw malformed("the front matter is not YAML at line " + at + ": " + e.getProblem(), e);
        } catch (YAMLException e) {
            throw malformed("the front matter cannot be read: " + e.getMessage(), e);
        }
        if (read == null) {
            return Map.of();
        }
        if (!(read instanceof Map<?, ?> map)) {
            throw malformed("the front matter must be a map, such as \"model: some-model\"", null);
        }
        try {
            return Values.copyOf(map);
        } catch (IllegalArgumentException e) {
            throw malformed("the front matter's " + e.getMessage(), e);
        }
    }

    private static PromptFailure malformed(String message, @Nullable Throwable cause) {
        return new PromptFailure(PromptException.Reason.MALFORMED, message, cause);
    }

    /** The core schema of YAML 1.2, as the format's reference reads it: {@code no} is a word and a date is text. */
    private static final class CoreScalars extends Resolver {

        private static final Pattern BOOLEAN = Pattern.compile("true|True|TRUE|false|False|FALSE");
        private static final Pattern INTEGER = Pattern.compile("[-+]?(?:0|[1-9][0-9]*)");
        private static final Pattern DECIMAL =
                Pattern.compile("[-+]?(?:\\.[0-9]+|(?:0|[1-9][0-9]*)(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?");
        private static final Pattern NULL = Pattern.compile("~|null|Null|NULL|");

        @Override
        protected void addImplicitResolvers() {
            addImplicitResolver(Tag.BOOL, BOOLEAN, "tTfF", 10);
            addImplicitResolver(Tag.INT, INTEGER, "-+0123456789", 400);
            addImplicitResolver(Tag.FLOAT, DECIMAL, "-+0123456789.", 400);
            addImplicitResolver(Tag.NULL, NULL, "~nN\0", 10);
            addImplicitResolver(Tag.NULL, Pattern.compile("^$"), null, 10);
        }
    }
}
