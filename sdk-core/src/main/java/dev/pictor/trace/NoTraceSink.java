package dev.pictor.trace;

/** The sink that takes nothing. */
enum NoTraceSink implements TraceSink {
    INSTANCE;

    @Override
    public void accept(TraceEvent event) {}
}
