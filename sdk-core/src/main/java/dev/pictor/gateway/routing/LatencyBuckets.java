package dev.pictor.gateway.routing;

import java.time.Duration;

/** Times in classes, four for each doubling: 66 us to 18 min, each known to about an eighth. */
final class LatencyBuckets {

    private static final int MIN_EXPONENT = 16;
    private static final int MAX_EXPONENT = 40;
    private static final int SUB_BITS = 2;

    static final int COUNT = (MAX_EXPONENT - MIN_EXPONENT) << SUB_BITS;

    private LatencyBuckets() {}

    /** Returns the class of a time. */
    static int bucket(long nanos) {
        long bounded = Math.max(1L << MIN_EXPONENT, Math.min(nanos, (1L << MAX_EXPONENT) - 1));
        int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(bounded);
        int sub = (int) (bounded >>> (exponent - SUB_BITS)) & ((1 << SUB_BITS) - 1);
        return ((exponent - MIN_EXPONENT) << SUB_BITS) + sub;
    }

    /** Returns the middle of the class that holds a share of the counted times. */
    static Duration percentile(int[] counts, int total, double share) {
        long rank = Math.max(1, (long) Math.ceil(total * share));
        int bucket = 0;
        for (long seen = counts[0]; seen < rank; seen += counts[bucket]) {
            bucket++;
        }
        int exponent = (bucket >>> SUB_BITS) + MIN_EXPONENT;
        int sub = bucket & ((1 << SUB_BITS) - 1);
        long width = 1L << (exponent - SUB_BITS);
        return Duration.ofNanos((1L << exponent) + sub * width + width / 2);
    }
}
