package dev.pictor.testkit;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pictor.model.CallContext;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.http.AnswerReader;
import dev.pictor.model.http.IdleTimeoutException;
import dev.pictor.model.http.ModelHttp;
import dev.pictor.model.http.ModelHttpBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class ModelHttpTest {

    private static final String MODEL = "painter-1";
    private static final String BODY = "{\"data\": \"0123456789\"}";
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);
    /** The bound is 100 ms after the end of the call; a loaded machine gets more. */
    private static final Duration CLOSED_WITHIN = Duration.ofMillis(500);

    /**
     * A server that is still sending learns of it when the JDK's client has let go of the socket, which its selector does at
     * the latest in its next round, after 3 s. One that listens learns of it at once.
     */
    private static final Duration CLOSED_WHILE_SENDING = Duration.ofSeconds(5);

    private static final AnswerReader<String> TEXT =
            answer -> new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);

    private final FaultServer server = FaultServer.start();
    private final ModelHttp http = settings().build();

    private static ModelHttpBuilder settings() {
        return ModelHttp.builder().putErrorCode("insufficient_quota", Reason.QUOTA_EXHAUSTED);
    }

    @AfterEach
    void close() {
        http.close();
        server.close();
    }

    private HttpRequest post() {
        return post(server.uri());
    }

    private static HttpRequest post(URI to) {
        return HttpRequest.newBuilder(to.resolve("/v1/images"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"prompt\": \"a lamp\"}"))
                .build();
    }

    private <T> T send(ModelHttp over, AnswerReader<T> reader) throws InterruptedException {
        try (TestCallContext call = TestCallContext.within(LONG)) {
            return over.send(MODEL, post(), call, reader);
        }
    }

    private ModelException failure(Duration within) {
        try (TestCallContext call = TestCallContext.within(within, new Thread())) {
            return catchThrowableOfType(ModelException.class, () -> http.send(MODEL, post(), call, TEXT));
        }
    }

    @Test
    void sendsARequestAsItIsAndReadsItsAnswer() throws InterruptedException {
        server.enqueue(FaultAnswer.json(200, BODY).header("x-request-id", "req_7"));
        String read = send(
                http,
                answer -> answer.status() + " " + answer.vendorRequestId().orElse("") + " "
                        + new String(answer.body().readAllBytes(), StandardCharsets.UTF_8));
        assertThat(read).isEqualTo("200 req_7 " + BODY);
        RecordedRequest sent = server.requests().get(0);
        assertThat(sent.method()).isEqualTo("POST");
        assertThat(sent.path()).isEqualTo("/v1/images");
        assertThat(sent.bodyText()).isEqualTo("{\"prompt\": \"a lamp\"}");
        assertThat(sent.header("Content-Type")).contains("application/json");
        assertThat(sent.header("Upgrade")).isEmpty();
    }

    @Test
    void sendsARequestWithoutABody() throws InterruptedException {
        server.enqueue(FaultAnswer.json(200, BODY));
        HttpRequest get =
                HttpRequest.newBuilder(server.uri().resolve("/v1/jobs/7")).build();
        try (TestCallContext call = TestCallContext.unbounded()) {
            assertThat(http.send(MODEL, get, call, TEXT)).isEqualTo(BODY);
        }
        assertThat(server.requests().get(0).method()).isEqualTo("GET");
    }

    @Test
    void usesAConnectionAgainThoughAReaderLeftTheEndOfItsAnswer() throws InterruptedException {
        server.enqueue(FaultAnswer.json(200, BODY), FaultAnswer.json(429, "{}"), FaultAnswer.json(200, BODY));
        Integer first = send(http, answer -> answer.body().read());
        assertThat(first).isEqualTo('{');
        assertThatThrownBy(() -> send(http, TEXT)).isInstanceOf(ModelException.class);
        assertThat(send(http, TEXT)).isEqualTo(BODY);
        assertThat(server.requests()).extracting(RecordedRequest::connection).containsExactly(1, 1, 1);
    }

    @Test
    void readsALargeAnswerWhole() throws InterruptedException {
        String large = "0123456789abcdef".repeat(200_000);
        server.enqueue(FaultAnswer.json(200, large));
        assertThat(send(http, TEXT)).isEqualTo(large);
    }

    @Test
    void readsNoMoreThanTheLargestAnswer() throws InterruptedException {
        server.enqueue(FaultAnswer.json(200, "x".repeat(5_000_000)));
        try (ModelHttp small = settings().maxAnswerBytes(50_000).build()) {
            assertThatThrownBy(() -> send(small, TEXT)).isInstanceOfSatisfying(ModelException.class, e -> {
                assertThat(e.reason()).isEqualTo(Reason.MALFORMED_ANSWER);
                assertThat(e.billed()).isEqualTo(Billed.BILLED_UNUSABLE);
            });
            server.awaitClientClosed(1, CLOSED_WHILE_SENDING);
        }
    }

    @Test
    void letsAFailureOfTheReaderThroughAndClosesTheConnection() throws InterruptedException {
        server.enqueue(FaultAnswer.stallAfterHeaders());
        assertThatThrownBy(() -> send(http, answer -> {
                    throw new IllegalStateException("not today");
                }))
                .isInstanceOf(IllegalStateException.class);
        server.awaitClientClosed(1, CLOSED_WITHIN);
    }

    @Test
    void checksItsSettings() {
        assertThatThrownBy(() -> ModelHttp.builder().idleTimeout(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("idleTimeout must be 1 ms to 10 min, was PT0S");
        assertThatThrownBy(() -> ModelHttp.builder().connectTimeout(Duration.ofHours(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("connectTimeout must be 1 ms to 10 min, was PT1H");
        assertThatThrownBy(() -> ModelHttp.builder().maxAnswerBytes(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxAnswerBytes must be 1 or more, was 0");
    }

    @Nested
    @DisplayName("R4: says of every failure whether it may have been charged")
    class R4Billed {

        static Stream<Arguments> answers() {
            String error = "{\"error\": {\"code\": \"server_error\", \"message\": \"words\"}}";
            String quota = "{\"error\": {\"code\": \"insufficient_quota\", \"message\": \"words\"}}";
            return Stream.of(
                    Arguments.of(FaultAnswer.reset(), Reason.UNAVAILABLE, Billed.UNKNOWN_OUTCOME),
                    Arguments.of(FaultAnswer.truncated(BODY, 5), Reason.UNAVAILABLE, Billed.UNKNOWN_OUTCOME),
                    Arguments.of(FaultAnswer.truncated(BODY, 0), Reason.UNAVAILABLE, Billed.UNKNOWN_OUTCOME),
                    Arguments.of(FaultAnswer.stall(), Reason.TIMED_OUT, Billed.UNKNOWN_OUTCOME),
                    Arguments.of(FaultAnswer.stallAfterHeaders(), Reason.TIMED_OUT, Billed.UNKNOWN_OUTCOME),
                    Arguments.of(FaultAnswer.json(307, ""), Reason.INVALID_REQUEST, Billed.REJECTED),
                    Arguments.of(FaultAnswer.json(400, error), Reason.INVALID_REQUEST, Billed.REJECTED),
                    Arguments.of(FaultAnswer.json(401, error), Reason.UNAUTHORIZED, Billed.REJECTED),
                    Arguments.of(FaultAnswer.json(402, error), Reason.QUOTA_EXHAUSTED, Billed.REJECTED),
                    Arguments.of(FaultAnswer.json(403, error), Reason.FORBIDDEN, Billed.REJECTED),
                    Arguments.of(FaultAnswer.json(404, error), Reason.MODEL_NOT_FOUND, Billed.REJECTED),
                    Arguments.of(FaultAnswer.html(407), Reason.INVALID_REQUEST, Billed.REJECTED),
                    Arguments.of(FaultAnswer.json(408, error), Reason.UNAVAILABLE, Billed.UNKNOWN_OUTCOME),
                    Arguments.of(FaultAnswer.json(413, error), Reason.INVALID_REQUEST, Billed.REJECTED),
                    Arguments.of(FaultAnswer.json(429, error), Reason.RATE_LIMITED, Billed.REJECTED),
                    Arguments.of(FaultAnswer.json(429, quota), Reason.QUOTA_EXHAUSTED, Billed.REJECTED),
                    Arguments.of(FaultAnswer.json(500, error), Reason.UNAVAILABLE, Billed.UNKNOWN_OUTCOME),
                    Arguments.of(FaultAnswer.json(501, error), Reason.UNAVAILABLE, Billed.REJECTED),
                    Arguments.of(FaultAnswer.html(502), Reason.UNAVAILABLE, Billed.UNKNOWN_OUTCOME),
                    Arguments.of(FaultAnswer.json(503, error), Reason.UNAVAILABLE, Billed.REJECTED),
                    Arguments.of(FaultAnswer.html(503), Reason.UNAVAILABLE, Billed.UNKNOWN_OUTCOME),
                    Arguments.of(FaultAnswer.html(503).header("Retry-After", "7"), Reason.UNAVAILABLE, Billed.REJECTED),
                    Arguments.of(FaultAnswer.json(504, error), Reason.UNAVAILABLE, Billed.UNKNOWN_OUTCOME),
                    Arguments.of(FaultAnswer.json(529, error), Reason.UNAVAILABLE, Billed.REJECTED));
        }

        @ParameterizedTest(name = "{0}: {1}, {2}")
        @MethodSource("answers")
        void afterSending(FaultAnswer answer, Reason reason, Billed billed) {
            server.enqueue(answer);
            ModelException failure = failure(SHORT.multipliedBy(2));
            assertThat(failure.reason()).isEqualTo(reason);
            assertThat(failure.billed()).isEqualTo(billed);
            assertThat(failure.modelId()).isEqualTo(MODEL);
            assertThat(failure).hasMessageStartingWith(MODEL).hasMessageNotContaining("words");
            assertThat(server.requestCount()).as("attempts").isEqualTo(1);
        }

        @Test
        void aVendorsOwnWordsAndWaitAreKept() {
            server.enqueue(FaultAnswer.json(
                            429, "{\"error\": {\"code\": \"rate_limit_exceeded\", \"message\": \"slow down\"}}")
                    .header("retry-after-ms", "1500")
                    .header("x-request-id", "req_9"));
            ModelException failure = failure(LONG);
            assertThat(failure).hasMessage("painter-1 answered 429 rate_limit_exceeded: too many calls at this rate");
            assertThat(failure.httpStatus()).hasValue(429);
            assertThat(failure.vendorMessage()).contains("slow down");
            assertThat(failure.vendorRequestId()).contains("req_9");
            assertThat(failure.retryAfter()).contains(Duration.ofMillis(1_500));
        }

        @Test
        void anErrorWhoseBodyNeverComesIsToldByItsStatus() throws InterruptedException {
            server.enqueue(FaultAnswer.drip("{\"error\": {}}", 1, Duration.ofSeconds(30)));
            try (ModelHttp quick = settings().idleTimeout(SHORT).build();
                    TestCallContext call = TestCallContext.within(LONG)) {
                ModelException failure =
                        catchThrowableOfType(ModelException.class, () -> quick.send(MODEL, post(), call, TEXT));
                assertThat(failure.reason()).isEqualTo(Reason.TIMED_OUT);
            }
            server.awaitClientClosed(1, CLOSED_WITHIN);
        }

        @Test
        void aConnectionThatIsRefusedSendsNothing() throws IOException {
            int free;
            try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                free = taken.getLocalPort();
            }
            assertNotSent(URI.create("http://127.0.0.1:" + free), Reason.UNAVAILABLE, LONG);
        }

        @Test
        void aNameThatNobodyKnowsSendsNothing() {
            assertNotSent(URI.create("http://no-such-host.invalid"), Reason.UNAVAILABLE, LONG);
        }

        @Test
        void aServerWithoutTlsGetsNothing() {
            server.enqueue(FaultAnswer.json(200, BODY));
            URI uri = URI.create(server.uri().toString().replace("http:", "https:"));
            assertNotSent(uri, Reason.UNAVAILABLE, Duration.ofSeconds(2));
        }

        @Test
        void aConnectionThatIsNeverAcceptedSendsNothing() throws IOException {
            List<java.net.Socket> fill = new ArrayList<>();
            try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                for (int i = 0; i < 2; i++) {
                    fill.add(new java.net.Socket(full.getInetAddress(), full.getLocalPort()));
                }
                assertNotSent(URI.create("http://127.0.0.1:" + full.getLocalPort()), Reason.TIMED_OUT, SHORT);
            } finally {
                for (java.net.Socket socket : fill) {
                    socket.close();
                }
            }
        }

        private void assertNotSent(URI to, Reason reason, Duration within) {
            try (TestCallContext call = TestCallContext.within(within, new Thread())) {
                assertThatThrownBy(() -> http.send(MODEL, post(to), call, TEXT))
                        .isInstanceOfSatisfying(ModelException.class, failure -> {
                            assertThat(failure.billed()).isEqualTo(Billed.NOT_SENT);
                            assertThat(failure.reason()).isEqualTo(reason);
                        });
            }
        }
    }

    @Nested
    @DisplayName("R10: a stalled or dripping answer ends, and its connection is closed")
    class R10Stalls {

        @SuppressWarnings("ImmutableEnumChecker") // an answer never changes
        enum Way {
            BEFORE_HEADERS(FaultAnswer.stall()),
            IN_THE_BODY(FaultAnswer.stallAfterHeaders()),
            DRIP(FaultAnswer.drip("x".repeat(100_000), 1, Duration.ofMillis(5)));

            private final FaultAnswer answer;

            Way(FaultAnswer answer) {
                this.answer = answer;
            }
        }

        @ParameterizedTest
        @EnumSource(Way.class)
        void atTheEndOfItsTime(Way way) throws InterruptedException {
            server.enqueue(way.answer);
            long start = System.nanoTime();
            ModelException failure = failure(SHORT);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(SHORT, SHORT.multipliedBy(3));
            assertThat(failure.reason()).isEqualTo(Reason.TIMED_OUT);
            assertThat(failure.billed()).isEqualTo(Billed.UNKNOWN_OUTCOME);
            server.awaitClientClosed(1, CLOSED_WITHIN);
        }

        @ParameterizedTest
        @EnumSource(Way.class)
        void whenItIsCancelled(Way way) throws Exception {
            server.enqueue(way.answer);
            AtomicReference<TestCallContext> call = new AtomicReference<>();
            Future<ModelException> failed = inBackground(() -> {
                try (TestCallContext mine = TestCallContext.within(LONG, new Thread())) {
                    call.set(mine);
                    return catchThrowableOfType(ModelException.class, () -> http.send(MODEL, post(), mine, TEXT));
                }
            });
            server.takeRequest(LONG);
            call.get().cancel();
            assertThat(failed.get(1, SECONDS).reason()).isEqualTo(Reason.CANCELLED);
            server.awaitClientClosed(1, CLOSED_WITHIN);
        }

        @ParameterizedTest
        @EnumSource(Way.class)
        void whenItsThreadIsInterrupted(Way way) throws Exception {
            server.enqueue(way.answer);
            AtomicReference<Thread> thread = new AtomicReference<>();
            Future<InterruptedException> failed = inBackground(() -> {
                thread.set(Thread.currentThread());
                try (TestCallContext mine = TestCallContext.within(LONG, new Thread())) {
                    return catchThrowableOfType(InterruptedException.class, () -> http.send(MODEL, post(), mine, TEXT));
                }
            });
            server.takeRequest(LONG);
            thread.get().interrupt();
            assertThat(failed.get(1, SECONDS)).isNotNull();
            server.awaitClientClosed(1, CLOSED_WITHIN);
        }

        @Test
        void whenNothingMoreComesOfItForAWhile() throws InterruptedException {
            server.enqueue(FaultAnswer.stallAfterHeaders());
            try (ModelHttp impatient = settings().idleTimeout(SHORT).build()) {
                assertThatThrownBy(() -> send(impatient, TEXT))
                        .isInstanceOfSatisfying(ModelException.class, failure -> {
                            assertThat(failure.reason()).isEqualTo(Reason.TIMED_OUT);
                            assertThat(failure.billed()).isEqualTo(Billed.UNKNOWN_OUTCOME);
                            assertThat(failure)
                                    .hasCauseInstanceOf(IdleTimeoutException.class)
                                    .hasRootCauseMessage("no byte came for 300 ms");
                        });
                server.awaitClientClosed(1, CLOSED_WITHIN);
            }
        }

        @Test
        void thinkingLongBeforeTheFirstByteIsNoStall() throws InterruptedException {
            server.enqueue(FaultAnswer.json(200, BODY).delay(SHORT));
            try (ModelHttp impatient =
                    settings().idleTimeout(Duration.ofMillis(100)).build()) {
                assertThat(send(impatient, TEXT)).isEqualTo(BODY);
            }
        }

        @Test
        @DisplayName("R11: ... however busy the common pool is")
        void thoughTheCommonPoolIsBusy() throws InterruptedException {
            CountDownLatch end = new CountDownLatch(1);
            int busy = 4 * Math.max(1, ForkJoinPool.getCommonPoolParallelism());
            for (int i = 0; i < busy; i++) {
                ForkJoinPool.commonPool().execute(() -> awaitQuietly(end));
            }
            try {
                atTheEndOfItsTime(Way.BEFORE_HEADERS);
                server.enqueue(FaultAnswer.json(200, BODY));
                assertThat(send(http, TEXT)).isEqualTo(BODY);
            } finally {
                end.countDown();
            }
        }
    }

    @Nested
    @DisplayName("R24: cancelled or closed, nothing of a call stays")
    class R24Leaks {

        @Test
        void closingStopsTheCallsInFlight() throws Exception {
            server.enqueue(FaultAnswer.stall(), FaultAnswer.stallAfterHeaders());
            List<Future<ModelException>> calls = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                calls.add(inBackground(() -> failure(LONG)));
                server.takeRequest(LONG);
            }
            http.close();
            for (Future<ModelException> call : calls) {
                assertThat(call.get(1, SECONDS).reason()).isEqualTo(Reason.CANCELLED);
            }
            server.awaitClientClosed(1, CLOSED_WITHIN);
            server.awaitClientClosed(2, CLOSED_WITHIN);
        }

        @Test
        void aClosedClientSendsNothing() {
            http.close();
            assertThatThrownBy(() -> send(http, TEXT)).isInstanceOf(IllegalStateException.class);
            assertThat(server.requestCount()).isZero();
        }

        @Test
        void aHundredStoppedCallsLeaveNoConnection() throws InterruptedException {
            for (int i = 1; i <= 100; i++) {
                server.enqueue(i % 2 == 0 ? FaultAnswer.stall() : FaultAnswer.stallAfterHeaders());
                assertThat(failure(Duration.ofMillis(20)).reason()).isEqualTo(Reason.TIMED_OUT);
            }
            for (int i = 1; i <= server.requestCount(); i++) {
                server.awaitClientClosed(i, CLOSED_WITHIN);
            }
        }
    }

    @Nested
    @DisplayName("R26: sends the name of the call")
    class R26Names {

        @Test
        void theSameForEachAttemptAtOneCall() throws InterruptedException {
            server.enqueue(FaultAnswer.html(502), FaultAnswer.json(200, BODY), FaultAnswer.json(200, BODY));
            try (ModelHttp naming = settings().sendsIdempotencyKey(true).build();
                    TestCallContext whole = TestCallContext.within(LONG)) {
                CallContext first = named(whole, "call-1");
                assertThatThrownBy(() -> naming.send(MODEL, post(), first, TEXT))
                        .isInstanceOf(ModelException.class);
                assertThat(naming.send(MODEL, post(), first, TEXT)).isEqualTo(BODY);
                assertThat(naming.send(MODEL, post(), named(whole, "call-2"), TEXT))
                        .isEqualTo(BODY);
            }
            assertThat(server.requests())
                    .extracting(request -> request.header("Idempotency-Key").orElse("none"))
                    .containsExactly("call-1", "call-1", "call-2");
        }

        @Test
        void onlyWhenAsked() throws InterruptedException {
            server.enqueue(FaultAnswer.json(200, BODY));
            try (TestCallContext whole = TestCallContext.within(LONG)) {
                assertThat(http.send(MODEL, post(), named(whole, "call-1"), TEXT))
                        .isEqualTo(BODY);
            }
            assertThat(server.requests().get(0).header("Idempotency-Key")).isEmpty();
        }

        private static CallContext named(CallContext whole, String name) {
            return new CallContext() {
                @Override
                public Duration timeLeft() {
                    return whole.timeLeft();
                }

                @Override
                public boolean isCancelled() {
                    return whole.isCancelled();
                }

                @Override
                public Registration onCancel(Runnable hook) {
                    return whole.onCancel(hook);
                }

                @Override
                public Optional<String> idempotencyKey() {
                    return Optional.of(name);
                }
            };
        }
    }

    private static <T> Future<T> inBackground(java.util.concurrent.Callable<T> work) {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            return thread.submit(work);
        } finally {
            thread.shutdown();
        }
    }

    private static void awaitQuietly(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
