package dev.pictor.intent;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** Writes a lexicon so that people can read and compare it: one feature a line, words filled into lines. */
final class LexiconWriter {

    private static final int WIDTH = 120;
    private static final String ABOUT =
            "Words, weights and calibration of the keyword tier; docs/intent.md tells the form";

    private final StringBuilder out = new StringBuilder();

    private LexiconWriter() {}

    static String write(LexiconParts parts) {
        return new LexiconWriter().lexicon(parts);
    }

    private String lexicon(LexiconParts parts) {
        out.append("{\n");
        out.append("  \"about\": ").append(quote(ABOUT)).append(",\n");
        out.append("  \"version\": ").append(quote(parts.version())).append(",\n");
        out.append("  \"date\": ").append(quote(parts.date().toString())).append(",\n");
        StringJoiner styles = new StringJoiner(", ", "  \"styles\": {", "},\n");
        parts.defaultStyles().forEach((domain, style) -> styles.add(quote(domain.toString()) + ": " + quote(style)));
        out.append(styles);
        object("groups", parts.groups().stream().map(LexiconWriter::group).toList());
        object("pairs", parts.pairs().stream().map(LexiconWriter::pair).toList());
        List<String> weights = new ArrayList<>();
        parts.weights().forEach((feature, weight) -> weights.add("    " + quote(feature) + ": " + domains(weight)));
        object("weights", weights);
        calibration("calibration", parts.calibration());
        if (!parts.modelCalibration().equals(Calibration.none())) {
            calibration("model_calibration", parts.modelCalibration());
        }
        object("clarification", plain(parts.clarification()));
        object("complexity", plain(parts.complexity()));
        out.setLength(out.length() - 2); // the last comma
        return out.append("\n}\n").toString();
    }

    private void calibration(String field, Calibration calibration) {
        out.append("  ")
                .append(quote(field))
                .append(": ")
                .append(calibration.toJson())
                .append(",\n");
    }

    private void object(String field, List<String> lines) {
        out.append("  ").append(quote(field)).append(": {\n");
        out.append(String.join(",\n", lines));
        out.append(lines.isEmpty() ? "  },\n" : "\n  },\n");
    }

    private static String group(WordGroup group) {
        StringBuilder text = new StringBuilder("    " + quote(group.name()) + ": {\"role\": "
                + quote(group.role().toString()));
        group.domain().ifPresent(domain -> text.append(", \"domain\": ").append(quote(domain.toString())));
        group.style().ifPresent(style -> text.append(", \"style\": ").append(quote(style)));
        if (group.strength() > 0) {
            text.append(", \"strength\": ").append(number(group.strength()));
        }
        text.append(", \"phrases\": [\n");
        StringBuilder line = new StringBuilder("     ");
        for (int i = 0; i < group.phrases().size(); i++) {
            String next = " " + quote(group.phrases().get(i))
                    + (i + 1 < group.phrases().size() ? "," : "");
            if (line.length() + next.length() > WIDTH) {
                text.append(line).append('\n');
                line = new StringBuilder("     ");
            }
            line.append(next);
        }
        return text.append(line).append("]}").toString();
    }

    private static String pair(WordPair pair) {
        return "    " + quote(pair.name()) + ": {\"domain\": "
                + quote(pair.domain().toString()) + ", \"strength\": " + number(pair.strength()) + "}";
    }

    private static String domains(double[] weights) {
        StringJoiner text = new StringJoiner(", ", "{", "}");
        for (Domain domain : Domain.values()) {
            text.add(quote(domain.toString()) + ": " + number(weights[IntentModel.index(domain)]));
        }
        return text.toString();
    }

    private static List<String> plain(Map<String, Double> numbers) {
        List<String> lines = new ArrayList<>();
        numbers.forEach((name, value) -> lines.add("    " + quote(name) + ": " + number(value)));
        return lines;
    }

    /** At most six digits behind the point, and none that say nothing. */
    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.6f", value).replaceFirst("\\.?0+$", "");
        return text.isEmpty() || text.equals("-0") ? "0" : text;
    }

    private static String quote(String text) {
        return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }
}
