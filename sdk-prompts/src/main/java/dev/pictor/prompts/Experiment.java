package dev.pictor.prompts;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * An experiment of {@code experiments.yaml}: some subjects of a prompt see another file of it. Immutable.
 *
 * @param id its name
 * @param prompt the prompt's name
 * @param variant the variant it is about, or nothing
 * @param salt what to change to deal all subjects anew
 * @param running whether it is on
 * @param arms the arms, whose weights are 100 in all
 */
record Experiment(String id, String prompt, String variant, String salt, boolean running, List<Arm> arms) {

    static final String FILE = "experiments.yaml";

    private static final Set<String> KEYS = Set.of("prompt", "variant", "salt", "running", "note", "arms");
    private static final Set<String> ARM_KEYS = Set.of("weight", "variant", "version", "note");
    private static final int ALL = 100;

    /**
     * A part of the subjects, and what they see.
     *
     * @param id its name
     * @param weight its share in per cent
     * @param target what it points at; nothing at all stands for what the subject would get without the experiment
     */
    record Arm(String id, int weight, Target target) {
        boolean isControl() {
            return target.variant().isEmpty() && target.version().isEmpty();
        }
    }

    /**
     * Reads the file.
     *
     * @throws PromptFailure if it says what it should not
     */
    static List<Experiment> read(String yaml) {
        List<Experiment> experiments = new ArrayList<>();
        Settings.of(yaml).maps().forEach((id, settings) -> experiments.add(of(id, settings)));
        return List.copyOf(experiments);
    }

    /**
     * Reads one experiment.
     *
     * @throws PromptFailure if it says what it should not
     */
    static Experiment of(String id, Settings settings) {
        String prompt = settings.allow(KEYS).text("prompt").orElse("");
        if (!PromptNames.isName(prompt)) {
            throw settings.malformed(settings.at("prompt") + " must be " + PromptNames.NAME_RULE);
        }
        List<Arm> arms = new ArrayList<>();
        settings.map("arms")
                .maps()
                .forEach((arm, entry) ->
                        arms.add(new Arm(arm, entry.allow(ARM_KEYS).number("weight", 0, ALL), Target.of(entry))));
        int sum = arms.stream().mapToInt(Arm::weight).sum();
        if (sum != ALL) {
            throw settings.malformed(settings.at("arms") + ": the weights must be " + ALL + " in all, and are " + sum);
        }
        return new Experiment(
                id,
                prompt,
                settings.segment("variant").orElse(""),
                settings.text("salt").orElse(""),
                settings.flag("running", true),
                List.copyOf(arms));
    }

    boolean isAbout(String name, String asked) {
        return prompt.equals(name) && variant.equals(asked);
    }

    /** Returns the arm of a bucket. */
    Arm arm(int bucket) {
        int end = 0;
        for (Arm arm : arms) {
            end += arm.weight() * (Bucketing.BUCKETS / ALL);
            if (bucket < end) {
                return arm;
            }
        }
        throw new IllegalStateException("bucket " + bucket + " is beyond " + end);
    }
}
