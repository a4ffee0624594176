package dev.pictor.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AsyncTraceSinkTest {

    private static final Instant TIME = Instant.parse("2026-11-20T08:15:30Z");
    private static final Duration LONG = Duration.ofSeconds(30);

    private final List<TraceEvent> taken = Collections.synchronizedList(new ArrayList<>());
    private final Semaphore permits = new Semaphore(0);
    private final CountDownLatch atWork = new CountDownLatch(1);
    private final RunId runId = RunId.create();

    /** Takes an event for each permit. */
    private void slowly(TraceEvent event) {
        atWork.countDown();
        permits.acquireUninterruptibly();
        taken.add(event);
    }

    private static TraceEvent event(RunId runId, String type, long sequence) {
        return TraceEvent.builder(runId, type, TIME).sequence(sequence).build();
    }

    private TraceEvent tick(long sequence) {
        return event(runId, "acme.tick", sequence);
    }

    @Test
    void handsEventsOnInTheirOrderOnItsOwnThread() throws InterruptedException {
        List<String> threads = Collections.synchronizedList(new ArrayList<>());
        try (AsyncTraceSink sink = AsyncTraceSink.builder(event -> {
                    threads.add(Thread.currentThread().getName());
                    taken.add(event);
                })
                .build()) {
            for (int i = 1; i <= 500; i++) {
                sink.accept(tick(i));
            }
            assertThat(sink.flush(LONG)).isTrue();
        }

        assertThat(taken).hasSize(500).extracting(TraceEvent::sequence).isSorted();
        assertThat(threads).containsOnly("pictor-trace-1");
    }

    @Test
    void aStageDoesNotWaitForASlowSink() throws InterruptedException {
        AsyncTraceSink sink = AsyncTraceSink.builder(this::slowly).build();

        sink.accept(tick(1));
        sink.accept(tick(2));

        assertThat(taken).isEmpty();
        permits.release(2);
        assertThat(sink.flush(LONG)).isTrue();
        sink.close();
        assertThat(taken).hasSize(2);
    }

    @Test
    void aCallerMakesRoomItselfAndLosesNothing() throws Exception {
        AsyncTraceSink sink = AsyncTraceSink.builder(this::slowly).capacity(1).build();
        sink.accept(tick(1));
        assertThat(atWork.await(30, TimeUnit.SECONDS)).isTrue();
        sink.accept(tick(2));
        CompletableFuture<?> third = CompletableFuture.runAsync(() -> sink.accept(tick(3)));

        permits.release(3);
        third.get(30, TimeUnit.SECONDS);
        sink.close();

        assertThat(taken).extracting(TraceEvent::sequence).containsExactly(1L, 2L, 3L);
        assertThat(sink.droppedEvents()).isZero();
    }

    @Test
    void whatIsDroppedIsCountedAndSaidBeforeTheNextEventOfTheRun() throws Exception {
        AsyncTraceSink sink = AsyncTraceSink.builder(this::slowly)
                .capacity(1)
                .overflow(AsyncTraceSink.Overflow.DROP)
                .build();
        sink.accept(tick(1));
        assertThat(atWork.await(30, TimeUnit.SECONDS)).isTrue();
        sink.accept(event(RunId.create(), "acme.other", 1));
        sink.accept(tick(2));
        sink.accept(tick(3));
        CompletableFuture<?> end = CompletableFuture.runAsync(() -> sink.accept(event(runId, TraceEvent.RUN_END, 4)));

        permits.release(10);
        end.get(30, TimeUnit.SECONDS);
        sink.close();

        assertThat(taken).extracting(TraceEvent::type).containsExactly("acme.tick", "acme.other", "dropped", "run.end");
        assertThat(taken.get(2).attributes()).containsEntry(TraceAttributes.DROPPED_EVENTS, 2);
        assertThat(sink.droppedEvents()).isEqualTo(2);
        assertThat(RunRecord.of(taken.stream()
                                .filter(event -> event.runId().equals(runId))
                                .toList())
                        .missingEvents())
                .isEqualTo(2);
    }

    @Test
    void closingHandsOnWhatWaits() {
        AsyncTraceSink sink = AsyncTraceSink.builder(this::slowly).build();
        for (int i = 1; i <= 20; i++) {
            sink.accept(tick(i));
        }
        permits.release(20);

        sink.close();

        assertThat(taken).hasSize(20);
    }

    @Test
    void closingWaitsNoLongerThanItMayAndCountsWhatIsLost() {
        AsyncTraceSink sink = AsyncTraceSink.builder(this::slowly)
                .closeTimeout(Duration.ofMillis(1))
                .build();
        sink.accept(tick(1));
        sink.accept(tick(2));
        sink.accept(tick(3));

        sink.close();
        sink.accept(tick(4));

        assertThat(sink.droppedEvents()).isBetween(3L, 4L); // one may be in the sink's hands
        permits.release(4);
    }

    @Test
    void aSinkThatThrowsKeepsNothingElseBack() throws InterruptedException {
        try (AsyncTraceSink sink = AsyncTraceSink.builder(event -> {
                    taken.add(event);
                    throw new IllegalStateException("broken");
                })
                .build()) {
            sink.accept(tick(1));
            sink.accept(tick(2));
            assertThat(sink.flush(LONG)).isTrue();
        }

        assertThat(taken).hasSize(2);
    }

    @Test
    void aSinkMayEmitIntoItself() throws InterruptedException {
        AsyncTraceSink[] self = new AsyncTraceSink[1];
        try (AsyncTraceSink sink = AsyncTraceSink.builder(event -> {
                    taken.add(event);
                    if (event.sequence() < 5) {
                        self[0].accept(tick(event.sequence() + 1));
                    }
                })
                .capacity(1)
                .build()) {
            self[0] = sink;
            sink.accept(tick(1));
            assertThat(sink.flush(LONG)).isTrue();
        }

        assertThat(taken).extracting(TraceEvent::sequence).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void refusesBoundsOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AsyncTraceSink.builder(TraceSink.none()).capacity(0))
                .withMessage("capacity must be 1 to 1000000, was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AsyncTraceSink.builder(TraceSink.none()).closeTimeout(Duration.ZERO))
                .withMessage("closeTimeout must be 1 ms to 10 min, was PT0S");
    }
}
