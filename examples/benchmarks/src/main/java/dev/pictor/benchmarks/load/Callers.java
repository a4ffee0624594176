package dev.pictor.benchmarks.load;

import dev.pictor.time.Daemons;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The threads that calls are made from: those of the program that Pictor is a part of. */
final class Callers {

    private Callers() {}

    /**
     * Virtual ones where the JVM has them, else at most so many: a call waits for one then, and the wait is a part of its
     * latency.
     */
    static ExecutorService open(int most) {
        return Daemons.virtual("load-caller-")
                .orElseGet(() -> Executors.newFixedThreadPool(most, Daemons.factory("load-caller-")));
    }

    static boolean areVirtual() {
        return Runtime.version().feature() >= 21;
    }
}
