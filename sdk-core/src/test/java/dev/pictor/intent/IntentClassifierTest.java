package dev.pictor.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "logo for a bicycle repair shop | ART",
                "portrait of a product manager, 85mm f/1.8, window light | PHOTOGRAPHY",
                "a UI designer at her desk, candid photo | PHOTOGRAPHY",
                "photo of a painting contractor on a ladder | PHOTOGRAPHY",
                "sequence diagram of a token refresh | DIAGRAMS",
                "checkout screen wireframe with a sidebar | DIAGRAMS",
                "hand drawn infographic about the water cycle | DIAGRAMS",
                "leather wallet on a white background for Etsy | PRODUCTS",
                "gothic architecture in Prague | PHOTOGRAPHY",
                "microservices architecture with Kafka and Postgres | DIAGRAMS",
                "a dragon asleep on a heap of gold | ART",
                "watercolour of a stone cottage | ART"
            })
    void weighsMediumPurposeAndContent(String prompt, Domain domain) {
        assertThat(classifier.classify(prompt).domain()).isEqualTo(domain);
    }

    @Test
    void namesTheStrongestEvidenceFirstAndNoMoreThanItsLimit() {
        Classification found = classifier.classify(
                "oil painting of a dragon, a wizard, a castle and a cat, flat vector logo, infographic, flowchart, product photo, "
                        + "watercolor, pixel art, isometric 3d render, lifestyle shot, macro, portrait of a farmer");

        assertThat(found.evidence())
                .hasSize(IntentClassifier.MAX_EVIDENCE)
                .isSortedAccordingTo((a, b) -> Double.compare(b.weight(), a.weight()));
    }

    @Test
    void asksAboutABareSubjectAndNotAboutAScene() {
        assertThat(classifier.classify("a teapot").needsClarification()).isTrue();
        assertThat(classifier
                        .classify("photo of a teapot on a windowsill in the morning")
                        .needsClarification())
                .isFalse();
    }

    @Test
    void isUnsureOfWordsThatItDoesNotKnow() {
        assertThat(classifier.classify("quxly brendle vonks").confidence()).isLessThan(0.8);
        assertThat(classifier.classify("flowchart of a refund").confidence()).isGreaterThan(0.8);
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void takesAnyText(String prompt) {
        Classification found = classifier.classify(prompt);

        assertThat(found.confidence()).isBetween(0.0, 1.0);
        assertThat(ComplexityScorer.bundled().score(prompt).score()).isBetween(0.0, 1.0);
    }

    private static Stream<String> hostile() {
        return Stream.of(
                "",
                " ",
                "\0\1\33[31m\177",
                "\ud83d\ude00\ud83d",
                "\udc00\ud800 art",
                "\"\"\"'''```",
                "{{{{{[[[[((((::::----",
                "no no no no without not never",
                "\u0645\u0631\u062d\u0628\u0627 \u4f60\u597d \u043a\u043e\u0442",
                "\u0130\u0131\ufb01\u1e9e'\u2019s",
                "a".repeat(100_000),
                "flow ".repeat(20_000),
                "\"".repeat(100_000),
                "(x:1.".repeat(20_000),
                "--".repeat(50_000),
                "\u0301".repeat(100_000));
    }

    @Test
    void looksAtTheBeginningOfAHugePromptAlone() {
        String start = "a watercolor painting of a heron. ".repeat(600); // 20,400 characters

        assertThat(classifier.classify(start + "flowchart ".repeat(10_000))).isEqualTo(classifier.classify(start));
    }

    @Test
    void isDoneWithAHugePromptInTime() {
        String huge = "flow, chart \"of\" (all:1.2) -- by Me ".repeat(3_000);

        assertThat(assertTimeoutPreemptively(
                        Duration.ofSeconds(30),
                        () -> IntStream.range(0, 50)
                                .mapToObj(i -> classifier.classify(huge))
                                .distinct()
                                .toList()))
                .hasSize(1);
    }

    @Test
    void answersManyThreadsAsItAnswersOne() {
        List<String> prompts = List.of("a red barn", "logo of a barn", "barn floor plan", "barn door for sale on Etsy");
        List<Classification> alone = prompts.stream().map(classifier::classify).toList();

        List<Classification> together = IntStream.range(0, 4_000)
                .parallel()
                .mapToObj(i -> classifier.classify(prompts.get(i % prompts.size())))
                .toList();

        for (int i = 0; i < together.size(); i++) {
            assertThat(together.get(i)).isEqualTo(alone.get(i % prompts.size()));
        }
    }
}
