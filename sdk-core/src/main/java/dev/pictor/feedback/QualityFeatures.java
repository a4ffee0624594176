package dev.pictor.feedback;

import dev.pictor.intent.Domain;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Turns questions into numbers: words as 0 or 1 each, if they were seen often enough, figures about their middle, and complexity and
 * domain once more for each model. Immutable.
 */
final class QualityFeatures {

    private static final int MIN_SEEN = 10;
    private static final int MAX_WORDS = 40;
    private static final double MIDDLE = 0.5;
    private static final double LENGTH_SCALE = 5;

    private final Map<String, Integer> indexes = new HashMap<>();

    /** The features that are not 0, by index in ascending order. */
    static final class Row {

        final int[] indexes;
        final double[] values;

        Row(int[] indexes, double[] values) {
            this.indexes = indexes;
            this.values = values;
        }
    }

    private QualityFeatures() {}

    static QualityFeatures of(List<QualityQuestion> history) {
        QualityFeatures features = new QualityFeatures();
        features.add("one");
        Map<String, Map<String, Integer>> seen = new TreeMap<>();
        history.forEach(question -> named(question)
                .keySet()
                .forEach(name ->
                        seen.computeIfAbsent(kind(name), any -> new TreeMap<>()).merge(name, 1, Integer::sum)));
        seen.values()
                .forEach(names -> names.entrySet().stream()
                        .filter(name -> name.getValue() >= MIN_SEEN)
                        .sorted(Map.Entry.<String, Integer>comparingByValue()
                                .reversed()
                                .thenComparing(Map.Entry.comparingByKey()))
                        .limit(MAX_WORDS)
                        .forEach(name -> features.add(name.getKey())));
        return features;
    }

    private void add(String name) {
        indexes.putIfAbsent(name, indexes.size());
    }

    private static String kind(String name) {
        return name.substring(0, name.indexOf(':'));
    }

    int size() {
        return indexes.size();
    }

    Row row(QualityQuestion question) {
        Map<Integer, Double> values = new TreeMap<>();
        values.put(0, 1.0);
        named(question).forEach((name, value) -> {
            Integer index = indexes.get(name);
            if (index != null) {
                values.put(index, value);
            }
        });
        return new Row(
                values.keySet().stream().mapToInt(Integer::intValue).toArray(),
                values.values().stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static Map<String, Double> named(QualityQuestion question) {
        Map<String, Double> named = new TreeMap<>();
        String domain = question.domain().map(Domain::toString).orElse("");
        String model = question.model().orElse("");
        word(named, "domain", domain);
        word(named, "style", question.style().orElse(""));
        word(named, "model", model);
        word(named, "detail", question.detail().orElse(""));
        word(named, "model_domain", model.isEmpty() || domain.isEmpty() ? "" : model + " " + domain);
        if (question.complexity().isPresent()) {
            double complexity = 2 * (question.complexity().getAsDouble() - MIDDLE);
            named.put("complexity:", complexity);
            if (!model.isEmpty()) {
                named.put("model_complexity:" + model, complexity);
            }
        }
        if (question.confidence().isPresent()) {
            named.put("confidence:", 2 * (question.confidence().getAsDouble() - MIDDLE));
        }
        if (question.promptLength().isPresent()) {
            named.put("length:", Math.log1p(question.promptLength().getAsInt()) / LENGTH_SCALE - 1);
        }
        return named;
    }

    private static void word(Map<String, Double> named, String kind, String word) {
        if (!word.isEmpty()) {
            named.put(kind + ":" + word, 1.0);
        }
    }

    static double dot(Row row, double[] weights) {
        double sum = 0;
        for (int i = 0; i < row.indexes.length; i++) {
            sum += row.values[i] * weights[row.indexes[i]];
        }
        return sum;
    }
}
