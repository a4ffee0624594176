package dev.pictor.replay;

import static dev.pictor.trace.StoredRunException.Reason.REDACTED;

import dev.pictor.pipeline.Pipeline;
import dev.pictor.trace.JournaledRun;
import dev.pictor.trace.JournaledValue;
import dev.pictor.trace.PromptRecord;
import dev.pictor.trace.RunRecord;
import dev.pictor.trace.StoredRunException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which stages of a past run a fork takes over, and from where on it runs anew.
 *
 * @param fromStage the first stage that is run anew
 * @param kept the stages whose outputs are taken over
 */
record ForkPlan(String fromStage, Set<String> kept) {

    /**
     * @throws IllegalArgumentException if a change touches nothing, or something that would be taken over
     * @throws StoredRunException if something that would be taken over was redacted
     */
    static ForkPlan of(Pipeline<?, ?> pipeline, RunRecord record, JournaledRun saved, RunChanges changes) {
        Set<String> touched = touched(pipeline, record, changes);
        if (touched.isEmpty() && changes.fromStage().isEmpty()) {
            throw new IllegalArgumentException("a fork of run " + record.runId()
                    + " needs a change, or fromStage to say from where on it runs anew");
        }
        Set<String> affected =
                pipeline.affectedBy(changes.fromStage().map(Set::of).orElse(touched));
        Set<String> outside = new LinkedHashSet<>(touched);
        outside.removeAll(affected);
        if (!outside.isEmpty()) {
            throw new IllegalArgumentException(
                    "fromStage " + changes.fromStage().orElse("") + " is behind " + String.join(", ", outside)
                            + ", which the changes touch");
        }
        Set<String> kept = new LinkedHashSet<>(saved.stages().keySet());
        kept.retainAll(pipeline.paths());
        kept.removeAll(affected);
        kept.forEach(path -> checkReadable(
                "the output of stage " + path, saved, saved.stages().get(path)));
        if (changes.input().isEmpty()) {
            checkReadable("the input", saved, saved.input());
        }
        String first = changes.fromStage()
                .orElseGet(() -> pipeline.paths().stream()
                        .filter(touched::contains)
                        .findFirst()
                        .orElseThrow());
        return new ForkPlan(first, Set.copyOf(kept));
    }

    private static Set<String> touched(Pipeline<?, ?> pipeline, RunRecord record, RunChanges changes) {
        Set<String> touched = new LinkedHashSet<>();
        if (changes.input().isPresent()) {
            touched.addAll(pipeline.paths());
        }
        changes.prompts().keySet().forEach(file -> {
            int dot = file.indexOf('.');
            String name = dot < 0 ? file : file.substring(0, dot);
            touched.addAll(renderers(
                    record,
                    file,
                    prompt -> prompt.name().equals(name)
                            && (dot < 0 || prompt.variant().orElse("").equals(file.substring(dot + 1)))));
        });
        changes.pins()
                .keySet()
                .forEach(name -> touched.addAll(
                        renderers(record, name, prompt -> prompt.name().equals(name))));
        touched.addAll(changes.models().keySet());
        touched.addAll(changes.parameters().keySet());
        return touched;
    }

    private static List<String> renderers(RunRecord record, String file, Predicate<PromptRecord> isMeant) {
        List<String> stages = record.prompts().stream()
                .filter(isMeant)
                .map(PromptRecord::stage)
                .filter(stage -> !stage.isEmpty())
                .distinct()
                .toList();
        if (stages.isEmpty()) {
            throw new IllegalArgumentException("run " + record.runId() + " rendered no prompt " + file);
        }
        return stages;
    }

    private static void checkReadable(String what, JournaledRun saved, @Nullable JournaledValue value) {
        if (value != null && value.json().isPresent() && isRedacted(value.json().get())) {
            throw new StoredRunException(REDACTED, what + " of run " + saved.runId() + " was redacted", null);
        }
    }

    private static boolean isRedacted(@Nullable Object json) {
        if (json instanceof Map<?, ?> members) {
            return members.values().stream().anyMatch(ForkPlan::isRedacted);
        }
        if (json instanceof List<?> items) {
            return items.stream().anyMatch(ForkPlan::isRedacted);
        }
        return RecordedRun.isRedacted(json);
    }
}
