package dev.pictor.testkit;

import static dev.pictor.testkit.GatewayCalls.model;
import static dev.pictor.testkit.GatewayCalls.usd;
import static dev.pictor.testkit.TraceAssertions.assertThatEvents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.gateway.AnswerSource;
import dev.pictor.gateway.CallOptions;
import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.GatewayBuilder;
import dev.pictor.gateway.HedgePolicy;
import dev.pictor.gateway.ModelAnswer;
import dev.pictor.gateway.PictureCheck;
import dev.pictor.gateway.budget.Budget;
import dev.pictor.gateway.budget.BudgetExceededException;
import dev.pictor.gateway.budget.Budgets;
import dev.pictor.gateway.budget.MemoryLedger;
import dev.pictor.gateway.cache.CacheSettings;
import dev.pictor.gateway.resilience.BreakerPolicy;
import dev.pictor.gateway.resilience.GatewayRefusedException;
import dev.pictor.gateway.resilience.RetryPolicy;
import dev.pictor.gateway.semantic.SemanticSettings;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.PixelSize;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.pipeline.Pipeline;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.RunContext;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.pipeline.StageKey;
import dev.pictor.trace.RunId;
import dev.pictor.trace.TraceAttributes;
import dev.pictor.trace.TraceEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a call on its road writes into the trace, event by event, in every way to make one. */
@Timeout(60)
class GatewayRoadScenariosTest {

    private static final StageKey<String> CALL = StageKey.of("call", String.class);
    private static final RetryPolicy AT_ONCE =
            RetryPolicy.builder().baseDelay(Duration.ZERO).build();

    private final RecordingTraceSink sink = RecordingTraceSink.create();

    @RegisterExtension
    final TraceLifecycle lifecycle = TraceLifecycle.of(sink);

    private final PipelineRunner runner =
            PipelineRunner.builder().traceSink(sink).build();
    private final List<Gateway> gateways = new ArrayList<>();
    private final FakeImageModel painter = model("painter", "0.10");
    private final FakeImageModel second = model("second", "0.10");

    /** The ways to make a call. */
    enum Way {
        BLOCKING(Form.BLOCKING, false),
        ASYNC_RUN(Form.ASYNC, false),
        ASYNC_CALL(Form.BLOCKING, true);

        private final Form form;
        private final boolean isAsyncCall;

        Way(Form form, boolean isAsyncCall) {
            this.form = form;
            this.isAsyncCall = isAsyncCall;
        }

        ModelAnswer<ImageResult> call(RunContext run, Gateway gateway, ImageRequest request, CallOptions options)
                throws Exception {
            if (!isAsyncCall) {
                return gateway.generate(run, request, options);
            }
            try {
                return gateway.generateAsync(run, request, options).get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof Exception failure ? failure : e;
            }
        }
    }

    @AfterEach
    void close() {
        gateways.forEach(Gateway::close);
        runner.close();
    }

    private Gateway open(GatewayBuilder builder) {
        Gateway gateway = builder.pictureCheck(PictureCheck.none()).build();
        gateways.add(gateway);
        return gateway;
    }

    @CanIgnoreReturnValue
    private ModelAnswer<ImageResult> call(Way way, Gateway gateway, String prompt) throws Exception {
        return call(way, gateway, prompt, CallOptions.ofDefaults());
    }

    @CanIgnoreReturnValue
    private ModelAnswer<ImageResult> call(Way way, Gateway gateway, String prompt, CallOptions options)
            throws Exception {
        AtomicReference<ModelAnswer<ImageResult>> answer = new AtomicReference<>();
        Pipeline<String, String> pipeline = Pipeline.named("calls", String.class)
                .stage(CALL, (run, input) -> {
                    answer.set(
                            way.call(run, gateway, ImageRequest.builder(prompt).build(), options));
                    return "done";
                })
                .returning(CALL);
        var unused = way.form
                .start(runner, pipeline, "input", RunOptions.ofDefaults())
                .await();
        return answer.get();
    }

    /** The events of the last run, a decision by its kind. */
    private List<String> happened() {
        RunId last = sink.events().get(sink.events().size() - 1).runId();
        List<TraceEvent> events = sink.events(last);
        assertThatEvents(events).isWellFormed();
        return events.stream()
                .map(event -> event.type().equals(TraceEvent.DECISION)
                        ? String.valueOf(event.attributes().get(TraceAttributes.DECISION_KIND))
                        : event.type())
                .filter(type -> !type.startsWith("run.") && !type.startsWith("stage.") && !type.equals("artifact"))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("R7: a retry that succeeds")
    void aRetryThatSucceeds(Way way) throws Exception {
        painter.thenFail(Reason.UNAVAILABLE, Billed.REJECTED);

        ModelAnswer<ImageResult> answer =
                call(way, open(Gateway.builder(painter).retry(AT_ONCE)), "a lamp");

        assertThat(answer.attempts()).hasSize(2);
        assertThat(happened())
                .containsExactly(
                        "model_call.start", "model_call.end", "retry", "model_call.start", "model_call.end", "answer");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("R16: a fallback")
    void aFallback(Way way) throws Exception {
        painter.thenFail(Reason.UNAVAILABLE, Billed.REJECTED);
        Gateway gateway = open(Gateway.builder(painter).addImageModel(second).retry(RetryPolicy.none()));

        assertThat(call(way, gateway, "a lamp").isFallback()).isTrue();

        assertThat(happened())
                .containsExactly(
                        "route",
                        "model_call.start",
                        "model_call.end",
                        "fallback",
                        "model_call.start",
                        "model_call.end",
                        "answer");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("R19: an answer from the cache")
    void anAnswerFromTheCache(Way way) throws Exception {
        Gateway gateway = open(Gateway.builder(painter).cache(CacheSettings.ofDefaults()));
        assertThat(call(way, gateway, "a lamp").source()).isEqualTo(AnswerSource.MODEL);
        assertThat(happened()).containsExactly("cache", "model_call.start", "model_call.end", "answer");

        assertThat(call(way, gateway, "a lamp").source()).isEqualTo(AnswerSource.MEMORY_CACHE);

        assertThat(happened()).containsExactly("cache", "answer");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("R21: an answer to what means the same")
    void anAnswerToWhatMeansTheSame(Way way) throws Exception {
        Gateway gateway = open(Gateway.builder(painter)
                .cache(CacheSettings.ofDefaults())
                .semantic(SemanticSettings.builder().build()));
        var unused = call(way, gateway, "a red chair in a bright room");

        assertThat(call(way, gateway, "A RED chair in a bright room!").source()).isEqualTo(AnswerSource.SEMANTIC_CACHE);

        assertThat(happened()).containsExactly("cache", "cache", "answer");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("R2: a call over budget")
    void aCallOverBudget(Way way) {
        Gateway gateway = open(Gateway.builder(painter)
                .budgets(Budgets.builder(MemoryLedger.create())
                        .add(Budget.usd("0.05"))
                        .build()));

        assertThatThrownBy(() -> call(way, gateway, "a lamp")).isInstanceOf(BudgetExceededException.class);

        assertThat(happened()).containsExactly("answer");
        assertThat(painter.requests()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("R20: a useless picture that is drawn anew")
    void aUselessPictureIsDrawnAnew(Way way) throws Exception {
        byte[] whole = FakePicture.png(new PixelSize(64, 64), 0, 0xFFFFFF, 1, 2_000);
        painter.thenReturn(ImageBytes.of(Arrays.copyOf(whole, whole.length / 2)));
        Gateway gateway = Gateway.builder(painter)
                .pictureCheck(PictureCheck.builder().redraws(1).build())
                .build();
        gateways.add(gateway);

        ModelAnswer<ImageResult> answer = call(way, gateway, "a lamp");

        assertThat(answer.cost().amount()).contains(usd("0.20"));
        assertThat(happened())
                .containsExactly(
                        "model_call.start",
                        "model_call.end",
                        "evaluation",
                        "retry",
                        "model_call.start",
                        "model_call.end",
                        "answer");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("R18: a hedge that wins")
    void aHedgeThatWins(Way way) throws Exception {
        painter.thenStall();
        Gateway gateway = open(Gateway.builder(painter)
                .hedge(HedgePolicy.upTo(usd("0.10"))
                        .after(Duration.ofMillis(20))
                        .build()));

        assertThat(call(way, gateway, "a lamp").attempts()).hasSize(2);

        assertThat(happened())
                .containsExactly(
                        "model_call.start", "hedge", "model_call.start", "model_call.end", "model_call.end", "answer");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("R21: a picture of last resort")
    void aPictureOfLastResort(Way way) throws Exception {
        Gateway gateway = open(Gateway.builder(painter)
                .retry(RetryPolicy.none())
                .cache(CacheSettings.ofDefaults())
                .semantic(SemanticSettings.builder().build()));
        var unused = call(way, gateway, "a brass lamp on a walnut desk");
        painter.thenFail(Reason.UNAVAILABLE, Billed.UNKNOWN_OUTCOME);

        ModelAnswer<ImageResult> answer = call(
                way,
                gateway,
                "a silver lamp on an oak desk",
                CallOptions.builder().lastResort(true).build());

        assertThat(answer.source()).isEqualTo(AnswerSource.LAST_RESORT);
        assertThat(answer.cost().isComplete()).isFalse();
        assertThat(happened()).containsExactly("cache", "model_call.start", "model_call.end", "fallback", "answer");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("R27: a call that a breaker refuses")
    void aCallThatABreakerRefuses(Way way) {
        painter.thenFail(Reason.UNAVAILABLE, Billed.REJECTED);
        Gateway gateway = open(Gateway.builder(painter)
                .retry(RetryPolicy.none())
                .breaker(BreakerPolicy.builder().minimumCalls(1).build()));
        assertThatThrownBy(() -> call(way, gateway, "a lamp")).isInstanceOf(ModelException.class);

        assertThatThrownBy(() -> call(way, gateway, "a lamp"))
                .isInstanceOfSatisfying(
                        GatewayRefusedException.class,
                        refusal -> assertThat(refusal.runId()).isPresent());

        assertThat(happened()).containsExactly("answer");
        assertThat(painter.requests()).hasSize(1);
    }
}
