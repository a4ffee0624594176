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
                "a red chair                                 | ''"
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
