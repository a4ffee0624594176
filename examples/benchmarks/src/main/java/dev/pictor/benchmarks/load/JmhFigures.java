package dev.pictor.benchmarks.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What JMH measured, put to the targets. */
final class JmhFigures {

    private static final double KIBIBYTE = 1_024;

    private final JsonNode results;

    JmhFigures(JsonNode results) {
        this.results = results;
    }

    List<Figure> all() {
        List<Figure> all = new ArrayList<>();
        for (JsonNode result : results) {
            add(all, result);
        }
        ratios(all, "0", "picture of less than 1 KiB");
        ratios(all, "2097152", "picture of 2 MiB");
        return all;
    }

    private static void add(List<Figure> all, JsonNode result) {
        String mode = result.get("mode").asText();
        String parameters = parameters(result);
        switch (name(result)) {
            case "GatewayCall.one" -> {
                String what = "call, " + parameters;
                all.add(Figure.atMost("P1", what + ", p50", percentile(result, "50.0"), "us", 10));
                all.add(Figure.atMost("P1", what + ", p99", percentile(result, "99.0"), "us", 50));
                all.add(Figure.atMost("P1", what + ", allocated", allocated(result) / KIBIBYTE, "KiB", 8));
            }
            case "AsyncGatewayCall.one" -> {
                String what = "async call, " + parameters;
                all.add(Figure.atMost("P2", what + ", p50", percentile(result, "50.0"), "us", 15));
                all.add(Figure.told("P2", what + ", p99", percentile(result, "99.0"), "us"));
                all.add(Figure.told("P2", what + ", allocated", allocated(result) / KIBIBYTE, "KiB"));
            }
            case "CacheHit.one" -> {
                all.add(Figure.atMost("P4", "exact hit, p50", percentile(result, "50.0"), "us", 5));
                all.add(Figure.atMost("P4", "exact hit, p99", percentile(result, "99.0"), "us", 20));
                all.add(Figure.told("P4", "exact hit, allocated", allocated(result) / KIBIBYTE, "KiB"));
            }
            case "GatewayCall.throughput" ->
                all.add(Figure.atLeast("P5", "2 threads, " + parameters, score(result), "calls/s", 100_000));
            case "Rejection.openBreaker" -> rejection(all, result, "open breaker, the part");
            case "Rejection.overBudget" -> rejection(all, result, "over budget, the part");
            case "Rejection.openBreakerGateway" -> rejection(all, result, "open breaker, whole gateway");
            case "Rejection.overBudgetGateway" -> rejection(all, result, "over budget, whole gateway");
            case "LedgerTimes.reserveAndSettle" -> ledger(all, result, mode);
            case "SemanticLookUp.hit", "SemanticLookUp.miss" -> {
                boolean small = parameters.equals("1000");
                String what = name(result).replace("SemanticLookUp.", "") + " among " + parameters + " x 768, p50";
                all.add(Figure.atMost("P12", what, percentile(result, "50.0") / 1e3, "ms", small ? 1 : 6));
            }
            case "ResilienceParts.pictor", "ResilienceParts.failsafe" -> {
                String what = name(result).replace("ResilienceParts.", "retry, breaker and bulkhead, ");
                all.add(Figure.told("P1", what + ", mean", score(result), "ns"));
                all.add(Figure.told("P1", what + ", allocated", allocated(result), "B"));
            }
            default -> {} // the image calls are compared with each other
        }
    }

    private static void rejection(List<Figure> all, JsonNode result, String what) {
        all.add(Figure.atMost("P8", what + ", p50", percentile(result, "50.0"), "us", 1));
        all.add(Figure.told("P8", what + ", p99", percentile(result, "99.0"), "us"));
        all.add(Figure.atMost("P8", what + ", allocated", allocated(result), "B", 200));
    }

    private static void ledger(List<Figure> all, JsonNode result, String mode) {
        if (mode.equals("sample")) {
            all.add(Figure.atMost(
                    "P9", "hold and settle on 4 accounts, 2 threads, p50", percentile(result, "50.0"), "ns", 200));
            all.add(Figure.told(
                    "P9", "hold and settle on 4 accounts, 2 threads, p99", percentile(result, "99.0"), "ns"));
        } else {
            all.add(Figure.told("P9", "hold and settle on 4 accounts, 2 threads, mean", score(result), "ns"));
        }
    }

    /** The same call through Pictor and others, each with the JDK's client alone as 1. */
    private void ratios(List<Figure> all, String pictureBytes, String what) {
        Optional<JsonNode> floor = imageCall("bareClient", pictureBytes);
        if (floor.isEmpty()) {
            return;
        }
        for (String client : List.of("bareClient", "pictor", "langChain4j", "springAi")) {
            imageCall(client, pictureBytes).ifPresent(result -> {
                String who = what + ", " + client;
                all.add(Figure.told("P3", who + ", p50", percentile(result, "50.0"), "us"));
                all.add(Figure.told("P3", who + ", p99", percentile(result, "99.0"), "us"));
                all.add(Figure.told("P3", who + ", allocated", allocated(result) / KIBIBYTE, "KiB"));
                all.add(Figure.told(
                        "P3",
                        who + ", p50 by the JDK client's",
                        percentile(result, "50.0") / percentile(floor.get(), "50.0"),
                        "x"));
                all.add(Figure.told(
                        "P3",
                        who + ", allocated by the JDK client's",
                        allocated(result) / allocated(floor.get()),
                        "x"));
            });
        }
    }

    private Optional<JsonNode> imageCall(String client, String pictureBytes) {
        return stream(results)
                .filter(result -> name(result).equals("ImageCallOverHttp." + client))
                .filter(result -> parameters(result).equals(pictureBytes))
                .findFirst();
    }

    private static String name(JsonNode result) {
        String name = result.get("benchmark").asText();
        int method = name.lastIndexOf('.');
        return name.substring(name.lastIndexOf('.', method - 1) + 1);
    }

    private static String parameters(JsonNode result) {
        return String.join(
                ", ", stream(result.path("params")).map(JsonNode::asText).toList());
    }

    private static double score(JsonNode result) {
        return result.get("primaryMetric").get("score").asDouble();
    }

    private static double percentile(JsonNode result, String share) {
        return result.get("primaryMetric").get("scorePercentiles").path(share).asDouble(Double.NaN);
    }

    private static double allocated(JsonNode result) {
        return result.path("secondaryMetrics").properties().stream()
                .filter(metric -> metric.getKey().endsWith("gc.alloc.rate.norm"))
                .mapToDouble(metric -> metric.getValue().get("score").asDouble())
                .findFirst()
                .orElse(Double.NaN);
    }

    private static Stream<JsonNode> stream(JsonNode nodes) {
        return StreamSupport.stream(nodes.spliterator(), false);
    }
}
