package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pictor.model.Cost;
import dev.pictor.model.Money;
import dev.pictor.model.Usage;
import dev.pictor.trace.MetricsGrouping;
import dev.pictor.trace.MetricsRow;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunPage;
import dev.pictor.trace.RunQuery;
import dev.pictor.trace.RunQueryBuilder;
import dev.pictor.trace.RunRecord;
import dev.pictor.trace.RunStatus;
import dev.pictor.trace.RunStore;
import dev.pictor.trace.RunSummary;
import dev.pictor.trace.RunTotalsBuilder;
import dev.pictor.trace.TraceAttributes;
import dev.pictor.trace.TraceEvent;
import dev.pictor.trace.TraceSink;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * The tests that every {@link RunStore} passes. Extend it and give an empty store and what fills it. Not thread-safe.
 */
public abstract class RunStoreContract {

    /** For subclasses. */
    protected RunStoreContract() {}

    /**
     * Returns the store under test.
     *
     * @return the same store throughout a test, empty at first; the subclass closes it
     */
    protected abstract RunStore store();

    /**
     * Returns what fills the store.
     *
     * @return a sink whose events are in the store when its call returns
     */
    protected abstract TraceSink sink();

    @Test
    void hasNothingOfARunThatNobodyKnows() {
        RunId unknown = RunId.create();

        assertThat(store().events(unknown)).isEmpty();
        assertThat(store().find(unknown)).isEmpty();
        assertThat(store().newest(1)).isEmpty();
    }

    @Test
    void findsARunAsItsEventsTellIt() {
        RunId runId = RunId.create();
        record(runId, TraceEvent.RUN_START);

        assertThat(store().find(runId)).map(RunRecord::status).contains(RunStatus.RUNNING);

        TraceEvent end = TraceEvent.builder(runId, TraceEvent.RUN_END, runId.createdAt())
                .sequence(3)
                .putAttributes(TraceAttributes.STATUS, "cancelled")
                .build();
        sink().accept(end);

        RunRecord found = store().find(runId).orElseThrow();
        assertThat(found).isEqualTo(RunRecord.of(store().events(runId)));
        assertThat(found.runId()).isEqualTo(runId);
        assertThat(found.status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(found.missingEvents()).isEqualTo(1);
    }

    @Test
    void listsTheNewestRunsFirstWhateverTheOrderInWhichTheyCame() {
        List<RunId> byAge = List.of(
                new RunId("01K7GZ0V6A8Z3Y1X2C3D4E5F61"),
                new RunId("01K7GZ0V6B8Z3Y1X2C3D4E5F72"),
                new RunId("01K7GZ0V7B8Z3Y1X2C3D4E5F83"),
                new RunId("01M7GZ0V6A8Z3Y1X2C3D4E5F94"));
        for (int index : new int[] {2, 0, 3, 1}) {
            record(byAge.get(index), TraceEvent.RUN_START);
        }

        assertThat(store().newest(10)).containsExactly(byAge.get(3), byAge.get(2), byAge.get(1), byAge.get(0));
        assertThat(store().newest(2)).containsExactly(byAge.get(3), byAge.get(2));
        assertThat(store().newest(1)).containsExactly(byAge.get(3));
    }

    @Test
    void refusesToListLessThanOneRun() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store().newest(0))
                .withMessage("limit must be at least 1, was 0");
    }

    /** Lists and metrics, compared with what is worked out the long way from what is true of made-up runs. */
    @Nested
    class Monitor {

        private static final int RUNS = 120;
        private static final int QUERIES = 300;
        private static final long SEED = 20261120;
        private static final Instant OLDEST = Instant.parse("2026-11-14T21:00:00Z");
        private static final Duration SPAN = Duration.ofDays(5);

        private final Random random = new Random(SEED);
        private final List<RandomRun> runs = new ArrayList<>();

        @BeforeEach
        void recordSomeRuns() {
            for (int i = 0; i < RUNS; i++) {
                add();
            }
        }

        private void add() {
            add(OLDEST.plusMillis((long) (random.nextDouble() * SPAN.toMillis())));
        }

        private void add(Instant age) {
            RandomRun run = new RandomRun(random, age);
            run.events().forEach(sink()::accept);
            runs.add(run);
        }

        private List<RandomRun> newestFirst(Predicate<RandomRun> filter) {
            return runs.stream()
                    .filter(filter)
                    .sorted(Comparator.comparing((RandomRun run) -> run.runId).reversed())
                    .toList();
        }

        private static List<RunId> ids(List<RandomRun> runs) {
            return runs.stream().map(run -> run.runId).toList();
        }

        /** All that a query finds, page after page of this size. */
        private List<RunId> walk(RunQuery query, int limit) {
            List<RunId> found = new ArrayList<>();
            Optional<String> cursor = Optional.empty();
            do {
                RunPage page = store().list(
                                query.toBuilder().limit(limit).cursor(cursor).build());
                assertThat(page.runs()).hasSizeLessThanOrEqualTo(limit);
                assertThat(page.next().isEmpty() || page.runs().size() == limit).isTrue();
                page.runs().forEach(run -> found.add(run.runId()));
                cursor = page.next();
            } while (cursor.isPresent());
            return found;
        }

        @Test
        void findsByEachFilterWhatHasItAndNothingElse() {
            List<String> never = new ArrayList<>();
            for (int seed = 0; seed < 20; seed++) {
                for (RunOracle.Filter filter : RunOracle.filters(new Random(seed), OLDEST, SPAN)) {
                    List<RunId> expected = ids(newestFirst(filter.test()));

                    assertThat(walk(filter.query(), 1_000))
                            .as("%s, seed %s", filter.name(), seed)
                            .isEqualTo(expected);
                    if (seed == 0) {
                        never.add(filter.name());
                    }
                    if (!expected.isEmpty() && expected.size() < runs.size()) {
                        never.remove(filter.name());
                    }
                }
            }
            assertThat(never).as("filters that told nothing apart").isEmpty();
        }

        @Test
        void findsByFiltersTogetherWhatHasAllOfThem() {
            int found = 0;
            for (int seed = 0; seed < QUERIES; seed++) {
                Random choice = new Random(seed);
                List<RunOracle.Filter> filters = new ArrayList<>(RunOracle.filters(choice, OLDEST, SPAN));
                Collections.shuffle(filters, choice);
                RunQueryBuilder query = RunQuery.builder();
                Predicate<RandomRun> test = run -> true;
                Set<String> names = new TreeSet<>();
                for (RunOracle.Filter filter : filters.subList(0, 1 + choice.nextInt(3))) {
                    if (names.add(filter.name()
                            .replaceFirst(" .*", "")
                            .replace("artifact", "asset")
                            .replace("arm", "experiment")
                            .replace("labels", "label"))) {
                        query = filter.set().apply(query);
                        test = test.and(filter.test());
                    }
                }
                List<RunId> expected = ids(newestFirst(test));
                found += expected.size();

                assertThat(walk(query.build(), 1 + choice.nextInt(20)))
                        .as("%s, seed %s", names, seed)
                        .isEqualTo(expected);
            }
            assertThat(found).isGreaterThan(QUERIES);
        }

        @Test
        void saysOfARunInAListWhatItsRecordSays() {
            for (RunSummary run :
                    store().list(RunQuery.builder().limit(1_000).build()).runs()) {
                assertThat(run)
                        .isEqualTo(RunSummary.of(store().find(run.runId()).orElseThrow()));
                assertThat(RunSummary.parse(run.toJson())).isEqualTo(run);
            }
        }

        @Test
        void listsEachRunOnceAlsoWhileRunsAreAdded() {
            List<RunId> before = ids(newestFirst(run -> true));
            List<RunId> seen = new ArrayList<>();
            Optional<String> cursor = Optional.empty();
            do {
                RunPage page =
                        store().list(RunQuery.builder().limit(7).cursor(cursor).build());
                page.runs().forEach(run -> seen.add(run.runId()));
                cursor = page.next();
                add(OLDEST.plus(SPAN).plusMillis(seen.size()));
            } while (cursor.isPresent());

            assertThat(seen).isEqualTo(before);
            assertThat(walk(RunQuery.all(), 9)).isEqualTo(ids(newestFirst(run -> true)));
        }

        @Test
        void refusesTheCursorOfAnotherQuery() {
            RunQuery acme = RunQuery.builder().tenant("acme").limit(2).build();
            String cursor = store().list(acme).next().orElseThrow();

            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            RunQuery.builder().tenant("globex").cursor(cursor).build())
                    .withMessageContaining("another query");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> RunQuery.builder().cursor("third page").build())
                    .withMessage("cursor must be what a page gave, was \"third page\"");
            assertThat(store().list(acme.toBuilder().cursor(cursor).limit(3).build())
                            .runs())
                    .isNotEmpty();
        }

        @Test
        void countsWhatIsTrue() {
            for (MetricsGrouping grouping : MetricsGrouping.values()) {
                RunOracle.check(store().metrics(RunQuery.all(), grouping), grouping, runs);
            }
        }

        @Test
        void countsTheRunsThatAQueryFinds() {
            List<MetricsGrouping> groupings = List.of(MetricsGrouping.values());
            for (int seed = 0; seed < 20; seed++) {
                for (RunOracle.Filter filter : RunOracle.filters(new Random(seed), OLDEST, SPAN)) {
                    MetricsGrouping grouping = groupings.get(seed % groupings.size());

                    RunOracle.check(store().metrics(filter.query(), grouping), grouping, newestFirst(filter.test()));
                }
            }
        }

        @Test
        void countsRunsThatWereSampledOutWithAllTheirCallsTook() {
            Usage usage = Usage.builder().inputTextTokens(7).images(2).build();
            for (int i = 0; i < 3; i++) {
                RunId runId = RandomRun.runId(OLDEST.minusSeconds(1 + i), random);
                sink().accept(TraceEvent.builder(runId, TraceEvent.RUN_START, runId.createdAt())
                        .sequence(1)
                        .putAttributes(TraceAttributes.WORKFLOW, "quiet")
                        .build());
                sink().accept(TraceEvent.builder(runId, TraceEvent.RUN_END, runId.createdAt())
                        .sequence(9)
                        .elapsedNanos(5_000_000)
                        .putAttributes(TraceAttributes.STATUS, "succeeded")
                        .putAttributes(TraceAttributes.SAMPLED, false)
                        .putBody(
                                "totals",
                                new RunTotalsBuilder()
                                        .calls(4)
                                        .usage(usage)
                                        .cost(Cost.of(Money.usd(11)))
                                        .build())
                        .putBody("left_out", 7)
                        .build());
            }
            MetricsRow sampledOut = store().metrics(
                            RunQuery.builder().until(OLDEST).build(), MetricsGrouping.PIPELINE)
                    .row("quiet")
                    .orElseThrow();

            assertThat(sampledOut.count()).isEqualTo(3);
            assertThat(sampledOut.succeeded()).isEqualTo(3);
            assertThat(sampledOut.p99()).contains(Duration.ofMillis(5));
            assertThat(sampledOut.usage()).isEqualTo(usage.plus(usage).plus(usage));
            assertThat(sampledOut.costs()).isEqualTo(Map.of("USD", Money.usd(33)));
            assertThat(sampledOut.pricedCalls()).isEqualTo(12);
            assertThat(sampledOut.unpricedCalls()).isZero();
        }
    }

    private void record(RunId runId, String type) {
        sink().accept(TraceEvent.builder(runId, type, runId.createdAt())
                .sequence(1)
                .build());
    }
}
