package dev.pictor.trace;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Folds what a run's events say of the recording itself: how much of it there is, what was left out, what was added later. */
final class RecordingFold {

    private final RunTally tally = new RunTally();

    RunTally tally() {
        return tally;
    }

    void apply(TraceEvent event, RunRecordBuilder run) {
        tally.add(event);
        event.redactions()
                .forEach(field -> run.addRedactions(new RedactionRecordBuilder()
                        .sequence(event.sequence())
                        .eventType(event.type())
                        .field(field)
                        .build()));
        switch (event.type()) {
            case TraceEvent.RUN_START -> {
                run.content(content(event).orElse(ContentLevel.FULL))
                        .environment(optional(event, TraceAttributes.ENVIRONMENT))
                        .sdkVersion(optional(event, TraceAttributes.SDK_VERSION))
                        .lineage(lineage(event));
                event.traceId().ifPresent(run::traceId);
            }
            case TraceEvent.RUN_END ->
                run.sampled(!Boolean.FALSE.equals(event.attributes().get(TraceAttributes.SAMPLED)));
            case TraceEvent.FEEDBACK -> feedback(event).ifPresent(run::addFeedback);
            default -> {} // says nothing of the recording
        }
    }

    private static Optional<RunLineage> lineage(TraceEvent event) {
        Optional<RunId> of = optional(event, TraceAttributes.REPLAY_OF)
                .filter(RunId::isRunId)
                .map(RunId::new);
        return of.map(past -> new RunLineageBuilder()
                .of(past)
                .mode(optional(event, TraceAttributes.REPLAY_MODE).orElse("unknown"))
                .fromStage(optional(event, TraceAttributes.REPLAY_FROM_STAGE))
                .changes(
                        event.attributes().get(TraceAttributes.REPLAY_CHANGES) instanceof List<?> changes
                                ? changes.stream().map(String::valueOf).toList()
                                : List.of())
                .build());
    }

    static Optional<ContentLevel> content(TraceEvent event) {
        return word(optional(event, TraceAttributes.CONTENT), ContentLevel.class);
    }

    static Optional<RunFeedback> feedback(TraceEvent event) {
        Optional<String> name = optional(event, TraceAttributes.FEEDBACK_NAME);
        Optional<RunFeedback.Source> source =
                word(optional(event, TraceAttributes.FEEDBACK_SOURCE), RunFeedback.Source.class);
        if (name.isEmpty() || source.isEmpty()) {
            return Optional.empty();
        }
        @Nullable Object score = event.attributes().get(TraceAttributes.FEEDBACK_SCORE);
        @Nullable Object comment = event.body().get("comment");
        return Optional.of(RunFeedback.builder(name.get(), source.get())
                .score(
                        score instanceof Number number
                                ? OptionalDouble.of(number.doubleValue())
                                : OptionalDouble.empty())
                .label(optional(event, TraceAttributes.FEEDBACK_LABEL))
                .comment(Optional.ofNullable(comment).map(String::valueOf))
                .time(event.time())
                .build());
    }

    static TraceEvent event(RunId runId, RunFeedback feedback, Instant now) {
        TraceFields attributes = TraceFields.of(
                TraceAttributes.FEEDBACK_NAME,
                feedback.name(),
                TraceAttributes.FEEDBACK_SOURCE,
                feedback.source().name().toLowerCase(Locale.ROOT),
                TraceAttributes.FEEDBACK_SCORE,
                feedback.score().isPresent() ? (Double) feedback.score().getAsDouble() : null,
                TraceAttributes.FEEDBACK_LABEL,
                feedback.label().orElse(null));
        EventCleaner cleaner = new EventCleaner(Redaction.ofDefaults());
        return TraceEvent.builder(runId, TraceEvent.FEEDBACK, feedback.time().orElse(now))
                .attributes(cleaner.clean("attributes", attributes))
                .body(cleaner.clean(
                        "body", TraceFields.of("comment", feedback.comment().orElse(null))))
                .redactions(cleaner.redactions())
                .build();
    }

    private static Optional<String> optional(TraceEvent event, String attribute) {
        return Optional.ofNullable(event.attributes().get(attribute)).map(String::valueOf);
    }

    private static <E extends Enum<E>> Optional<E> word(Optional<String> said, Class<E> words) {
        return said.flatMap(text -> Arrays.stream(words.getEnumConstants())
                .filter(word -> word.name().equalsIgnoreCase(text))
                .findFirst());
    }
}
