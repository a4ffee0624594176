package dev.pictor.generation;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pictor.error.PictorException;
import dev.pictor.feedback.RunFacts;
import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.StructuredAnswer;
import dev.pictor.gateway.StructuredRequest;
import dev.pictor.generation.IntentStages.Clarified;
import dev.pictor.intent.FactCheck;
import dev.pictor.intent.StatedFact;
import dev.pictor.intent.Understanding;
import dev.pictor.model.Cost;
import dev.pictor.pipeline.RunContext;
import dev.pictor.prompts.PromptMessage;
import dev.pictor.prompts.PromptPart;
import dev.pictor.prompts.PromptRegistry;
import dev.pictor.prompts.PromptSelection;
import dev.pictor.prompts.RenderedPrompt;
import dev.pictor.trace.Evaluation;
import dev.pictor.trace.Evaluation.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The stage that makes a prompt of a wish, and checks that it keeps what the wish states. Immutable. */
final class EnhanceStage {

    /** What a model wrote, of which the prompt is of use here. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Elaborated(@JsonProperty("prompt") String prompt) {}

    private static final String ENHANCE_PROMPT = "generation/enhance";
    private static final String ELABORATE_PROMPT = "generation/elaborate";
    private static final Pattern NO_NAME = Pattern.compile("[^a-z0-9]+");
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final int MAX_VARIANT = 64;

    private final Gateway gateway;
    private final PromptRegistry prompts;

    EnhanceStage(Gateway gateway, PromptRegistry prompts) {
        this.gateway = gateway;
        this.prompts = prompts;
    }

    EnhancedPrompt enhance(RunContext run, GenerationRequest request, Clarified clarified) throws InterruptedException {
        Enhancement method = request.enhancement();
        run.decide(RunFacts.detail(request.detail().toString().toLowerCase(Locale.ROOT), "as the request says")
                .build());
        if (method == Enhancement.NONE) {
            return enhanced(run, clarified, clarified.wish(), method, Cost.nothing());
        }
        if (method == Enhancement.TEMPLATE) {
            return template(run, request, clarified, clarified.wish(), method, Cost.nothing());
        }
        if (!gateway.canReason()) {
            run.degrade("there is no reasoning model to write the prompt, so a template does");
            return template(run, request, clarified, clarified.wish(), Enhancement.TEMPLATE, Cost.nothing());
        }
        try {
            return elaborated(run, request, clarified, method);
        } catch (PictorException e) {
            if (run.isCancelled()) {
                throw e;
            }
            run.degrade("no model wrote the prompt, so a template does: " + e.getMessage());
            return template(run, request, clarified, clarified.wish(), Enhancement.TEMPLATE, Gateway.costOf(e));
        }
    }

    private EnhancedPrompt elaborated(
            RunContext run, GenerationRequest request, Clarified clarified, Enhancement method)
            throws InterruptedException {
        Map<String, Object> variables = variables(request, clarified, clarified.wish());
        clarified.intent().understanding().domain().ifPresent(domain -> variables.put("domain", domain.toString()));
        RenderedPrompt prompt = run.render(prompts, ELABORATE_PROMPT, PromptSelection.none(), variables);
        StructuredAnswer<Elaborated> answer = gateway.ask(
                run, StructuredRequest.builder(prompt, Elaborated.class).build());
        String text = answer.value().prompt();
        List<StatedFact> lost = lost(clarified, text);
        if (text.isBlank() || !lost.isEmpty()) {
            run.degrade("the prompt that a model wrote lost " + lost.size()
                    + " of the facts that the wish states, so a template writes it");
            return template(run, request, clarified, clarified.wish(), Enhancement.TEMPLATE, answer.cost());
        }
        return method == Enhancement.BOTH
                ? template(run, request, clarified, text, method, answer.cost())
                : enhanced(run, clarified, text, method, answer.cost());
    }

    private EnhancedPrompt template(
            RunContext run,
            GenerationRequest request,
            Clarified clarified,
            String wish,
            Enhancement method,
            Cost cost) {
        RenderedPrompt prompt = run.render(
                prompts,
                ENHANCE_PROMPT,
                PromptSelection.builder()
                        .variants(variants(clarified.intent().understanding()))
                        .build(),
                variables(request, clarified, wish));
        checkText(prompt);
        return enhanced(run, clarified, prompt.text(), method, cost);
    }

    private static Map<String, Object> variables(GenerationRequest request, Clarified clarified, String wish) {
        Understanding known = clarified.intent().understanding();
        Map<String, Object> variables = new HashMap<>();
        variables.put("wish", wish);
        variables.put("style", style(known));
        variables.put("detail", request.detail().toString());
        known.subject().ifPresent(subject -> variables.put("subject", subject));
        known.mood().ifPresent(mood -> variables.put("mood", mood));
        variables.put("colours", known.colours());
        variables.put("facts", quotes(known, kind -> kind != StatedFact.Kind.EXCLUSION));
        variables.put("excluded", quotes(known, StatedFact.Kind.EXCLUSION::equals));
        return variables;
    }

    private static String style(Understanding known) {
        String style = known.style().replace('_', ' ').replace('-', ' ');
        return style.isBlank() || style.equals("other") ? "professional" : style;
    }

    private static List<String> quotes(Understanding known, Predicate<StatedFact.Kind> wanted) {
        return known.facts().stream()
                .filter(fact -> wanted.test(fact.kind()))
                .map(StatedFact::quote)
                .toList();
    }

    /** The template of the style, else that of its domain; the neutral one for a wish that was not understood. */
    private static List<String> variants(Understanding known) {
        // a style is any text that a model gave; only what can be part of a file's name is looked for
        String style = NO_NAME.matcher(known.style().toLowerCase(Locale.ROOT))
                .replaceAll(" ")
                .strip();
        return known.domain()
                .map(domain -> Stream.of((domain + " " + style).strip().replace(' ', '-'), domain.toString())
                        .filter(variant -> variant.length() <= MAX_VARIANT)
                        .distinct()
                        .toList())
                .orElse(List.of());
    }

    private static EnhancedPrompt enhanced(
            RunContext run, Clarified clarified, String text, Enhancement method, Cost cost) {
        List<StatedFact> lost = lost(clarified, text);
        run.evaluate(Evaluation.of(
                "prompt.facts",
                lost.isEmpty() ? Verdict.PASS : Verdict.WARN,
                lost.isEmpty()
                        ? "the prompt keeps what the wish states"
                        : lost.size() + " facts that the wish states are not in the prompt"));
        return new EnhancedPromptBuilder()
                .text(text)
                .method(method)
                .addedWords(words(text) - words(clarified.wish()))
                .lostFacts(lost)
                .cost(cost)
                .build();
    }

    /** By what the reader found and by the form of the wish, since either may miss something. */
    private static List<StatedFact> lost(Clarified clarified, String text) {
        return FactCheck.missing(
                Stream.concat(
                                clarified.intent().understanding().facts().stream(),
                                FactCheck.stated(
                                        clarified.wish(),
                                        clarified.intent().understanding().colours())
                                        .stream())
                        .distinct()
                        .toList(),
                text);
    }

    private static int words(String text) {
        return text.isBlank() ? 0 : SPACES.split(text.strip()).length;
    }

    /** What the image model gets is text. A picture in a prompt of the user's own is refused rather than left out. */
    private static void checkText(RenderedPrompt prompt) {
        for (PromptMessage message : prompt.messages()) {
            for (PromptPart part : message.parts()) {
                if (!(part instanceof PromptPart.Text)) {
                    throw new IllegalStateException("prompt " + prompt.name() + " of " + prompt.origin() + " has a "
                            + part.getClass().getSimpleName() + " part, but a wish is enhanced to text alone");
                }
            }
        }
    }
}
