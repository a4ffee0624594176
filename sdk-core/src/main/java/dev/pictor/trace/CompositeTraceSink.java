package dev.pictor.trace;

import java.util.List;

/** Hands each event to several sinks. */
final class CompositeTraceSink implements TraceSink {

    private final List<TraceSink> sinks;

    private CompositeTraceSink(List<TraceSink> sinks) {
        this.sinks = sinks;
    }

    static TraceSink of(List<TraceSink> sinks) {
        List<TraceSink> real =
                sinks.stream().filter(sink -> !sink.equals(TraceSink.none())).toList();
        return switch (real.size()) {
            case 0 -> TraceSink.none();
            case 1 -> GuardedTraceSink.of(real.get(0));
            default ->
                new CompositeTraceSink(
                        real.stream().<TraceSink>map(GuardedTraceSink::of).toList());
        };
    }

    @Override
    public void accept(TraceEvent event) {
        sinks.forEach(sink -> sink.accept(event));
    }
}
