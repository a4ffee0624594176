package dev.pictor.testkit;

import java.util.stream.LongStream;

/** Seeds for property tests, for {@code MethodSource}. */
final class Seeds {

    private Seeds() {}

    static LongStream hundreds() {
        return LongStream.range(0, 200);
    }
}
