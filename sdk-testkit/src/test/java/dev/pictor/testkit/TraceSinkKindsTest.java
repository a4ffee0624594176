package dev.pictor.testkit;

import dev.pictor.trace.AsyncTraceSink;
import dev.pictor.trace.RunId;
import dev.pictor.trace.TraceEvent;
import dev.pictor.trace.TraceSink;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** The sinks that hand events on lose and change none, whatever they do with them beside. */
class TraceSinkKindsTest {

    private final RecordingTraceSink kept = RecordingTraceSink.create();

    private List<TraceEvent> inOrderOfArrival(RunId runId) {
        return kept.events().stream()
                .filter(event -> event.runId().equals(runId))
                .toList();
    }

    @Nested
    class Async extends TraceSinkContract {

        private final AsyncTraceSink async =
                AsyncTraceSink.builder(kept).capacity(10).build();

        @AfterEach
        void close() {
            async.close();
        }

        @Override
        protected TraceSink sink() {
            return async;
        }

        @Override
        protected List<TraceEvent> events(RunId runId) {
            try {
                if (!async.flush(Duration.ofSeconds(30))) {
                    throw new AssertionError("the events did not arrive");
                }
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return inOrderOfArrival(runId);
        }
    }

    @Nested
    class Filtering extends TraceSinkContract {

        private final TraceSink filtering = TraceSink.filtering(event -> true, kept);

        @Override
        protected TraceSink sink() {
            return filtering;
        }

        @Override
        protected List<TraceEvent> events(RunId runId) {
            return inOrderOfArrival(runId);
        }
    }

    @Nested
    class BesideOthers extends TraceSinkContract {

        private final TraceSink composite =
                TraceSink.composite(TraceSink.logging(), TraceSink.onRunEnd(run -> {}), kept);

        @Override
        protected TraceSink sink() {
            return composite;
        }

        @Override
        protected List<TraceEvent> events(RunId runId) {
            return inOrderOfArrival(runId);
        }
    }

    @Nested
    class Lifecycle extends TraceSinkContract {

        private final TraceLifecycle lifecycle = TraceLifecycle.of(kept);

        @Override
        protected TraceSink sink() {
            return lifecycle;
        }

        @Override
        protected List<TraceEvent> events(RunId runId) {
            return inOrderOfArrival(runId);
        }
    }
}
