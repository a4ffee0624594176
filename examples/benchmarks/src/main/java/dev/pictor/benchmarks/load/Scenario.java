package dev.pictor.benchmarks.load;

/** One measurement. Each is run in a JVM of its own. */
@FunctionalInterface
interface Scenario {

    /** Measures and adds what was found. */
    void run(Options options, Figures figures) throws Exception;
}
