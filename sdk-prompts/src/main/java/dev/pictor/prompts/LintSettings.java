package dev.pictor.prompts;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks {@code labels.yaml} and {@code experiments.yaml} against the prompts. Not thread-safe. */
final class LintSettings {

    private final List<PromptSource> sources;
    private final PromptFiles prompts;
    private final List<PromptFinding> findings = new ArrayList<>();

    private int files;

    LintSettings(List<PromptSource> sources) {
        this.sources = sources;
        this.prompts = new PromptFiles(sources);
    }

    List<PromptFinding> findings() {
        return findings;
    }

    /** Returns how many files there are. */
    int files() {
        return files;
    }

    void check() {
        open(Labels.FILE, LintRule.BAD_LABEL).ifPresent(this::labels);
        open(Experiment.FILE, LintRule.BAD_EXPERIMENT).ifPresent(this::experiments);
    }

    /** A file of settings, and where findings on it go. */
    private record Opened(LintFile file, String text, LintRule rule, Map<String, Settings> entries) {

        void add(LintRule about, String key, String message) {
            Matcher at = Pattern.compile("(?m)^ *[\"']?" + Pattern.quote(key) + "[\"']?:")
                    .matcher(text);
            OptionalInt line = at.find()
                    ? OptionalInt.of(1
                            + (int) text.substring(0, at.start())
                                    .chars()
                                    .filter(c -> c == '\n')
                                    .count())
                    : OptionalInt.empty();
            file.add(about, line, message);
        }
    }

    /** Opens the file of the first source that has one, as a registry does. */
    private Optional<Opened> open(String path, LintRule rule) {
        for (PromptSource source : sources) {
            LintFile file = new LintFile(path, source.origin(path), name -> Optional.empty());
            try {
                Optional<String> text = PromptFiles.read(source, path);
                if (text.isPresent()) {
                    files++;
                    return Optional.of(new Opened(
                            file,
                            PromptText.normalise(text.get()),
                            rule,
                            Settings.of(text.get()).maps()));
                }
            } catch (PromptFailure e) {
                file.add(e, rule);
                findings.addAll(file.findings());
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private void labels(Opened opened) {
        opened.entries().forEach((label, settings) -> {
            try {
                Labels.label(label, settings).forEach((key, target) -> {
                    int dot = key.indexOf('.', PromptNames.folder(key).length());
                    String name = dot < 0 ? key : key.substring(0, dot);
                    find(opened, "the label " + label, key, name, dot < 0 ? "" : key.substring(dot + 1))
                            .ifPresent(base -> target(opened, "the label " + label, key, base, target));
                });
            } catch (PromptFailure e) {
                opened.add(opened.rule(), label, String.valueOf(e.getMessage()));
            }
        });
        findings.addAll(opened.file().findings());
    }

    private void experiments(Opened opened) {
        Map<String, String> running = new HashMap<>();
        opened.entries().forEach((id, settings) -> {
            try {
                experiment(opened, Experiment.of(id, settings), running);
            } catch (PromptFailure e) {
                opened.add(opened.rule(), id, String.valueOf(e.getMessage()));
            }
        });
        findings.addAll(opened.file().findings());
    }

    private void experiment(Opened opened, Experiment experiment, Map<String, String> running) {
        String id = experiment.id();
        if (experiment.running()) {
            String key = PromptNames.key(experiment.prompt(), experiment.variant());
            String other = running.putIfAbsent(key, id);
            if (other != null) {
                opened.add(
                        LintRule.EXPERIMENT_OVERLAP,
                        id,
                        "the experiment " + other + " on " + key + " is running too and comes first; stop one of them");
            }
        }
        Prompt base = find(opened, "the experiment " + id, id, experiment.prompt(), experiment.variant())
                .orElse(null);
        if (base == null) {
            return;
        }
        for (Experiment.Arm arm : experiment.arms()) {
            String what = "the arm " + arm.id() + " of the experiment " + id;
            Prompt prompt = target(opened, what, arm.id(), base, arm.target());
            if (prompt != null && !prompt.inputSchema().equals(base.inputSchema())) {
                opened.add(
                        LintRule.EXPERIMENT_SCHEMA,
                        arm.id(),
                        what + " has another input schema than " + base.title() + "; callers would notice");
            }
            if (prompt != null && !prompt.outputSchema().equals(base.outputSchema())) {
                opened.add(
                        LintRule.EXPERIMENT_SCHEMA,
                        arm.id(),
                        what + " has another output schema than " + base.title() + "; callers would notice");
            }
        }
    }

    @CanIgnoreReturnValue
    private @Nullable Prompt target(Opened opened, String what, String key, Prompt base, Target target) {
        Prompt prompt = target.variant()
                .flatMap(variant -> find(opened, what, key, base.name(), variant))
                .orElse(target.variant().isEmpty() ? base : null);
        if (prompt != null
                && target.version().isPresent()
                && !FileRegistry.isVersion(prompt, target.version().get())) {
            opened.add(
                    LintRule.TARGET_VERSION,
                    key,
                    what + " names version " + target.version().get() + ", but " + prompt.title() + " is version "
                            + prompt.version());
        }
        return prompt;
    }

    private Optional<Prompt> find(Opened opened, String what, String key, String name, String variant) {
        try {
            Optional<PromptFiles.Found> found =
                    PromptNames.isName(name) && (variant.isEmpty() || PromptNames.isSegment(variant))
                            ? prompts.find(name, List.of(variant))
                            : Optional.empty();
            if (found.isEmpty()) {
                opened.add(
                        LintRule.TARGET_MISSING,
                        key,
                        what + " names " + PromptNames.path(name, variant) + ", which is not there");
            }
            return found.map(PromptFiles.Found::prompt);
        } catch (PromptException e) {
            return Optional.empty(); // the file's own findings say so
        }
    }
}
