package dev.pictor.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What one job took, run after run, so that jobs can take turns. Not thread-safe. */
final class Times {

    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final List<Double> wall = new ArrayList<>();
    private final List<Double> cpu = new ArrayList<>();
    private final List<Double> allocated = new ArrayList<>();

    /** What is measured. */
    interface Job {

        /** Does it and returns something of its result, so that nothing is left out by a compiler. */
        Object run() throws Exception;
    }

    /** Runs each job some times without looking, then all of them in turns, and returns their times in the same order. */
    static List<Times> ofTurns(int warmUps, int turns, List<Job> jobs) throws Exception {
        List<Times> times = new ArrayList<>();
        for (Job job : jobs) {
            times.add(warmedUp(warmUps, job));
        }
        for (int turn = 0; turn < turns; turn++) {
            for (int i = 0; i < jobs.size(); i++) {
                times.get(i).run(jobs.get(i));
            }
        }
        return times;
    }

    /** Runs a job some times without looking, and returns no times yet. */
    static Times warmedUp(int warmUps, Job job) throws Exception {
        for (int i = 0; i < warmUps; i++) {
            use(job.run());
        }
        return new Times();
    }

    /** Runs the job once and notes its time, the processor time of this thread and what it allocated. */
    void run(Job job) throws Exception {
        long thread = Thread.currentThread().getId();
        long allocatedBefore = THREADS.getThreadAllocatedBytes(thread);
        long cpuBefore = THREADS.getCurrentThreadCpuTime();
        long begin = System.nanoTime();
        Object result = job.run();
        long end = System.nanoTime();
        long cpuAfter = THREADS.getCurrentThreadCpuTime();
        allocated.add((THREADS.getThreadAllocatedBytes(thread) - allocatedBefore) / 1e6);
        add((end - begin) / 1e6, (cpuAfter - cpuBefore) / 1e6);
        use(result);
    }

    /** Notes milliseconds that were measured elsewhere. */
    void add(double wallMillis, double cpuMillis) {
        wall.add(wallMillis);
        cpu.add(cpuMillis);
    }

    boolean isEmpty() {
        return wall.isEmpty();
    }

    /** Returns the shortest time in milliseconds. */
    double min() {
        return Collections.min(wall);
    }

    /** Returns the median time in milliseconds. */
    double median() {
        return median(wall);
    }

    /** Returns the mean processor time in milliseconds: it may have been measured in coarse steps. */
    double cpu() {
        return cpu.stream().mapToDouble(millis -> millis).average().orElse(Double.NaN);
    }

    /** Returns the median of what the thread allocated in the heap, in millions of bytes. */
    double allocatedMegabytes() {
        return median(allocated);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static void use(Object result) {
        if (result.hashCode() == 0x5EED_5EED) {
            System.out.print("");
        }
    }
}
