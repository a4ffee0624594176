package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.time.TimeSource;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@DisplayName("R24: what a test class leaves behind is found and named")
class LeakDetectorTest {

    private static final boolean DESCRIPTORS_ARE_SHOWN = Files.isDirectory(Path.of("/proc/self/fd"));

    private final LeakDetector detector = new LeakDetector().within(Duration.ofMillis(100));

    @TempDir
    Path directory;

    @Test
    void findsAThread() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        detector.begin();
        Thread thread = thread("leaky-1", release);
        assertThatThrownBy(detector::check)
                .isInstanceOf(AssertionError.class)
                .hasMessage("left behind for PT0.1S: thread leaky-1");
        release.countDown();
        thread.join();
    }

    @Test
    void letsThreadsStayThatItWasToldOf() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        detector.ignoreThreads("leaky-").begin();
        Thread thread = thread("leaky-1", release);
        assertThatCode(detector::check).doesNotThrowAnyException();
        release.countDown();
        thread.join();
    }

    @Test
    void waitsForWhatIsOnItsWayOut() throws Exception {
        LeakDetector patient = new LeakDetector().within(Duration.ofSeconds(20));
        CountDownLatch release = new CountDownLatch(1);
        patient.begin();
        Thread thread = thread("slow-1", release);
        try (TimeSource time = TimeSource.system()) {
            time.after(Duration.ofMillis(50), release::countDown);
        }
        assertThatCode(patient::check).doesNotThrowAnyException();
        TimeUnit.SECONDS.timedJoin(thread, 10);
    }

    @Test
    void findsASocket() throws Exception {
        detector.begin();
        try (ServerSocket leaky = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(leaky.isBound()).isTrue();
            assertThat(found()).matches(DESCRIPTORS_ARE_SHOWN ? "left behind for PT0\\.1S: socket:\\[\\d+] #1" : "");
            detector.begin();
        }
        assertThat(found()).isEmpty();
    }

    @Test
    void findsAnOpenFile() throws Exception {
        Path file = Files.createFile(directory.toRealPath().resolve("leaky.txt"));
        detector.begin();
        try (var leaky = Files.newOutputStream(file)) {
            leaky.write(1);
            assertThat(found()).contains(DESCRIPTORS_ARE_SHOWN ? "leaky.txt" : "");
        }
    }

    @Test
    void findsTimersThatAreStillPending() {
        VirtualTime time = VirtualTime.create();
        time.after(Duration.ofSeconds(1), () -> {});
        detector.watch("timers", time::pending).begin();
        TimeSource.Pending leaky = time.after(Duration.ofSeconds(1), () -> {});
        assertThatThrownBy(detector::check)
                .isInstanceOf(AssertionError.class)
                .hasMessage("left behind for PT0.1S: 1 timers");
        leaky.cancel();
    }

    @Test
    void nestedClassesAreLookedAtByThemselves() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        detector.begin();
        Thread thread = thread("of-the-outer-class", release);
        detector.begin();
        assertThatCode(detector::check).doesNotThrowAnyException();
        assertThatThrownBy(detector::check).hasMessageContaining("of-the-outer-class");
        release.countDown();
        thread.join();
    }

    @Test
    void anHttpClientThatNobodyKnowsAnyMoreIsNoLeak() throws Exception {
        LeakDetector patient = new LeakDetector().within(Duration.ofSeconds(20));
        patient.begin();
        try (FakeProvider provider = FakeProvider.start()) {
            askOnce(provider);
        }
        assertThatCode(patient::check).doesNotThrowAnyException();
    }

    private static void askOnce(FakeProvider provider) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        String unused = client.send(HttpRequest.newBuilder(provider.uri()).build(), BodyHandlers.ofString())
                .body();
    }

    private String found() {
        try {
            detector.check();
            return "";
        } catch (AssertionError e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static Thread thread(String name, CountDownLatch release) {
        Thread thread = new Thread(
                () -> {
                    try {
                        release.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
