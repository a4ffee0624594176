package dev.pictor.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.intent.Calibration;
import dev.pictor.intent.Calibration.Outcome;
import dev.pictor.intent.Classification;
import dev.pictor.intent.Complexity;
import dev.pictor.intent.ComplexityScorer;
import dev.pictor.intent.Domain;
import dev.pictor.intent.Evidence;
import dev.pictor.intent.IntentClassifier;
import dev.pictor.intent.IntentTrainer;
import dev.pictor.intent.LabelledPrompt;
import dev.pictor.intent.Lexicon;
import dev.pictor.intent.ReliabilityTable;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of docs/intent.md. */
class IntentGuideTest {

    @TempDir
    Path folder;

    @Test
    void classifies() {
        // @start region="classify"
        IntentClassifier classifier = IntentClassifier.bundled();
        Classification found = classifier.classify("Impressionist garden with flowers");

        Domain domain = found.domain(); // art
        String style = found.style(); // impressionist
        double confidence = found.confidence(); // calibrated: of 100 such answers, so many are right
        Evidence strongest = found.evidence().get(0); // impressionist, from the group of that name, for art
        boolean ask = found.needsClarification(); // false
        // @end

        assertThat(domain).isEqualTo(Domain.ART);
        assertThat(style).isEqualTo("impressionist");
        assertThat(confidence).isGreaterThan(0.8);
        assertThat(strongest.term()).isEqualTo("impressionist");
        assertThat(ask).isFalse();
    }

    @Test
    void scores() {
        // @start region="complexity"
        Complexity complexity =
                ComplexityScorer.bundled().score("a lighthouse at dusk, heavy waves, two gulls", Domain.ART);
        double score = complexity.score(); // 0 to 1
        double commas = complexity.features().getOrDefault("commas", 0.0); // ln(1 + 2)
        // @end

        assertThat(score).isBetween(0.0, 1.0);
        assertThat(commas).isEqualTo(Math.log1p(2));
    }

    @Test
    void takesWordsOfOnesOwn() {
        // @start region="words"
        Lexicon mine = Lexicon.bundled().withPhrases("commerce-platform", List.of("Lampenladen"));
        mine.write(folder.resolve("lexicon.json"));
        IntentClassifier classifier = IntentClassifier.from(Lexicon.read(folder.resolve("lexicon.json")));
        // @end

        assertThat(classifier.classify("brass lamp for the Lampenladen").domain())
                .isEqualTo(Domain.PRODUCTS);
    }

    @Test
    void learns() {
        // @start region="train"
        List<LabelledPrompt> prompts = List.of(
                LabelledPrompt.builder("the brass lamp on a plinth")
                        .domain(Domain.PRODUCTS)
                        .build(),
                LabelledPrompt.builder("lamp wiring, labelled")
                        .domain(Domain.DIAGRAMS)
                        .build());
        IntentTrainer trainer = IntentTrainer.from(Lexicon.bundled());

        Lexicon learned = trainer.train(prompts, "2026.12.1", LocalDate.of(2026, 12, 1));
        List<Outcome> outcomes = trainer.outcomes(prompts); // each judged by what was learned from the others
        // @end

        assertThat(learned.version()).isEqualTo("2026.12.1");
        assertThat(outcomes).hasSize(2);
    }

    @Test
    void calibrates() {
        // @start region="calibrate"
        List<Outcome> outcomes = List.of(new Outcome(0.95, true), new Outcome(0.9, false), new Outcome(0.6, true));
        Calibration calibration = Calibration.fit(Calibration.Form.PLATT, outcomes);
        double means = calibration.apply(0.9);

        ReliabilityTable table = ReliabilityTable.of(outcomes);
        double error = table.expectedError(); // 0 is perfect; toString() prints the table
        // @end

        assertThat(means).isBetween(0.0, 1.0);
        assertThat(error).isPositive();
    }
}
