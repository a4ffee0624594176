package dev.pictor.testkit;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.function.Executable;

/**
 * Fails a test class that leaves something behind: a thread, a socket, an open file, or a count of the test's own such as
 * pending timers. It looks before the class begins and after it ends, and gives what is on its way out some time.
 *
 * <p>Registered with {@code @ExtendWith(LeakDetector.class)}, or, to set something, in a static field with
 * {@code @RegisterExtension}. Not for classes that run at the same time as others. Sockets and files are seen on Linux
 * only. Not thread-safe: JUnit calls it from one thread at a time.
 */
public final class LeakDetector implements BeforeAllCallback, AfterAllCallback {

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final Duration USUAL_WAIT = Duration.ofSeconds(10);
    private static final long LOOK_EVERY_NANOS = Duration.ofMillis(20).toNanos();
    private static final int LOOKS_PER_COLLECTION = 50;
    /** The JVM's own, opened when a class is first used and kept open. */
    private static final Pattern OF_THE_JVM = Pattern.compile("/(proc|sys|dev)/.*|.*\\.(jar|jmod|so)|.*/lib/modules");

    private final List<String> ignoredThreads = new ArrayList<>(
            List.of("junit-", "ForkJoinPool.commonPool-", "CompletableFutureDelayScheduler")); // never end, by the JDK
    private final Map<String, LongSupplier> watched = new HashMap<>();
    private final Deque<Snapshot> begun = new ArrayDeque<>(); // nested classes begin and end within their outer one
    private Duration within = USUAL_WAIT;

    /** Creates a detector that waits up to 10 s. */
    public LeakDetector() {}

    /**
     * Sets how long after the class things may still be on their way out. Default: 10 s, since the JDK's HTTP client
     * needs some seconds after its collection to end its thread.
     *
     * @param within not negative
     * @return this detector
     * @throws IllegalArgumentException if {@code within} is negative
     */
    @CanIgnoreReturnValue
    public LeakDetector within(Duration within) {
        if (requireNonNull(within, "within").isNegative()) {
            throw new IllegalArgumentException("within must not be negative, was " + within);
        }
        this.within = within;
        return this;
    }

    /**
     * Adds threads that may stay. Default: those of JUnit and of the common pool.
     *
     * @param namePrefix how their names begin
     * @return this detector
     */
    @CanIgnoreReturnValue
    public LeakDetector ignoreThreads(String namePrefix) {
        ignoredThreads.add(requireNonNull(namePrefix, "namePrefix"));
        return this;
    }

    /**
     * Adds a count that must not be higher after the class than before, such as the pending actions of a
     * {@link VirtualTime}.
     *
     * @param name what is counted, for the message
     * @param count how many there are now
     * @return this detector
     */
    @CanIgnoreReturnValue
    public LeakDetector watch(String name, LongSupplier count) {
        watched.put(requireNonNull(name, "name"), requireNonNull(count, "count"));
        return this;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        begin();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        check();
    }

    /**
     * Does something that must leave nothing behind, in a test that begins and ends within a class.
     *
     * @param work opens and closes what it needs
     * @throws AssertionError if something is left after the wait
     * @throws Throwable what the work throws
     */
    public void check(Executable work) throws Throwable {
        begin();
        work.execute();
        check();
    }

    void begin() {
        openWhatTheJvmKeeps();
        Map<String, Long> counts = new HashMap<>();
        watched.forEach((name, count) -> counts.put(name, count.getAsLong()));
        begun.push(new Snapshot(Set.copyOf(threads()), Set.copyOf(descriptors()), counts));
    }

    void check() {
        Snapshot before = begun.pop();
        long end = System.nanoTime() + within.toNanos();
        List<String> left = leftSince(before);
        for (int look = 0; !left.isEmpty() && System.nanoTime() - end < 0; look++) {
            if (look % LOOKS_PER_COLLECTION == 0) {
                System.gc(); // on JDK 17 nothing else ends an HTTP client of the JDK, once its calls have let go of it
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
            left = leftSince(before);
        }
        if (!left.isEmpty()) {
            throw new AssertionError("left behind for " + within + ": " + String.join(", ", left));
        }
    }

    private List<String> leftSince(Snapshot before) {
        List<String> left = new ArrayList<>();
        threads().stream()
                .filter(thread -> !before.threads.contains(thread))
                .filter(thread -> ignoredThreads.stream().noneMatch(thread.getName()::startsWith))
                .forEach(thread -> left.add("thread " + thread.getName()));
        descriptors().stream()
                .filter(target -> !before.descriptors.contains(target))
                .forEach(left::add);
        watched.forEach((name, count) -> {
            long more = count.getAsLong() - before.counts.getOrDefault(name, 0L);
            if (more > 0) {
                left.add(more + " " + name);
            }
        });
        return left;
    }

    /** Of this thread's group: the JVM's own, such as the carriers of virtual threads, are in others. */
    private static List<Thread> threads() {
        ThreadGroup ours = Thread.currentThread().getThreadGroup();
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> ours.equals(thread.getThreadGroup()))
                .toList();
    }

    /** What the open descriptors lead to: {@code socket:[7]}, {@code anon_inode:[eventpoll]}, a path. */
    private static Set<String> descriptors() {
        if (!Files.isDirectory(DESCRIPTORS)) {
            return Set.of();
        }
        Set<String> targets = new HashSet<>();
        Map<String, Integer> alike = new HashMap<>();
        try (Stream<Path> links = Files.list(DESCRIPTORS)) {
            links.flatMap(LeakDetector::target)
                    .filter(target -> !OF_THE_JVM.matcher(target).matches())
                    .forEach(target -> targets.add(target + " #" + alike.merge(target, 1, Integer::sum)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + DESCRIPTORS, e);
        }
        return targets;
    }

    private static Stream<String> target(Path link) {
        try {
            return Stream.of(Files.readSymbolicLink(link).toString());
        } catch (IOException e) {
            return Stream.empty(); // closed meanwhile
        }
    }

    /** The first sockets of a JVM open a few descriptors that stay. They are not the test's. */
    private static void openWhatTheJvmKeeps() {
        try (Selector selector = Selector.open();
                ServerSocketChannel server =
                        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                SocketChannel client = SocketChannel.open(server.getLocalAddress());
                SocketChannel accepted = server.accept()) {
            client.configureBlocking(false);
            accepted.configureBlocking(false);
            int unused = selector.selectNow();
        } catch (IOException e) {
            throw new UncheckedIOException("no sockets on the loopback address", e);
        }
    }

    private record Snapshot(Set<Thread> threads, Set<String> descriptors, Map<String, Long> counts) {}
}
