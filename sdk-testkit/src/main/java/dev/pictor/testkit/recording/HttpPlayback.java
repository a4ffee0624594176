package dev.pictor.testkit.recording;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.pictor.testkit.FaultAnswer;
import dev.pictor.testkit.FaultServer;
import dev.pictor.testkit.RecordedRequest;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Plays a recording back: answers a request as the vendor did, without a network. Thread-safe.
 *
 * <p>A request is that of the recording if method, path, query and body are. JSON is compared as a tree, a form by its
 * parts; headers and the values of secrets are not looked at. Each exchange is played once; equal requests get their
 * answers in the order in which they were recorded.
 *
 * <p>A request that is not in the recording is answered with status 500, and fails the test at {@link #close()}: the
 * message names the nearest exchange and what differs, without a value.
 */
public final class HttpPlayback implements RecordedServer {

    private static final int MOST_NAMES = 20;

    private final Path folder;
    private final List<KeptExchange> exchanges;
    private final boolean[] played;
    private final List<String> unknown = new ArrayList<>();
    private final Object lock = new Object();
    private final FaultServer server;

    private HttpPlayback(Path folder, List<KeptExchange> exchanges) {
        this.folder = folder;
        this.exchanges = exchanges;
        this.played = new boolean[exchanges.size()];
        this.server = FaultServer.start(this::answer);
    }

    /**
     * Starts to play a recording.
     *
     * @param folder written by {@link HttpRecorder}
     * @return the playback, to be closed by the caller
     * @throws java.io.UncheckedIOException if it cannot be read
     * @throws IllegalStateException if it is no recording, or a blob is not what its name says
     */
    public static HttpPlayback start(Path folder) {
        return new HttpPlayback(folder, KeptFolder.read(requireNonNull(folder, "folder")));
    }

    @Override
    public URI uri() {
        return server.uri();
    }

    /**
     * Returns how many exchanges were not played yet.
     *
     * @return 0 to all of them
     */
    public int remaining() {
        synchronized (lock) {
            int left = 0;
            for (boolean one : played) {
                left += one ? 0 : 1;
            }
            return left;
        }
    }

    private FaultAnswer answer(RecordedRequest request) {
        KeptExchange asked =
                KeptExchange.of(request, 200, Map.of(), new byte[0], new LearnedSecrets(Set.of(), Set.of(), Set.of()));
        synchronized (lock) {
            int nearest = -1;
            Set<String> least = Set.of();
            for (int i = 0; i < exchanges.size(); i++) {
                Set<String> differences = exchanges.get(i).differences(asked);
                if (differences.isEmpty() && !played[i]) {
                    played[i] = true;
                    return answer(exchanges.get(i));
                }
                if (nearest < 0 || differences.size() < least.size()) {
                    nearest = i;
                    least = differences;
                }
            }
            String message = "request " + request.number() + ", " + asked.method() + " " + asked.path()
                    + ", is not in the recording " + folder + ": " + nearest(nearest, least);
            unknown.add(message);
            return FaultAnswer.bytes(500, "text/plain; charset=UTF-8", message.getBytes(UTF_8));
        }
    }

    private static String nearest(int exchange, Set<String> differences) {
        if (exchange < 0) {
            return "it is empty";
        }
        if (differences.isEmpty()) {
            return "exchange " + (exchange + 1) + " is the same and was played already";
        }
        List<String> names = differences.stream().limit(MOST_NAMES).toList();
        return "exchange " + (exchange + 1) + " is the nearest and differs in " + String.join(", ", names)
                + (differences.size() > MOST_NAMES ? " and " + (differences.size() - MOST_NAMES) + " more" : "");
    }

    private static FaultAnswer answer(KeptExchange exchange) {
        FaultAnswer answer =
                FaultAnswer.bytes(exchange.status(), "", exchange.answerBody().bytes());
        for (Map.Entry<String, List<String>> header : exchange.answerHeaders().entrySet()) {
            for (String value : header.getValue()) {
                answer = answer.header(header.getKey(), value);
            }
        }
        return answer;
    }

    /**
     * Ends the playback.
     *
     * @throws AssertionError if a request was not in the recording
     */
    @Override
    public void close() {
        server.close();
        synchronized (lock) {
            if (!unknown.isEmpty()) {
                String all = String.join("\n", unknown);
                unknown.clear();
                throw new AssertionError(all);
            }
        }
    }
}
