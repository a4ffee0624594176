package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pictor.image.Sha256;
import dev.pictor.model.Cost;
import dev.pictor.model.Money;
import dev.pictor.model.Usage;
import dev.pictor.trace.EvaluationFigures;
import dev.pictor.trace.MetricsGrouping;
import dev.pictor.trace.MetricsRow;
import dev.pictor.trace.QualityMetrics;
import dev.pictor.trace.RunQuery;
import dev.pictor.trace.RunQueryBuilder;
import dev.pictor.trace.RunStatus;
import dev.pictor.trace.StageOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a store must find and count, worked out the long way from what is true of the runs. */
final class RunOracle {

    /** A filter in words of a query, and the same as a test of a run. */
    record Filter(String name, Function<RunQueryBuilder, RunQueryBuilder> set, Predicate<RandomRun> test) {

        RunQuery query() {
            return set.apply(RunQuery.builder()).build();
        }
    }

    private RunOracle() {}

    /** One of each kind of filter, with values that some of the runs have. */
    static List<Filter> filters(Random random, Instant oldest, Duration span) {
        String tenant = one(random, "acme", "globex");
        String user = one(random, "u1", "u2", "u3");
        String asset = "sku-" + random.nextInt(6);
        Sha256 artifact = Sha256.of(new byte[] {(byte) random.nextInt(6)});
        String campaign = one(random, "spring", "autumn");
        String tier = one(random, "free", "paid");
        RunStatus status = one(random, RunStatus.values());
        RunStatus other = one(random, RunStatus.values());
        String prompt = one(random, "enhance", "ask");
        String version = one(random, "1", "2", "3");
        String experiment = one(random, "light", "tone");
        String arm = one(random, "control", "bold");
        String model = one(random, "brush", "pencil", "chalk", "brush-2026", "chalk-2026");
        Instant since = oldest.plus(span.multipliedBy(random.nextInt(50)).dividedBy(100));
        Instant until = since.plus(span.multipliedBy(random.nextInt(60)).dividedBy(100));
        Money least = new Money(random.nextInt(60) * 1_000_000L, one(random, "USD", "USD", "EUR"));
        Money most = new Money(random.nextInt(60) * 1_000_000L, one(random, "USD", "USD", "EUR"));
        String error = one(random, "StageException", "IOException", "rate_limited", "cancelled");
        String stage = one(random, "ask", "draw", "check");
        String pipeline = one(random, "generation", "cutout");
        return List.of(
                new Filter("tenant", query -> query.tenant(tenant), run -> tenant.equals(run.tenant)),
                new Filter("user", query -> query.user(user), run -> user.equals(run.user)),
                new Filter("asset", query -> query.asset(asset), run -> run.assets.contains(asset)),
                new Filter("artifact", query -> query.asset(artifact.hex()), run -> run.artifacts.contains(artifact)),
                new Filter(
                        "label",
                        query -> query.putLabels("campaign", campaign),
                        run -> campaign.equals(run.labels.get("campaign"))),
                new Filter(
                        "labels",
                        query -> query.putLabels("campaign", campaign).putLabels("tier", tier),
                        run -> campaign.equals(run.labels.get("campaign")) && tier.equals(run.labels.get("tier"))),
                new Filter(
                        "statuses",
                        query -> query.addStatuses(status, other),
                        run -> run.status == status || run.status == other),
                new Filter("pipeline", query -> query.pipeline(pipeline), run -> pipeline.equals(run.pipeline)),
                new Filter(
                        "prompt",
                        query -> query.promptName(prompt),
                        run -> run.prompts.stream().anyMatch(used -> used.name().equals(prompt))),
                new Filter(
                        "prompt version",
                        query -> query.promptName(prompt).promptVersion(version),
                        run -> run.prompts.stream()
                                .anyMatch(used -> used.name().equals(prompt)
                                        && used.version().equals(version))),
                new Filter(
                        "experiment",
                        query -> query.experiment(experiment),
                        run -> run.prompts.stream().anyMatch(used -> experiment.equals(used.experiment()))),
                new Filter(
                        "arm",
                        query -> query.experiment(experiment + "/" + arm),
                        run -> run.prompts.stream()
                                .anyMatch(used -> experiment.equals(used.experiment())
                                        && used.arm().equals(arm))),
                new Filter(
                        "model",
                        query -> query.model(model),
                        run -> run.calls.stream()
                                        .anyMatch(call -> call.asked().equals(model) || model.equals(call.served()))
                                || run.answers.stream().anyMatch(answer -> model.equals(answer.served()))),
                new Filter(
                        "since",
                        query -> query.since(since),
                        run -> !run.runId.createdAt().isBefore(since)),
                new Filter(
                        "until",
                        query -> query.until(until),
                        run -> run.runId.createdAt().isBefore(until)),
                new Filter(
                        "cost at least",
                        query -> query.costAtLeast(least),
                        run -> costs(run, least, (cost, bound) -> cost >= bound)),
                new Filter(
                        "cost at most",
                        query -> query.costAtMost(most),
                        run -> run.cost().isComplete() && costs(run, most, (cost, bound) -> cost <= bound)),
                new Filter(
                        "error",
                        query -> query.errorType(error),
                        run -> error.equals(run.errorType)
                                || run.stages.stream().anyMatch(at -> error.equals(at.errorType()))
                                || run.calls.stream().anyMatch(call -> error.equals(call.errorType()))
                                || (error.equals("rate_limited")
                                        && run.answers.stream().anyMatch(answer -> answer.source() == null))),
                new Filter("failed stage", query -> query.failedStage(stage), run -> stage.equals(run.failedStage)));
    }

    private static boolean costs(RandomRun run, Money bound, BiPredicate<Long, Long> relation) {
        Optional<Money> known = run.cost().amount().filter(amount -> amount.nanos() > 0);
        boolean sameCurrency =
                known.map(amount -> amount.currency().equals(bound.currency())).orElse(true);
        return sameCurrency && relation.test(known.map(Money::nanos).orElse(0L), bound.nanos());
    }

    // ---- metrics

    /** What is counted in one row: one run, stage or attempt. */
    private record Unit(boolean succeeded, @Nullable String failure, long millis) {}

    private static final class Row {

        private final List<Unit> units = new ArrayList<>();
        private final List<RandomRun.Call> calls = new ArrayList<>();
        private final List<RandomRun.Answer> answers = new ArrayList<>();
        private final List<RandomRun.Check> checks = new ArrayList<>();
        private long degradations;

        void run(RandomRun run) {
            units.add(new Unit(
                    run.status == RunStatus.SUCCEEDED,
                    run.status == RunStatus.FAILED ? run.errorType : null,
                    run.status == RunStatus.RUNNING ? -1 : run.millis));
            calls.addAll(run.calls);
            answers.addAll(run.answers);
            checks.addAll(run.checks);
            degradations += run.degradations;
        }

        void stage(RandomRun.Stage stage) {
            if (stage.outcome() != StageOutcome.RESTORED) {
                boolean failed = stage.outcome() == StageOutcome.FAILED;
                units.add(new Unit(
                        stage.outcome() != null && !failed, failed ? stage.errorType() : null, stage.millis()));
                degradations += stage.outcome() == StageOutcome.FALLBACK ? 1 : 0;
            }
        }

        void call(RandomRun.Call call) {
            boolean failed = call.errorType() != null && !call.errorType().equals("cancelled");
            units.add(new Unit(
                    call.errorType() == null && call.millis() >= 0, failed ? call.errorType() : null, call.millis()));
            calls.add(call);
        }
    }

    static void check(QualityMetrics metrics, MetricsGrouping grouping, List<RandomRun> runs) {
        Row total = new Row();
        Map<String, Row> rows = new HashMap<>();
        Function<String, Row> row = key -> rows.computeIfAbsent(key, unseen -> new Row());
        for (RandomRun run : runs) {
            total.run(run);
            switch (grouping) {
                case PIPELINE -> row.apply(run.pipeline).run(run);
                case TENANT -> row.apply(run.tenant == null ? "" : run.tenant).run(run);
                case PROMPT_VERSION ->
                    run.prompts.stream()
                            .map(used -> used.name() + (used.variant() == null ? "" : "." + used.variant()) + "@"
                                    + used.version())
                            .distinct()
                            .forEach(key -> row.apply(key).run(run));
                case STAGE -> {
                    run.stages.stream()
                            .filter(stage -> stage.outcome() != StageOutcome.RESTORED)
                            .forEach(stage -> row.apply(stage.path()).stage(stage));
                    run.calls.forEach(call -> row.apply(call.stage()).calls.add(call));
                    run.answers.forEach(
                            answer -> row.apply(answer.stage()).answers.add(answer));
                    run.checks.forEach(check -> row.apply(check.stage()).checks.add(check));
                }
                case MODEL -> {
                    run.calls.forEach(call -> row.apply(call.asked()).call(call));
                    run.answers.stream()
                            .filter(answer -> answer.served() != null)
                            .forEach(answer -> row.apply(String.valueOf(answer.served()))
                                    .answers
                                    .add(answer));
                }
            }
        }
        assertThat(metrics.grouping()).isEqualTo(grouping);
        check(metrics.total(), total);
        assertThat(metrics.rows()).extracting(MetricsRow::key).containsExactlyInAnyOrderElementsOf(rows.keySet());
        rows.forEach((key, expected) -> check(metrics.row(key).orElseThrow(), expected));
        assertThat(metrics.rows()).extracting(MetricsRow::count).isSortedAccordingTo((a, b) -> Long.compare(b, a));
    }

    private static void check(MetricsRow row, Row expected) {
        List<Unit> units = expected.units;
        long failed = units.stream().filter(unit -> unit.failure() != null).count();
        long succeeded = units.stream().filter(Unit::succeeded).count();
        assertThat(row.count()).as(row.key()).isEqualTo(units.size());
        assertThat(row.succeeded()).as(row.key()).isEqualTo(succeeded);
        assertThat(row.failed()).as(row.key()).isEqualTo(failed);
        Map<String, Long> errors = new TreeMap<>();
        units.stream()
                .filter(unit -> unit.failure() != null)
                .forEach(unit -> errors.merge(String.valueOf(unit.failure()), 1L, Long::sum));
        assertThat(row.errors()).as(row.key()).isEqualTo(errors);
        assertThat(List.copyOf(row.errors().values())).isSortedAccordingTo((a, b) -> Long.compare(b, a));
        List<Long> times =
                units.stream().map(Unit::millis).filter(millis -> millis >= 0).toList();
        assertThat(row.p50()).as(row.key()).isEqualTo(rank(times, 0.50));
        assertThat(row.p95()).as(row.key()).isEqualTo(rank(times, 0.95));
        assertThat(row.p99()).as(row.key()).isEqualTo(rank(times, 0.99));
        assertThat(row.successRate().isPresent()).isEqualTo(succeeded + failed > 0);
        checkCalls(row, expected.calls);
        checkAnswers(row, expected.answers);
        checkChecks(row, expected.checks);
        assertThat(row.degradations()).as(row.key()).isEqualTo(expected.degradations);
    }

    private static void checkCalls(MetricsRow row, List<RandomRun.Call> calls) {
        assertThat(row.usage())
                .as(row.key())
                .isEqualTo(calls.stream().map(RandomRun.Call::usage).reduce(Usage.none(), Usage::plus));
        Map<String, Money> costs = new TreeMap<>();
        calls.stream()
                .flatMap(call -> Stream.ofNullable(call.cost()))
                .flatMap(cost -> cost.amount().stream())
                .forEach(amount -> costs.merge(amount.currency(), amount, Money::plus));
        assertThat(row.costs()).as(row.key()).isEqualTo(costs);
        long priced = calls.stream()
                .flatMap(call -> Stream.ofNullable(call.cost()))
                .filter(Cost::isComplete)
                .count();
        assertThat(row.pricedCalls()).as(row.key()).isEqualTo(priced);
        assertThat(row.unpricedCalls()).as(row.key()).isEqualTo(calls.size() - priced);
        assertThat(row.retries())
                .as(row.key())
                .isEqualTo(calls.stream().filter(call -> call.attempt() > 1).count());
    }

    private static void checkAnswers(MetricsRow row, List<RandomRun.Answer> answers) {
        Map<String, Long> sources = new TreeMap<>();
        answers.stream()
                .flatMap(answer -> Stream.ofNullable(answer.source()))
                .forEach(source -> sources.merge(source, 1L, Long::sum));
        assertThat(row.answers()).as(row.key()).isEqualTo(sources);
        assertThat(row.fallbacks())
                .as(row.key())
                .isEqualTo(answers.stream().filter(RandomRun.Answer::isFallback).count());
    }

    private static void checkChecks(MetricsRow row, List<RandomRun.Check> checks) {
        assertThat(row.evaluations().keySet())
                .as(row.key())
                .containsExactlyInAnyOrderElementsOf(
                        checks.stream().map(RandomRun.Check::name).distinct().toList());
        row.evaluations().forEach((name, figures) -> {
            List<RandomRun.Check> own =
                    checks.stream().filter(check -> check.name().equals(name)).toList();
            List<Double> scores = own.stream()
                    .flatMap(check -> Stream.ofNullable(check.score()))
                    .toList();
            assertThat(figures.passed() + figures.warned() + figures.failed()).isEqualTo(own.size());
            assertThat(figures.passRate())
                    .isEqualTo((double) own.stream()
                                    .filter(check -> check.verdict().name().equals("PASS"))
                                    .count()
                            / own.size());
            checkMean(figures, scores);
        });
    }

    private static void checkMean(EvaluationFigures figures, List<Double> scores) {
        assertThat(figures.meanScore().isPresent()).isEqualTo(!scores.isEmpty());
        figures.meanScore()
                .ifPresent(mean -> assertThat(mean)
                        .isCloseTo(
                                scores.stream().mapToDouble(Double::doubleValue).sum() / scores.size(), within(1e-9)));
    }

    /** The smallest time that at least this share of all did not take longer than. */
    private static Optional<Duration> rank(List<Long> times, double share) {
        return times.stream()
                .filter(time -> times.stream().filter(other -> other <= time).count() >= share * times.size() - 1e-9)
                .min(Long::compare)
                .map(Duration::ofMillis);
    }

    @SafeVarargs
    private static <T> T one(Random random, T... of) {
        return of[random.nextInt(of.length)];
    }
}
