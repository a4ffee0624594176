package dev.pictor.intent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The questions that are asked where no model can ask better, from {@code questions.json}. */
final class BuiltInQuestions {

    static final List<ClarifyingQuestion> ALL = read();

    private BuiltInQuestions() {}

    private static List<ClarifyingQuestion> read() {
        try (InputStream file = Objects.requireNonNull(
                BuiltInQuestions.class.getResourceAsStream("questions.json"), "questions.json")) {
            List<ClarifyingQuestion> questions = new ArrayList<>();
            for (JsonNode question : new ObjectMapper().readTree(file).path("questions")) {
                List<String> choices = new ArrayList<>();
                question.path("choices").forEach(choice -> choices.add(choice.asText()));
                questions.add(ClarifyingQuestion.of(
                        question.path("about").asText(), question.path("text").asText(), choices));
            }
            return List.copyOf(questions);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read questions.json", e);
        }
    }
}
