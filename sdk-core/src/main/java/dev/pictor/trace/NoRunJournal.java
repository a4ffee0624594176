package dev.pictor.trace;

import java.util.Optional;

/** The journal that keeps nothing. */
enum NoRunJournal implements RunJournal {
    INSTANCE;

    @Override
    public void begin(JournaledRun run) {}

    @Override
    public void stageFinished(RunId runId, String stage, JournaledValue output) {}

    @Override
    public void end(RunId runId, boolean resumable) {}

    @Override
    public Optional<JournaledRun> read(RunId runId) {
        return Optional.empty();
    }
}
