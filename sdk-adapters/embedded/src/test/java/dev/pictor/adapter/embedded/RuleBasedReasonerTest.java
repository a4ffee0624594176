package dev.pictor.adapter.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pictor.model.Message;
import dev.pictor.model.MessagePart;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.Money;
import dev.pictor.model.PlannedUse;
import dev.pictor.model.ReasoningRequest;
import dev.pictor.model.ReasoningResult;
import dev.pictor.prompts.AnswerSchema;
import dev.pictor.prompts.PromptRegistry;
import dev.pictor.prompts.PromptSelection;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleBasedReasonerTest {

    private static final List<String> ALL = List.of(
            "domain",
            "style",
            "subject",
            "facts",
            "purpose",
            "mood",
            "colours",
            "confidence",
            "reasoning",
            "questions",
            "suggestion");

    private final RuleBasedReasoner reasoner = new RuleBasedReasoner();

    private static Map<String, Object> schema(List<String> properties) {
        Map<String, Object> types = new LinkedHashMap<>();
        properties.forEach(property -> types.put(property, Map.of()));
        return Map.of("type", "object", "properties", types, "required", properties);
    }

    private String text(Map<String, Object> schema, Message... messages) {
        return reasoner.reason(
                        ReasoningRequest.builder(List.of(messages))
                                .answerSchema(schema)
                                .build(),
                        Calls.unbounded())
                .text();
    }

    private JsonNode answer(String wish) {
        try {
            return new JsonMapper().readTree(text(schema(ALL), Message.user(wish)));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static void refuses(ModelException thrown, String... message) {
        assertThat(thrown.reason()).isEqualTo(Reason.INVALID_REQUEST);
        assertThat(thrown.billed()).isEqualTo(Billed.NOT_SENT);
        assertThat(thrown).hasMessageContainingAll(message).hasMessageContaining("language model");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    photo of my grandmother baking bread                        | photography
                    a candid shot of kids playing football in the rain          | photography
                    lighthouse at dusk, long exposure                           | photography
                    85mm portrait of a violinist, shallow depth of field        | photography
                    black and white street photography in Lisbon                | photography
                    foggy fjord seen from a drone, aerial photo                 | photography
                    impressionist garden with flowers                           | art
                    a watercolour of an owl reading a newspaper                 | art
                    anime girl under cherry blossoms                            | art
                    charcoal drawing of a ballet dancer                         | art
                    a dragon guarding a library                                 | art
                    cubist still life with guitars, not a photo                 | art
                    flowchart of how a refund is approved                       | diagrams
                    show me the steps of photosynthesis as an infographic       | diagrams
                    network topology of a small office with two firewalls       | diagrams
                    org chart for a team of twelve                              | diagrams
                    timeline of the Apollo programme                            | diagrams
                    packshot of an amber serum bottle                           | products
                    white sneakers on a seamless background for our online shop | products
                    photo of a leather wallet on white background, e-commerce   | products
                    a teapot mockup for my store                                | products
                    """)
    void tellsTheDomain(String wish, String domain) {
        JsonNode answer = answer(wish);

        assertThat(answer.path("domain").asText()).isEqualTo(domain);
        assertThat(answer.path("confidence").asDouble()).isBetween(0.33, 1.0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"something nice", "a red chair", "surprise me", "a bird", "my weekend"})
    void isUnsureOfVagueWishes(String wish) {
        assertThat(answer(wish).path("confidence").asDouble()).isBetween(0.2, 0.49);
    }

    @Test
    void assumesArtWithoutEvidence() {
        JsonNode answer = answer("something nice");

        assertThat(answer.path("domain").asText()).isEqualTo("art");
        assertThat(answer.path("confidence").asDouble()).isEqualTo(0.2);
        assertThat(answer.path("reasoning").asText()).contains("No word");
    }

    @Test
    void growsSurerWithEvidence() {
        double little = answer("a street").path("confidence").asDouble();
        double more = answer("photo of a street").path("confidence").asDouble();
        double most =
                answer("photo of a street, 35mm, bokeh").path("confidence").asDouble();

        assertThat(List.of(little, more, most)).isSorted().doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    make me a nice picture of a lighthouse on a cliff            | a lighthouse on a cliff
                    impressionist garden with flowers                            | garden with flowers
                    flowchart of an order process                                | order process
                    Moody city at night in neon, cinematic photography           | Moody city at night in neon
                    a watercolor painting of a fox in the snow                   | fox in the snow
                    a dragon as an oil painting                                  | dragon
                    product photo of a ceramic mug on white background           | ceramic mug on white background
                    painting                                                     | painting
                    """)
    void namesTheSubjectWithoutFillerAndStyle(String wish, String subject) {
        assertThat(answer(wish).path("subject").asText()).isEqualTo(subject.replaceFirst("^an? ", ""));
    }

    @Test
    void namesStyleMoodColoursAndReason() {
        JsonNode answer = answer("A serene impressionist pond with teal water, white lilies and a red bridge");

        assertThat(answer.path("style").asText()).isEqualTo("impressionist");
        assertThat(answer.path("mood").asText()).isEqualTo("serene");
        assertThat(answer.path("colours")).extracting(JsonNode::asText).containsExactly("teal", "white", "red");
        assertThat(answer.path("reasoning").asText()).contains("\"impressionist\"", "art");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    three foxes under a sign "Open late", no snow  | count three foxes 3, text Open late null, exclusion snow null
                    12 eggs without any text                       | count 12 eggs 12, exclusion text null
                    85 mm portrait at 7 pm, 35mm, 3.5 stars, v2 ui |
                    nothing, knots, Toronto                        |
                    """)
    void namesWhatTheWishStates(String wish, String facts) {
        assertThat(answer(wish).path("facts"))
                .extracting(fact -> fact.path("kind").asText() + " "
                        + fact.path("quote").asText() + " " + fact.path("count").asText())
                .containsExactly(facts == null ? new String[0] : facts.split(", "));
        assertThat(answer(wish).path("purpose").isNull()).isTrue();
    }

    @Test
    void asksForTheMediumOnlyWhenTheWishIsVague() {
        JsonNode vague = answer("something nice");
        JsonNode clear = answer("an impressionist oil painting on canvas, visible brushwork");

        assertThat(vague.path("questions")).hasSize(1);
        assertThat(vague.path("questions").get(0).path("choices")).hasSize(4);
        assertThat(vague.path("suggestion").asText()).contains("something nice", "art");
        assertThat(clear.path("confidence").asDouble()).isGreaterThanOrEqualTo(0.8);
        assertThat(clear.path("questions")).isEmpty();
        assertThat(clear.path("suggestion").isNull()).isTrue();
    }

    @Test
    void answersByTheSchemaOfTheLibrary() {
        AnswerSchema schema = PromptRegistry.builtIn()
                .resolve("generation/understand", PromptSelection.none())
                .prompt()
                .answerSchema()
                .orElseThrow();

        String answer = text(schema.wire(), Message.user("three foxes, no snow"));

        assertThat(schema.read(answer).problems()).isEmpty();
    }

    @Test
    void readsWholeWordsOnly() {
        JsonNode answer = answer("flowers and charters, artichokes, infrared");

        assertThat(answer.path("domain").asText()).isEqualTo("art");
        assertThat(answer.path("confidence").asDouble()).isEqualTo(0.2);
        assertThat(answer.path("colours")).isEmpty();
    }

    @Test
    void readsTheLastUserMessage() {
        String text = text(
                schema(List.of("domain")),
                Message.user("an oil painting"),
                new Message(Message.Role.MODEL, List.of(new MessagePart.Text("a photo?"))),
                Message.user("no, a flowchart of returns"),
                new Message(Message.Role.SYSTEM, List.of(new MessagePart.Text("prefer product photos"))));

        assertThat(text).isEqualTo("{\"domain\":\"diagrams\"}");
    }

    @Nested
    class Schemas {

        private final Message wish = Message.user("photo of a red bird");

        @Test
        void answersInTheOrderOfTheSchema() {
            assertThat(text(schema(List.of("colours", "mood", "domain")), wish))
                    .isEqualTo("{\"colours\":[\"red\"],\"mood\":null,\"domain\":\"photography\"}");
        }

        @Test
        void leavesOutWhatItDoesNotKnowAndNobodyRequires() {
            Map<String, Object> properties = new LinkedHashMap<>();
            properties.put("camera", Map.of("type", "string"));
            properties.put("mood", Map.of("type", "string"));
            properties.put("domain", Map.of("type", "string"));

            assertThat(text(Map.of("properties", properties), wish)).isEqualTo("{\"domain\":\"photography\"}");
        }

        @Test
        void givesNullForWhatItDoesNotKnowWhereThatIsAllowed() {
            Map<String, Object> schema = Map.of(
                    "type",
                    "object",
                    "properties",
                    Map.of("weather", Map.of("type", List.of("string", "null"))),
                    "required",
                    List.of("weather"));
            assertThat(text(schema, Message.user("a red lighthouse"))).isEqualTo("{\"weather\":null}");
        }

        @Test
        void refusesARequiredPropertyThatItDoesNotKnow() {
            assertThatExceptionOfType(ModelException.class)
                    .isThrownBy(() -> text(schema(List.of("domain", "caption")), wish))
                    .satisfies(thrown -> refuses(thrown, "\"caption\""));
        }

        @Test
        void refusesAnEnumWithoutItsAnswer() {
            Map<String, Object> schema =
                    Map.of("properties", Map.of("domain", Map.of("enum", List.of("art", "products"))));

            assertThatExceptionOfType(ModelException.class)
                    .isThrownBy(() -> text(schema, wish))
                    .satisfies(thrown -> refuses(thrown, "\"domain\""));
        }

        @Test
        void refusesToAnswerWithoutASchema() {
            assertThatExceptionOfType(ModelException.class)
                    .isThrownBy(() -> text(Map.of(), wish))
                    .satisfies(thrown -> refuses(thrown, "schema"));
        }

        @Test
        void refusesToAnswerWithoutAWish() {
            Message system = new Message(Message.Role.SYSTEM, List.of(new MessagePart.Text("a photo")));

            assertThatExceptionOfType(ModelException.class)
                    .isThrownBy(() -> text(schema(ALL), system))
                    .satisfies(thrown -> refuses(thrown, "user message"));
        }
    }

    @Test
    void isFreeAndWarnsOfEachOption() {
        ReasoningResult result = reasoner.reason(
                ReasoningRequest.builder(List.of(Message.user("a cat")))
                        .answerSchema(schema(ALL))
                        .putOptions("topK", 3)
                        .build(),
                Calls.unbounded());

        assertThat(result.servedBy()).isEqualTo("rule-based-reasoner-1");
        assertThat(reasoner.profile().provider()).isEqualTo("pictor.embedded");
        assertThat(reasoner.profile()
                        .price()
                        .flatMap(price -> price.actual(result.usage(), PlannedUse.none(), LocalDate.EPOCH)))
                .contains(Money.usd(0));
        assertThat(result.warnings()).extracting("option").containsExactly("topK");
    }
}
