package dev.pictor.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pictor.intent.Domain;
import dev.pictor.intent.LabelledPrompt;
import dev.pictor.intent.LabelledPromptBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Prompts with labels, from files of JSON lines or of columns. Fields that are missing or empty are not known. */
final class IntentRows {

    /** A prompt with the labels that are known. */
    record Row(
            String id,
            String prompt,
            Optional<Domain> domain,
            Optional<String> style,
            Optional<String> cue,
            boolean ambiguous,
            Optional<Boolean> needsClarification,
            Optional<String> complexity,
            int words,
            Optional<String> source) {

        /** 0 for low, 1 for medium, 2 for high. */
        Optional<Integer> level() {
            return complexity.map(LEVELS::indexOf);
        }

        LabelledPrompt labelled() {
            LabelledPromptBuilder labelled = LabelledPrompt.builder(prompt)
                    .domain(domain)
                    .ambiguous(ambiguous)
                    .needsClarification(needsClarification)
                    .source(source);
            level().ifPresent(level -> labelled.complexity(0.1 + 0.4 * level));
            return labelled.build();
        }
    }

    private static final List<String> LEVELS = List.of("low", "medium", "high");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String file;
    private final Map<String, String> prompts;

    private IntentRows(String file, Map<String, String> prompts) {
        this.file = file;
        this.prompts = prompts;
    }

    /**
     * Reads the rows of a file: TSV with a line of columns if it is named .tsv, else a JSON object a line.
     *
     * @param prompts prompts by id, for rows that bring none
     */
    static List<Row> read(Path file, Map<String, String> prompts) {
        IntentRows reader = new IntentRows(file.toString(), prompts);
        return file.toString().endsWith(".tsv") ? reader.columns(file) : reader.lines(file);
    }

    private List<Row> columns(Path file) {
        List<Row> rows = new ArrayList<>();
        for (Map<String, String> columns : Tsv.read(file)) {
            rows.add(row(JSON.valueToTree(columns), "row " + (rows.size() + 1)));
        }
        return rows;
    }

    private List<Row> lines(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e, e);
        }
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).isBlank()) {
                continue;
            }
            String place = "line " + (i + 1);
            try {
                rows.add(row(JSON.readTree(lines.get(i)), place));
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException(file + " " + place + " is no JSON: " + e.getOriginalMessage(), e);
            }
        }
        return rows;
    }

    private Row row(JsonNode node, String place) {
        if (!node.isObject()) {
            throw wrong(place, "is no object");
        }
        String id = text(node, "id").or(() -> text(node, "base_id")).orElse(place);
        String prompt = text(node, "prompt")
                .or(() -> Optional.ofNullable(prompts.get(id)))
                .orElseThrow(() -> wrong(place, "has no prompt"));
        return new Row(
                id,
                prompt,
                text(node, "domain").map(word -> domain(word, place)),
                text(node, "style").map(style -> style.replace('-', '_')),
                text(node, "cue"),
                flag(node, "ambiguous", place).orElse(false),
                flag(node, "needs_clarification", place),
                text(node, "complexity").map(word -> level(word, place)),
                text(node, "word_count").map(count -> number(count, place)).orElseGet(() -> words(prompt)),
                text(node, "source_repo"));
    }

    private Domain domain(String word, String place) {
        try {
            return Domain.parse(word);
        } catch (IllegalArgumentException e) {
            throw wrong(place, "has the domain " + word + ", which is not known");
        }
    }

    private String level(String word, String place) {
        if (!LEVELS.contains(word.toLowerCase(Locale.ROOT))) {
            throw wrong(place, "has the complexity " + word + "; it must be low, medium or high");
        }
        return word.toLowerCase(Locale.ROOT);
    }

    private Optional<Boolean> flag(JsonNode node, String field, String place) {
        return text(node, field).map(word -> switch (word.toLowerCase(Locale.ROOT)) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw wrong(place, "has " + field + " " + word + "; it must be true or false");
        });
    }

    private int number(String count, String place) {
        try {
            return Integer.parseInt(count);
        } catch (NumberFormatException e) {
            throw wrong(place, "has the word_count " + count + ", which is no number");
        }
    }

    private IllegalArgumentException wrong(String place, String what) {
        return new IllegalArgumentException(file + " " + place + " " + what);
    }

    private static Optional<String> text(JsonNode node, String field) {
        @Nullable JsonNode value = node.get(field);
        return value == null || value.isNull() || value.asText().isBlank()
                ? Optional.empty()
                : Optional.of(value.asText());
    }

    private static int words(String prompt) {
        return prompt.strip().split("\\s+").length;
    }
}
