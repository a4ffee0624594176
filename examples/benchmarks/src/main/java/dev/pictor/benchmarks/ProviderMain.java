package dev.pictor.benchmarks;

import dev.pictor.testkit.FakeProvider;
import dev.pictor.testkit.Fault;
import dev.pictor.testkit.FaultPlan;
import dev.pictor.testkit.Latency;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The other side of {@link ProviderProcess}: one line is asked, one line is answered, until there are no more. */
final class ProviderMain {

    private final FakeProvider provider;

    private ProviderMain(FakeProvider provider) {
        this.provider = provider;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (FakeProvider provider = FakeProvider.start()) {
            System.out.println(provider.uri());
            ProviderMain main = new ProviderMain(provider);
            for (String question = questions.readLine(); question != null; question = questions.readLine()) {
                System.out.println(main.answer(question.split(" ", -1)));
            }
        }
    }

    private String answer(String[] question) throws InterruptedException {
        return switch (question[0]) {
            case "plan" -> plan(question[1], Long.parseLong(question[2]), Integer.parseInt(question[3]));
            case "requests" -> Long.toString(provider.requests());
            case "open" -> Integer.toString(provider.openConnections());
            case "await-requests" ->
                awaited(() -> provider.awaitRequests(
                        Long.parseLong(question[1]), Duration.ofMillis(Long.parseLong(question[2]))));
            case "await-abandoned" ->
                awaited(() -> provider.awaitAbandoned(
                        Long.parseLong(question[1]), Duration.ofMillis(Long.parseLong(question[2]))));
            default -> throw new IllegalArgumentException("no such question: " + question[0]);
        };
    }

    private interface Waiting {
        void run() throws InterruptedException;
    }

    private static String awaited(Waiting waiting) throws InterruptedException {
        try {
            waiting.run();
            return "true";
        } catch (AssertionError e) { // they did not come in time
            return "false";
        }
    }

    private String plan(String fault, long latencyMillis, int pictureBytes) {
        FaultPlan plan = FaultPlan.none().latency(Latency.fixed(Duration.ofMillis(latencyMillis)));
        if (pictureBytes > 0) {
            plan = plan.pictureBytes(pictureBytes);
        }
        provider.plan(
                switch (fault) {
                    case "none" -> plan;
                    case "stall" -> plan.fault(Fault.stall(), 1);
                    case "stall-in-body" -> plan.fault(Fault.stallInBody(), 1);
                    case "drip" -> plan.fault(Fault.drip(1, Duration.ofMillis(50)), 1);
                    default -> throw new IllegalArgumentException("no such fault: " + fault);
                });
        return fault;
    }
}
