package dev.pictor.benchmarks;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A fake provider in a process of its own, so that its processor time and its heap are not counted as Pictor's. Ends with
 * this process. Not thread-safe.
 */
public final class ProviderProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader answers;
    private final PrintWriter questions;
    private final URI uri;

    private ProviderProcess(Process process) {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.questions = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        this.uri = URI.create(readAnswer());
    }

    /** Starts a provider that answers at once and never fails. */
    public static ProviderProcess start() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder command = new ProcessBuilder(
                java, "-Xmx512m", "-cp", System.getProperty("java.class.path"), ProviderMain.class.getName());
        try {
            return new ProviderProcess(
                    command.redirectError(ProcessBuilder.Redirect.INHERIT).start());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start a provider", e);
        }
    }

    /** Where it listens. */
    public URI uri() {
        return uri;
    }

    /**
     * Has it behave in another way from now on.
     *
     * @param fault what happens to every request: {@code none}, {@code stall}, {@code stall-in-body} or {@code drip}
     * @param latency how long an answer takes
     * @param pictureBytes the least size of a picture
     */
    public void plan(String fault, Duration latency, int pictureBytes) {
        ask("plan " + fault + " " + latency.toMillis() + " " + pictureBytes);
    }

    /** How many requests have come. */
    public long requests() {
        return Long.parseLong(ask("requests"));
    }

    /** How many connections are open. */
    public int openConnections() {
        return Integer.parseInt(ask("open"));
    }

    /** Waits until so many requests have come, and returns whether they did. */
    public boolean awaitRequests(long count, Duration within) {
        return ask("await-requests " + count + " " + within.toMillis()).equals("true");
    }

    /** Waits until so many requests have lost their clients, and returns whether they did. */
    public boolean awaitAbandoned(long count, Duration within) {
        return ask("await-abandoned " + count + " " + within.toMillis()).equals("true");
    }

    /** Ends the process. */
    @Override
    public void close() {
        questions.close();
        process.destroy();
    }

    @CanIgnoreReturnValue
    private String ask(String question) {
        questions.println(question);
        return readAnswer();
    }

    private String readAnswer() {
        try {
            String answer = answers.readLine();
            if (answer == null) {
                throw new IllegalStateException("the provider's process has ended");
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read from the provider", e);
        }
    }
}
