package dev.pictor.gateway;

import dev.pictor.pipeline.RunExtension;
import dev.pictor.trace.RunRecord;
import java.util.Map;

/**
 * What the calls of an earlier run were answered. The gateway calls no model for a run that carries them: each call gets
 * its answer from here. Thread-safe.
 */
public interface RecordedAnswers extends RunExtension {

    /**
     * Returns the answer to a call and counts it as given.
     *
     * @param stage the path of the stage that asks
     * @param operation what it asks for, by the name that the trace has for it
     * @param request the parts of the request by name, each as a hash, see the event {@code answer}
     * @return what was recorded
     * @throws dev.pictor.error.PictorException if no call like this was recorded, or it is used up
     */
    RecordedAnswer next(String stage, String operation, Map<String, String> request);

    /**
     * Returns what the earlier run noted, for stages that decide by what changes with time: a replay decides as was decided
     * then. Of a stage that began more than once it has what was decided the last time.
     *
     * @return the record of the earlier run
     */
    RunRecord past();
}
