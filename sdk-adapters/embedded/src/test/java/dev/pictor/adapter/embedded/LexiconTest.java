package dev.pictor.adapter.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.adapter.embedded.Lexicon.Kind;
import dev.pictor.prompts.PromptRegistry;
import dev.pictor.prompts.PromptSelection;
import java.awt.Color;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LexiconTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Impressionist painting of a garden with flowers, oil on canvas, visible brushwork, soft natural light, \
                    shallow depth of field avoided, harmonious colours, professional quality | ART
                    Photograph of a lighthouse on a cliff, 35mm lens, shallow depth of field, golden hour, fine detail, \
                    painterly clouds, no illustration, no drawing                           | PHOTOGRAPHY
                    Photograph of a ceramic mug on a wooden table, shallow depth of field   | PHOTOGRAPHY
                    Clean diagram of an order process, legible layout, labelled boxes and arrows, flat colours, white \
                    background, no photographic texture                                     | DIAGRAMS
                    Studio product photograph of a ceramic mug, seamless background, softbox lighting, sharp focus across \
                    the product, photorealistic, 85mm lens, depth of field, commercial quality photo | PRODUCTS
                    """)
    void tellsTheDomainOfLongPrompts(String prompt, Domain domain) {
        assertThat(Lexicon.WORDS.read(prompt).domain()).isEqualTo(domain);
    }

    @Test
    void knowsSeveralMeaningsOfAWord() {
        assertThat(Lexicon.WORDS.read("my grandmother").names(Kind.SUBJECT)).containsExactly("person", "old");
    }

    @Test
    void takesTheLongestPhrase() {
        Reading reading = Lexicon.WORDS.read("Golden hour by the sea, a CLOSE-UP");

        assertThat(reading.names(Kind.LIGHT)).containsExactly("golden");
        assertThat(reading.names(Kind.COLOUR)).isEmpty();
        assertThat(reading.names(Kind.CUE)).containsExactly("camera");
    }

    @Test
    void takesABackgroundForNoColourOfTheThing() {
        Reading reading = Lexicon.WORDS.read("a navy bottle on white background");

        assertThat(reading.colours()).containsExactly(new Color(0x1D2F5E));
        assertThat(reading.names(Kind.COLOUR)).containsExactly("navy", "white");
    }

    @Test
    void countsNothingThatIsNegated() {
        assertThat(Lexicon.WORDS.read("a hill without a house, no people").names(Kind.SUBJECT))
                .containsExactly("meadow");
        assertThat(Lexicon.WORDS.read("Photo? No, a house").names(Kind.SUBJECT)).containsExactly("house");
    }

    @Test
    void takesTheTitleFromTheWishAndNotFromTheCraftBehindIt() {
        String enhanced = PromptRegistry.builtIn()
                .resolve("generation/enhance", PromptSelection.ofVariant("diagrams"))
                .render(Map.of(
                        "wish", "flowchart of an order process", "style", "flowchart", "subject", "order process"))
                .text();

        assertThat(Lexicon.WORDS.read(enhanced).title()).isEqualTo("order process");
        assertThat(Lexicon.WORDS.read("an infographic about coffee").title()).isEqualTo("coffee");
    }

    @ParameterizedTest
    @MethodSource("templates")
    void takesDomainFromTheCraftAndThingsFromTheWish(String variant, String detail) {
        Reading reading = Lexicon.WORDS
                .read(PromptRegistry.builtIn()
                        .resolve("generation/enhance", PromptSelection.ofVariant(variant))
                        .render(Map.of("wish", "a teal owl", "style", "plain", "detail", detail))
                        .text())
                .ofWish();

        assertThat(reading.domain().text()).isEqualTo(variant.replaceFirst("-.*", ""));
        assertThat(reading.names(Kind.SUBJECT)).containsExactly("bird");
        assertThat(reading.names(Kind.COLOUR)).containsExactly("teal");
        assertThat(reading.names(Kind.LIGHT)).isEmpty();
        assertThat(reading.names(Kind.MOOD)).isEmpty();
    }

    static List<Arguments> templates() {
        return Stream.of(
                        "photography photography-portrait photography-landscape photography-product photography-macro",
                        "photography-architectural diagrams diagrams-architecture diagrams-flowchart diagrams-wireframe",
                        "diagrams-sequence diagrams-network art art-painting art-digital-art art-3d-render art-abstract",
                        "art-impressionist art-watercolour products products-ecommerce products-lifestyle",
                        "products-editorial products-advertising")
                .flatMap(line -> Stream.of(line.split(" ")))
                .flatMap(variant ->
                        Stream.of("basic", "detailed", "expert").map(detail -> Arguments.of(variant, detail)))
                .toList();
    }

    @Test
    void readsAWishOfOneParagraphWhole() {
        Reading reading = Lexicon.WORDS.read("\n\na photo of an owl in the snow");

        assertThat(reading.ofWish()).isEqualTo(reading);
    }
}
