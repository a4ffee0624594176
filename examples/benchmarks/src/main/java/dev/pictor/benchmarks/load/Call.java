package dev.pictor.benchmarks.load;

/** One call; it fails by throwing. */
@FunctionalInterface
interface Call {
    void make(int number) throws Exception;
}
