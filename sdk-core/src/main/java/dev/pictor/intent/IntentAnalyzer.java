package dev.pictor.intent;

import static java.util.Objects.requireNonNull;

import dev.pictor.error.PictorException;
import dev.pictor.gateway.CallOptions;
import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.RecordedAnswers;
import dev.pictor.gateway.StructuredAnswer;
import dev.pictor.gateway.StructuredRequest;
import dev.pictor.model.Cost;
import dev.pictor.pipeline.RunContext;
import dev.pictor.prompts.PromptRegistry;
import dev.pictor.prompts.PromptSelection;
import dev.pictor.prompts.RenderedPrompt;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Finds out what a wish asks for, by the tiers of {@link IntentTier}: words where they leave no doubt, else what a model made
 * of the same wish before, else a model, which must answer soon; where that fails, what a model made of nearly the same
 * wish, else the words as far as they go, else what its user mostly wishes for or, if that is not known, a scene as a camera
 * would see it. So there always is an intent, and it says who it is from. Thread-safe.
 */
public final class IntentAnalyzer {

    /** The prompt that models are asked with. */
    public static final String PROMPT = "generation/understand";

    private static final int MAX_QUESTIONS = 3;
    private static final double DEFAULT_CONFIDENCE = 0.3;
    private static final double HABIT_CONFIDENCE = 0.5; // a favourite is more than half of what a user wishes for

    private final IntentClassifier classifier;
    private final Calibration modelCalibration;
    private final ComplexityScorer scorer;
    private final Gateway gateway;
    private final PromptRegistry prompts;
    private final IntentSettings settings;
    private final AnalysisCache cache;

    /**
     * Creates an analyzer.
     *
     * @param lexicon words and weights
     * @param gateway calls the reasoning model, if it has one
     * @param prompts has {@value #PROMPT}
     * @param settings when words are enough, and when to ask
     */
    public IntentAnalyzer(Lexicon lexicon, Gateway gateway, PromptRegistry prompts, IntentSettings settings) {
        this.classifier = IntentClassifier.from(requireNonNull(lexicon, "lexicon"));
        this.modelCalibration = lexicon.modelCalibration();
        this.scorer = ComplexityScorer.from(lexicon);
        this.gateway = requireNonNull(gateway, "gateway");
        this.prompts = requireNonNull(prompts, "prompts");
        this.settings = requireNonNull(settings, "settings");
        this.cache = new AnalysisCache(settings.cachedAnalyses(), settings.cachedFor());
    }

    /**
     * Finds out what a wish asks for.
     *
     * @param run the run and stage that want to know
     * @param wish any text that is not blank
     * @param usual finds what its user mostly wishes for, if that is known; asked only where the wish tells nothing
     * @return the intent; never a failure of a model
     * @throws InterruptedException if the run was stopped meanwhile
     */
    public Intent analyze(RunContext run, String wish, Supplier<Optional<UsualWish>> usual)
            throws InterruptedException {
        Intent intent = analyze(run, wish);
        Optional<UsualWish> habit = tellsNothing(intent) && !replays(run) ? usual.get() : Optional.empty();
        if (habit.isEmpty()) {
            return intent;
        }
        run.goesBy("what the user mostly wishes for");
        return ofHabit(wish, habit.get(), intent);
    }

    private boolean tellsNothing(Intent intent) {
        Understanding words = intent.understanding();
        boolean isBare = !words.questions().isEmpty() && words.confidence() < settings.proceedFrom();
        return intent.tier() == IntentTier.DEFAULT || (intent.tier() == IntentTier.UNSURE_KEYWORDS && isBare);
    }

    private Intent ofHabit(String wish, UsualWish usual, Intent intent) {
        Understanding guess = new UnderstandingBuilder()
                .domain(usual.domain())
                .style(usual.style())
                .facts(FactCheck.stated(wish))
                .questions(intent.understanding().questions())
                .confidence(HABIT_CONFIDENCE)
                .reasoning("Nothing in the wish tells, and most of the user's wishes are of " + usual.domain() + ".")
                .build();
        return intent(wish, guess, IntentTier.DEFAULT, HABIT_CONFIDENCE, intent.problems(), intent.cost())
                .build();
    }

    /**
     * Finds out what a wish asks for, of a user of whom nothing is known.
     *
     * @param run the run and stage that want to know
     * @param wish any text that is not blank
     * @return the intent; never a failure of a model
     * @throws InterruptedException if the run was stopped meanwhile
     */
    public Intent analyze(RunContext run, String wish) throws InterruptedException {
        Classification words = classifier.classify(wish);
        boolean mayAsk = settings.askModel() && gateway.canReason();
        double enough = mayAsk ? settings.askModelBelow() : settings.proceedFrom();
        if (words.confidence() >= enough && !words.needsClarification()) {
            return ofWords(wish, words, IntentTier.KEYWORDS, List.of(), Cost.nothing());
        }
        if (!mayAsk) {
            return withoutModel(wish, words, "no reasoning model was there to ask", Cost.nothing());
        }
        String tenant = run.tenant().orElse("");
        Optional<Understanding> known = replays(run) ? Optional.empty() : cache.same(tenant, wish);
        if (known.isPresent()) {
            run.goesBy("what a model made of the same wish before");
            return ofModel(wish, known.get(), IntentTier.CACHED_ANALYSIS, List.of(), Cost.nothing());
        }
        try {
            StructuredAnswer<Understanding> answer = ask(run, wish);
            if (answer.value().domain().isPresent()) {
                cache.keep(tenant, wish, answer.value());
                return ofModel(wish, answer.value(), IntentTier.MODEL, List.of(), answer.cost());
            }
            return withoutModel(wish, words, "the reasoning model named no craft", answer.cost());
        } catch (RuntimeException e) { // whatever it is, there is an intent without a model
            if (run.isCancelled()) {
                throw e;
            }
            return e instanceof PictorException failed
                    ? withoutAnswer(run, wish, words, String.valueOf(failed.getMessage()), Gateway.costOf(failed))
                    : withoutAnswer(
                            run, wish, words, "it failed with " + e.getClass().getSimpleName(), Cost.unknown());
        }
    }

    /** Forgets what models made of wishes. What is being read meanwhile may be kept. */
    public void forget() {
        cache.clear();
    }

    private Intent withoutAnswer(RunContext run, String wish, Classification words, String why, Cost cost) {
        String problem = "the reasoning model gave no answer of use: " + why;
        Optional<Understanding> near =
                replays(run) ? Optional.empty() : cache.near(run.tenant().orElse(""), wish);
        if (near.isEmpty()) {
            return withoutModel(wish, words, problem, cost);
        }
        run.goesBy("what a model made of nearly the same wish before");
        return ofModel(wish, near.get(), IntentTier.CACHED_ANALYSIS, List.of(problem), cost);
    }

    /** A replay asks what was asked then, whatever this process remembers. */
    private static boolean replays(RunContext run) {
        return run.extension(RecordedAnswers.class).isPresent();
    }

    private StructuredAnswer<Understanding> ask(RunContext run, String wish) throws InterruptedException {
        RenderedPrompt prompt = run.render(prompts, PROMPT, PromptSelection.none(), Map.of("wish", wish));
        return gateway.ask(
                run,
                StructuredRequest.builder(prompt, Understanding.class)
                        .callOptions(CallOptions.builder()
                                .timeLimit(settings.modelTime())
                                .build())
                        .build());
    }

    private Intent withoutModel(String wish, Classification words, String problem, Cost cost) {
        if (words.confidence() >= settings.keywordsFrom()) {
            return ofWords(wish, words, IntentTier.UNSURE_KEYWORDS, List.of(problem), cost);
        }
        Understanding guess = new UnderstandingBuilder()
                .domain(Domain.PHOTOGRAPHY)
                .style("other")
                .facts(FactCheck.stated(wish))
                .confidence(DEFAULT_CONFIDENCE)
                .reasoning("Nothing tells, and most wishes are for a photograph.")
                .build();
        return intent(wish, guess, IntentTier.DEFAULT, DEFAULT_CONFIDENCE, List.of(problem), cost)
                .build();
    }

    private Intent ofWords(String wish, Classification words, IntentTier tier, List<String> problems, Cost cost) {
        Understanding understanding = new UnderstandingBuilder()
                .domain(words.domain())
                .style(words.style())
                .facts(FactCheck.stated(wish))
                .questions(words.needsClarification() ? BuiltInQuestions.ALL : List.of())
                .confidence(words.confidence())
                .reasoning(reasoning(words))
                .build();
        // what nobody can tell may still be drawn, but it is not sure
        double most = words.needsClarification() ? 1 - words.clarification() : 1;
        if (words.confidence() > most) {
            return intent(wish, understanding, tier, most, problems, cost).build();
        }
        return intent(wish, understanding, tier, words.confidence(), problems, cost)
                .rawConfidence(words.probabilities().getOrDefault(words.domain(), 0.0))
                .build();
    }

    private static String reasoning(Classification words) {
        List<String> terms = words.evidence().stream()
                .filter(evidence -> evidence.speaksFor() == words.domain())
                .map(Evidence::term)
                .distinct()
                .limit(3)
                .toList();
        return terms.isEmpty()
                ? "No word speaks for any craft."
                : "The words \"" + String.join("\", \"", terms) + "\" speak for " + words.domain() + ".";
    }

    private Intent ofModel(String wish, Understanding said, IntentTier tier, List<String> problems, Cost cost) {
        return intent(wish, said, tier, modelCalibration.apply(said.confidence()), problems, cost)
                .rawConfidence(said.confidence())
                .build();
    }

    private IntentBuilder intent(
            String wish,
            Understanding understanding,
            IntentTier tier,
            double confidence,
            List<String> problems,
            Cost cost) {
        return new IntentBuilder()
                .understanding(understanding)
                .tier(tier)
                .confidence(confidence)
                .complexity(understanding
                        .domain()
                        .map(domain -> scorer.score(wish, domain))
                        .orElseGet(() -> scorer.score(wish)))
                .cost(cost)
                .problems(problems);
    }

    /**
     * Says what to do with an intent.
     *
     * @param intent the intent
     * @return proceed from {@link IntentSettings#proceedFrom()} on, suggest from {@link IntentSettings#suggestFrom()} on, else
     *     clarify
     */
    public IntentOutcome outcome(Intent intent) {
        if (intent.confidence() >= settings.proceedFrom()) {
            return new IntentOutcome.Proceed(intent);
        }
        if (intent.confidence() >= settings.suggestFrom()) {
            return new IntentOutcome.Suggest(intent, suggestion(intent.understanding()));
        }
        List<ClarifyingQuestion> own = intent.understanding().questions();
        List<ClarifyingQuestion> questions = own.isEmpty() ? BuiltInQuestions.ALL : own;
        return new IntentOutcome.Clarify(
                intent, questions.stream().limit(MAX_QUESTIONS).toList());
    }

    private static String suggestion(Understanding understanding) {
        return understanding
                .suggestion()
                .orElseGet(() -> "I understand it as "
                        + understanding.domain().map(Domain::toString).orElse("a picture")
                        + (understanding.style().isBlank()
                                        || understanding.style().equals("other")
                                ? ""
                                : ", " + understanding.style().replace('-', ' '))
                        + ".");
    }
}
