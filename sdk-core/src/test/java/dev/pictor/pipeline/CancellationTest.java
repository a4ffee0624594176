package dev.pictor.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CancellationTest {

    private final Cancellation whole = new Cancellation();

    @Test
    void aPartKnowsOfTheWholeBeforeItsOwnHooksHaveRun() {
        List<Boolean> known = new ArrayList<>();
        List<Cancellation> parts = new ArrayList<>();
        // registered before the part, so it runs before the part is told
        try (var hook = whole.onCancel(() -> known.add(parts.get(0).isCancelled()));
                Cancellation.Part part = whole.part()) {
            parts.add(part.cancellation());

            whole.cancel(Cancellation.Cause.DEADLINE);

            assertThat(hook).isNotNull();
            assertThat(known).containsExactly(true);
            assertThat(part.cancellation().cause()).isEqualTo(Cancellation.Cause.DEADLINE);
        }
    }

    @Test
    void stoppingAPartLeavesTheWholeAlone() {
        try (Cancellation.Part part = whole.part()) {
            part.cancellation().cancel(Cancellation.Cause.SIBLING_FAILED);
        }
        assertThat(whole.isCancelled()).isFalse();
    }

    @Test
    void theFirstCauseCountsAndEveryHookRunsOnceEvenAfterOneThatThrows() {
        List<String> ran = new ArrayList<>();
        try (var broken = whole.onCancel(() -> {
                    throw new IllegalStateException("broken");
                });
                var sound = whole.onCancel(() -> ran.add("sound"))) {
            whole.cancel(Cancellation.Cause.CANCELLED);
            whole.cancel(Cancellation.Cause.DEADLINE);

            assertThat(List.of(broken, sound)).hasSize(2);
        }
        assertThat(ran).containsExactly("sound");
        assertThat(whole.cause()).isEqualTo(Cancellation.Cause.CANCELLED);
    }

    @Test
    void aHookRegisteredTooLateRunsAtOnceAndARemovedOneNever() {
        List<String> ran = new ArrayList<>();
        whole.onCancel(() -> ran.add("removed")).close();
        whole.cancel(Cancellation.Cause.CANCELLED);
        whole.onCancel(() -> ran.add("late")).close();

        assertThat(ran).containsExactly("late");
    }

    @Test
    void workIsInterruptedWhileItRunsAndTheThreadIsCleanAfterwards() {
        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> whole.interruptibly(() -> {
                    whole.cancel(Cancellation.Cause.CANCELLED);
                    Thread.onSpinWait();
                    if (Thread.interrupted()) {
                        throw new InterruptedException();
                    }
                    return "not interrupted";
                }));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void anInterruptThatNobodyNoticedDoesNotHitWhatTheThreadDoesNext() throws Exception {
        String done = whole.interruptibly(() -> {
            whole.cancel(Cancellation.Cause.CANCELLED);
            return "done";
        });

        assertThat(done).isEqualTo("done");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
}
