package dev.pictor.prompts;

import static java.util.Objects.requireNonNull;

import dev.pictor.prompts.PromptFiles.Found;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Chooses among prompt files: pin, override, experiment, label, default. Thread-safe. */
final class FileRegistry implements PromptRegistry {

    private static final int MIN_PIN_DIGITS = 8;

    private final PromptFiles files;
    private final PromptOverrideStore overrides;
    private final Predicate<String> stopped;
    private final String label;
    private final InstantSource clock;

    FileRegistry(PromptRegistryBuilder builder) {
        this.files = new PromptFiles(builder.sources);
        this.overrides = builder.overrides;
        this.stopped = builder.stopped;
        this.label = builder.label;
        this.clock = builder.clock;
    }

    @Override
    public SelectedPrompt resolve(String name, PromptSelection selection) {
        requireNonNull(name, "name");
        if (!PromptNames.isName(name)) {
            throw new PromptException(
                    PromptException.Reason.UNSAFE, name, "a prompt's name must be " + PromptNames.NAME_RULE);
        }
        return new Choice(name, selection).make();
    }

    /** One look-up. */
    private final class Choice {

        private final String name;
        private final PromptSelection selection;
        private final Map<String, String> passedOver = new LinkedHashMap<>();

        Choice(String name, PromptSelection selection) {
            this.name = name;
            this.selection = selection;
        }

        SelectedPrompt make() {
            Optional<Found> base = base();
            if (selection.pin().isPresent()) {
                return pinned(selection.pin().get(), base);
            }
            Found found = base.orElseThrow(this::missing);
            return override(found)
                    .or(() -> experiment(found))
                    .or(() -> labelled(found))
                    .orElseGet(() -> chosen(found.prompt(), SelectionRule.DEFAULT, "it is the file of that name"));
        }

        /** Finds the file that is asked for, before any rule changes it. */
        private Optional<Found> base() {
            List<String> variants = selection.variants().isEmpty() ? List.of("") : selection.variants();
            Optional<Found> found = files.find(name, variants);
            String served = found.flatMap(file -> file.prompt().variant()).orElse("");
            for (String variant : variants) {
                if (variant.equals(served)) {
                    break;
                }
                passedOver.put("variant " + variant, "no place up to the one that serves has such a file");
            }
            return found;
        }

        private SelectedPrompt pinned(String pin, Optional<Found> base) {
            List<String> there = new ArrayList<>();
            if (base.isPresent() && isVersion(base.get().prompt(), pin, there)) {
                return pinnedTo(base.get().prompt());
            }
            PromptFiles.Variants variants = files.variants(name);
            for (String variant : variants.names()) {
                Optional<Found> found = files.find(name, List.of(variant));
                if (found.isPresent() && isVersion(found.get().prompt(), pin, there)) {
                    return pinnedTo(found.get().prompt());
                }
            }
            // a replay may need the text of an override that has ended since
            for (PromptOverride override : overridesOf(name)) {
                Optional<Prompt> prompt = overridden(override);
                if (prompt.isPresent() && isVersion(prompt.get(), pin, there)) {
                    return pinnedTo(prompt.get());
                }
            }
            String message = "there is no version \"" + pin + "\" of " + Prompt.title(name, "") + "; there are "
                    + (there.isEmpty() ? "none" : String.join(", ", there));
            throw variants.missing(name, message);
        }

        /** Reads an override that may be the one, or notes why it cannot be. */
        private Optional<Prompt> overridden(PromptOverride override) {
            try {
                return files.find(name, List.of(override.variant().orElse("")))
                        .map(found -> files.override(found, override));
            } catch (PromptException e) {
                passedOver.put("override for tenant " + override.tenant(), String.valueOf(e.getMessage()));
                return Optional.empty();
            }
        }

        /** Of the tenant alone: what one tenant wrote is nobody else's to read. */
        private List<PromptOverride> overridesOf(String prompt) {
            return selection.tenant().isEmpty()
                    ? List.of()
                    : overrides.list().stream()
                            .filter(override -> override.prompt().equals(prompt))
                            .filter(override ->
                                    override.tenant().equals(selection.tenant().get()))
                            .toList();
        }

        private boolean isVersion(Prompt prompt, String pin, List<String> there) {
            there.add(prompt.version());
            return FileRegistry.isVersion(prompt, pin);
        }

        private SelectedPrompt pinnedTo(Prompt prompt) {
            return chosen(prompt, SelectionRule.PIN, "the caller names version " + prompt.version());
        }

        private Optional<SelectedPrompt> override(Found base) {
            Prompt prompt = base.prompt();
            Optional<PromptOverride> found = selection
                    .tenant()
                    .flatMap(tenant ->
                            overrides.find(tenant, name, prompt.variant().orElse("")));
            if (found.isEmpty()) {
                return Optional.empty();
            }
            PromptOverride override = found.get();
            String what = "override for tenant " + override.tenant();
            if (override.isExpired(clock.instant())) {
                passedOver.put(what, "it ended at " + override.expiresAt().orElseThrow());
                return Optional.empty();
            }
            try {
                return Optional.of(chosen(
                        files.override(base, override),
                        SelectionRule.OVERRIDE,
                        "tenant " + override.tenant() + " has an override by " + override.author() + ": "
                                + override.reason()));
            } catch (PromptException e) {
                passedOver.put(what, String.valueOf(e.getMessage()));
                return Optional.empty();
            }
        }

        private Optional<SelectedPrompt> experiment(Found base) {
            String variant = base.prompt().variant().orElse("");
            for (Experiment experiment : experiments()) {
                if (experiment.isAbout(name, variant)) {
                    Optional<SelectedPrompt> chosen = arm(experiment, base);
                    if (chosen.isPresent()) {
                        return chosen;
                    }
                }
            }
            return Optional.empty();
        }

        private Optional<SelectedPrompt> arm(Experiment experiment, Found base) {
            String what = "experiment " + experiment.id();
            if (!experiment.running() || isStopped(experiment.id())) {
                passedOver.put(what, "it is stopped");
                return Optional.empty();
            }
            if (selection.subject().isEmpty()) {
                passedOver.put(what, "there is no subject to bucket by");
                return Optional.empty();
            }
            int bucket = Bucketing.bucket(
                    experiment.id(), experiment.salt(), selection.subject().get());
            Experiment.Arm arm = experiment.arm(bucket);
            Exposure exposure = new Exposure(experiment.id(), arm.id(), bucket);
            String reason =
                    "the subject is in arm " + arm.id() + " of experiment " + experiment.id() + ", bucket " + bucket;
            if (arm.isControl()) {
                Prompt without = labelled(base).map(SelectedPrompt::prompt).orElse(base.prompt());
                return Optional.of(exposed(without, reason, exposure));
            }
            try {
                return Optional.of(exposed(target(base, arm.target()), reason, exposure));
            } catch (PromptException e) {
                passedOver.put(what + ", arm " + arm.id(), String.valueOf(e.getMessage()));
                return Optional.empty();
            }
        }

        private Optional<SelectedPrompt> labelled(Found base) {
            String asked = selection.label().orElse(label);
            Prompt prompt = base.prompt();
            Optional<Target> target =
                    labels().find(asked, name, prompt.variant().orElse(""));
            if (target.isEmpty()) {
                if (selection.label().isPresent() && !asked.equals(Labels.LATEST)) {
                    passedOver.put("label " + asked, "it names no file of this prompt");
                }
                return Optional.empty();
            }
            return Optional.of(
                    chosen(target(base, target.get()), SelectionRule.LABEL, "the label " + asked + " names it"));
        }

        /** Finds what a label or an arm points at. */
        private Prompt target(Found base, Target target) {
            Prompt prompt = base.prompt();
            if (target.variant().isPresent()) {
                prompt = files.find(name, List.of(target.variant().get()))
                        .orElseThrow(() -> missing(target.variant().get()))
                        .prompt();
            }
            Prompt there = prompt;
            target.version().ifPresent(version -> {
                if (!FileRegistry.isVersion(there, version)) {
                    throw new PromptException(
                            PromptException.Reason.MISSING,
                            name,
                            there.title() + " should be version " + version + " and is " + there.version());
                }
            });
            return prompt;
        }

        private SelectedPrompt chosen(Prompt prompt, SelectionRule rule, String reason) {
            return SelectedPrompt.builder(prompt, rule, reason)
                    .passedOver(passedOver)
                    .build();
        }

        private SelectedPrompt exposed(Prompt prompt, String reason, Exposure exposure) {
            return SelectedPrompt.builder(prompt, SelectionRule.EXPERIMENT, reason)
                    .passedOver(passedOver)
                    .exposure(exposure)
                    .build();
        }

        private PromptException missing() {
            return missing(
                    selection.variants().isEmpty() ? "" : selection.variants().get(0));
        }

        private PromptException missing(String variant) {
            String message =
                    "there is no " + Prompt.title(name, variant) + ": " + files.places(PromptNames.path(name, variant));
            List<String> others = files.variants(name).names().stream()
                    .filter(other -> !other.isEmpty())
                    .toList();
            if (!variant.isEmpty() && !others.isEmpty()) {
                message += "; it has the variants " + String.join(", ", others);
            }
            return new PromptException(PromptException.Reason.MISSING, name, message);
        }
    }

    private List<Experiment> experiments() {
        return files.settings(Experiment.FILE, Experiment::read).orElse(List.of());
    }

    private Labels labels() {
        return files.settings(Labels.FILE, Labels::read).orElse(Labels.NONE);
    }

    /** A switch that cannot be asked stops the experiment: to go on regardless is the one thing it is there to prevent. */
    private boolean isStopped(String experiment) {
        try {
            return stopped.test(experiment);
        } catch (RuntimeException e) {
            return true;
        }
    }

    static boolean isVersion(Prompt prompt, String version) {
        return prompt.version().equals(version)
                || (version.length() >= MIN_PIN_DIGITS && prompt.sha256().startsWith(version));
    }
}
