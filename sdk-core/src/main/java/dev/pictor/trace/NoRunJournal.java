package dev.pictor.trace;

import dev.pictor.image.Sha256;
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
    public RunId claim(Sha256 key, RunId runId) {
        return runId;
    }

    @Override
    public Optional<JournaledRun> read(RunId runId) {
        return Optional.empty();
    }
}
