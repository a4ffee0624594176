package dev.pictor.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntentClassifierTest {

    private final IntentClassifier classifier = IntentClassifier.bundled();

    @ParameterizedTest
    @CsvSource({
        "Impressionist garden with flowers, ART, impressionist",
        "Wireless headphones for Amazon, PRODUCTS, ecommerce",
        "Brutalist architecture photograph, PHOTOGRAPHY, architectural",
        "The sound of rain visualized, ART, abstract"
    })
    void understandsWhatListsOfPartsOfWordsGetWrong(String prompt, Domain domain, String style) {
        Classification found = classifier.classify(prompt);

        assertThat(found.domain()).isEqualTo(domain);
        assertThat(found.style()).isEqualTo(style);
    }

    @ParameterizedTest
    @ValueSource(strings = {"flowers", "wallflower", "chartreuse curtains", "a startling portrayal", "networking"})
    void looksUpNoPartsOfWords(String prompt) {
        assertThat(classifier.classify(prompt).evidence())
                .noneMatch(evidence -> Stream.of("flow", "flowchart", "chart", "art", "star", "network")
                        .anyMatch(evidence.term()::equals));
    }

    @Test
    void leavesOutWhatIsDenied() {
        assertThat(classifier.classify("a red barn, no diagram, not a painting").evidence())
                .noneMatch(evidence -> evidence.term().equals("diagram"))
                .noneMatch(evidence -> evidence.term().equals("painting"));
    }

    @Test
    void leavesOutWhatIsQuoted() {
        assertThat(classifier
                        .classify("a shop window with the words \"oil painting sale\" on it")
                        .evidence())
                .noneMatch(evidence -> evidence.term().contains("painting"));
    }

    @Test
    void givesAllDomainsAProbability() {
        Classification found = classifier.classify("a lighthouse");

        assertThat(found.probabilities()).containsOnlyKeys(Domain.values());
        assertThat(found.probabilities().values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum())
                .isCloseTo(1, within(1e-9));
    }
}
