package dev.pictor.prompts;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checks prompt files without a model: each on its own, and all together. Immutable and thread-safe; each check reads the
 * files anew.
 *
 * <p>It sees the files as a {@link PromptRegistry} of the same sources does. A prompt's partials are looked for in the
 * source that has the prompt, beside it and in the root folder. Files that an earlier source hides are checked as well.
 *
 * <p>A finding is an error if the prompt fails, or does other than its file says, for some or all callers; otherwise a
 * warning. The rules:
 *
 * <table>
 * <caption>Rules</caption>
 * <tr><th>rule</th><th>severity</th><th>what is found</th></tr>
 * <tr><td>{@code bad-experiment}</td><td>error</td><td>an experiment that cannot be read, such as weights that are not 100
 *     in all</td></tr>
 * <tr><td>{@code bad-file-name}</td><td>error</td><td>a file that no name leads to</td></tr>
 * <tr><td>{@code bad-helper-argument}</td><td>error</td><td>a helper with arguments that can never work: a role that is none,
 *     an indent of {@code json} that is none, {@code each} over text</td></tr>
 * <tr><td>{@code bad-label}</td><td>error</td><td>a label that cannot be read, or is protected and lacks the two
 *     names</td></tr>
 * <tr><td>{@code bad-override}</td><td>error</td><td>an override that its prompt would not take</td></tr>
 * <tr><td>{@code braces-left}</td><td>warning</td><td>two opening braces in the rendered example</td></tr>
 * <tr><td>{@code description-missing}</td><td>warning</td><td>no {@code description}</td></tr>
 * <tr><td>{@code example-empty}</td><td>error</td><td>an example that renders to nothing</td></tr>
 * <tr><td>{@code example-fails}</td><td>error</td><td>an example that cannot be rendered</td></tr>
 * <tr><td>{@code example-missing}</td><td>warning</td><td>variables, but no {@code pictor.example}</td></tr>
 * <tr><td>{@code example-unfit}</td><td>error</td><td>an example that is not what the input schema asks for</td></tr>
 * <tr><td>{@code experiment-overlap}</td><td>error</td><td>two running experiments on one prompt: the second has no
 *     subjects</td></tr>
 * <tr><td>{@code experiment-schema}</td><td>error</td><td>an arm with another input or output schema than the prompt</td></tr>
 * <tr><td>{@code malformed}</td><td>error</td><td>a file that cannot be parsed</td></tr>
 * <tr><td>{@code missing-partial}</td><td>error</td><td>a partial that is not there</td></tr>
 * <tr><td>{@code never-equal}</td><td>warning</td><td>a comparison with what the schema rules out</td></tr>
 * <tr><td>{@code no-input-schema}</td><td>warning</td><td>variables, but no input schema</td></tr>
 * <tr><td>{@code no-wire-form}</td><td>error</td><td>an output schema that no model can be given</td></tr>
 * <tr><td>{@code not-text}</td><td>error</td><td>a list or a map where text belongs</td></tr>
 * <tr><td>{@code open-object}</td><td>warning</td><td>an object of the output schema without {@code additionalProperties:
 *     false}</td></tr>
 * <tr><td>{@code optional-not-nullable}</td><td>warning</td><td>a property of the output schema that may be left out, but not
 *     be null</td></tr>
 * <tr><td>{@code required-with-default}</td><td>warning</td><td>a variable that is required and has a default</td></tr>
 * <tr><td>{@code target-missing}</td><td>error</td><td>a label, an arm or an experiment that names no file</td></tr>
 * <tr><td>{@code target-version}</td><td>error</td><td>a label or an arm whose file has another version</td></tr>
 * <tr><td>{@code too-large}</td><td>error</td><td>a file or partials over the limit</td></tr>
 * <tr><td>{@code unknown-context}</td><td>warning</td><td>a name with {@code @} that is none of a loop</td></tr>
 * <tr><td>{@code unknown-helper}</td><td>error</td><td>a helper that there is not</td></tr>
 * <tr><td>{@code unknown-key}</td><td>warning</td><td>a key of the front matter without a dot that the format does not know,
 *     or one that begins with {@code pictor.} and is none of Pictor's</td></tr>
 * <tr><td>{@code unknown-variable}</td><td>error</td><td>a variable of the template, its partials or {@code input.default}
 *     that the input schema lacks; or a loop's name outside a loop</td></tr>
 * <tr><td>{@code unreadable}</td><td>error</td><td>a file or a source that cannot be read</td></tr>
 * <tr><td>{@code unused-partial}</td><td>warning</td><td>a partial that no prompt of its source uses</td></tr>
 * <tr><td>{@code unused-variable}</td><td>warning</td><td>a variable of the input schema or of {@code input.default}, not of
 *     the objects in it, that is never used</td></tr>
 * </table>
 *
 * <p>What depends on values is not judged: a path through {@code anyOf}, through a schema without a type, through objects
 * that may have further properties, or to a key that is itself a variable.
 */
public final class PromptLint {

    private final List<PromptSource> sources;

    private PromptLint(List<PromptSource> sources) {
        this.sources = sources;
    }

    /**
     * Returns the check of some sources.
     *
     * @param first where a prompt is looked for first
     * @param more where it is looked for then, in this order
     * @return a new check
     */
    public static PromptLint of(PromptSource first, PromptSource... more) {
        List<PromptSource> sources = new ArrayList<>();
        sources.add(requireNonNull(first, "first"));
        sources.addAll(List.of(more));
        return new PromptLint(List.copyOf(sources));
    }

    /**
     * Checks all files. What is wrong with a file does not keep the others from being checked.
     *
     * @return what was found
     */
    public PromptLintReport check() {
        List<PromptFinding> findings = new ArrayList<>();
        int files = 0;
        for (PromptSource source : sources) {
            try {
                List<String> paths = source.paths();
                files += paths.size();
                check(source, paths, findings);
            } catch (IOException e) {
                LintFile place = new LintFile("", source.origin(""), name -> Optional.empty());
                place.add(LintRule.UNREADABLE, OptionalInt.empty(), "the files cannot be listed: " + e.getMessage());
                findings.addAll(place.findings());
            }
        }
        LintSettings settings = new LintSettings(sources);
        settings.check();
        findings.addAll(settings.findings());
        return new PromptLintReport(findings, files + settings.files());
    }

    /**
     * Checks an override before it is put. It must be one that its prompt takes, use known variables and partials, and
     * render with the prompt's example, if there is one. Its time is not looked at.
     *
     * @param override the override
     * @return what was found, as findings on the file it stands in for
     */
    public PromptLintReport check(PromptOverride override) {
        String variant = override.variant().orElse("");
        String path = PromptNames.path(override.prompt(), variant);
        PromptFiles files = new PromptFiles(sources);
        List<PromptFinding> findings = new ArrayList<>();
        Optional<PromptFiles.Found> base = Optional.empty();
        LintFile file = new LintFile(path, "override for tenant " + override.tenant(), name -> Optional.empty());
        try {
            base = files.find(override.prompt(), List.of(variant));
            if (base.isEmpty()) {
                file.add(
                        LintRule.BAD_OVERRIDE,
                        OptionalInt.empty(),
                        "there is no " + Prompt.title(override.prompt(), variant) + " to stand in for");
            }
        } catch (PromptException e) {
            file.add(e);
        }
        if (base.isPresent()) {
            PromptSource source = sources.get(base.get().source());
            file = new LintFile(
                    path,
                    "override for tenant " + override.tenant(),
                    name -> partial(source, PromptNames.folder(path), name));
            override(files, base.get(), override, file);
        }
        findings.addAll(file.findings());
        return new PromptLintReport(findings, 1);
    }

    /**
     * Returns how many tokens a prompt is read as.
     *
     * @param prompt a rendered prompt
     * @return what {@link TokenEstimate#of(RenderedPrompt)} says
     */
    public static TokenEstimate tokens(RenderedPrompt prompt) {
        return TokenEstimate.of(prompt);
    }

    private static void override(PromptFiles files, PromptFiles.Found base, PromptOverride override, LintFile file) {
        Prompt prompt = base.prompt();
        file.override(override.text(), prompt);
        try {
            Prompt own = files.override(base, override);
            file.overriddenExample(own);
        } catch (PromptException e) {
            if (!file.explains(e)) {
                file.add(LintRule.BAD_OVERRIDE, OptionalInt.empty(), String.valueOf(e.getMessage()));
            }
        }
    }

    private static void check(PromptSource source, List<String> paths, List<PromptFinding> findings) {
        Set<String> used = new HashSet<>();
        Set<String> partials = new TreeSet<>();
        for (String path : paths) {
            String folder = PromptNames.folder(path);
            LintFile file = new LintFile(path, source.origin(path), name -> partial(source, folder, name));
            check(source, path, file);
            used.addAll(file.usedPartials());
            findings.addAll(file.findings());
            if (isPartial(path)) {
                partials.add(path);
            }
        }
        partials.removeAll(used);
        for (String path : partials) {
            LintFile file = new LintFile(path, source.origin(path), name -> Optional.empty());
            file.add(LintRule.UNUSED_PARTIAL, OptionalInt.empty(), "no prompt uses it; use it or delete the file");
            findings.addAll(file.findings());
        }
    }

    private static void check(PromptSource source, String path, LintFile file) {
        String text;
        try {
            Optional<String> read = PromptFiles.read(source, path);
            if (read.isEmpty()) {
                return; // gone since it was listed
            }
            text = read.get();
        } catch (PromptFailure e) {
            file.add(e.in(path, path, null));
            return;
        }
        String folder = PromptNames.folder(path);
        if (isPartial(path)) {
            String name = path.substring(folder.length() + 1, path.length() - PromptNames.EXTENSION.length());
            if (!PromptNames.isSegment(name)) {
                file.add(
                        LintRule.BAD_FILE_NAME,
                        OptionalInt.empty(),
                        "a partial's file must be named _NAME.prompt, with a NAME of " + PromptNames.SEGMENT_RULE);
            }
            file.partial(text);
            return;
        }
        String key = path.substring(0, path.length() - PromptNames.EXTENSION.length());
        int dot = key.indexOf('.', folder.length());
        String name = dot < 0 ? key : key.substring(0, dot);
        String variant = dot < 0 ? "" : key.substring(dot + 1);
        if (!PromptNames.isName(name) || !(variant.isEmpty() ? dot < 0 : PromptNames.isSegment(variant))) {
            file.add(
                    LintRule.BAD_FILE_NAME,
                    OptionalInt.empty(),
                    "no prompt's name leads to this file; a name is " + PromptNames.NAME_RULE
                            + ", perhaps with a variant after a dot");
            return;
        }
        try {
            Prompt prompt = Prompt.parse(
                    name,
                    variant,
                    source.origin(path),
                    text,
                    partial -> partial(source, folder, partial).map(LintVariables.Found::text),
                    new Picoschema(Map.of()));
            file.prompt(text, prompt, null);
        } catch (PromptException e) {
            file.prompt(text, null, e);
        }
    }

    private static boolean isPartial(String path) {
        return path.startsWith("_", PromptNames.folder(path).length());
    }

    /** Finds a partial as a registry does: beside the prompt, else in the root folder. */
    private static Optional<LintVariables.Found> partial(PromptSource source, String folder, String name) {
        if (!PromptNames.isSegment(name)) {
            return Optional.empty();
        }
        String file = "_" + name + PromptNames.EXTENSION;
        Optional<LintVariables.Found> near = found(source, folder + file);
        return near.isPresent() || folder.isEmpty() ? near : found(source, file);
    }

    private static Optional<LintVariables.Found> found(PromptSource source, String path) {
        return PromptFiles.read(source, path).map(text -> new LintVariables.Found(path, text));
    }
}
