package dev.pictor.prompts;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What {@code labels.yaml} says: which file of a prompt each label names. Immutable. */
record Labels(Map<String, Map<String, Target>> targets) {

    static final String FILE = "labels.yaml";

    /** The label of the files as they are, which no file of settings changes. */
    static final String LATEST = "latest";

    private static final Set<String> LABEL_KEYS = Set.of("protected", "prompts");
    private static final Set<String> ENTRY_KEYS = Set.of("variant", "version", "author", "approver");

    static final Labels NONE = new Labels(Map.of());

    /**
     * Reads the file.
     *
     * @throws PromptFailure if it says what it should not
     */
    static Labels read(String yaml) {
        Map<String, Map<String, Target>> targets = new LinkedHashMap<>();
        Settings.of(yaml).maps().forEach((label, settings) -> targets.put(label, label(label, settings)));
        return new Labels(targets);
    }

    /**
     * Reads one label.
     *
     * @return which file of a prompt it names, by the prompt's name and variant
     * @throws PromptFailure if it says what it should not
     */
    static Map<String, Target> label(String label, Settings settings) {
        if (!PromptNames.isSegment(label) || label.equals(LATEST)) {
            throw settings.malformed("the label \"" + label + "\" must be " + PromptNames.SEGMENT_RULE + ", and not "
                    + LATEST + ", which is the file as it is");
        }
        boolean isProtected = settings.allow(LABEL_KEYS).flag("protected", false);
        Map<String, Target> targets = new LinkedHashMap<>();
        settings.map("prompts").maps().forEach((prompt, entry) -> {
            Target target = Target.of(entry.allow(ENTRY_KEYS));
            if (target.variant().isEmpty() && target.version().isEmpty()) {
                throw entry.malformed(entry.at("") + " must name a variant, a version or both");
            }
            if (isProtected) {
                checkTwoNames(entry);
            }
            targets.put(prompt, target);
        });
        return targets;
    }

    private static void checkTwoNames(Settings entry) {
        Optional<String> author = entry.text("author");
        Optional<String> approver = entry.text("approver");
        if (author.isEmpty() || approver.isEmpty() || author.equals(approver)) {
            throw entry.malformed(
                    entry.at("") + " must name an author and another person as approver: the label is protected");
        }
    }

    Optional<Target> find(String label, String name, String variant) {
        return Optional.ofNullable(targets.getOrDefault(label, Map.of()).get(PromptNames.key(name, variant)));
    }
}
