package dev.pictor.testkit;

import static dev.pictor.testkit.TraceAssertions.assertThatEvents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.trace.MemoryRunStore;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunRecord;
import dev.pictor.trace.RunStatus;
import dev.pictor.trace.TraceEvent;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** However its stages end, the trace of a run is well-formed. */
@Timeout(60)
class TraceFormProperties {

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.pictor.testkit.Seeds#hundreds")
    void isSoundWhateverFails(long seed) {
        RandomGraph graph = RandomGraph.failing(seed);
        for (Form form : Form.values()) {
            MemoryRunStore store = new MemoryRunStore();
            try (PipelineRunner runner =
                    PipelineRunner.builder().traceSink(store).journal(store).build()) {
                Throwable failure = catchThrowable(
                        () -> assertThat(form.start(runner, graph.pipeline(), (int) seed, RunOptions.ofDefaults())
                                        .await()
                                        .value())
                                .isEqualTo(graph.expected((int) seed)));

                RunId runId = store.newest(1).get(0);
                List<TraceEvent> events = store.events(runId);
                assertThat(failure == null).as("%s gave %s", graph, failure).isEqualTo(graph.succeeds());
                assertThatEvents(events).as("%s, %s", graph, form).isWellFormed();
                assertThat(RunRecord.of(events).status())
                        .as("%s", graph)
                        .isEqualTo(graph.succeeds() ? RunStatus.SUCCEEDED : RunStatus.FAILED);
            }
        }
    }
}
