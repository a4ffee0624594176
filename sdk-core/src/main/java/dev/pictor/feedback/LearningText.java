package dev.pictor.feedback;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Writes a report for people. */
final class LearningText {

    private LearningText() {}

    static String of(LearningReport report) {
        StringBuilder text = new StringBuilder();
        text.append("runs: ").append(report.rated().trials());
        report.firstRun().ifPresent(from -> text.append(", from ").append(from));
        report.lastRun().ifPresent(to -> text.append(" to ").append(to));
        text.append("\nrated: ").append(report.rated());
        text.append("\nsatisfied: ").append(report.satisfied());
        text.append("\nregenerated: ").append(report.regenerated());
        text.append("\nwithout text: ").append(report.withoutText()).append('\n');
        section(
                text,
                "new keywords",
                report.keywords(),
                keyword -> keyword.term() + " -> " + keyword.domain() + ": " + keyword.evidence());
        section(
                text,
                "thresholds",
                report.thresholds(),
                change -> change.name() + " " + change.before() + " -> " + change.after() + ": " + change.evidence());
        section(text, "calibration", report.calibrations(), LearningText::calibration);
        section(text, "weak templates", report.weakTemplates(), LearningText::template);
        section(text, "misroutes", report.misroutes(), LearningText::misroute);
        section(text, "notes", report.notes(), note -> note);
        return text.toString();
    }

    private static String calibration(TierCalibration tier) {
        return tier.tier() + (tier.isBetter() ? " -> " + tier.fitted() : " stays") + ": " + tier.evidence() + "\n    "
                + tier.inForce().toString().stripTrailing().replace("\n", "\n    ");
    }

    private static String template(TemplateRating template) {
        StringBuilder line = new StringBuilder(template.prompt())
                .append(": ")
                .append(template.satisfied())
                .append(" satisfied, truly ")
                .append(template.bounds())
                .append(template.isCertain() ? "" : ", may be chance")
                .append("; regenerated ")
                .append(template.regenerated());
        template.reasons()
                .forEach((reason, count) -> line.append(String.format(Locale.ROOT, "; %s %d", reason, count)));
        return line.toString();
    }

    private static String misroute(Misroute misroute) {
        return misroute.model() + " by " + misroute.routePolicy() + ": " + misroute.ratedDown()
                + " rated down, such as " + misroute.examples();
    }

    private static <T> void section(StringBuilder text, String head, List<T> items, Function<T, String> line) {
        text.append(head).append(items.isEmpty() ? ": none\n" : ":\n");
        items.forEach(item -> text.append("  ").append(line.apply(item)).append('\n'));
    }
}
