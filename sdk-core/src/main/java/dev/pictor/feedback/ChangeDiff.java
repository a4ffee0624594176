package dev.pictor.feedback;

import dev.pictor.prompts.LineDiff;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Shows what changes do to files. */
final class ChangeDiff {

    private ChangeDiff() {}

    static String of(List<ProposedChange> changes, Map<String, String> files) {
        Map<String, String> after = new LinkedHashMap<>();
        Map<String, StringBuilder> evidence = new LinkedHashMap<>();
        for (ProposedChange change : changes) {
            String before = files.get(change.file());
            if (before != null) {
                after.put(change.file(), change.applyTo(after.getOrDefault(change.file(), before)));
                evidence.computeIfAbsent(change.file(), any -> new StringBuilder())
                        .append("# ")
                        .append(change.value())
                        .append(" at ")
                        .append(change.pointer())
                        .append(": ")
                        .append(change.evidence())
                        .append('\n');
            }
        }
        StringBuilder patch = new StringBuilder();
        after.forEach((file, text) -> {
            String hunks = LineDiff.unified(LineDiff.between(files.getOrDefault(file, ""), text));
            if (!hunks.isEmpty()) {
                patch.append(evidence.get(file));
                patch.append("--- a/")
                        .append(file)
                        .append("\n+++ b/")
                        .append(file)
                        .append('\n');
                patch.append(hunks);
            }
        });
        return patch.toString();
    }
}
