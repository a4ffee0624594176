package dev.pictor.generation;

import dev.pictor.trace.Evaluation.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answer to the prompt {@code generation/judge}. The findings count for more than the verdict that goes with them: a
 * picture that misses a fact is not accepted, whatever the judge makes of it.
 */
final class JudgeAnswer {

    /** The lowest and the highest overall score. */
    private static final int WORST = 1;

    private static final int BEST = 10;

    /** From here on a picture is usable, by the anchors of the prompt: 6 is usable, 4 is not. */
    private static final int USABLE = 5;

    private static final List<String> SEVERITIES = List.of("CRITICAL", "MAJOR", "MINOR");

    private JudgeAnswer() {}

    static PictureJudgement read(Map<String, ?> answer, String judge) {
        List<Map<?, ?>> defects = objects(answer, "defects");
        List<String> missing = objects(answer, "facts").stream()
                .filter(fact -> Boolean.FALSE.equals(fact.get("met")))
                .map(fact -> text(fact.get("fact")))
                .toList();
        int overall = answer.get("overall") instanceof Number number
                ? Math.min(BEST, Math.max(WORST, number.intValue()))
                : WORST;
        String said = text(answer.get("verdict"));
        boolean isRejected = said.equals("REJECT");
        boolean isOfNoUse = isRejected
                || !missing.isEmpty()
                || overall < USABLE
                || defects.stream()
                        .anyMatch(defect -> text(defect.get("severity")).equals("CRITICAL"));
        return new PictureJudgementBuilder()
                .score((overall - WORST) / (double) (BEST - WORST))
                .verdict(isOfNoUse ? Verdict.FAIL : said.equals("ACCEPT") ? Verdict.PASS : Verdict.WARN)
                .problems(problems(defects))
                .missingFacts(missing)
                .reason(text(answer.get("reasoning")))
                .canBeDrawnBetter(!isRejected)
                .judge(judge)
                .build();
    }

    private static List<String> problems(List<Map<?, ?>> defects) {
        return defects.stream()
                .sorted(Comparator.comparingInt(defect -> rank(text(defect.get("severity")))))
                .map(defect -> text(defect.get("where")) + ": " + text(defect.get("description")))
                .toList();
    }

    private static int rank(String severity) {
        int rank = SEVERITIES.indexOf(severity);
        return rank < 0 ? SEVERITIES.size() : rank;
    }

    private static List<Map<?, ?>> objects(Map<String, ?> answer, String name) {
        List<Map<?, ?>> objects = new ArrayList<>();
        if (answer.get(name) instanceof List<?> list) {
            for (Object element : list) {
                if (element instanceof Map<?, ?> object) {
                    objects.add(object);
                }
            }
        }
        return objects;
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
