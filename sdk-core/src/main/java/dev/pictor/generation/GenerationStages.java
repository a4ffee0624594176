package dev.pictor.generation;

import static dev.pictor.pipeline.Needs.needs;

import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.ModelAnswer;
import dev.pictor.gateway.StructuredAnswer;
import dev.pictor.gateway.StructuredRequest;
import dev.pictor.gateway.UnusableAnswerException;
import dev.pictor.image.ImageBytes;
import dev.pictor.intent.Domain;
import dev.pictor.intent.StatedFact;
import dev.pictor.intent.Understanding;
import dev.pictor.model.Cost;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.model.OptionWarning;
import dev.pictor.pipeline.Pipeline;
import dev.pictor.pipeline.RunContext;
import dev.pictor.pipeline.StageKey;
import dev.pictor.prompts.PromptMessage;
import dev.pictor.prompts.PromptPart;
import dev.pictor.prompts.PromptRegistry;
import dev.pictor.prompts.PromptSelection;
import dev.pictor.prompts.RenderedPrompt;
import dev.pictor.trace.Decision;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The work of each stage of Generation. Immutable. */
final class GenerationStages {

    /** What a wish was understood to ask for, and what finding out cost. */
    record Understood(Understanding understanding, Cost cost) {}

    /** What the image model gave. */
    record Drawn(List<ImageBytes> images, String model, Cost cost, List<OptionWarning> warnings) {}

    private static final StageKey<Understood> UNDERSTAND = StageKey.of("understand", Understood.class);
    private static final StageKey<String> ENHANCE = StageKey.of("enhance", String.class);
    private static final StageKey<Drawn> GENERATE = StageKey.of("generate", Drawn.class);
    private static final StageKey<GeneratedImages> CHECK = StageKey.of("check", GeneratedImages.class);

    private static final String UNDERSTAND_PROMPT = "generation/understand";
    private static final String ENHANCE_PROMPT = "generation/enhance";
    private static final Pattern NO_NAME = Pattern.compile("[^a-z0-9]+");
    private static final int MAX_VARIANT = 64;

    private final Gateway gateway;
    private final PromptRegistry prompts;

    private GenerationStages(Gateway gateway, PromptRegistry prompts) {
        this.gateway = gateway;
        this.prompts = prompts;
    }

    static Pipeline<GenerationRequest, GeneratedImages> pipeline(Gateway gateway, PromptRegistry prompts) {
        GenerationStages stages = new GenerationStages(gateway, prompts);
        return Pipeline.named("generation", GenerationRequest.class)
                .stage(UNDERSTAND, stages::understand)
                .weight(15)
                .fallback((run, request, failure) -> notUnderstood("nobody could read the wish", failure))
                .stage(ENHANCE, needs(UNDERSTAND), stages::enhance)
                .weight(5)
                .stage(GENERATE, needs(ENHANCE), stages::generate)
                .weight(75)
                .stage(CHECK, needs(UNDERSTAND, ENHANCE, GENERATE), PictureChecks::check)
                .weight(5)
                .returning(CHECK);
    }

    private Understood understand(RunContext run, GenerationRequest request) throws InterruptedException {
        if (!gateway.canReason()) {
            run.degrade("there is no reasoning model, so the wish is enhanced without being understood");
            return new Understood(Understanding.none("there is no reasoning model"), Cost.nothing());
        }
        RenderedPrompt prompt = render(run, UNDERSTAND_PROMPT, List.of(), Map.of("wish", request.prompt()));
        StructuredAnswer<Understanding> answer = gateway.ask(
                run, StructuredRequest.builder(prompt, Understanding.class).build());
        Understanding understanding = answer.value();
        run.decide(Decision.builder(
                        "intent",
                        "which craft serves the wish?",
                        understanding.domain().map(Domain::toString).orElse("none"),
                        understanding.reasoning())
                .build());
        return new Understood(understanding, answer.cost());
    }

    private static Understood notUnderstood(String reasoning, Exception failure) {
        if (failure instanceof UnusableAnswerException known) {
            return new Understood(Understanding.none(reasoning), known.cost());
        }
        boolean free = failure instanceof ModelException known
                && (known.billed() == ModelFailure.Billed.NOT_SENT || known.billed() == ModelFailure.Billed.REJECTED);
        return new Understood(Understanding.none(reasoning), free ? Cost.nothing() : Cost.unknown());
    }

    private String enhance(RunContext run, GenerationRequest request, Understood understood) {
        Understanding known = understood.understanding();
        Map<String, Object> variables = new HashMap<>();
        variables.put("wish", request.prompt());
        variables.put("style", known.style().replace('_', ' ').replace('-', ' '));
        variables.put("detail", request.detail().toString());
        known.subject().ifPresent(subject -> variables.put("subject", subject));
        known.mood().ifPresent(mood -> variables.put("mood", mood));
        variables.put("colours", known.colours());
        variables.put("facts", quotes(known, kind -> kind != StatedFact.Kind.EXCLUSION));
        variables.put("excluded", quotes(known, StatedFact.Kind.EXCLUSION::equals));
        RenderedPrompt prompt = render(run, ENHANCE_PROMPT, variants(known), variables);
        checkText(prompt);
        return prompt.text();
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

    private Drawn generate(RunContext run, GenerationRequest request, String enhanced) throws InterruptedException {
        ModelAnswer<ImageResult> answer = gateway.generate(run, request.toImageRequest(enhanced));
        return new Drawn(answer.result().images(), answer.result().servedBy(), answer.cost(), answer.warnings());
    }

    private RenderedPrompt render(RunContext run, String name, List<String> variants, Map<String, Object> variables) {
        return run.render(
                prompts, name, PromptSelection.builder().variants(variants).build(), variables);
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
