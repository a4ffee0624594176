package dev.pictor.prompts;

import static java.util.Objects.requireNonNull;

/**
 * That a subject takes part in an experiment. It counts from the moment the prompt is rendered. Immutable.
 *
 * @param experiment the experiment's id
 * @param arm the arm the subject is in
 * @param bucket the subject's bucket, 0 to 9,999
 */
public record Exposure(String experiment, String arm, int bucket) {

    /** Checks that both are given. */
    public Exposure {
        requireNonNull(experiment, "experiment");
        requireNonNull(arm, "arm");
    }
}
