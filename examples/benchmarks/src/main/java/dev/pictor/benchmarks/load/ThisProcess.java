package dev.pictor.benchmarks.load;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What this process uses. Sockets and resident memory are told on Linux only. */
final class ThisProcess {

    private static final int COLLECTIONS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long SETTLE_MILLIS = 200;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private ThisProcess() {}

    /** Bytes that are in use after a few collections. */
    static long heapAfterCollection() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            Thread.sleep(SETTLE_MILLIS); // references and cleaners have threads of their own
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    /** Threads of the platform; virtual ones are none. */
    static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    /** Names of threads, to tell those that are left from those that were there. */
    static Set<String> threadNames() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static long cpuNanos() {
        return SYSTEM.getProcessCpuTime();
    }

    static long allocatedBytesOfThisThread() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }

    static long cpuNanosOfThisThread() {
        return THREADS.getCurrentThreadCpuTime();
    }

    /** Bytes that all threads alive have allocated so far. */
    static long allocatedBytes() {
        long sum = 0;
        for (long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
            sum += Math.max(0, bytes);
        }
        return sum;
    }

    /** The most memory that was resident, in bytes. */
    static double mostResidentBytes() {
        return statusKilobytes("VmHWM:") * 1024;
    }

    private static double statusKilobytes(String name) {
        try {
            List<String> lines = Files.readAllLines(Path.of("/proc/self/status"));
            return lines.stream()
                    .filter(line -> line.startsWith(name))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException e) {
            return Double.NaN; // not Linux
        }
    }

    /** Open sockets, files left out. */
    static long sockets() {
        Path list = Path.of("/proc/self/fd");
        if (Files.notExists(list)) {
            return 0;
        }
        try (Stream<Path> open = Files.list(list)) {
            return open.filter(ThisProcess::isSocket).count();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list open files", e);
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException e) {
            return false; // closed meanwhile: the one that lists
        }
    }

    /** What is counted. */
    interface Count {
        long now();
    }

    /** How many more there still are after at most half a minute: idle threads take a while to end. */
    static long left(long before, Count count) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (count.now() > before && System.nanoTime() - end < 0) {
            System.gc(); // before JDK 21 an HTTP client ends when it is collected
            TimeUnit.MILLISECONDS.sleep(250);
        }
        return Math.max(0, count.now() - before);
    }
}
