package dev.pictor.prompts;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Puts subjects into buckets: the one way in which experiments and flags divide them. The same subject always comes into
 * the same bucket of the same experiment, on every machine and without storage; between experiments, its buckets have
 * nothing to do with each other.
 *
 * <p>The bucket is the first 8 bytes of a SHA-256, as an unsigned number, modulo 10,000. The digest is of the experiment's
 * id, a zero byte, the salt, a zero byte and the subject, in UTF-8.
 */
public final class Bucketing {

    /** How many buckets there are: one is a hundredth of a per cent. */
    public static final int BUCKETS = 10_000;

    private Bucketing() {}

    /**
     * Returns the bucket of a subject.
     *
     * @param experiment the id of the experiment or flag
     * @param salt what to change to deal all subjects anew, or nothing
     * @param subject an id, such as a user's
     * @return 0 to 9,999, each equally likely
     */
    public static int bucket(String experiment, String salt, String subject) {
        byte[] digest = Digests.sha256((experiment + '\0' + salt + '\0' + subject).getBytes(StandardCharsets.UTF_8));
        return (int) Long.remainderUnsigned(ByteBuffer.wrap(digest).getLong(), BUCKETS);
    }

    /**
     * Returns whether a subject is among those who have something already. Raising the share only adds subjects.
     *
     * @param flag the id of the experiment or flag
     * @param salt what to change to deal all subjects anew, or nothing
     * @param subject an id, such as a user's
     * @param percent the share that has it, 0 to 100, exact to a hundredth
     * @return true for that share of all subjects
     * @throws IllegalArgumentException if {@code percent} is outside of that range
     */
    public static boolean isIn(String flag, String salt, String subject, double percent) {
        if (!(percent >= 0 && percent <= 100)) {
            throw new IllegalArgumentException("percent must be 0 to 100, was " + percent);
        }
        return bucket(flag, salt, subject) < Math.round(percent * (BUCKETS / 100));
    }
}
