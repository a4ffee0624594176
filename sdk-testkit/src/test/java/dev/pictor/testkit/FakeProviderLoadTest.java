package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(120)
@ExtendWith(LeakDetector.class)
@DisplayName("R29: the provider bears the load of a load test")
class FakeProviderLoadTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int CONNECTIONS = 1_000;
    private static final String SMALL = "{\"size\": \"32x32\"}";

    @Test
    void carriesAThousandConnectionsOnOneThread() throws Exception {
        VirtualTime time = VirtualTime.create();
        List<ProviderClient> clients = new ArrayList<>();
        try (FakeProvider provider = FakeProvider.start(time)) {
            provider.plan(FaultPlan.none().latency(Latency.fixed(Duration.ofSeconds(1))));
            for (int i = 0; i < CONNECTIONS; i++) {
                clients.add(new ProviderClient(provider.uri()).post(SMALL));
            }
            provider.awaitRequests(CONNECTIONS, SOON);
            time.awaitPending(CONNECTIONS, SOON);
            assertThat(provider.openConnections()).isEqualTo(CONNECTIONS);
            assertThat(provider.answered()).isZero();
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .filteredOn(name -> name.startsWith("testkit-fake-provider-"))
                    .hasSize(1);

            time.advance(Duration.ofSeconds(1));
            for (ProviderClient client : clients) {
                assertThat(client.read().isWhole()).isTrue();
            }
            provider.awaitAnswered(CONNECTIONS, SOON);

            // and half of them go away in the middle of the next answer
            provider.plan(FaultPlan.none().fault(Fault.stallInBody(), 1));
            for (ProviderClient client : clients) {
                client.post(SMALL);
            }
            provider.awaitRequests(2 * CONNECTIONS, SOON);
            clients.subList(0, CONNECTIONS / 2).forEach(ProviderClient::close);
            provider.awaitAbandoned(CONNECTIONS / 2, SOON);
            assertThat(provider.openConnections()).isEqualTo(CONNECTIONS / 2);
            clients.forEach(ProviderClient::close);
            provider.awaitClosed(SOON);
            assertThat(provider.mostConnections()).isEqualTo(CONNECTIONS);
        }
    }

    @Test
    void answersManyRequestsFromManyThreadsWithoutLosingOne() throws Exception {
        int threads = 16;
        int each = 1_000;
        ExecutorService callers = Executors.newFixedThreadPool(threads);
        try (FakeProvider provider = FakeProvider.start()) {
            provider.plan(FaultPlan.none().fault(Fault.status(503), 0.1).seed(5));
            List<Future<Integer>> refused = callers.invokeAll(Collections.nCopies(threads, callMany(provider, each)));
            int refusals = 0;
            for (Future<Integer> one : refused) {
                refusals += one.get();
            }
            provider.awaitAnswered((long) threads * each, SOON);
            assertThat(provider.requests()).isEqualTo((long) threads * each);
            assertThat(provider.count(Fault.Kind.STATUS)).isEqualTo(refusals).isBetween(1_400L, 1_800L);
            assertThat(provider.billed()).isEqualTo(threads * each - refusals);
            assertThat(provider.abandoned()).isZero();
        } finally {
            callers.shutdown();
        }
    }

    private static Callable<Integer> callMany(FakeProvider provider, int count) {
        return () -> {
            int refused = 0;
            try (ProviderClient client = new ProviderClient(provider.uri())) {
                for (int i = 0; i < count; i++) {
                    ProviderClient.Answer answer = client.post(SMALL).read();
                    assertThat(answer.isWhole()).isTrue();
                    refused += answer.status() == 503 ? 1 : 0;
                }
            }
            return refused;
        };
    }

    @Test
    void sendsManyLargePicturesAtOnce() throws Exception {
        int clients = 50;
        List<ProviderClient> open = new ArrayList<>();
        try (FakeProvider provider = FakeProvider.start()) {
            provider.plan(FaultPlan.none().pictureBytes(2 << 20));
            for (int i = 0; i < clients; i++) {
                open.add(new ProviderClient(provider.uri()).post(SMALL)); // nobody reads yet: the sockets are full
            }
            provider.awaitRequests(clients, SOON);
            for (ProviderClient client : open) {
                ProviderClient.Answer answer = client.read();
                assertThat(answer.isWhole()).isTrue();
                assertThat(answer.body().length()).isGreaterThan(2 << 20);
            }
            provider.awaitAnswered(clients, SOON);
        } finally {
            open.forEach(ProviderClient::close);
        }
    }
}
