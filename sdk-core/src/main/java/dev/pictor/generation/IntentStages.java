package dev.pictor.generation;

import dev.pictor.feedback.RunFacts;
import dev.pictor.intent.Intent;
import dev.pictor.intent.IntentAnalyzer;
import dev.pictor.intent.IntentOutcome;
import dev.pictor.intent.Understanding;
import dev.pictor.model.Cost;
import dev.pictor.pipeline.RunContext;
import dev.pictor.trace.Decision;
import dev.pictor.trace.DecisionBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The stages that find out what is wanted: by the wish, and by asking back where someone is there to answer. Immutable. */
final class IntentStages {

    /** What is drawn: the wish with what its user answered, what that asks for, and what finding out cost in all. */
    record Clarified(String wish, Intent intent, Cost cost) {}

    private final IntentAnalyzer analyzer;
    private final KnownUser user;

    IntentStages(IntentAnalyzer analyzer, KnownUser user) {
        this.analyzer = analyzer;
        this.user = user;
    }

    Intent understand(RunContext run, GenerationRequest request) throws InterruptedException {
        return noted(run, analyzer.analyze(run, request.prompt(), () -> user.usualWish(run)));
    }

    private static Intent noted(RunContext run, Intent intent) {
        intent.problems().forEach(problem -> run.degrade(problem + "; it goes by " + intent.tier()));
        Understanding known = intent.understanding();
        String domain = known.domain().map(Object::toString).orElse("none");
        DecisionBuilder decision =
                RunFacts.intent(domain, intent.confidence(), intent.tier().toString(), known.reasoning());
        intent.rawConfidence().ifPresent(raw -> decision.putScores(RunFacts.RAW_CONFIDENCE, raw));
        run.decide(decision.build());
        run.decide(RunFacts.style(known.style(), "by the same").build());
        run.decide(RunFacts.complexity(intent.complexity().score(), "by what the wish names")
                .putAllScores(intent.complexity().features())
                .build());
        return intent;
    }

    Clarified clarify(RunContext run, GenerationRequest request, Intent intent) throws InterruptedException {
        Optional<Conversation> conversation = run.extension(Conversation.class);
        IntentOutcome outcome = analyzer.outcome(intent);
        if (conversation.isEmpty()) {
            decide(run, outcome, "proceed", "nobody is there to ask");
            return new Clarified(request.prompt(), intent, intent.cost());
        }
        if (!conversation.get().isAnswered()) {
            if (outcome instanceof IntentOutcome.Proceed) {
                decide(run, outcome, "proceed", "it is clear");
                return new Clarified(request.prompt(), intent, intent.cost());
            }
            decide(run, outcome, "ask", "it is not clear");
            throw new ClarificationNeededException(outcome);
        }
        run.goesBy("what the user answered");
        List<String> answers = conversation.get().answers();
        if (answers.isEmpty()) {
            decide(run, outcome, "proceed", "the user agrees");
            return new Clarified(request.prompt(), intent, intent.cost());
        }
        decide(run, outcome, "proceed", "the user answered");
        String wish = request.prompt() + ", " + String.join(", ", answers);
        Intent answered = noted(run, analyzer.analyze(run, wish, () -> user.usualWish(run)));
        return new Clarified(wish, answered, intent.cost().plus(answered.cost()));
    }

    private static void decide(RunContext run, IntentOutcome outcome, String chosen, String reason) {
        String would = outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        run.decide(Decision.builder("clarify", "ask the user?", chosen, reason)
                .policy(would)
                .putScores("confidence", outcome.intent().confidence())
                .build());
    }
}
