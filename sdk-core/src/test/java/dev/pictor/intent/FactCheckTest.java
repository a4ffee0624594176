package dev.pictor.intent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.intent.StatedFact.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FactCheckTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "three foxes under a sign that says \"Home\" | COUNT three foxes, TEXT Home",
                "a street without any cars, no people        | EXCLUSION cars, EXCLUSION people",
                "Eiffel Tower beside the Golden Gate Bridge  | NAME Eiffel Tower, NAME Golden Gate Bridge",
                "a mug, 30 cm tall, 2 handles                | OTHER 30 cm, COUNT 2 handles",
                "one of the best photos on the other hand    | ''",
                "a dozen eggs in a bowl                      | COUNT a dozen eggs",
                "a red chair                                 | COLOUR red chair",
                "1,000 balloons and twenty-one swans         | COUNT 1,000 balloons, COUNT twenty-one swans",
                "a 1.5 litre bottle of a dozen               | OTHER 1.5 litre",
                "two 1.5 l bottles, a half dozen red eggs    | COUNT two 1.5 l bottles, OTHER 1.5 l, COUNT dozen red eggs",
                "a sign that says 'Open', the cat's 'Don't'  | TEXT Open, TEXT Don't",
                "an old dark blue van parked outside         | COLOUR dark blue van",
                "a black and white photograph of 2 cats      | COLOUR black and white photograph, COUNT 2 cats",
                "the door is painted bright red              | COLOUR door is painted bright red",
                "two black cats playing chess in 1920 Paris  | COUNT two black cats, NAME Paris",
                "a red fox jumps over the fence              | COLOUR red fox",
                "an orange on a plate, three oranges         | COUNT three oranges",
                "no people please                            | EXCLUSION people",
                "a beach, no people anywhere, no visible text | EXCLUSION people, EXCLUSION text",
                "without cars or people                      | EXCLUSION cars, EXCLUSION people",
                "a road with no text and logos               | EXCLUSION text, EXCLUSION logos",
                "no cars and lots of people                  | EXCLUSION cars",
                "no red cars and a red bus                   | EXCLUSION red cars, COLOUR red bus",
                "no cars, a red bus                          | EXCLUSION cars, COLOUR red bus",
                "avoid text; leave out the logo              | EXCLUSION text, EXCLUSION logo",
                "don't show any hands                        | EXCLUSION hands",
                "no longer young, no one, not too dark       | ''",
                "not a collage, no extra hands, no signs of cars | EXCLUSION collage, EXCLUSION extra hands, EXCLUSION cars",
                "a 4:5 picture of one hand raised gently     | ''"
            })
    void findsWhatAWishStates(String wish, String facts) {
        assertThat(FactCheck.stated(wish).stream().map(fact -> fact.kind() + " " + fact.quote()))
                .containsExactlyElementsOf(
                        facts.isEmpty()
                                ? List.of()
                                : List.of(facts.split(", ")).stream()
                                        .map(fact -> fact.replaceFirst("^\\S+", kind(fact)))
                                        .toList());
    }

    private static String kind(String fact) {
        return Kind.valueOf(fact.substring(0, fact.indexOf(' '))).toString();
    }

    @Test
    void countsInDigits() {
        assertThat(FactCheck.stated("seven swans"))
                .singleElement()
                .satisfies(fact -> assertThat(fact.count()).hasValue(7));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "three foxes | 3 foxes in the snow             | true",
                "3 foxes     | a group of three foxes          | true",
                "three foxes | four foxes                      | false",
                "three foxes | three bears                     | false",
                "no people   | a beach without people          | true",
                "no people   | an empty beach                  | true",
                "no people   | a beach. Leave out: people.     | true",
                "no people   | a beach at dawn                 | false",
                "no people   | Leave out: cars; people; dogs.  | true",
                "no people   | a beach, no cars, text or people | true",
                "no people   | no cars, people on the beach    | false",
                "no people   | no cars. People on the beach    | false",
                "no people please | a street with people       | false",
                "no people please | a street without a person  | true",
                "without cars or people | a street with people, no cars | false",
                "without cars or people | a street without any people or cars | true",
                "no clouds   | a cloudless sky                 | true",
                "no dust     | a dust-free shelf               | true",
                "1,000 balloons | 5,000 balloons               | false",
                "1,000 balloons | 1000 balloons                | true",
                "1,000 balloons | a thousand balloons          | true",
                "1.5 litre bottle | a 3.5 litre bottle         | false",
                "1.5 litre bottle | a bottle of 1.5 litres     | false",
                "1.5 litre bottle | one 1.5-litre bottle       | true",
                "two red kites | two blue kites                | false",
                "two red kites | 2 large, bright red kites     | true",
                "two red kites | a pair of kites in deep red   | true",
                "two red kites | two kites over a red house    | false",
                "two red kites | two blue kites and a red kite | false",
                "a red car   | a blue car                      | false",
                "a red car   | a car, painted in a glossy red  | true",
                "a red car   | a car with red wheels           | false",
                "a red car   | a car in red shade              | true",
                "a light blue car | a dark blue car            | false",
                "a grey cat  | gray cats                       | true",
                "3 cats and 4 dogs | 4 cats and 3 dogs         | false",
                "3 cats and 4 dogs | four dogs beside three cats | true",
                "3 white cats | 3 dogs on a white wall         | false",
                "3 white cats | three fluffy white cats        | true",
                "3 white cats | 13 white cats                  | false",
                "twenty swans | forty swans                    | false",
                "twenty-one swans | 21 swans                   | true",
                "a dozen eggs | 12 eggs                        | true",
                "two dozen eggs | a dozen eggs                 | false",
                "one red balloon | a single red balloon        | true",
                "one red balloon | red balloons                | false",
                "five children playing | 5 children at play    | true",
                "red, white and blue flag | a flag in red, white and blue, waving | true",
                "red, white and blue flag | a red and white flag | false",
                "the door is painted red | a red door          | true",
                "the door is painted red | a green door in a red wall | false",
                "no people   | people on a beach, no cars      | false",
                "say \"Home\"  | a sign with the word HOME       | true",
                "say \"Home\"  | a homely sign                   | false",
                "by Lake Como | a lake in Italy                | false",
                "30 cm tall  | thirty centimetres              | false"
            })
    void tellsWhatATextKeeps(String wish, String text, boolean kept) {
        assertThat(FactCheck.missing(FactCheck.stated(wish), text).isEmpty()).isEqualTo(kept);
    }

    @Test
    void goesByTheColoursThatAReaderNamed() {
        List<StatedFact> stated = FactCheck.stated("a puce vase, teal shelf, nile boat", List.of("puce", "eau de Nil"));

        assertThat(stated).extracting(StatedFact::quote).containsExactly("puce vase", "teal shelf");
        assertThat(FactCheck.missing(stated, "a teal shelf, a vase in puce")).isEmpty();
        assertThat(FactCheck.missing(stated, "a teal shelf, a white vase"))
                .extracting(StatedFact::quote)
                .containsExactly("puce vase");
    }

    @Test
    void comparesWhatAReaderQuoted() {
        List<StatedFact> quoted = List.of(
                new StatedFactBuilder().kind(Kind.COUNT).quote("foxes").count(3).build(),
                new StatedFactBuilder()
                        .kind(Kind.COUNT)
                        .quote("a dozen large eggs in a bowl")
                        .count(12)
                        .build(),
                StatedFact.of(Kind.COUNT, "dozens of people"),
                StatedFact.of(Kind.OTHER, "at noon"));

        assertThat(FactCheck.missing(quoted, "Three foxes, 12 brown eggs and dozens of people at noon"))
                .isEmpty();
        assertThat(FactCheck.missing(quoted, "Four foxes, 11 eggs and people in the noon sun"))
                .hasSize(4);
    }

    @Test
    void keepsEverythingOfItself() {
        String wish = "Two brass lamps, 40 cm, and \"Licht\" in neon over Berlin Mitte, no people, without any dust";

        assertThat(FactCheck.stated(wish)).hasSize(6);
        assertThat(FactCheck.missing(FactCheck.stated(wish), wish + "\n\nA professional photograph."))
                .isEmpty();
    }

    @Test
    @Timeout(20)
    void findsAtMostTwentyInAnyText() {
        assertThat(FactCheck.stated("no a no a \"x\" 3 cats Big Ben ".repeat(4_000)))
                .hasSizeLessThanOrEqualTo(20);
        assertThat(FactCheck.stated("no ".repeat(100_000))).hasSizeLessThanOrEqualTo(20);
        assertThat(FactCheck.stated("Aa".repeat(50_000) + " " + "Bb ".repeat(30_000)))
                .hasSizeLessThanOrEqualTo(20);
    }
}
