package dev.pictor.gateway;

import dev.pictor.error.PictorException;
import dev.pictor.model.Cost;
import dev.pictor.model.Message;
import dev.pictor.model.MessagePart;
import dev.pictor.model.ReasoningRequest;
import dev.pictor.model.ReasoningResult;
import dev.pictor.pipeline.RunContext;
import dev.pictor.prompts.AnswerProblem;
import dev.pictor.prompts.AnswerReading;
import dev.pictor.trace.Decision;
import dev.pictor.trace.Evaluation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One question whose answer must fit a schema: asked, read, and asked once more if the answer does not fit. Not thread-safe.
 *
 * @param <T> the class of the answer
 */
final class Asking<T> {

    private static final int MAX_TOLD = 50;

    private final RunContext run;
    private final StructuredRequest<T> request;
    private final Caller caller;
    private final AnswerCheck check;
    private final List<ModelAnswer<ReasoningResult>> calls = new ArrayList<>(2);

    /** The road to a model. */
    @FunctionalInterface
    interface Caller {
        ModelAnswer<ReasoningResult> call(ReasoningRequest request, AnswerCheck check, CallOptions options)
                throws InterruptedException;
    }

    Asking(RunContext run, StructuredRequest<T> request, Caller caller) {
        this.run = run;
        this.request = request;
        this.caller = caller;
        this.check = AnswerCheck.of(request.answerSchema());
    }

    StructuredAnswer<T> ask() throws InterruptedException {
        ReasoningRequest first = request.toReasoningRequest();
        Duration atStart = run.timeLeft();
        AnswerReading reading = call(first, request.callOptions());
        if (!reading.fits()) {
            reading = again(first, reading, atStart);
        }
        return new StructuredAnswerBuilder<T>()
                .value(reading.as(request.answerType()))
                .calls(calls)
                .build();
    }

    private AnswerReading call(ReasoningRequest asked, CallOptions options) throws InterruptedException {
        ModelAnswer<ReasoningResult> answer = caller.call(asked, check, options);
        calls.add(answer);
        AnswerReading reading = check.read(request.answerSchema(), answer.result());
        run.evaluate(Evaluation.of(
                "answer.schema",
                reading.fits() ? Evaluation.Verdict.PASS : Evaluation.Verdict.FAIL,
                reading.fits() ? "the answer fits" : UnusableAnswerException.told(reading.problems())));
        return reading;
    }

    private AnswerReading again(ReasoningRequest first, AnswerReading broken, Duration atStart)
            throws InterruptedException {
        String problems = UnusableAnswerException.told(broken.problems());
        Duration took = last().latency();
        Duration left = left(atStart);
        if (left.compareTo(took) <= 0) {
            String why = left.toMillis() + " ms are left, and the first answer took " + took.toMillis() + " ms";
            decide("no", problems + ", but " + why);
            throw unusable(broken, Cost.nothing(), "was not asked again: " + why, null);
        }
        decide("yes", problems);
        AnswerReading second;
        try {
            second = call(repair(first, broken.problems()), within(left));
        } catch (PictorException e) { // what the first answer cost must not be lost
            throw unusable(broken, Gateway.costOf(e), "there was no second answer", e);
        }
        if (!second.fits()) {
            throw unusable(second, Cost.nothing(), "not when told what is wrong either", null);
        }
        return second;
    }

    /** What is left of the time of the call since the first answer, and of the run. */
    private Duration left(Duration atStart) {
        Duration ofRun = run.timeLeft();
        return request.callOptions()
                .timeLimit()
                .map(limit -> limit.minus(atStart.minus(ofRun)))
                .filter(ofCall -> ofCall.compareTo(ofRun) < 0)
                .orElse(ofRun);
    }

    private CallOptions within(Duration left) {
        CallOptions options = request.callOptions();
        return options.timeLimit().isEmpty()
                ? options
                : new CallOptionsBuilder().from(options).timeLimit(left).build();
    }

    private ModelAnswer<ReasoningResult> last() {
        return calls.get(calls.size() - 1);
    }

    /** The same conversation, and what is wrong with its last answer. */
    private ReasoningRequest repair(ReasoningRequest first, List<AnswerProblem> problems) {
        List<Message> conversation = new ArrayList<>(first.messages());
        String said = last().result().text();
        if (!said.isBlank()) {
            conversation.add(new Message(Message.Role.MODEL, List.of(new MessagePart.Text(said))));
        }
        conversation.add(Message.user(complaint(problems)));
        return first.toBuilder().messages(conversation).build();
    }

    private static String complaint(List<AnswerProblem> problems) {
        String listed = problems.stream()
                .limit(MAX_TOLD)
                .map(problem -> "- " + problem + " (" + problem.keyword() + ")")
                .collect(Collectors.joining("\n"));
        int more = problems.size() - MAX_TOLD;
        return "Your answer does not fit the schema:\n" + listed + (more > 0 ? "\n- and " + more + " more" : "")
                + "\n\nGive the whole answer again as one JSON object, with these points put right and all else as it was."
                + " Answer with JSON alone.";
    }

    private void decide(String chosen, String reason) {
        run.decide(Decision.builder("repair", "tell the model what is wrong and ask once more?", chosen, reason)
                .build());
    }

    private UnusableAnswerException unusable(
            AnswerReading reading, Cost more, String second, @Nullable Throwable cause) {
        ReasoningResult result = last().result();
        return new UnusableAnswerException(
                result.servedBy(),
                request.prompt().name(),
                reading.problems(),
                result.text(),
                StructuredAnswer.costOf(calls).plus(more),
                second,
                cause);
    }
}
