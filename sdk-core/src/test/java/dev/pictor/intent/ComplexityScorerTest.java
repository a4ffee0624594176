package dev.pictor.intent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ComplexityScorerTest {

    private static final String SPECIFICATION = """
            Create a vertical infographic "Sleep better": title on top, then five numbered sections, each with an icon and one \
            sentence, a small line chart of sleep phases over 8 hours, a box with three myths crossed out, sources in small type \
            at the bottom. Palette navy, lilac and white, rounded corners, exactly 12 columns, no photos, no gradients.
            """;

    private final ComplexityScorer scorer = ComplexityScorer.bundled();

    @Test
    void risesFromASubjectToASceneToASpecification() {
        double subject = scorer.score("a lighthouse").score();
        double scene = scorer.score(
                        "a lighthouse on a rocky cliff at dusk, heavy waves, two gulls, warm lamp light, oil painting "
                                + "with visible brushstrokes")
                .score();
        double specification = scorer.score(SPECIFICATION).score();

        assertThat(subject).isLessThan(0.25);
        assertThat(scene).isBetween(0.3, 0.7);
        assertThat(specification).isGreaterThan(0.7);
    }

    @Test
    void ranksOfTwoPromptsOfOneLengthTheRicherHigher() {
        assertThat(scorer.score("red fox, blue bird, tall grass, soft light, 3 stones, sharp shadows")
                        .score())
                .isGreaterThan(scorer.score("the fox that we saw there was the very same fox as then")
                        .score());
    }

    @Test
    void hasNoCapBelowOne() {
        assertThat(scorer.score(SPECIFICATION.repeat(10)).score()).isGreaterThan(0.97);
    }

    @Test
    void tellsWhatItCounted() {
        assertThat(scorer.score("three red apples, no people", Domain.PHOTOGRAPHY)
                        .features())
                .containsKeys("words", "number-word", "attribute", "constraint", "commas", "domain photography");
    }
}
