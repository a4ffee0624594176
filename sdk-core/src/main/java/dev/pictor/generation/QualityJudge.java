package dev.pictor.generation;

import dev.pictor.error.PictorException;
import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.ModelAnswer;
import dev.pictor.gateway.StructuredAnswer;
import dev.pictor.gateway.StructuredRequest;
import dev.pictor.image.ImageBytes;
import dev.pictor.intent.StatedFact;
import dev.pictor.model.Cost;
import dev.pictor.model.MessagePart;
import dev.pictor.pipeline.RunContext;
import dev.pictor.prompts.PromptRegistry;
import dev.pictor.prompts.PromptSelection;
import dev.pictor.prompts.RenderedPrompt;
import dev.pictor.trace.Evaluation;
import dev.pictor.trace.Evaluator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks a reasoning model that reads pictures whether one shows what was asked for. What it says is noted as the evaluation
 * {@code picture.content}. A judge that is not there, or that gives no usable answer, is a degradation and never a failure.
 * Immutable.
 */
final class QualityJudge {

    /** What a picture is to show: the wish, what the image model was told, and what the wish states. */
    record Asked(String wish, String prompt, List<String> facts, List<String> excluded) {

        static Asked of(String wish, String prompt, List<StatedFact> facts) {
            return new Asked(
                    wish,
                    prompt,
                    facts.stream()
                            .filter(fact -> fact.kind() != StatedFact.Kind.EXCLUSION)
                            .map(StatedFact::quote)
                            .toList(),
                    facts.stream()
                            .filter(fact -> fact.kind() == StatedFact.Kind.EXCLUSION)
                            .map(StatedFact::quote)
                            .toList());
        }
    }

    /** What was said of a picture, null if nobody could judge, what asking cost, and how much of its time was Pictor's own. */
    record Judged(@Nullable PictureJudgement judgement, Cost cost, Duration overhead) {

        /** Nobody was asked. */
        static final Judged NOT = new Judged(null, Cost.nothing(), Duration.ZERO);
    }

    private static final String PROMPT = "generation/judge";
    private static final String EVALUATION = "picture.content";

    private final Gateway gateway;
    private final PromptRegistry prompts;

    QualityJudge(Gateway gateway, PromptRegistry prompts) {
        this.gateway = gateway;
        this.prompts = prompts;
    }

    /** Judges one picture, with one call, or two if the first answer does not fit the schema. */
    Judged judge(RunContext run, Asked asked, ImageBytes picture) throws InterruptedException {
        if (!gateway.canReason()) {
            return unavailable(run, "there is no reasoning model", Cost.nothing());
        }
        Cost cost = Cost.nothing();
        try {
            RenderedPrompt prompt = run.render(
                    prompts,
                    PROMPT,
                    PromptSelection.builder().build(),
                    Map.of(
                            "wish",
                            asked.wish(),
                            "prompt",
                            asked.prompt(),
                            "facts",
                            asked.facts(),
                            "excluded",
                            asked.excluded()));
            StructuredRequest<Map<String, Object>> request = StructuredRequest.builder(prompt)
                    .putSections("picture", List.of(new MessagePart.Picture(picture)))
                    .build();
            StructuredAnswer<Map<String, Object>> answer = gateway.ask(run, request);
            cost = answer.cost();
            PictureJudgement judgement = JudgeAnswer.read(answer.value(), answer.servedBy());
            run.evaluate(Evaluation.builder(EVALUATION, judgement.verdict(), judgement.reason())
                    .score(judgement.score())
                    .evaluator(Evaluator.of(Evaluator.Kind.MODEL, prompt.version()))
                    .build());
            return new Judged(judgement, answer.cost(), overhead(answer));
        } catch (PictorException e) {
            if (run.isCancelled()) {
                throw e;
            }
            return unavailable(run, String.valueOf(e.getMessage()), Gateway.costOf(e));
        } catch (IllegalArgumentException e) { // a prompt of the user's own that does not suit
            return unavailable(run, String.valueOf(e.getMessage()), cost);
        }
    }

    private static Judged unavailable(RunContext run, String why, Cost cost) {
        run.degrade("nobody looked at what the picture shows: " + why);
        return new Judged(null, cost, Duration.ZERO);
    }

    private static Duration overhead(StructuredAnswer<?> answer) {
        return answer.calls().stream().map(ModelAnswer::overhead).reduce(Duration.ZERO, Duration::plus);
    }
}
