package dev.pictor.evaluation;

import dev.pictor.evaluation.TraceReplay.Served;
import dev.pictor.gateway.routing.CallAttributes;
import dev.pictor.gateway.routing.Router;
import dev.pictor.gateway.routing.Routers;
import dev.pictor.gateway.routing.RoutingRules;
import dev.pictor.gateway.semantic.SemanticSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code workload}: what a trace of requests costs with rules and caches, and what it would cost without. */
@Command(
        name = "workload",
        mixinStandardHelpOptions = true,
        description = {
            "Plays a trace of requests through the gateway, with models that draw nothing for a price, and tells what a"
                    + " picture costs, which cache levels serve, and whether one serves wrongly.",
            "The last line is JSON. Exit code 0 whatever the figures."
        })
final class WorkloadCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            paramLabel = "TRACE.tsv",
            description = "request_id, prompt, and if known arrival_ms, user_tier and group_id.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(
            names = "--predictions",
            paramLabel = "FILE",
            description = "Where to write request_id, hit (0 or 1), served_from and model.")
    private @Nullable Path predictions;

    @Option(
            names = "--rules",
            paramLabel = "FILE",
            description = "Routing rules. Default: those that come with Pictor.")
    private @Nullable Path rules;

    @Option(names = "--threshold", paramLabel = "COSINE", description = "Least similarity. Default: the library's.")
    private double threshold = SemanticSettings.builder().build().threshold();

    @Override
    public Integer call() {
        List<TraceRequest> trace = TraceRequest.read(file);
        RoutingRules chosen = rules == null ? RoutingRules.bundled() : RoutingRules.read(rules);
        WishFacts facts = new WishFacts();
        TraceReplay replay = new TraceReplay(
                request -> facts.of(request.prompt()).with(CallAttributes.TIER, request.tier()), threshold);
        List<PricedFake> all = List.of(PricedFake.flash(), PricedFake.pro(), PricedFake.photo());
        List<Served> served = replay.play(trace, all, Routers.rules(chosen), true);
        WorkloadTally tally = new WorkloadTally(trace, served);
        Map<String, Double> baselines = new LinkedHashMap<>();
        baseline(baselines, replay, trace, "rules", all, Routers.rules(chosen), false);
        baseline(baselines, replay, trace, "all_pro", List.of(PricedFake.pro()), Routers.staticOrder(), false);
        baseline(baselines, replay, trace, "all_flash", List.of(PricedFake.flash()), Routers.staticOrder(), false);
        baseline(baselines, replay, trace, "all_pro", List.of(PricedFake.pro()), Routers.staticOrder(), true);
        baseline(baselines, replay, trace, "all_flash", List.of(PricedFake.flash()), Routers.staticOrder(), true);
        if (predictions != null) {
            write(predictions, trace, served);
        }
        print(spec.commandLine().getOut(), trace, tally, baselines);
        return 0;
    }

    private static void baseline(
            Map<String, Double> baselines,
            TraceReplay replay,
            List<TraceRequest> trace,
            String name,
            List<PricedFake> models,
            Router router,
            boolean cached) {
        baselines.put(
                name + (cached ? "_cached" : "_no_cache"),
                new WorkloadTally(trace, replay.play(trace, models, router, cached)).costPerPicture());
    }

    private static void write(Path predictions, List<TraceRequest> trace, List<Served> served) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("request_id", "hit", "served_from", "model"));
        for (int i = 0; i < trace.size(); i++) {
            Served one = served.get(i);
            rows.add(List.of(trace.get(i).id(), one.isHit() ? "1" : "0", one.isHit() ? one.from() : "", one.model()));
        }
        Tsv.write(predictions, rows);
    }

    private static void print(
            PrintWriter out, List<TraceRequest> trace, WorkloadTally tally, Map<String, Double> baselines) {
        int requests = tally.requests();
        int hits = tally.hits();
        out.println(Shares.line("hit rate", hits, requests));
        out.println(Shares.line("  the same words", tally.exact(), requests));
        out.println(Shares.line("  but for case and marks", tally.normalised(), requests));
        out.println(Shares.line("  other words of the same meaning", tally.semantic(), requests));
        out.println(Shares.line("same meaning seen before (the most)", oracle(trace), requests));
        out.println(Shares.line("  WRONG: a fact differs", tally.wrongFacts(), hits));
        out.println(
                Shares.line("  other base (may be alike)", tally.otherBases().size(), hits));
        tally.otherBases().forEach(one -> out.println("    " + one));
        out.println();
        int pictures = requests - hits;
        tally.drawn().forEach((model, count) -> out.println(Shares.line("drawn by " + model, count, pictures)));
        out.println();
        out.println(dollars("a picture, by the rules and with caches", tally.costPerPicture()));
        baselines.forEach((name, cost) -> out.println(dollars("  " + name.replace('_', ' '), cost)));
        out.println(JsonLine.of(figures(trace, tally, baselines)));
    }

    private static String dollars(String what, double cost) {
        return String.format(Locale.ROOT, "%-44s $%.4f", what, cost);
    }

    private static Map<String, Object> figures(
            List<TraceRequest> trace, WorkloadTally tally, Map<String, Double> baselines) {
        int requests = tally.requests();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("requests", requests);
        figures.put("cost_per_picture_usd", tally.costPerPicture());
        figures.put("hit_rate", JsonLine.share(tally.hits(), requests));
        figures.put("exact_hit_rate", JsonLine.share(tally.exact(), requests));
        figures.put("normalised_hit_rate", JsonLine.share(tally.normalised(), requests));
        figures.put("semantic_hit_rate", JsonLine.share(tally.semantic(), requests));
        figures.put("oracle_hit_rate", JsonLine.share(oracle(trace), requests));
        figures.put("wrong_hits", tally.wrongFacts());
        figures.put("other_base_hits", tally.otherBases().size());
        Map<String, Double> mix = new LinkedHashMap<>();
        tally.drawn().forEach((model, count) -> mix.put(model, JsonLine.share(count, requests - tally.hits())));
        figures.put("model_mix", mix);
        figures.put("baselines_usd", baselines);
        return figures;
    }

    private static int oracle(List<TraceRequest> trace) {
        Set<String> groups = new HashSet<>();
        return (int) trace.stream()
                .filter(request -> !request.group().isEmpty() && !groups.add(request.group()))
                .count();
    }
}
