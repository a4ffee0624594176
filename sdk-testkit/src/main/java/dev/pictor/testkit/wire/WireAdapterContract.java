package dev.pictor.testkit.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.pictor.model.CallContext;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelFailure.Refusal;
import dev.pictor.model.ModelResult;
import dev.pictor.model.Usage;
import dev.pictor.testkit.FaultAnswer;
import dev.pictor.testkit.LeakDetector;
import dev.pictor.testkit.TestCallContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What an adapter over a network does, whatever it asks a model for: tests against a server on the loopback address that
 * answers in the vendor's own words. The contracts of this package have them; extend those. Each test opens an adapter of
 * its own and counts requests: one call is one request, whatever goes wrong.
 *
 * @param <A> the adapter's type
 */
public interface WireAdapterContract<A> {

    /**
     * Returns how the vendor writes its answers.
     *
     * @return the format; the same throughout a test
     */
    WireFormat wire();

    /**
     * Opens an adapter.
     *
     * @param server where the vendor's API is, without a path
     * @param key the secret by which the vendor knows who asks
     * @return a new adapter with one attempt a call; it is an {@link AutoCloseable}, and the contract closes it
     */
    A adapter(URI server, String key);

    /**
     * Makes a plain request, one that {@link WireFormat#success()} is an answer to.
     *
     * @param adapter of {@link #adapter(URI, String)}
     * @param call deadline and cancellation
     * @return the adapter's answer
     * @throws InterruptedException if the adapter throws it
     */
    ModelResult ask(A adapter, CallContext call) throws InterruptedException;

    /**
     * Returns what an error status means, as {@code ModelHttp} tells it. Override it for a vendor with whom a status
     * means something else.
     *
     * @param status 400 to 599
     * @return the reason
     */
    default Reason expectedReason(int status) {
        return switch (status) {
            case 401 -> Reason.UNAUTHORIZED;
            case 402 -> Reason.QUOTA_EXHAUSTED;
            case 403 -> Reason.FORBIDDEN;
            case 404, 410 -> Reason.MODEL_NOT_FOUND;
            case 408 -> Reason.UNAVAILABLE;
            case 429 -> Reason.RATE_LIMITED;
            default -> status < 500 ? Reason.INVALID_REQUEST : Reason.UNAVAILABLE;
        };
    }

    /**
     * Returns whether the vendor charges for what ends in an error status, as {@code ModelHttp} tells it. Override it for
     * a vendor that says otherwise.
     *
     * @param status 400 to 599
     * @param byVendor whether the error is the vendor's own, and not the page of a proxy
     * @return the state
     */
    default Billed expectedBilled(int status, boolean byVendor) {
        return switch (status) {
            case 408 -> Billed.UNKNOWN_OUTCOME;
            case 501, 529 -> Billed.REJECTED;
            case 503 -> byVendor ? Billed.REJECTED : Billed.UNKNOWN_OUTCOME;
            default -> status < 500 ? Billed.REJECTED : Billed.UNKNOWN_OUTCOME;
        };
    }

    /** Sends the key and reads the answer. */
    @Test
    default void asksOnceWithItsKeyAndTellsWhatTheVendorCounted() throws InterruptedException {
        try (WireBench<A> bench = WireBench.open(this)) {
            ModelResult result = bench.ask(wire().success());
            assertThat(result.servedBy()).isNotBlank();
            assertThat(result.warnings()).isEmpty();
            assertThat(result.finishReason()).isNotNull();
            assertCounts(wire().usage(), result.usage());
            bench.assertRequests(1);
            assertThat(bench.server().requests().get(0).headers().values().stream()
                            .flatMap(List::stream)
                            .anyMatch(value -> value.contains(WireBench.KEY)))
                    .as("a header holds the key")
                    .isTrue();
        }
    }

    /** What was not reported stays empty: empty is not zero. */
    @Test
    default void reportsNoTokensWhereTheVendorReportsNone() throws InterruptedException {
        try (WireBench<A> bench = WireBench.open(this)) {
            Usage usage = bench.ask(wire().successWithoutUsage()).usage();
            assertThat(counts(usage).values()).as("%s", usage).allMatch(OptionalLong::isEmpty);
        }
    }

    /** Unknown fields, kinds and reasons are read past. */
    @Test
    default void readsAnAnswerOfANewerVersion() throws InterruptedException {
        try (WireBench<A> bench = WireBench.open(this)) {
            assertThat(bench.ask(wire().newerSuccess())).isNotNull();
            bench.assertRequests(1);
        }
    }

    /** A vendor may take its time. */
    @Test
    default void waitsForAnAnswerThatBeginsLate() throws InterruptedException {
        try (WireBench<A> bench = WireBench.open(this)) {
            assertThat(bench.ask(wire().success().delay(WireBench.SHORT))).isNotNull();
            bench.assertRequests(1);
        }
    }

    /**
     * Each status with the vendor's error.
     *
     * @return a test for each
     */
    @TestFactory
    default Stream<DynamicTest> tellsWhatAnErrorOfTheVendorMeans() {
        return IntStream.of(
                        400, 401, 402, 403, 404, 405, 408, 409, 410, 413, 415, 422, 429, 500, 501, 502, 503, 504, 529)
                .mapToObj(status -> dynamicTest(status + ", the vendor's error", () -> {
                    ModelException failure = fail(wire().error(status));
                    assertStatus(failure, status, true);
                    assertThat(failure.retryAfter()).isEmpty();
                }));
    }

    /**
     * Each status with the page of a proxy.
     *
     * @return a test for each
     */
    @TestFactory
    default Stream<DynamicTest> tellsWhatAPageOfAProxyMeans() {
        return IntStream.of(400, 403, 404, 408, 413, 429, 500, 501, 502, 503, 504)
                .mapToObj(status -> dynamicTest(
                        status + ", a page of HTML",
                        () -> assertStatus(fail(FaultAnswer.html(status)), status, false)));
    }

    private void assertStatus(ModelException failure, int status, boolean byVendor) {
        assertThat(failure.reason()).as("reason").isEqualTo(expectedReason(status));
        assertThat(failure.billed()).as("billed").isEqualTo(expectedBilled(status, byVendor));
        assertThat(failure.httpStatus()).as("status").hasValue(status);
        assertThat(failure.isRetryable())
                .as("retryable")
                .isEqualTo(failure.reason().isRetryable());
    }

    /** The key goes where it was meant to go. */
    @Test
    default void followsNoRedirect() {
        try (WireBench<A> bench = WireBench.open(this)) {
            ModelException failure = bench.fail(
                    FaultAnswer.json(307, "").header("Location", bench.server().uri() + "/elsewhere"));
            assertThat(failure.reason()).isEqualTo(Reason.INVALID_REQUEST);
            assertThat(failure.billed()).isEqualTo(Billed.REJECTED);
        }
    }

    /**
     * Each form of a wait.
     *
     * @return a test for each
     */
    @TestFactory
    default Stream<DynamicTest> readsTheWaitThatIsAskedFor() {
        Duration wait = Duration.ofSeconds(7);
        Stream<DynamicTest> limited = tests(wire().rateLimited(wait), answer -> {
            ModelException failure = fail(answer);
            assertThat(failure.reason()).isEqualTo(Reason.RATE_LIMITED);
            assertThat(failure.retryAfter()).contains(wait);
        });
        DynamicTest down = dynamicTest("Retry-After of a proxy, 503", () -> {
            ModelException failure = fail(FaultAnswer.html(503).header("Retry-After", "7"));
            assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
            assertThat(failure.billed()).isEqualTo(Billed.REJECTED);
            assertThat(failure.retryAfter()).contains(wait);
        });
        return Stream.concat(limited, Stream.of(down));
    }

    /** An account that has used up what it may use is not asked again. */
    @Test
    default void tellsASpentQuotaFromALimitOfTheRate() {
        ModelException failure = fail(wire().quotaExhausted());
        assertThat(failure.reason()).isEqualTo(Reason.QUOTA_EXHAUSTED);
        assertThat(failure.billed()).isEqualTo(Billed.REJECTED);
        assertThat(failure.isRetryable()).isFalse();
    }

    /** Even where the vendor repeats it. */
    @Test
    default void keepsAWrongKeyOutOfWhatItThrows() {
        ModelException failure = fail(wire().wrongKey(WireBench.KEY));
        assertThat(failure.reason()).isEqualTo(Reason.UNAUTHORIZED);
        assertThat(failure.billed()).isEqualTo(Billed.REJECTED);
    }

    /**
     * Each way to decline.
     *
     * @return a test for each
     */
    @TestFactory
    default Stream<DynamicTest> tellsInWhichWayTheModelDeclined() {
        return wire().refusals().stream()
                .map(declined -> dynamicTest(declined.name(), () -> {
                    ModelException failure = fail(declined.answer());
                    assertThat(failure.refusal()).as("refusal").contains(declined.refusal());
                    assertThat(failure.reason())
                            .as("reason")
                            .isEqualTo(
                                    declined.refusal() == Refusal.NO_PICTURE
                                            ? Reason.MALFORMED_ANSWER
                                            : Reason.BLOCKED_BY_POLICY);
                    assertThat(failure.billed()).as("billed").isEqualTo(declined.billed());
                }));
    }

    /**
     * Each answer with nothing in it.
     *
     * @return a test for each
     */
    @TestFactory
    default Stream<DynamicTest> takesAnAnswerWithNothingInItForAFailure() {
        return tests(wire().empty(), answer -> assertUnusable(fail(answer)));
    }

    /**
     * Each answer that cannot be read.
     *
     * @return a test for each
     */
    @TestFactory
    default Stream<DynamicTest> takesAnAnswerThatCannotBeReadForAFailure() {
        return tests(wire().broken(), answer -> assertUnusable(fail(answer)));
    }

    private static void assertUnusable(ModelException failure) {
        assertThat(failure.reason()).as("reason").isEqualTo(Reason.MALFORMED_ANSWER);
        assertThat(failure.billed()).as("billed").isEqualTo(Billed.BILLED_UNUSABLE);
    }

    /**
     * Each error that pretends to be a success. What it means is for the adapter to know; the vendor's words are kept.
     *
     * @return a test for each
     */
    @TestFactory
    default Stream<DynamicTest> takesAnErrorWithStatus200ForAFailure() {
        return tests(wire().errorsInSuccess(), answer -> {
            ModelException failure = fail(answer);
            assertThat(failure.reason()).isNotIn(Reason.CANCELLED, Reason.TIMED_OUT);
            assertThat(failure.billed()).isNotEqualTo(Billed.NOT_SENT);
            assertThat(failure.vendorMessage().orElse("")).contains(WireFormat.VENDOR_WORDS);
        });
    }

    /**
     * Each way in which a connection breaks.
     *
     * @return a test for each
     */
    @TestFactory
    default Stream<DynamicTest> doesNotKnowWhatBecameOfACallWhoseConnectionBroke() {
        FaultAnswer whole = wire().success();
        Map<String, FaultAnswer> breaks = new LinkedHashMap<>();
        breaks.put("reset before the answer", FaultAnswer.reset());
        breaks.put("closed after the headers", whole.cutOff(0));
        breaks.put("closed in the middle of the body", whole.cutOff(whole.byteCount() / 2));
        breaks.put("closed just before its end", whole.cutOff(whole.byteCount() - 2));
        return tests(breaks, answer -> {
            ModelException failure = fail(answer);
            assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
            assertThat(failure.billed()).isEqualTo(Billed.UNKNOWN_OUTCOME);
        });
    }

    /** Nothing has left this machine. */
    @Test
    default void knowsThatNothingWasSentWhereNobodyListens() throws InterruptedException {
        URI nobody;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + taken.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on the loopback address", e);
        }
        A adapter = adapter(nobody, WireBench.KEY);
        try (TestCallContext call = TestCallContext.unbounded()) {
            assertThatThrownBy(() -> ask(adapter, call)).isInstanceOfSatisfying(ModelException.class, failure -> {
                assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
                assertThat(failure.billed()).isEqualTo(Billed.NOT_SENT);
            });
        } finally {
            WireBench.close(adapter);
        }
    }

    /**
     * Each way to end a call, wherever its answer stands.
     *
     * @return a test for each
     */
    @TestFactory
    default Stream<DynamicTest> endsAHangingCallAndClosesItsConnection() {
        FaultAnswer whole = wire().success();
        Map<String, FaultAnswer> hanging = new LinkedHashMap<>();
        hanging.put("before the headers", FaultAnswer.stall());
        hanging.put("after the headers", whole.stalling(0));
        hanging.put("in the middle of the body", whole.stalling(whole.byteCount() / 2));
        hanging.put("in a body that drips", whole.dripping(1, WireBench.drip(whole)));
        return hanging.entrySet().stream()
                .flatMap(at -> Arrays.stream(WireStop.values())
                        .map(stop -> dynamicTest(stop.text() + " " + at.getKey(), () -> {
                            try (WireBench<A> bench = WireBench.open(this)) {
                                bench.server().enqueue(at.getValue());
                                stop.end(bench);
                            }
                        })));
    }

    /** More than the five that some clients allow. */
    @Test
    default void hasManyCallsInFlightAtOnce() throws InterruptedException {
        int calls = 8;
        try (WireBench<A> bench = WireBench.open(this)) {
            bench.server().hold();
            List<WireCall> asked = new ArrayList<>();
            for (int i = 0; i < calls; i++) {
                bench.server().enqueue(wire().success());
                asked.add(bench.askInBackground());
            }
            for (int i = 0; i < calls; i++) {
                bench.server().takeRequest(WireBench.LONG);
            }
            bench.server().release();
            for (WireCall call : asked) {
                assertThat(call.result()).isNotNull();
            }
            bench.assertRequests(calls);
        }
    }

    /** An adapter that is closed ends what it has begun, and begins nothing more. */
    @Test
    default void endsItsCallsWhenItIsClosed() throws InterruptedException {
        try (WireBench<A> bench = WireBench.open(this)) {
            bench.server().enqueue(FaultAnswer.stall(), wire().success());
            WireCall hanging = bench.askInBackground();
            bench.server().takeRequest(WireBench.LONG);
            bench.closeAdapter();
            assertThat(hanging.failure()).isInstanceOfSatisfying(ModelException.class, failure -> {
                assertThat(failure.reason()).isEqualTo(Reason.CANCELLED);
                assertThat(failure.billed()).isEqualTo(Billed.UNKNOWN_OUTCOME);
            });
            bench.server().awaitClientClosed(1, WireBench.PROMPTLY);
            assertThatThrownBy(bench::ask).isInstanceOf(IllegalStateException.class);
            bench.assertRequests(1);
        }
    }

    /**
     * No thread, no socket.
     *
     * @throws Throwable if something goes wrong
     */
    @Test
    default void leavesNothingBehindOnceItIsClosed() throws Throwable {
        new LeakDetector().check(() -> {
            try (WireBench<A> bench = WireBench.open(this)) {
                assertThat(bench.ask(wire().success())).isNotNull();
                assertThat(bench.failWithoutCounting(wire().error(500))).isNotNull();
                assertThat(bench.failWithoutCounting(wire().success().cutOff(0)))
                        .isNotNull();
                bench.server().enqueue(FaultAnswer.stall());
                WireCall hanging = bench.askInBackground();
                for (int i = 0; i < 4; i++) {
                    bench.server().takeRequest(WireBench.LONG);
                }
                hanging.cancel();
                assertThat(hanging.failure()).isNotNull();
            }
        });
    }

    private ModelException fail(FaultAnswer answer) {
        try (WireBench<A> bench = WireBench.open(this)) {
            return bench.fail(answer);
        }
    }

    private static Stream<DynamicTest> tests(Map<String, FaultAnswer> answers, Consumer<FaultAnswer> test) {
        return answers.entrySet().stream()
                .map(answer -> dynamicTest(answer.getKey(), () -> test.accept(answer.getValue())));
    }

    private static void assertCounts(Usage expected, Usage reported) {
        Map<String, OptionalLong> counts = counts(reported);
        counts(expected).forEach((name, count) -> {
            OptionalLong found = Optional.ofNullable(counts.get(name)).orElse(OptionalLong.empty());
            assertThat(found.orElse(0)).as("%s of %s", name, reported).isEqualTo(count.orElse(0));
        });
    }

    private static Map<String, OptionalLong> counts(Usage usage) {
        return Map.of(
                "inputTextTokens", usage.inputTextTokens(),
                "inputImageTokens", usage.inputImageTokens(),
                "cachedTextTokens", usage.cachedTextTokens(),
                "cachedImageTokens", usage.cachedImageTokens(),
                "outputTextTokens", usage.outputTextTokens(),
                "outputImageTokens", usage.outputImageTokens());
    }
}
