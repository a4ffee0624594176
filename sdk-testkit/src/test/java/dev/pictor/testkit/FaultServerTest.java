package dev.pictor.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultServerTest {

    private static final Duration SOON = Duration.ofSeconds(5);

    private final FaultServer server = FaultServer.start();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void playsItsScriptInOrderOverOneConnectionAndRecordsTheRequests() throws Exception {
        server.enqueue(FaultAnswer.json(200, "{\"ä\":1}").header("X-Trace", "t1"), FaultAnswer.html(503));

        HttpResponse<String> first = post("/a?b=c", "one");
        HttpResponse<String> second = post("/d", "two");

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.body()).isEqualTo("{\"ä\":1}");
        assertThat(first.headers().firstValue("x-trace")).contains("t1");
        assertThat(second.statusCode()).isEqualTo(503);
        assertThat(second.body()).startsWith("<!DOCTYPE html>");

        RecordedRequest request = server.takeRequest(SOON);
        assertThat(request.number()).isEqualTo(1);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/a?b=c");
        assertThat(request.header("X-KEY")).contains("k");
        assertThat(request.headers()).containsKey("content-length");
        assertThat(request.bodyText()).isEqualTo("one");
        assertThat(server.takeRequest(SOON).body()).isEqualTo("two".getBytes(UTF_8));
        assertThat(server.requests())
                .hasToString("[POST /a?b=c, 3 bytes, POST /d, 3 bytes]")
                .extracting(RecordedRequest::connection)
                .containsExactly(1, 1);
    }

    @Test
    void answersWith500AndRecordsWhenItsScriptIsEmpty() throws Exception {
        HttpResponse<String> answer = post("/", "x");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("the script is empty: no answer for request 1");
        assertThat(server.requestCount()).isEqualTo(1);
    }

    @Test
    void readsAChunkedBody() throws Exception {
        server.enqueue(FaultAnswer.json(200, "{}"));
        assertThat(client.send(
                                HttpRequest.newBuilder(server.uri())
                                        .POST(BodyPublishers.fromPublisher(BodyPublishers.ofString("in chunks")))
                                        .build(),
                                BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.takeRequest(SOON).header("transfer-encoding")).contains("chunked");
        assertThat(server.requests().get(0).bodyText()).isEqualTo("in chunks");
    }

    @Test
    void resetsTheConnectionAfterTheRequest() throws Exception {
        server.enqueue(FaultAnswer.reset());
        try (Socket socket = new Socket(server.uri().getHost(), server.uri().getPort())) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(UTF_8));
            InputStream in = socket.getInputStream();
            assertThatThrownBy(in::read).isInstanceOf(SocketException.class).hasMessageContaining("reset");
        }
        assertThat(server.requestCount()).isEqualTo(1);
    }

    @Test
    void cutsABodyOff() {
        server.enqueue(FaultAnswer.truncated("{\"whole\":true}", 5));
        assertThatThrownBy(() -> post("/", "x")).isInstanceOf(IOException.class).hasMessageContaining("fixed");
    }

    @Test
    void stallsUntilTheClientCloses() throws Exception {
        server.enqueue(FaultAnswer.stall());
        CompletableFuture<HttpResponse<String>> call = postAsync();
        server.takeRequest(SOON);
        assertThatThrownBy(() -> server.awaitClientClosed(1, Duration.ofMillis(50)))
                .isInstanceOf(AssertionError.class)
                .hasMessage("the connection of request 1 is still open within PT0.05S");
        assertThat(call.cancel(true)).isTrue();
        server.awaitClientClosed(1, SOON);
    }

    @Test
    void stallsAfterTheHeaders() throws Exception {
        server.enqueue(FaultAnswer.stallAfterHeaders());
        HttpResponse<InputStream> answer = client.send(request("/", "x"), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        answer.body().close();
        server.awaitClientClosed(1, SOON);
    }

    @Test
    void dripsAWholeBodyAndKeepsTheConnection() throws Exception {
        server.enqueue(FaultAnswer.drip("{\"a\":12}", 3, Duration.ofMillis(20)), FaultAnswer.json(200, "{}"));
        long start = System.nanoTime();
        assertThat(post("/", "x").body()).isEqualTo("{\"a\":12}");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(57));
        assertThat(post("/", "x").statusCode()).isEqualTo(200);
        assertThat(server.requests().get(1).connection()).isEqualTo(1);
    }

    @Test
    void noticesAtOnceThatTheClientLeavesDuringADelay() throws Exception {
        server.enqueue(FaultAnswer.json(200, "{}").delay(Duration.ofMinutes(5)));
        CompletableFuture<HttpResponse<String>> call = postAsync();
        server.takeRequest(SOON);
        assertThat(call.cancel(true)).isTrue();
        server.awaitClientClosed(1, SOON);
    }

    @Test
    void endsAllItsThreadsWhenItIsClosed() throws Exception {
        server.enqueue(
                FaultAnswer.stall(), FaultAnswer.drip("{\"slow\":1}", 1, Duration.ofMinutes(5)), FaultAnswer.stall());
        for (int i = 0; i < 3; i++) {
            CompletableFuture<HttpResponse<String>> call = postAsync();
            assertThat(call.isDone()).isFalse();
            server.takeRequest(SOON);
        }
        server.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("testkit-fault-server-"));
    }

    @Test
    void saysThatARequestDidNotCome() {
        assertThatThrownBy(() -> server.takeRequest(Duration.ofMillis(20)))
                .isInstanceOf(AssertionError.class)
                .hasMessage("request 1 did not come within PT0.02S");
        assertThatThrownBy(() -> server.awaitClientClosed(1, SOON))
                .isInstanceOf(AssertionError.class)
                .hasMessage("there is no request 1 of 0");
    }

    @Test
    void refusesAnswersThatMakeNoSense() {
        assertThatThrownBy(() -> FaultAnswer.json(100, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("status must be 200 to 599, was 100");
        assertThatThrownBy(() -> FaultAnswer.truncated("{}", 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("afterBytes must be 0 to 1, was 2");
        assertThatThrownBy(() -> FaultAnswer.drip("{}", 0, Duration.ofMillis(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FaultAnswer.stall().delay(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return client.send(request(path, body), BodyHandlers.ofString());
    }

    private CompletableFuture<HttpResponse<String>> postAsync() {
        return client.sendAsync(request("/", "x"), BodyHandlers.ofString());
    }

    private HttpRequest request(String path, String body) {
        return HttpRequest.newBuilder(URI.create(server.uri() + path))
                .header("X-Key", "k")
                .POST(BodyPublishers.ofString(body))
                .build();
    }
}
