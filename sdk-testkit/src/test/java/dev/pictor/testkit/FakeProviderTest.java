package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.ImageFormat;
import dev.pictor.image.PixelSize;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
@ExtendWith(LeakDetector.class)
@DisplayName("R29: a provider that fails as planned")
class FakeProviderTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String LAMP = "{\"model\": \"m\", \"prompt\": \"a lamp\", \"n\": 2, \"size\": \"96x64\"}";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final VirtualTime time = VirtualTime.create();
    private final FakeProvider provider = FakeProvider.start(time);
    private final ProviderClient client = new ProviderClient(provider.uri());

    @AfterEach
    void close() {
        client.close();
        provider.close();
    }

    @Nested
    class Answering {

        @Test
        void drawsWhatIsAskedForAndSaysWhatItUsed() throws Exception {
            ProviderClient.Answer answer =
                    client.post(LAMP, "Idempotency-Key: k1").read();

            assertThat(answer.status()).isEqualTo(200);
            assertThat(ProviderClient.field(answer.head(), "x-request-id")).isEqualTo("req_1");
            JsonNode json = JSON.readTree(answer.body());
            assertThat(json.path("created").asLong())
                    .isEqualTo(time.clock().instant().getEpochSecond());
            assertThat(json.path("usage").path("output_tokens").asInt()).isEqualTo(2 * 1_056);
            assertThat(json.path("usage").path("total_tokens").asInt())
                    .isEqualTo(
                            2 * 1_056 + json.path("usage").path("input_tokens").asInt());
            List<ImageBytes> pictures = pictures(answer);
            assertThat(pictures).hasSize(2).allSatisfy(picture -> {
                assertThat(picture.format()).isEqualTo(ImageFormat.PNG);
                assertThat(picture.size()).isEqualTo(new PixelSize(96, 64));
            });
            assertThat(pictures.get(0)).isNotEqualTo(pictures.get(1));
            assertThat(colors(pictures.get(0))).isEqualTo(2);
        }

        @Test
        void drawsTheSameForTheSameRequestAndKeepsTheConnection() throws Exception {
            ProviderClient.Answer first = client.post(LAMP).read();
            ProviderClient.Answer second = client.post(LAMP).read();
            assertThat(second.body()).isEqualTo(first.body());
            assertThat(provider.recent()).extracting(ProviderCall::connection).containsExactly(1, 1);
            assertThat(provider.mostConnections()).isEqualTo(1);
        }

        @Test
        void drawsOneSmallPictureWhenNothingIsSaid() throws Exception {
            assertThat(pictures(client.post("{\"prompt\": \"\\\"n\\\": 7, \\\"size\\\": \\\"9x9\\\"\"}")
                            .read()))
                    .singleElement()
                    .extracting(ImageBytes::size)
                    .isEqualTo(new PixelSize(64, 64));
        }

        @Test
        void fillsPicturesUp() throws Exception {
            provider.plan(FaultPlan.none().pictureBytes(2 << 20));
            assertThat(pictures(client.post(LAMP).read())).allSatisfy(picture -> {
                assertThat(picture.byteCount()).isEqualTo(2 << 20);
                assertThat(colors(picture)).isEqualTo(2);
            });
        }

        @Test
        void readsAFormInChunksThatComeOneByOne() throws Exception {
            client.send("POST /v1/images/edits HTTP/1.1\r\nTransfer-Encoding: chunked\r\n");
            client.send("\r\n1B\r\n; name=\"size\"\r\n\r\n32x16\r\n--x\r\n");
            client.send("11\r\n; name=\"n\"\r\n\r\n3\r\n\r\n").send("0\r\n\r\n");
            assertThat(pictures(client.read()))
                    .hasSize(3)
                    .allSatisfy(picture -> assertThat(picture.size()).isEqualTo(new PixelSize(32, 16)));
        }

        @Test
        void takesRequestsThatComeAtOnceOneAfterTheOther() throws Exception {
            String request = "POST /v1/images/generations HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}";
            client.send(request + request + request);
            for (int i = 1; i <= 3; i++) {
                assertThat(ProviderClient.field(client.read().head(), "x-request-id"))
                        .isEqualTo("req_" + i);
            }
        }

        @Test
        void refusesWhatItHasNoPathOrNoPicturesFor() throws Exception {
            assertThat(client.send("GET /v1/models HTTP/1.1\r\n\r\n").read().status())
                    .isEqualTo(404);
            assertThat(client.post("{\"n\": 11}").read().status()).isEqualTo(400);
            assertThat(client.post("{\"size\": \"4097x1\"}").read().status()).isEqualTo(400);
            assertThat(client.post("{\"size\": \"0x1\"}").read().status()).isEqualTo(400);
        }

        @Test
        void closesAConnectionThatSpeaksNoHttpOrAsksForIt() throws Exception {
            client.send("hello\r\n\r\n");
            assertThat(client.readByte()).isEqualTo(-1);
            try (ProviderClient polite = new ProviderClient(provider.uri())) {
                assertThat(polite.post(LAMP, "Connection: close").read().isWhole())
                        .isTrue();
                assertThat(polite.readByte()).isEqualTo(-1);
            }
            provider.awaitClosed(SOON);
            assertThat(provider.abandoned()).isZero();
        }
    }

    @Nested
    class Failing {

        static Stream<Arguments> refusals() {
            return Stream.of(
                    arguments(Fault.status(500), 500, "server_error"),
                    arguments(Fault.status(503), 503, "server_error"),
                    arguments(Fault.status(401), 401, "invalid_api_key"),
                    arguments(Fault.status(400), 400, "invalid_value"),
                    arguments(Fault.rateLimited(Duration.ZERO), 429, "rate_limit_exceeded"),
                    arguments(Fault.safetyBlock(), 400, "moderation_blocked"),
                    arguments(Fault.errorAfterHeaders(), 200, "server_error"));
        }

        @ParameterizedTest(name = "{0}: {1} {2}")
        @MethodSource("refusals")
        void refusesInWords(Fault fault, int status, String code) throws Exception {
            provider.enqueue(fault);
            ProviderClient.Answer answer = client.post(LAMP).read();
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.head()).doesNotContain("Retry-After");
            assertThat(JSON.readTree(answer.body()).path("error").path("code").asText())
                    .isEqualTo(code);
            assertThat(provider.billed()).isEqualTo(status == 200 ? 1 : 0);
            assertThat(client.post(LAMP).read().status()).isEqualTo(200);
        }

        @Test
        void saysWhenToComeBack() throws Exception {
            provider.enqueue(Fault.rateLimited(Duration.ofMillis(1_200)));
            String head = client.post(LAMP).read().head();
            assertThat(ProviderClient.field(head, "Retry-After")).isEqualTo("2");
            assertThat(ProviderClient.field(head, "retry-after-ms")).isEqualTo("1200");
        }

        @Test
        void sendsNoByteOfAnAnswerThatStalls() throws Exception {
            provider.enqueue(Fault.stall());
            client.post(LAMP);
            provider.awaitRequests(1, SOON);
            assertThat(provider.answered()).isZero();
            client.close();
            provider.awaitAbandoned(1, SOON);
            provider.awaitClosed(SOON);
            assertThat(provider.billed()).isEqualTo(1);
        }

        @Test
        void stallsInTheMiddleOfABody() throws Exception {
            provider.enqueue(Fault.stallInBody());
            String head = client.post(LAMP).readHead();
            int half = ProviderClient.length(head) / 2;
            assertThat(client.readBody(half)).hasSize(half);
            assertThat(provider.openConnections()).isEqualTo(1);
            client.close();
            provider.awaitAbandoned(1, SOON);
            assertThat(provider.answered()).isZero();
        }

        @Test
        void cutsABodyOff() throws Exception {
            provider.enqueue(Fault.cutOff());
            ProviderClient.Answer answer = client.post(LAMP).read();
            assertThat(answer.isWhole()).isFalse();
            assertThat(answer.body()).hasSize(ProviderClient.length(answer.head()) / 2);
            provider.awaitClosed(SOON);
            assertThat(provider.abandoned()).isZero();
        }

        @Test
        void resetsBeforeAnAnswerAndInItsMiddle() throws Exception {
            provider.enqueue(Fault.reset());
            assertThatThrownBy(() -> client.post(LAMP).read())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
            provider.enqueue(Fault.resetInBody());
            try (ProviderClient other = new ProviderClient(provider.uri())) {
                // some of the half may be lost with the reset
                assertThatThrownBy(() -> other.post(LAMP).read()).isInstanceOf(SocketException.class);
            }
            assertThat(provider.billed()).isEqualTo(2);
        }

        @Test
        void dripsAWholeAnswer() throws Exception {
            provider.enqueue(Fault.drip(4_000, Duration.ofMillis(50)));
            String head = client.post("{\"size\": \"512x512\"}").readHead();
            int length = ProviderClient.length(head);
            int pieces = (length + 3_999) / 4_000;
            for (int piece = 1; piece <= pieces; piece++) {
                time.awaitPending(1, SOON);
                assertThat(provider.answered()).isZero();
                time.advance(Duration.ofMillis(50));
                int count = Math.min(4_000, length - (piece - 1) * 4_000);
                assertThat(client.readBody(count)).hasSize(count);
            }
            assertThat(pieces).isGreaterThan(1);
            provider.awaitAnswered(1, SOON);
            assertThat(client.post(LAMP).read().isWhole()).isTrue();
        }

        @Test
        void noticesThatTheClientLeavesBetweenTwoDrips() throws Exception {
            provider.enqueue(Fault.drip(1, Duration.ofHours(1)));
            client.post(LAMP);
            time.awaitPending(1, SOON);
            client.close();
            provider.awaitAbandoned(1, SOON);
            assertThat(time.pending()).isZero();
        }

        @Test
        void sendsWhatIsNotJson() throws Exception {
            provider.enqueue(Fault.malformedJson());
            ProviderClient.Answer answer = client.post(LAMP).read();
            assertThat(answer.isWhole()).isTrue();
            assertThatThrownBy(() -> JSON.readTree(answer.body())).isInstanceOf(JsonProcessingException.class);
        }

        @Test
        void sendsHalfAPicture() throws Exception {
            provider.enqueue(Fault.truncatedBase64());
            ProviderClient.Answer answer = client.post(LAMP).read();
            String first = JSON.readTree(answer.body()).at("/data/0/b64_json").asText();
            String whole = JSON.readTree(client.post(LAMP).read().body())
                    .at("/data/0/b64_json")
                    .asText();
            assertThat(answer.isWhole()).isTrue();
            assertThat(whole).startsWith(first);
            assertThat(Base64.getDecoder().decode(first)).hasSizeLessThan(whole.length() / 2);
        }

        @Test
        void sendsPicturesOfAnotherSize() throws Exception {
            provider.enqueue(Fault.wrongSize());
            assertThat(pictures(client.post(LAMP).read()))
                    .extracting(ImageBytes::size)
                    .containsOnly(new PixelSize(48, 32));
        }

        @Test
        void sendsPicturesWithNothingOnThem() throws Exception {
            provider.enqueue(Fault.blankPicture());
            List<ImageBytes> pictures = pictures(client.post(LAMP).read());
            assertThat(pictures).hasSize(2);
            assertThat(colors(pictures.get(0))).isEqualTo(1);
        }

        @Test
        void sendsOnePictureTooFew() throws Exception {
            provider.enqueue(Fault.missingPicture(), Fault.missingPicture());
            assertThat(pictures(client.post(LAMP).read())).hasSize(1);
            assertThat(pictures(client.post("{}").read())).isEmpty();
        }
    }

    @Nested
    class Planning {

        @Test
        void takesTheScriptFirstAndThenThePlan() throws Exception {
            provider.plan(FaultPlan.none().fault(Fault.status(503), 1)).enqueue(Fault.none(), Fault.status(500));
            assertThat(statuses(4)).containsExactly(200, 500, 503, 503);
            assertThat(provider.count(Fault.Kind.STATUS)).isEqualTo(3);
            assertThat(provider.count(Fault.Kind.NONE)).isEqualTo(1);
            assertThat(provider.recent())
                    .hasToString("[request 1: none, request 2: status 500, request 3: status 503, "
                            + "request 4: status 503]");
        }

        @Test
        void answersWhenItsTimeHasCome() throws Exception {
            provider.plan(FaultPlan.none().latency(Latency.fixed(Duration.ofMillis(80))));
            client.post(LAMP);
            time.awaitPending(1, SOON);
            time.advance(Duration.ofMillis(79));
            assertThat(provider.answered()).isZero();
            time.advance(Duration.ofMillis(1));
            assertThat(client.read().isWhole()).isTrue();
        }

        @Test
        void aFaultMayHaveATimeOfItsOwn() throws Exception {
            provider.plan(FaultPlan.none().latency(Latency.fixed(Duration.ofDays(1))));
            provider.enqueue(Fault.status(503).after(Duration.ZERO));
            assertThat(statuses(1)).containsExactly(503);
        }

        @Test
        void noticesThatTheClientLeavesWhileItWaits() throws Exception {
            provider.plan(FaultPlan.none().latency(Latency.fixed(Duration.ofDays(1))));
            client.post(LAMP);
            time.awaitPending(1, SOON);
            client.close();
            provider.awaitAbandoned(1, SOON);
            provider.awaitClosed(SOON);
            assertThat(time.pending()).isZero();
        }

        @Test
        void opensAndClosesAWindowOf429() throws Exception {
            provider.plan(FaultPlan.none()
                    .window(Fault.rateLimited(Duration.ofSeconds(7)), Duration.ofSeconds(10), Duration.ofSeconds(20)));
            assertThat(statuses(1)).containsExactly(200);
            time.advance(Duration.ofSeconds(10));
            assertThat(statuses(2)).containsExactly(429, 429);
            time.advance(Duration.ofSeconds(10));
            assertThat(statuses(1)).containsExactly(200);
            assertThat(provider.count(Fault.Kind.RATE_LIMITED)).isEqualTo(2);
        }

        @Test
        void theLastOfTwoWindowsDecides() throws Exception {
            provider.plan(FaultPlan.none()
                    .window(Fault.status(500), Duration.ZERO, Duration.ofSeconds(20))
                    .window(Fault.none(), Duration.ofSeconds(5), Duration.ofSeconds(6)));
            assertThat(statuses(1)).containsExactly(500);
            time.advance(Duration.ofSeconds(5));
            assertThat(statuses(1)).containsExactly(200);
            time.advance(Duration.ofSeconds(1));
            assertThat(statuses(1)).containsExactly(500);
        }

        @Test
        @DisplayName("R7: a limiter takes n requests a second and says when the next second begins")
        void limits() throws Exception {
            provider.plan(FaultPlan.none().requestsPerSecond(2));
            time.advance(Duration.ofMillis(300));
            assertThat(statuses(2)).containsExactly(200, 200);
            String head = client.post(LAMP).read().head();
            assertThat(ProviderClient.field(head, "retry-after-ms")).isEqualTo("700");
            assertThat(ProviderClient.field(head, "Retry-After")).isEqualTo("1");
            time.advance(Duration.ofMillis(699));
            assertThat(statuses(1)).containsExactly(429);
            time.advance(Duration.ofMillis(1));
            assertThat(statuses(3)).containsExactly(200, 200, 429);
        }

        @Test
        void theSameSeedGivesTheSameFateAndSharesAreKept() throws Exception {
            FaultPlan plan = FaultPlan.none()
                    .fault(Fault.status(503), 0.2)
                    .fault(Fault.safetyBlock(), 0.1)
                    .seed(42);
            List<Integer> first = statuses(provider.plan(plan), client, 500);
            try (FakeProvider again = FakeProvider.start(time);
                    ProviderClient other = new ProviderClient(again.uri())) {
                assertThat(statuses(again.plan(plan), other, 500)).isEqualTo(first);
                assertThat(statuses(again.plan(plan.seed(43)), other, 500)).isNotEqualTo(first);
            }
            assertThat(first.stream().filter(status -> status == 503)).hasSizeBetween(70, 130);
            assertThat(first.stream().filter(status -> status == 400)).hasSizeBetween(30, 70);
        }

        @Test
        void refusesWhatMakesNoSense() {
            FaultPlan half = FaultPlan.none().fault(Fault.stall(), 0.5);
            assertThatThrownBy(() -> half.fault(Fault.reset(), 0.6))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("share must be 0 to 1 and all shares at most 1, was 0.6 and 1.1");
            assertThatThrownBy(() -> half.fault(Fault.reset(), -0.1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> half.window(Fault.reset(), Duration.ofSeconds(1), Duration.ofSeconds(1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a window must begin at 0 or later and end after that, was PT1S to PT1S");
            assertThatThrownBy(() -> half.requestsPerSecond(-1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> half.pictureBytes((64 << 20) + 1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> Fault.status(200))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("status must be 400 to 599, was 200");
            assertThatThrownBy(() -> Fault.drip(0, SOON)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> Fault.rateLimited(Duration.ofMillis(-1)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> Fault.none().after(Duration.ofMillis(-1)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    class Counting {

        @Test
        @DisplayName("R26: remembers the Idempotency-Key of each request")
        void remembersKeys() throws Exception {
            provider.enqueue(Fault.status(503));
            client.post(LAMP, "Idempotency-Key: a").read();
            client.post(LAMP, "idempotency-key: a").read();
            client.post(LAMP).read();
            assertThat(provider.recent())
                    .extracting(call -> call.idempotencyKey().orElse("none"))
                    .containsExactly("a", "a", "none");
            assertThat(provider.recent()).extracting(ProviderCall::number).containsExactly(1L, 2L, 3L);
        }

        @Test
        void remembersTheLastThousandRequestsOnly() throws Exception {
            statuses(FakeProvider.MAX_RECENT + 5);
            assertThat(provider.recent()).hasSize(FakeProvider.MAX_RECENT);
            assertThat(provider.recent().get(0).number()).isEqualTo(6);
            assertThat(provider.requests()).isEqualTo(FakeProvider.MAX_RECENT + 5);
        }

        @Test
        void chargesForWorkAndNotForRefusalsUnlessToldSo() throws Exception {
            provider.enqueue(
                    Fault.none(),
                    Fault.status(500),
                    Fault.status(500).billed(true),
                    Fault.blankPicture(),
                    Fault.none().billed(false));
            statuses(5);
            assertThat(provider.requests()).isEqualTo(5);
            assertThat(provider.billed()).isEqualTo(3);
            provider.awaitAnswered(5, SOON);
            assertThat(provider.answered()).isEqualTo(5);
        }

        @Test
        void saysWhatDidNotCome() {
            assertThatThrownBy(() -> provider.awaitRequests(1, Duration.ofMillis(10)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("got 0 requests, not 1 within PT0.01S");
            assertThatThrownBy(() -> provider.awaitAbandoned(1, Duration.ofMillis(10)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("0 requests were abandoned, not 1 within PT0.01S");
        }

        @Test
        void saysThatAConnectionIsStillOpen() throws Exception {
            client.post(LAMP).read();
            assertThatThrownBy(() -> provider.awaitClosed(Duration.ofMillis(10)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("1 connections are still open within PT0.01S");
        }

        @Test
        @DisplayName("R24: closing it ends its thread, its connections and its timers")
        void leavesNothingWhenItIsClosed() throws Exception {
            provider.plan(FaultPlan.none().latency(Latency.fixed(Duration.ofHours(1))));
            client.post(LAMP);
            time.awaitPending(1, SOON);
            provider.close();
            provider.close();
            assertThat(client.readByte()).isEqualTo(-1);
            assertThat(time.pending()).isZero();
            assertThat(provider.openConnections()).isZero();
        }
    }

    @CanIgnoreReturnValue
    private List<Integer> statuses(int count) throws IOException {
        return statuses(provider, client, count);
    }

    @CanIgnoreReturnValue
    private static List<Integer> statuses(FakeProvider asked, ProviderClient by, int count) throws IOException {
        assertThat(asked.requests()).isNotNegative();
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            statuses.add(by.post("{\"size\": \"8x8\"}").read().status());
        }
        return statuses;
    }

    private static List<ImageBytes> pictures(ProviderClient.Answer answer) throws IOException {
        assertThat(answer.status()).isEqualTo(200);
        List<ImageBytes> pictures = new ArrayList<>();
        for (JsonNode picture : JSON.readTree(answer.body()).path("data")) {
            pictures.add(ImageBytes.of(
                    Base64.getDecoder().decode(picture.path("b64_json").asText())));
        }
        return pictures;
    }

    private static long colors(ImageBytes picture) {
        try {
            var pixels = ImageIO.read(new ByteArrayInputStream(picture.toByteArray()));
            return IntStream.of(pixels.getRGB(0, 0, pixels.getWidth(), pixels.getHeight(), null, 0, pixels.getWidth()))
                    .distinct()
                    .count();
        } catch (IOException e) {
            throw new AssertionError("not a picture", e);
        }
    }
}
