package dev.pictor.testkit.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Chromium without a window, spoken to over its DevTools protocol. Notes what a page complains of and what it asks for.
 * Thread-safe.
 */
final class Browser implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SECONDS = 60;

    private final Process process;
    private final Path profile;
    private final WebSocket socket;
    private final Map<Integer, CompletableFuture<JsonNode>> waiting;
    private final List<JsonNode> events;
    private final AtomicInteger ids = new AtomicInteger();

    private Browser(
            Process process,
            Path profile,
            WebSocket socket,
            Map<Integer, CompletableFuture<JsonNode>> waiting,
            List<JsonNode> events) {
        this.process = process;
        this.profile = profile;
        this.socket = socket;
        this.waiting = waiting;
        this.events = events;
    }

    /** Starts a browser with one empty page. */
    static Browser start(String program, Path profile) throws Exception {
        Process process = new ProcessBuilder(
                        program,
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--no-first-run",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
            List<JsonNode> events = new CopyOnWriteArrayList<>();
            HttpClient client = HttpClient.newHttpClient();
            URI page = page(client, port(process, profile.resolve("DevToolsActivePort")));
            WebSocket socket = client.newWebSocketBuilder()
                    .buildAsync(page, new Listener(waiting, events))
                    .get(SECONDS, TimeUnit.SECONDS);
            Browser browser = new Browser(process, profile, socket, waiting, events);
            for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
                browser.send(domain + ".enable", Map.of());
            }
            return browser;
        } catch (Exception e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** The browser writes the port into its profile once it listens. */
    private static String port(Process process, Path file) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (System.nanoTime() < end && process.isAlive()) {
            if (Files.exists(file) && Files.readString(file).contains("\n")) {
                return Files.readAllLines(file).get(0);
            }
            Thread.onSpinWait();
        }
        throw new IOException("the browser did not start");
    }

    private static URI page(HttpClient client, String port) throws Exception {
        URI list = URI.create("http://127.0.0.1:" + port + "/json/list");
        String body = client.send(
                        java.net.http.HttpRequest.newBuilder(list).build(),
                        java.net.http.HttpResponse.BodyHandlers.ofString())
                .body();
        for (JsonNode target : JSON.readTree(body)) {
            if (target.path("type").asText().equals("page")) {
                return URI.create(target.path("webSocketDebuggerUrl").asText());
            }
        }
        throw new IOException("the browser has no page: " + body);
    }

    /** Opens a file and waits until it is loaded. */
    void open(Path file) throws Exception {
        int before = count("Page.loadEventFired");
        send("Page.navigate", Map.of("url", file.toUri().toString()));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (count("Page.loadEventFired") == before) {
            if (System.nanoTime() > end) {
                throw new IOException("the page is not loaded after " + SECONDS + " s");
            }
            Thread.onSpinWait();
        }
    }

    /** Sets the size of the page and whether the reader prefers dark colours. */
    void view(int width, int height, boolean dark) throws Exception {
        send(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
        send(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    void withoutScript(boolean off) throws Exception {
        send("Emulation.setScriptExecutionDisabled", Map.of("value", off));
    }

    /** Works out an expression in the page. */
    JsonNode evaluate(String expression) throws Exception {
        JsonNode result = send("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
        if (result.has("exceptionDetails")) {
            throw new IOException(result.path("exceptionDetails").toString());
        }
        return result.path("result").path("value");
    }

    /** Presses and lets go of a key. */
    void press(String key) throws Exception {
        Map<String, Integer> codes = Map.of(
                "Tab",
                9,
                "Enter",
                13,
                "Escape",
                27,
                "End",
                35,
                "Home",
                36,
                "ArrowLeft",
                37,
                "ArrowUp",
                38,
                "ArrowRight",
                39,
                "ArrowDown",
                40);
        for (String type : List.of("rawKeyDown", "keyUp")) {
            send(
                    "Input.dispatchKeyEvent",
                    Map.of("type", type, "key", key, "code", key, "windowsVirtualKeyCode", codes.get(key)));
        }
    }

    /** Takes a picture of the whole page. */
    void screenshot(Path png) throws Exception {
        JsonNode shot = send("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
        Files.write(png, Base64.getDecoder().decode(shot.path("data").asText()));
    }

    /** What pages complained of so far: errors of scripts, of the content security policy, and whatever was logged. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        for (JsonNode event : events) {
            switch (event.path("method").asText()) {
                case "Runtime.exceptionThrown", "Runtime.consoleAPICalled" -> complaints.add(event.toString());
                case "Log.entryAdded" ->
                    complaints.add(
                            event.path("params").path("entry").path("text").asText());
                default -> {}
            }
        }
        return complaints;
    }

    /** The addresses that pages asked for, but for their own and for data in them. */
    List<String> requests() {
        return events.stream()
                .filter(event -> event.path("method").asText().equals("Network.requestWillBeSent"))
                .map(event -> event.path("params").path("request").path("url").asText())
                .filter(url -> !url.startsWith("file:") && !url.startsWith("data:") && !url.startsWith("about:"))
                .toList();
    }

    private int count(String method) {
        return (int) events.stream()
                .filter(event -> event.path("method").asText().equals(method))
                .count();
    }

    private JsonNode send(String method, Map<String, ?> parameters) throws Exception {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
        message.set("params", JSON.valueToTree(parameters));
        synchronized (socket) {
            socket.sendText(message.toString(), true).get(SECONDS, TimeUnit.SECONDS);
        }
        return answer.get(SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws Exception {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor(SECONDS, TimeUnit.SECONDS);
        if (Files.exists(profile.resolve("SingletonLock"))) {
            Files.delete(profile.resolve("SingletonLock"));
        }
    }

    /** Sorts what comes into answers and events. */
    private static final class Listener implements WebSocket.Listener {

        private final Map<Integer, CompletableFuture<JsonNode>> waiting;
        private final List<JsonNode> events;
        private final StringBuilder text = new StringBuilder();

        Listener(Map<Integer, CompletableFuture<JsonNode>> waiting, List<JsonNode> events) {
            this.waiting = waiting;
            this.events = events;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                take(text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return CompletableFuture.completedFuture(null);
        }

        private void take(String message) {
            try {
                JsonNode json = JSON.readTree(message);
                CompletableFuture<JsonNode> asked =
                        waiting.remove(json.path("id").asInt(-1));
                if (asked == null) {
                    events.add(json);
                } else if (json.has("error")) {
                    asked.completeExceptionally(
                            new IOException(json.path("error").toString()));
                } else {
                    asked.complete(json.path("result"));
                }
            } catch (IOException e) {
                throw new IllegalStateException("the browser does not speak JSON", e);
            }
        }
    }
}
