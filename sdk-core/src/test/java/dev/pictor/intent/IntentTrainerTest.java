package dev.pictor.intent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.intent.Calibration.Outcome;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IntentTrainerTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 30);
    private static final String WORDS = """
            {"version": "1", "date": "2026-11-30",
             "groups": {
               "photo": {"role": "medium", "domain": "photography", "strength": 2, "phrases": ["photo"]},
               "art": {"role": "medium", "domain": "art", "strength": 2, "phrases": ["painting"]},
               "frame": {"role": "look", "domain": "art", "strength": 2, "phrases": ["frame", "passepartout"]},
               "unseen": {"role": "look", "domain": "diagrams", "strength": 1, "phrases": ["arrow"]}}}
            """;

    private final Lexicon start = Lexicon.parse("words", WORDS);

    /** A world in which frames are for sale. */
    private static List<LabelledPrompt> prompts() {
        List<LabelledPrompt> prompts = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            prompts.add(labelled("a frame number " + i, Domain.PRODUCTS, 0.1));
            prompts.add(labelled("a painting number " + i, Domain.ART, 0.1));
            prompts.add(labelled(
                    "a photo of a hill, a house, a horse, a hound and a hedge by the harbour, number " + i,
                    Domain.PHOTOGRAPHY,
                    0.9));
            prompts.add(LabelledPrompt.builder("thing").needsClarification(true).build());
        }
        return prompts;
    }

    private static LabelledPrompt labelled(String prompt, Domain domain, double complexity) {
        return LabelledPrompt.builder(prompt)
                .domain(domain)
                .complexity(complexity)
                .needsClarification(false)
                .build();
    }

    @Test
    void learnsWhatWordsMeanHere() {
        Lexicon learned = IntentTrainer.from(start).train(prompts(), "2", DAY);

        assertThat(IntentClassifier.from(start).classify("a frame of oak").domain())
                .isEqualTo(Domain.ART);
        assertThat(IntentClassifier.from(learned).classify("a frame of oak").domain())
                .isEqualTo(Domain.PRODUCTS);
        assertThat(IntentClassifier.from(learned).classify("passepartout").domain())
                .as("a word of the same group that no prompt has")
                .isEqualTo(Domain.PRODUCTS);
        assertThat(learned.version()).isEqualTo("2");
        assertThat(learned.date()).isEqualTo(DAY);
        assertThat(learned.phrases()).isEqualTo(start.phrases());
    }

    @Test
    void leavesAGroupThatNoPromptHasAtItsStrength() {
        Lexicon learned = IntentTrainer.from(start).train(prompts(), "2", DAY);

        assertThat(learned.toJson()).doesNotContain("has:unseen");
        assertThat(IntentClassifier.from(learned).classify("arrow arrow arrow").evidence())
                .anyMatch(evidence -> evidence.term().equals("arrow") && evidence.speaksFor() == Domain.DIAGRAMS);
    }

    @Test
    void learnsTheSameFromTheSamePrompts() {
        IntentTrainer trainer = IntentTrainer.from(start);

        assertThat(trainer.train(prompts(), "2", DAY).toJson())
                .isEqualTo(trainer.train(prompts(), "2", DAY).toJson())
                .isEqualTo(IntentTrainer.from(trainer.train(prompts(), "2", DAY))
                        .train(prompts(), "2", DAY)
                        .toJson());
    }

    @Test
    void learnsWhenToAskAndWhatIsMuch() {
        Lexicon learned = IntentTrainer.from(start).train(prompts(), "2", DAY);

        IntentClassifier classifier = IntentClassifier.from(learned);
        assertThat(classifier.classify("things").needsClarification()).isTrue();
        assertThat(classifier.classify("a painting number 5").needsClarification())
                .isFalse();
        ComplexityScorer scorer = ComplexityScorer.from(learned);
        assertThat(scorer.score("a photo of a hill, a house, a horse and a hound by the harbour")
                        .score())
                .isGreaterThan(scorer.score("a painting").score());
    }

    @Test
    void judgesEachPromptByWhatWasLearnedFromOthers() {
        List<LabelledPrompt> prompts = new ArrayList<>(prompts());
        List<Outcome> outcomes = IntentTrainer.from(start).outcomes(prompts);

        assertThat(outcomes).hasSize(120);
        assertThat(outcomes.stream().filter(Outcome::right).count()).isEqualTo(120);
    }

    @Test
    void leavesWhatNoPromptTellsAsItIs() {
        Lexicon bundled = Lexicon.bundled();

        assertThat(IntentTrainer.from(bundled)
                        .train(List.of(), bundled.version(), bundled.date())
                        .toJson())
                .isEqualTo(bundled.toJson());
    }
}
