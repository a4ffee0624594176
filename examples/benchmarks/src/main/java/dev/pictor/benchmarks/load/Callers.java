package dev.pictor.benchmarks.load;

import dev.pictor.time.Daemons;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The threads that calls are made from: those of the program that Pictor is a part of. */
final class Callers {

    private Callers() {}

    /** One for each call: virtual ones where the JVM has them, else as many as there are calls. */
    static ExecutorService open() {
        return Daemons.virtual("load-caller-")
                .orElseGet(() -> Executors.newCachedThreadPool(Daemons.factory("load-caller-")));
    }

    static boolean areVirtual() {
        return Runtime.version().feature() >= 21;
    }
}
