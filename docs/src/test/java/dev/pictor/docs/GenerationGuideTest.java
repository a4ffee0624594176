package dev.pictor.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.Pictor;
import dev.pictor.adapter.embedded.ProceduralPainter;
import dev.pictor.generation.Detail;
import dev.pictor.generation.Enhancement;
import dev.pictor.generation.GeneratedImages;
import dev.pictor.generation.GenerationOutcome;
import dev.pictor.generation.GenerationRequest;
import dev.pictor.generation.PendingSuggestion;
import dev.pictor.intent.ClarifyingQuestion;
import dev.pictor.intent.Domain;
import dev.pictor.intent.FactCheck;
import dev.pictor.intent.IntentSettings;
import dev.pictor.intent.IntentTier;
import dev.pictor.intent.StatedFact;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.trace.MemoryRunStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The code of docs/generation.md about one picture. */
class GenerationGuideTest {

    private final MemoryRunStore store = new MemoryRunStore();
    private final Pictor pictor =
            Pictor.builder(new ProceduralPainter()).store(store).build();
    private final RunOptions options = RunOptions.ofDefaults();
    private final List<String> shown = new ArrayList<>();

    @AfterEach
    void close() {
        pictor.close();
    }

    private List<String> ask(List<ClarifyingQuestion> questions) {
        return questions.stream().map(question -> question.choices().get(1)).toList();
    }

    @Test
    void saysWhatItMadeOfAWish() {
        // @start region="generate"
        GeneratedImages garden = pictor.images()
                .generate(GenerationRequest.builder("impressionist garden with 3 white benches, no people")
                        .detail(Detail.EXPERT)
                        .enhancement(Enhancement.TEMPLATE) // NONE, MODEL or BOTH
                        .tier("pro")
                        .build());
        String understood = garden.understanding().domain().orElseThrow() + ", "
                + garden.understanding().style() + ", by " + garden.intent().tier();
        int added = garden.enhancement().addedWords();
        String page = "<img src=\"" + garden.dataUri(0) + "\">";
        // @end
        assertThat(understood).isEqualTo("art, impressionist, by keywords");
        assertThat(added).isGreaterThan(100);
        assertThat(garden.enhancement().lostFacts()).isEmpty();
        assertThat(page).startsWith("<img src=\"data:image/png;base64,iVBOR");
    }

    @Test
    void asksBack() {
        // @start region="start"
        GenerationRequest wish =
                GenerationRequest.builder("Make me something cool").build();
        GenerationOutcome outcome = pictor.images().start(wish, options);
        if (outcome instanceof GenerationOutcome.Unclear unclear) {
            List<String> answers = ask(unclear.questions()); // in your user interface, now or tomorrow
            show(pictor.images().answer(unclear.runId(), answers, options));
        } else if (outcome instanceof GenerationOutcome.Suggested suggested) {
            PendingSuggestion pending =
                    pictor.images().proceedAfter(suggested, Duration.ofSeconds(5), options); // unless the user objects
            show(pending.result().join()); // or go on when it is there
        } else if (outcome instanceof GenerationOutcome.Generated generated) {
            show(generated.images());
        }
        // @end
        assertThat(shown).containsExactly("Make me something cool, a landscape, a painting");
    }

    private void show(GeneratedImages images) {
        assertThat(images.understanding().domain()).contains(Domain.ART);
        assertThat(images.intent().tier()).isEqualTo(IntentTier.KEYWORDS);
        shown.add(images.wish());
    }

    @Test
    void checksFacts() {
        // @start region="facts"
        List<StatedFact> stated = FactCheck.stated("Two red kites over Lake Como, no people");
        List<StatedFact> lost = FactCheck.missing(stated, "Red kites over Lake Como, people on the shore");
        // @end
        assertThat(stated).extracting(StatedFact::quote).containsExactly("Two red kites", "Lake Como", "people");
        assertThat(lost).extracting(StatedFact::quote).containsExactly("Two red kites", "people");
    }

    @Test
    void isToldWhenToAsk() {
        // @start region="settings"
        Pictor cautious = Pictor.builder(new ProceduralPainter())
                .intent(IntentSettings.builder()
                        .proceedFrom(0.9)
                        .suggestFrom(0.6)
                        .modelTime(Duration.ofSeconds(1))
                        .build())
                .build();
        // @end
        try (cautious) {
            assertThat(cautious.images()
                            .generate("impressionist garden with flowers")
                            .images())
                    .hasSize(1);
        }
    }
}
