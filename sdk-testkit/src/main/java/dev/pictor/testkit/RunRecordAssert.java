package dev.pictor.testkit;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.model.Cost;
import dev.pictor.model.Money;
import dev.pictor.trace.CallRecord;
import dev.pictor.trace.ContentLevel;
import dev.pictor.trace.RedactedField;
import dev.pictor.trace.RedactionRecord;
import dev.pictor.trace.RunFeedback;
import dev.pictor.trace.RunRecord;
import dev.pictor.trace.RunStatus;
import dev.pictor.trace.StageOutcome;
import dev.pictor.trace.StageRecord;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/** Assertions on a run. Made by {@link TraceAssertions}. Not thread-safe. */
public final class RunRecordAssert extends AbstractAssert<RunRecordAssert, RunRecord> {

    RunRecordAssert(RunRecord actual) {
        super(actual, RunRecordAssert.class);
    }

    /**
     * Asserts how the run stands.
     *
     * @param status the expected status
     * @return this
     */
    @CanIgnoreReturnValue
    public RunRecordAssert hasStatus(RunStatus status) {
        Assertions.assertThat(actual.status())
                .as("status, error %s", actual.error())
                .isEqualTo(status);
        return this;
    }

    /**
     * Asserts which stages began.
     *
     * @param paths all of them, in the order in which they began; one that a resumed run began again counts again
     * @return this
     */
    @CanIgnoreReturnValue
    public RunRecordAssert hasStages(String... paths) {
        Assertions.assertThat(actual.stages())
                .extracting(StageRecord::path)
                .as("stages")
                .containsExactly(paths);
        return this;
    }

    /**
     * Asserts how a stage ended, for a resumed run the last time that it began.
     *
     * @param path the stage
     * @param outcome the expected outcome
     * @return this
     */
    @CanIgnoreReturnValue
    public RunRecordAssert hasStage(String path, StageOutcome outcome) {
        List<StageRecord> found = actual.stages().stream()
                .filter(stage -> stage.path().equals(path))
                .toList();
        Assertions.assertThat(found).as("stage %s", path).isNotEmpty();
        Assertions.assertThat(found.get(found.size() - 1).outcome())
                .as("outcome of stage %s", path)
                .contains(outcome);
        return this;
    }

    /**
     * Asserts how many calls to models there were.
     *
     * @param count those that failed included
     * @return this
     */
    @CanIgnoreReturnValue
    public RunRecordAssert hasCalls(int count) {
        Assertions.assertThat(actual.calls()).as("calls").hasSize(count);
        return this;
    }

    /**
     * Asserts which models answered.
     *
     * @param modelIds one for each call that had an answer, in the order in which the calls began
     * @return this
     */
    @CanIgnoreReturnValue
    public RunRecordAssert servedBy(String... modelIds) {
        Assertions.assertThat(actual.calls().stream().map(CallRecord::servedBy).flatMap(Optional::stream))
                .as("models that answered")
                .containsExactly(modelIds);
        return this;
    }

    /**
     * Asserts which calls failed.
     *
     * @param errorTypes one for each call that failed, such as {@code rate_limited}, in the order in which they began
     * @return this
     */
    @CanIgnoreReturnValue
    public RunRecordAssert hasFailedCalls(String... errorTypes) {
        Assertions.assertThat(actual.calls().stream().map(CallRecord::errorType).flatMap(Optional::stream))
                .as("error types of failed calls")
                .containsExactly(errorTypes);
        return this;
    }

    /**
     * Asserts that something was decided.
     *
     * @param kind the kind of the decision, such as {@code fallback}
     * @param chosen what was taken
     * @return this
     */
    @CanIgnoreReturnValue
    public RunRecordAssert hasDecision(String kind, String chosen) {
        Assertions.assertThat(actual.decisions())
                .as("decisions")
                .extracting(
                        made -> made.decision().kind(), made -> made.decision().chosen())
                .contains(Assertions.tuple(kind, chosen));
        return this;
    }

    /**
     * Asserts what the run cost, and that nothing of it is unknown.
     *
     * @param amount all of it
     * @return this
     */
    @CanIgnoreReturnValue
    public RunRecordAssert costs(Money amount) {
        Assertions.assertThat(actual.cost()).as("cost").isEqualTo(Cost.of(amount));
        return this;
    }

    /**
     * Asserts that the cost of at least one call is not known.
     *
     * @return this
     */
    @CanIgnoreReturnValue
    public RunRecordAssert hasUnknownCosts() {
        Assertions.assertThat(actual.cost().isComplete())
                .as("whether the cost, %s, is complete", actual.cost())
                .isFalse();
        return this;
    }

    /**
     * Asserts that no event is missing from the log.
     *
     * @return this
     */
    @CanIgnoreReturnValue
    public RunRecordAssert hasNoMissingEvents() {
        Assertions.assertThat(actual.missingEvents()).as("missing events").isZero();
        return this;
    }

    /**
     * Asserts how much of the run's content is in its trace.
     *
     * @param level the expected level
     * @return this
     */
    @CanIgnoreReturnValue
    public RunRecordAssert hasContent(ContentLevel level) {
        Assertions.assertThat(actual.content()).as("content level").isEqualTo(level);
        return this;
    }

    /**
     * Asserts that everything of the run was recorded.
     *
     * @return this
     */
    @CanIgnoreReturnValue
    public RunRecordAssert isSampled() {
        Assertions.assertThat(actual.sampled()).as("sampled").isTrue();
        return this;
    }

    /**
     * Asserts that sampling left out what is between start and end.
     *
     * @return this
     */
    @CanIgnoreReturnValue
    public RunRecordAssert isSampledOut() {
        Assertions.assertThat(actual.sampled()).as("sampled").isFalse();
        return this;
    }

    /**
     * Asserts that someone gave feedback.
     *
     * @param name what it is about
     * @param source who gave it
     * @return this
     */
    @CanIgnoreReturnValue
    public RunRecordAssert hasFeedback(String name, RunFeedback.Source source) {
        Assertions.assertThat(actual.feedback())
                .as("feedback")
                .extracting(RunFeedback::name, RunFeedback::source)
                .contains(Assertions.tuple(name, source));
        return this;
    }

    /**
     * Asserts that something was left out of the run's log by redaction.
     *
     * @param eventType the type of the event, such as {@code model_call.start}
     * @param path where in it, such as {@code /body/messages/0/parts/0/content}
     * @param rule by which rule: {@code name}, {@code shape}, {@code value} or {@code redactor}
     * @return this
     */
    @CanIgnoreReturnValue
    public RunRecordAssert hasRedaction(String eventType, String path, String rule) {
        Assertions.assertThat(actual.redactions())
                .as("redactions")
                .extracting(RedactionRecord::eventType, RedactionRecord::field)
                .contains(Assertions.tuple(eventType, new RedactedField(path, rule)));
        return this;
    }

    /**
     * Asserts that nothing was left out of the run's log by redaction.
     *
     * @return this
     */
    @CanIgnoreReturnValue
    public RunRecordAssert hasNoRedactions() {
        Assertions.assertThat(actual.redactions()).as("redactions").isEmpty();
        return this;
    }
}
