package dev.pictor.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LexiconTest {

    private static final String SMALL = """
            {"version": "1", "date": "2026-11-30",
             "groups": {
               "photo": {"role": "medium", "domain": "photography", "strength": 3, "phrases": ["photo"]},
               "art": {"role": "medium", "domain": "art", "style": "painting", "strength": 3, "phrases": ["oil painting"]}},
             "pairs": {"photo+art": {"domain": "photography", "strength": 1}},
             "weights": {"has:photo": {"photography": 2.5}},
             "calibration": {"form": "isotonic", "scores": [0.2, 0.9], "values": [0.3, 0.8]}}
            """;

    @Test
    void isNeverHalfWritten(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("lexicon.json"), "what was there");
        Path opened = Files.createLink(folder.resolve("opened.json"), file); // as whoever reads it meanwhile has it

        Lexicon.bundled().write(file);

        assertThat(opened).content().isEqualTo("what was there");
        assertThat(Lexicon.read(file).version()).isEqualTo(Lexicon.bundled().version());
        assertThat(folder).isDirectoryContaining(one -> one.equals(file)).isDirectoryNotContaining("glob:**.tmp");
        Path nowhere = folder.resolve("none").resolve("lexicon.json");
        assertThatThrownBy(() -> Lexicon.bundled().write(nowhere)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void hasABound(@TempDir Path folder) throws IOException {
        String padded = Lexicon.bundled().toJson() + " ".repeat(Lexicon.MAX_BYTES);
        Path file = Files.writeString(folder.resolve("lexicon.json"), padded);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Lexicon.read(file))
                .withMessage("the lexicon " + file + " must have at most 16777216 bytes");
        assertThatIllegalArgumentException().isThrownBy(() -> Lexicon.parse("big", padded));
    }

    @Test
    void keepsAllThatItReads(@TempDir Path folder) {
        Lexicon lexicon = Lexicon.bundled();
        Path file = folder.resolve("lexicon.json");
        lexicon.write(file);

        assertThat(Lexicon.read(file).toJson()).isEqualTo(lexicon.toJson());
        assertThat(Lexicon.read(file).calibration()).isEqualTo(lexicon.calibration());
        assertThat(Lexicon.read(file).phrases()).isEqualTo(lexicon.phrases());
        assertThat(Lexicon.parse("small", SMALL).toJson())
                .contains(
                        "\"photo\": {\"role\": \"medium\", \"domain\": \"photography\", \"strength\": 3, \"phrases\": [")
                .contains("\"has:photo\": {\"photography\": 2.5, \"art\": 0, \"diagrams\": 0, \"products\": 0}");
    }

    @Test
    void needsNoTrainingForAWordThatIsAdded() {
        String prompt = "a zograscope of a harbour";
        Lexicon more = Lexicon.bundled().withPhrases("photo-medium", List.of("Zograscope"));

        assertThat(IntentClassifier.bundled().classify(prompt).evidence())
                .noneMatch(evidence -> evidence.term().equals("zograscope"));
        assertThat(IntentClassifier.from(more).classify(prompt).evidence().get(0))
                .matches(evidence -> evidence.term().equals("zograscope"))
                .matches(evidence -> evidence.speaksFor() == Domain.PHOTOGRAPHY);
        assertThat(more.phrases().get("photo-medium")).contains("zograscope");
        assertThat(more.domainOf("photo-medium")).contains(Domain.PHOTOGRAPHY);
    }

    @Test
    void readsAFileOfOnesOwn() {
        IntentClassifier classifier = IntentClassifier.from(Lexicon.parse("small", SMALL));

        assertThat(classifier.classify("two oil paintings").domain()).isEqualTo(Domain.ART);
        assertThat(classifier.classify("two oil paintings").style()).isEqualTo("painting");
        assertThat(classifier.classify("something else").domain()).isEqualTo(Domain.PHOTOGRAPHY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"version\": \"1\" | \"version\": 1 | version must be text",
                "2026-11-30 | yesterday | date must be a day such as 2026-11-30, was yesterday",
                "\"weights\" | \"wheights\" | wheights is not known",
                "\"role\": \"medium\", \"domain\": \"art\" | \"domain\": \"art\" | groups.art.role is missing",
                "\"role\": \"medium\", \"domain\": \"art\" | \"role\": \"large\" | groups.art.role must be one of medium, purpose, look, content, decoy, count and opening, was large",
                "\"domain\": \"art\" | \"domain\": \"arts\" | groups.art.domain must name a domain, was arts",
                "\"strength\": 3, \"phrases\": [\"photo\"] | \"strength\": 9, \"phrases\": [\"photo\"] | groups.photo.strength must be 0 to 4, was 9.0",
                "[\"photo\"] | [\"photo\", \"\"] | groups.photo.phrases[1] must be text",
                "[\"photo\"] | [\"one two three four five six\"] | groups.photo.phrases[0] must be 1 to 5 words, was \"one two three four five six\"",
                "photo+art | photo+arts | pairs.photo+arts names the group arts, which is not there",
                "{\"photography\": 2.5} | {\"photography\": \"much\"} | weights.has:photo.photography must be a number",
                "isotonic | cubic | calibration.form must be platt or isotonic, was cubic",
                "[0.3, 0.8] | [0.8, 0.3] | calibration scores and values must rise, point 1 does not"
            })
    void namesTheFieldThatIsWrong(String right, String wrong, String message) {
        assertThat(SMALL).contains(right);
        assertThatThrownBy(() -> Lexicon.parse("small", SMALL.replace(right, wrong)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the lexicon small is wrong: " + message);
    }

    @Test
    void saysThatAFileIsNoJsonOrNotThere(@TempDir Path folder) {
        assertThatThrownBy(() -> Lexicon.parse("small", "{"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the lexicon small is no JSON: ");
        assertThatThrownBy(() -> Lexicon.read(folder.resolve("none.json")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("none.json");
        assertThatThrownBy(() -> Lexicon.bundled().withPhrases("none", List.of("word")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the lexicon has no group none");
    }
}
