package dev.pictor.testkit;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that begin at the same moment, for contracts. */
final class SideBySide {

    static final int THREADS = 8;

    /** The work of one thread. */
    @FunctionalInterface
    interface Work {
        void run(int thread) throws Exception;
    }

    private SideBySide() {}

    /** Does the work on 8 threads, numbered from 0, and waits for all. */
    static void run(Work work) throws Exception {
        CyclicBarrier together = new CyclicBarrier(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                running.add(threads.submit(() -> {
                    together.await(10, SECONDS);
                    work.run(thread);
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get(60, SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
