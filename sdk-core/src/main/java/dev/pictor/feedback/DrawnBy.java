package dev.pictor.feedback;

import dev.pictor.trace.AnswerRecord;
import dev.pictor.trace.CallRecord;
import dev.pictor.trace.RunRecord;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Finds the answer of a run that has its pictures. */
final class DrawnBy {

    private static final String PICTURES = "generate_content";
    private static final String GENERATE = "generate";

    private DrawnBy() {}

    /** The last answer of a stage that asked for pictures or is called so, as a cached answer made no call; else the last of all. */
    static Optional<AnswerRecord> of(RunRecord run) {
        Set<String> drawing = run.calls().stream()
                .filter(call -> call.operation().equals(PICTURES))
                .map(CallRecord::stage)
                .collect(Collectors.toSet());
        return last(run, answer -> drawing.contains(answer.stage()) || isGenerate(answer.stage()))
                .or(() -> last(run, any -> true));
    }

    private static boolean isGenerate(String stage) {
        return stage.equals(GENERATE) || stage.endsWith("/" + GENERATE);
    }

    private static Optional<AnswerRecord> last(RunRecord run, Predicate<AnswerRecord> wanted) {
        return run.answers().stream()
                .filter(answer -> answer.servedBy().isPresent())
                .filter(wanted)
                .reduce((earlier, later) -> later);
    }
}
