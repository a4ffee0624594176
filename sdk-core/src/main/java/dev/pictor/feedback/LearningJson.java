package dev.pictor.feedback;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pictor.trace.RunId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Writes a report for programs. */
final class LearningJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private LearningJson() {}

    static String of(LearningReport report) {
        Map<String, Object> json = new LinkedHashMap<>();
        report.firstRun().ifPresent(from -> json.put("from", from.toString()));
        report.lastRun().ifPresent(to -> json.put("to", to.toString()));
        json.put("rated", share(report.rated()));
        json.put("satisfied", share(report.satisfied()));
        json.put("regenerated", share(report.regenerated()));
        json.put("without_text", report.withoutText());
        json.put("keywords", all(report.keywords(), LearningJson::keyword));
        json.put("thresholds", all(report.thresholds(), LearningJson::threshold));
        json.put("calibrations", all(report.calibrations(), LearningJson::calibration));
        json.put("weak_templates", all(report.weakTemplates(), LearningJson::template));
        json.put("misroutes", all(report.misroutes(), LearningJson::misroute));
        json.put("changes", all(report.changes(), LearningJson::change));
        json.put("notes", report.notes());
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report is plain maps and lists", e);
        }
    }

    private static <T> List<Map<String, Object>> all(List<T> items, Function<T, Map<String, Object>> form) {
        return items.stream().map(form).toList();
    }

    private static Map<String, Object> share(Proportion share) {
        return fields("count", share.successes(), "of", share.trials());
    }

    private static Map<String, Object> keyword(NewKeyword keyword) {
        return fields(
                "term", keyword.term(),
                "domain", keyword.domain().toString(),
                "support", keyword.support(),
                "users", keyword.users(),
                "elsewhere", keyword.elsewhere(),
                "log_odds", keyword.logOdds(),
                "z", keyword.z());
    }

    private static Map<String, Object> threshold(ThresholdChange change) {
        return fields(
                "name", change.name(),
                "before", change.before(),
                "after", change.after(),
                "touched", share(change.touched()),
                "others", share(change.others()),
                "p", change.p(),
                "reason", change.reason());
    }

    private static Map<String, Object> calibration(TierCalibration tier) {
        return fields(
                "tier", tier.tier(),
                "expected_error", tier.inForce().expectedError(),
                "form", tier.fitted().form().name().toLowerCase(Locale.ROOT),
                "scores", tier.fitted().scores(),
                "values", tier.fitted().values(),
                "brier_in_force", tier.brierInForce(),
                "brier_fitted", tier.brierFitted(),
                "held_back", tier.heldBack(),
                "z", tier.z(),
                "better", tier.isBetter());
    }

    private static Map<String, Object> template(TemplateRating template) {
        return fields(
                "prompt", template.prompt(),
                "satisfied", share(template.satisfied()),
                "low", template.bounds().low(),
                "high", template.bounds().high(),
                "certain", template.isCertain(),
                "regenerated", share(template.regenerated()),
                "reasons", template.reasons());
    }

    private static Map<String, Object> misroute(Misroute misroute) {
        return fields(
                "model", misroute.model(),
                "policy", misroute.routePolicy(),
                "rated_down", share(misroute.ratedDown()),
                "examples", misroute.examples().stream().map(RunId::value).toList());
    }

    private static Map<String, Object> change(ProposedChange change) {
        return fields(
                "file", change.file(),
                "pointer", change.pointer(),
                "value", change.value(),
                "evidence", change.evidence());
    }

    private static Map<String, Object> fields(Object... namesAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }
}
