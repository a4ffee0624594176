package dev.pictor.gateway;

import dev.pictor.pipeline.CallScope;
import dev.pictor.pipeline.RunContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/** A call on another thread than its caller's, stopped when anybody else than the call completes its future. */
final class AsyncCall {

    private AsyncCall() {}

    @FunctionalInterface
    interface Work<T> {
        T within(CallScope scope) throws InterruptedException;
    }

    static <T> CompletableFuture<T> start(RunContext run, Work<T> work) {
        CallScope scope = run.within(run.timeLeft());
        CompletableFuture<T> future = new CompletableFuture<>();
        var unused =
                future.whenComplete((result, failure) -> scope.cancel()); // which is nothing after the call's own end
        try {
            run.executor().execute(() -> complete(future, scope, work));
        } catch (RejectedExecutionException e) {
            scope.close();
            throw e;
        }
        return future;
    }

    private static <T> void complete(CompletableFuture<T> future, CallScope scope, Work<T> work) {
        try (scope) {
            future.complete(scope.call(() -> work.within(scope)));
        } catch (Exception | Error e) { // whoever waits for the future gets it
            future.completeExceptionally(e);
        }
    }
}
