package dev.pictor.trace;

import static java.util.Objects.requireNonNull;

import java.util.function.Predicate;

/** Hands on some events. */
final class FilteringTraceSink implements TraceSink {

    private final Predicate<? super TraceEvent> wanted;
    private final TraceSink sink;

    FilteringTraceSink(Predicate<? super TraceEvent> wanted, TraceSink sink) {
        this.wanted = requireNonNull(wanted, "wanted");
        this.sink = requireNonNull(sink, "sink");
    }

    @Override
    public void accept(TraceEvent event) {
        if (wanted.test(event)) {
            sink.accept(event);
        }
    }
}
