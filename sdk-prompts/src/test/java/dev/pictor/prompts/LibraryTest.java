package dev.pictor.prompts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pictor.prompts.PromptMessage.Role;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The prompts that come with Pictor, as they are rendered. */
class LibraryTest {

    private static final String WISH = "Draw me a lighthouse, {{please}} <b>& fast</b>!";

    @Test
    void understandingGivesTheWishAloneToTheUserMessage() {
        Prompt prompt = PromptRegistry.builtIn()
                .resolve("generation/understand", PromptSelection.none())
                .prompt();
        List<PromptMessage> messages = prompt.render(Map.of("wish", WISH)).messages();
        assertThat(messages).hasSize(2);
        assertThat(messages.get(0).role()).isEqualTo(Role.SYSTEM);
        assertThat(((PromptPart.Text) messages.get(0).parts().get(0)).text())
                .startsWith("You sort wishes for pictures")
                .contains("\n- photography: ", "\n- art: ", "\n- diagrams: ", "\n- products: ")
                .endsWith("and nothing else.");
        assertThat(messages.get(1)).isEqualTo(TestPrompts.said(Role.USER, WISH));
    }

    @Test
    void understandingAsksForAnAnswerWithEveryFieldInOrder() throws Exception {
        Prompt prompt = PromptRegistry.builtIn()
                .resolve("generation/understand", PromptSelection.none())
                .prompt();
        Map<String, Object> schema = prompt.outputSchema();
        assertThat((Map<?, ?>) schema.get("properties"))
                .extracting(Map::keySet)
                .hasToString("[domain, style, subject, mood, colours, confidence, reasoning]");
        assertThat(schema.get("required"))
                .hasToString("[domain, style, subject, mood, colours, confidence, reasoning]");
        assertThat(schema).containsEntry("type", "object").containsEntry("additionalProperties", false);
        assertThat(new ObjectMapper().writeValueAsString(schema))
                .contains("\"enum\":[\"photography\",\"art\",\"diagrams\",\"products\"]")
                .contains("\"mood\":{\"type\":[\"string\",\"null\"]")
                .contains("\"minimum\":0,\"maximum\":1");
        assertThat(prompt.config()).isEqualTo(Map.of("temperature", 0));
    }

    @Test
    void enhancesWithoutADomain() {
        assertThat(enhance("", "surreal")).isEqualTo(WISH + "\n\n" + """
                Make it surreal in style, with a lighthouse as the one clear focus. \
                Compose with intent: a strong silhouette, a readable foreground and background, room around the subject \
                and nothing cut off by accident. Light it consistently from one direction, keep proportions and perspective \
                believable, and finish every detail to a professional standard. Add no text, signature, watermark or border \
                that was not asked for. The mood is calm. Colours: red, blue.""");
    }

    @Test
    void enhancesAPhotograph() {
        assertThat(enhance("photography", "portrait")).isEqualTo(WISH + "\n\n" + """
                A professional portrait photograph of a lighthouse. 85 mm lens at f/2, focus on the nearer eye, large soft \
                key light at 45 degrees with gentle fill, natural texture, uncluttered background falling out of focus. \
                True-to-life colour, full tonal range with detail in highlights and shadows, fine natural grain, correct \
                anatomy and perspective. No text, watermark or frame. The mood is calm. Colours: red, blue.""");
    }

    @Test
    void enhancesAWorkOfArt() {
        assertThat(enhance("art", "impressionist")).isEqualTo(WISH + "\n\n" + """
                A finished impressionist work showing a lighthouse, by a master of the technique. Broken, visible brushwork \
                in pure unmixed colour, complementary hues side by side, light rather than line building the form. A limited, \
                harmonious palette with one accent, clear value structure, a focal point led to by rhythm and contrast, \
                visible texture of the support, expressive rather than photographic. No signature, lettering or frame. The \
                mood is calm. Colours: red, blue.""");
    }

    @Test
    void enhancesADiagram() {
        assertThat(enhance("diagrams", "flowchart")).isEqualTo(WISH + "\n\n" + """
                A clear flowchart diagram of a lighthouse on a plain white background. Steps as boxes and decisions as \
                diamonds in one reading direction, straight connectors with single arrowheads that never cross, start and \
                end marked. Flat vector shapes with even line weights, generous white space, two or three colours of strong \
                contrast, short labels in a legible sans-serif, horizontal and correctly spelt. No gradients, shadows, \
                perspective or decoration. The mood is calm. Colours: red, blue.""");
    }

    @Test
    void enhancesAProductPicture() {
        assertThat(enhance("products", "packshot")).isEqualTo(WISH + "\n\n" + """
                A professional packshot product picture of a lighthouse. Studio shot on a seamless clean background, large \
                softbox from above and a rim light that draws the edges, soft contact shadow. The whole product in frame \
                with an even margin, eye level to slightly above, straight verticals, edges crisp and uncut. True material, \
                texture and colour, controlled reflections, no dust or scratches. No text beyond what is printed on the \
                product, no logo, props or hands unless asked for. The mood is calm. Colours: red, blue.""");
    }

    @ParameterizedTest
    @CsvSource({
        "'', surreal",
        "photography, portrait",
        "photography, landscape",
        "photography, macro",
        "art, impressionist",
        "art, watercolour",
        "art, comic",
        "diagrams, flowchart",
        "diagrams, infographic",
        "products, lifestyle",
        "products, packshot"
    })
    void addsFortyToNinetyWordsToTheWish(String variant, String style) {
        String least = enhance(variant, Map.of("wish", "", "style", style)).strip();
        String most = enhance(variant, style).substring(WISH.length()).strip();
        assertThat(least.split("\\s+")).hasSizeGreaterThanOrEqualTo(40);
        assertThat(most.split("\\s+")).hasSizeLessThanOrEqualTo(90);
        assertThat(least)
                .contains(style)
                .doesNotContain("mood", "Colours:", "  ", " .")
                .endsWith(".");
        assertThat(most).contains(style).doesNotContain("  ", " .");
    }

    @Test
    void needsAWishAndAStyle() {
        assertThatExceptionOfType(PromptException.class)
                .isThrownBy(() -> enhance("art", Map.of()))
                .withMessage("prompt \"generation/enhance\", variant \"art\": no value and no default for wish, style");
    }

    private static String enhance(String variant, String style) {
        return enhance(
                variant,
                Map.of(
                        "wish",
                        WISH,
                        "style",
                        style,
                        "mood",
                        "calm",
                        "colours",
                        List.of("red", "blue"),
                        "subject",
                        "a lighthouse"));
    }

    private static String enhance(String variant, Map<String, ?> variables) {
        PromptSelection selection = variant.isEmpty() ? PromptSelection.none() : PromptSelection.ofVariant(variant);
        return PromptRegistry.builtIn()
                .resolve("generation/enhance", selection)
                .render(variables)
                .text();
    }
}
