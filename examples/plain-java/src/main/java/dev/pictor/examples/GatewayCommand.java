package dev.pictor.examples;

import dev.pictor.Pictor;
import dev.pictor.gateway.CallOptions;
import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.ModelAnswer;
import dev.pictor.gateway.budget.Budget;
import dev.pictor.gateway.budget.BudgetExceededException;
import dev.pictor.gateway.budget.BudgetState;
import dev.pictor.gateway.budget.Budgets;
import dev.pictor.gateway.budget.MemoryLedger;
import dev.pictor.gateway.cache.CacheSettings;
import dev.pictor.gateway.resilience.RetryPolicy;
import dev.pictor.gateway.routing.ComparedCandidate;
import dev.pictor.image.PixelSize;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.Money;
import dev.pictor.pipeline.Pipeline;
import dev.pictor.pipeline.RunContext;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.pipeline.StageKey;
import dev.pictor.trace.Decision;
import dev.pictor.trace.DecisionRecord;
import dev.pictor.trace.MemoryRunStore;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunRecord;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * {@code gateway}: fallback, budget, cache and routing at work, with models that are made up, so that it needs no key and
 * no network.
 */
@Command(
        name = "gateway",
        mixinStandardHelpOptions = true,
        description = "Shows fallback, budget, cache and routing at work, with two made-up models.")
final class GatewayCommand implements Callable<Integer> {

    private static final StageKey<String> CALLS = StageKey.of("calls", String.class);
    private static final String USER = "ada";

    private final Output output;

    GatewayCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() {
        MemoryRunStore store = new MemoryRunStore();
        RunId runId;
        try (Pictor pictor = Pictor.builder(DemoModel.failing("grand-painter", "0.08", 0.9))
                .fallback(DemoModel.painting("house-painter", "0.03", 0.6))
                .gateway(gateway -> gateway.retry(RetryPolicy.builder()
                                .maxAttempts(2)
                                .baseDelay(Duration.ofMillis(50))
                                .build())
                        .budgets(Budgets.builder(MemoryLedger.create())
                                .add(Budget.usd("0.10").perUser().perDay(ZoneId.of("UTC")))
                                .build())
                        .cache(CacheSettings.ofDefaults()))
                .store(store)
                .build()) {
            Pipeline<String, String> calls = Pipeline.named("gateway", String.class)
                    .stage(CALLS, (run, user) -> calls(pictor.gateway(), run))
                    .returning(CALLS);
            runId = pictor.runner()
                    .run(calls, USER, RunOptions.builder().user(USER).build())
                    .runId();
        }
        explain(store.find(runId).orElseThrow());
        return 0;
    }

    private String calls(Gateway gateway, RunContext run) throws InterruptedException {
        ImageRequest chair = request("a red chair");
        compare(gateway, run, chair);
        output.line("");
        draw("the first choice fails, the second serves", gateway, run, chair);
        draw("the same again comes from the cache", gateway, run, chair);
        draw("another one is paid for", gateway, run, request("a blue chair"));
        draw("a third fits into the budget", gateway, run, request("a green chair"));
        draw("a fourth would not", gateway, run, request("a yellow chair"));
        output.line("");
        for (BudgetState state : gateway.budgets(run)) {
            output.line("%s for %s: %s spent, %s left", state.budget(), USER, state.committed(), state.left());
        }
        return "done";
    }

    private static ImageRequest request(String prompt) {
        return ImageRequest.builder(prompt).size(new PixelSize(128, 96)).build();
    }

    private void compare(Gateway gateway, RunContext run, ImageRequest request) {
        output.line("%-4s %-20s %-6s %-7s %-7s %s", "rank", "model", "cost", "quality", "latency", "why");
        for (ComparedCandidate line :
                gateway.compare(run, request, CallOptions.ofDefaults()).candidates()) {
            output.line(
                    "%-4s %-20s %-6s %-7s %-7s %s",
                    line.rank().isPresent() ? line.rank().getAsInt() : "-",
                    line.candidate().id(),
                    line.estimate().map(Money::toString).orElse("?"),
                    line.quality().isPresent()
                            ? String.format(Locale.ROOT, "%.1f", line.quality().getAsDouble())
                            : "?",
                    line.latency().map(time -> time.toMillis() + " ms").orElse("?"),
                    line.reason());
        }
    }

    private void draw(String what, Gateway gateway, RunContext run, ImageRequest request) throws InterruptedException {
        String outcome;
        try {
            ModelAnswer<ImageResult> answer = gateway.generate(run, request);
            outcome = String.format(
                    Locale.ROOT,
                    "%s from %s, attempts: %d, cost: %s",
                    answer.result().servedBy(),
                    answer.source(),
                    answer.attempts().size(),
                    answer.cost());
        } catch (BudgetExceededException e) {
            outcome = "refused: " + e.asked() + " asked, " + e.left() + " left";
        }
        output.line("%-14s %-42s %s", request.prompt(), what, outcome);
    }

    private void explain(RunRecord run) {
        output.line("");
        output.line("decided, in order:");
        for (DecisionRecord record : run.decisions()) {
            Decision decision = record.decision();
            output.line("%-9s %s: %s", decision.kind(), decision.chosen(), decision.reason());
        }
    }
}
