package dev.pictor.testkit;

import static dev.pictor.pipeline.Needs.needs;
import static dev.pictor.testkit.TraceAssertions.assertThat;
import static dev.pictor.testkit.TraceAssertions.assertThatEvents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.PictureCheck;
import dev.pictor.gateway.resilience.RetryPolicy;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.PixelSize;
import dev.pictor.model.CallContext;
import dev.pictor.model.Cost;
import dev.pictor.model.EmbeddingRequest;
import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.Message;
import dev.pictor.model.MessagePart;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.Money;
import dev.pictor.model.OptionWarning;
import dev.pictor.model.Price;
import dev.pictor.model.Rate;
import dev.pictor.model.ReasoningRequest;
import dev.pictor.model.ReasoningResult;
import dev.pictor.model.Usage;
import dev.pictor.pipeline.DeadlineExceededException;
import dev.pictor.pipeline.Degradation;
import dev.pictor.pipeline.Pipeline;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.RunCancelledException;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.pipeline.RunResult;
import dev.pictor.pipeline.StageException;
import dev.pictor.pipeline.StageKey;
import dev.pictor.trace.ArtifactRef;
import dev.pictor.trace.CallRecord;
import dev.pictor.trace.MemoryRunStore;
import dev.pictor.trace.RunRecord;
import dev.pictor.trace.RunStatus;
import dev.pictor.trace.StageOutcome;
import dev.pictor.trace.TraceAttributes;
import dev.pictor.trace.TraceEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What happens to a call to a model, event by event, in both forms of a run. */
@Timeout(60)
class GatewayScenariosTest {

    private static final String SECRET = "sk-do-not-trace-me";
    private static final StageKey<ImageBytes> DRAW = StageKey.of("draw", ImageBytes.class);
    private static final StageKey<String> ASK = StageKey.of("ask", String.class);
    private static final ImageBytes PICTURE = FakePicture.of(new PixelSize(3, 2), 0xB5A642);
    private static final String[] FAILED_CALL = {
        "run.start", "stage.start", "model_call.start", "model_call.end", "answer", "stage.end", "run.end"
    };

    private final RecordingTraceSink sink = RecordingTraceSink.create();

    @RegisterExtension
    final TraceLifecycle lifecycle = TraceLifecycle.of(sink);

    private final MemoryRunStore artifacts = new MemoryRunStore();
    private final FakeImageModel painter = FakeImageModel.create();
    private final FakeReasoningModel reasoner = FakeReasoningModel.create();
    private final FakeEmbeddingModel embedder = FakeEmbeddingModel.create();
    private final PipelineRunner runner =
            PipelineRunner.builder().traceSink(sink).artifacts(artifacts).build();

    @AfterEach
    void close() {
        runner.close();
    }

    private Gateway gateway() {
        return Gateway.builder(painter)
                .retry(RetryPolicy.none())
                .pictureCheck(PictureCheck.none())
                .reasoningModel(reasoner)
                .embeddingModel(embedder)
                .build();
    }

    private Pipeline<String, ImageBytes> drawing(ImageRequest request) {
        Gateway gateway = gateway();
        return Pipeline.named("drawing", String.class)
                .stage(
                        DRAW,
                        (run, in) ->
                                gateway.generate(run, request).result().images().get(0))
                .returning(DRAW);
    }

    private Pipeline<String, ImageBytes> drawing() {
        return drawing(ImageRequest.builder("a brass lamp").build());
    }

    private <O> RunResult<O> run(Form form, Pipeline<String, O> pipeline) throws Exception {
        return form.start(runner, pipeline, "input", RunOptions.ofDefaults()).await();
    }

    private RunRecord record() {
        return sink.record(sink.events().get(0).runId());
    }

    private CallRecord call() {
        return record().calls().get(0);
    }

    private TraceEvent event(String type) {
        return sink.events().stream()
                .filter(event -> event.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private void assertHappened(String... types) {
        assertThatEvents(sink.events()).isWellFormed().hasTypes(types);
        assertThat(record()).hasNoMissingEvents();
    }

    @ParameterizedTest
    @EnumSource
    void recordsACallThatSucceeds(Form form) throws Exception {
        painter.thenReturn(PICTURE);

        RunResult<ImageBytes> result = run(form, drawing());

        assertThat(result.value()).isEqualTo(PICTURE);
        assertThat(result.degradations()).isEmpty();
        assertHappened(
                "run.start",
                "stage.start",
                "model_call.start",
                "artifact",
                "model_call.end",
                "answer",
                "stage.end",
                "run.end");
        assertThat(record())
                .hasStatus(RunStatus.SUCCEEDED)
                .hasStages("draw")
                .hasStage("draw", StageOutcome.EXECUTED)
                .hasCalls(1)
                .servedBy("fake-image-model")
                .hasFailedCalls()
                .costs(Money.usd(0));
        assertThat(record().artifacts())
                .singleElement()
                .satisfies(kept -> assertThat(kept.role()).isEqualTo("output"))
                .satisfies(kept -> assertThat(kept.artifact()).isEqualTo(ArtifactRef.of(PICTURE)));
        assertThat(artifacts.get(PICTURE.sha256())).contains(PICTURE.asByteBuffer());
        assertThat(call().stage()).isEqualTo("draw");
        assertThat(call().operation()).isEqualTo("generate_content");
    }

    @ParameterizedTest
    @EnumSource
    void keepsReferencesAndMaskAsArtifacts(Form form) throws Exception {
        ImageRequest request = ImageRequest.builder("a brass lamp")
                .addReferences(PICTURE)
                .mask(PICTURE)
                .count(2)
                .build();

        assertThat(run(form, drawing(request)).value().size()).isEqualTo(new PixelSize(64, 64));

        assertHappened(
                "run.start",
                "stage.start",
                "artifact",
                "artifact",
                "model_call.start",
                "artifact",
                "artifact",
                "model_call.end",
                "answer",
                "stage.end",
                "run.end");
        assertThat(record().artifacts())
                .extracting(kept -> kept.role())
                .containsExactly("input", "mask", "output", "output");
    }

    @ParameterizedTest
    @EnumSource
    void recordsOptionsThatWereNotHonoured(Form form) throws Exception {
        painter.profile(painter.profile().toBuilder()
                        .retiresOn(LocalDate.of(2020, 1, 1))
                        .build())
                .thenReturn(ImageResult.builder("fake-image-model", List.of(PICTURE))
                        .addWarnings(new OptionWarning("seed", "has no effect"))
                        .build());

        assertThat(run(form, drawing(ImageRequest.builder("a lamp").count(2).build()))
                        .value())
                .isEqualTo(PICTURE);

        assertHappened(
                "run.start",
                "stage.start",
                "model_call.start",
                "artifact",
                "model_call.end",
                "answer",
                "stage.end",
                "run.end");
        assertThat(call().warnings())
                .containsExactly(
                        new OptionWarning("seed", "has no effect"),
                        new OptionWarning("count", "asked for 2 pictures, got 1"),
                        new OptionWarning(
                                "model", "the vendor retires fake-image-model on 2020-01-01: choose another"));
    }

    static Stream<Arguments> failures() {
        return Arrays.stream(Form.values())
                .flatMap(form -> Arrays.stream(Reason.values())
                        .flatMap(reason ->
                                Arrays.stream(Billed.values()).map(billed -> Arguments.of(form, reason, billed))));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void recordsWhyAModelFailedAndWhetherItWasBilled(Form form, Reason reason, Billed billed) {
        painter.thenFail(reason, billed);

        ModelException failure = catchThrowableOfType(ModelException.class, () -> run(form, drawing()));

        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.stage()).contains("draw");
        assertHappened(FAILED_CALL);
        assertThat(failure.runId()).contains(record().runId().value());
        assertThat(event("model_call.end").attributes())
                .containsEntry(TraceAttributes.ERROR_TYPE, reason.name().toLowerCase(Locale.ROOT))
                .containsEntry(TraceAttributes.BILLED, billed.name().toLowerCase(Locale.ROOT));
        assertThat(record())
                .hasStatus(RunStatus.FAILED)
                .hasStage("draw", StageOutcome.FAILED)
                .hasFailedCalls(reason.name().toLowerCase(Locale.ROOT))
                .servedBy();
        boolean free = billed == Billed.NOT_SENT || billed == Billed.REJECTED;
        assertThat(call().cost()).contains(free ? Cost.nothing() : Cost.unknown());
    }

    @ParameterizedTest
    @EnumSource
    void doesNotTakeAnUnknownPriceForZero(Form form) throws Exception {
        painter.profile(ModelProfile.builder("unpriced", "acme").build()).thenReturn(PICTURE);

        assertThat(run(form, drawing()).value()).isEqualTo(PICTURE);

        assertThat(record()).hasUnknownCosts();
        assertThat(call().cost()).contains(Cost.unknown());
    }

    @ParameterizedTest
    @EnumSource
    void reckonsTheCostFromTheUsage(Form form) throws Exception {
        painter.profile(ModelProfile.builder("priced", "acme")
                        .price(Price.builder("a price list", LocalDate.of(2026, 11, 20))
                                .addRates(
                                        Rate.perMillionTokens(Rate.Modality.TEXT, Rate.Direction.INPUT, "0.30"),
                                        Rate.perMillionTokens(Rate.Modality.IMAGE, Rate.Direction.OUTPUT, "30"))
                                .build())
                        .build())
                .thenReturn(ImageResult.builder("priced-001", List.of(PICTURE))
                        .usage(Usage.builder()
                                .inputTextTokens(1000)
                                .outputImageTokens(1290)
                                .images(1)
                                .build())
                        .build());

        assertThat(run(form, drawing()).value()).isEqualTo(PICTURE);

        assertThat(record()).costs(Money.usd(39_000_000)).servedBy("priced-001");
        assertThat(event("model_call.end").attributes())
                .containsEntry(TraceAttributes.INPUT_TOKENS, 1000L)
                .containsEntry(TraceAttributes.OUTPUT_TOKENS, 1290L);
    }

    @ParameterizedTest
    @EnumSource
    void sendsNothingThatTheModelCannotDo(Form form) {
        painter.profile(ModelProfile.builder("narrow", "acme")
                .maxSize(new PixelSize(512, 512))
                .build());
        ImageRequest request = ImageRequest.builder("a lamp")
                .addReferences(PICTURE)
                .size(new PixelSize(1024, 512))
                .build();

        ModelException failure = catchThrowableOfType(ModelException.class, () -> run(form, drawing(request)));

        assertThat(failure.reason()).isEqualTo(Reason.INVALID_REQUEST);
        assertThat(failure)
                .hasMessageContaining("model narrow takes at most 0 reference pictures, the request has 1; "
                        + "draws at most 512x512, the request asks for 1024x512");
        assertThat(painter.requests()).isEmpty();
        assertHappened("run.start", "stage.start", "answer", "stage.end", "run.end");
        assertThat(record()).hasFailedCalls().costs(Money.usd(0));
    }

    @ParameterizedTest
    @EnumSource
    void endsAStalledCallAtTheDeadline(Form form) {
        painter.thenStall();
        RunOptions options =
                RunOptions.builder().deadline(Duration.ofMillis(500)).build();

        assertThatThrownBy(() -> form.start(runner, drawing(), "input", options).await())
                .isInstanceOfSatisfying(
                        DeadlineExceededException.class,
                        failure -> assertThat(failure.stage()).contains("draw"));

        assertHappened(FAILED_CALL);
        assertThat(record()).hasStatus(RunStatus.FAILED).hasUnknownCosts().hasFailedCalls("timed_out");
        assertThat(event("run.end").attributes())
                .containsEntry(TraceAttributes.ERROR_TYPE, "DeadlineExceededException");
    }

    @ParameterizedTest
    @EnumSource
    void endsAStalledCallWhenTheRunIsCancelled(Form form) throws Exception {
        painter.thenStall();
        Form.Running<ImageBytes> running = form.start(runner, drawing(), "input", RunOptions.ofDefaults());
        painter.awaitRequests(1, Duration.ofSeconds(10));

        running.cancel();

        assertThatThrownBy(running::await).isInstanceOf(RunCancelledException.class);
        assertHappened(FAILED_CALL);
        assertThat(record()).hasStatus(RunStatus.CANCELLED).hasUnknownCosts().hasFailedCalls("cancelled");
    }

    @ParameterizedTest
    @EnumSource
    void recordsWhatAReasoningModelReadAndAnswered(Form form) throws Exception {
        MessagePart.Pdf brief = MessagePart.Pdf.of("%PDF-1.7 a brief".getBytes(StandardCharsets.US_ASCII));
        ReasoningRequest request = ReasoningRequest.builder(List.of(new Message(
                        Message.Role.USER,
                        List.of(new MessagePart.Text("what is this?"), new MessagePart.Picture(PICTURE), brief))))
                .answerSchema(Map.of("type", "object"))
                .build();
        reasoner.thenReturn(ReasoningResult.builder("reasoner-2", "{\"is\":\"a lamp\"}")
                .usage(Usage.builder().inputTextTokens(7).outputTextTokens(5).build())
                .build());
        Gateway gateway = gateway();
        Pipeline<String, String> asking = Pipeline.named("asking", String.class)
                .stage(ASK, (run, in) -> gateway.reason(run, request).result().text())
                .returning(ASK);

        assertThat(run(form, asking).value()).isEqualTo("{\"is\":\"a lamp\"}");

        assertHappened(
                "run.start",
                "stage.start",
                "artifact",
                "artifact",
                "model_call.start",
                "model_call.end",
                "answer",
                "stage.end",
                "run.end");
        assertThat(record()).servedBy("reasoner-2").costs(Money.usd(0));
        assertThat(call().operation()).isEqualTo("chat");
        assertThat(call().response()).containsEntry("text", "{\"is\":\"a lamp\"}");
        assertThat(artifacts.get(brief.sha256())).contains(brief.asByteBuffer());
        assertThat(reasoner.requests()).containsExactly(request);
    }

    @ParameterizedTest
    @EnumSource
    void recordsTheNumberOfVectorsAndKeepsThemAsAnArtifact(Form form) throws Exception {
        EmbeddingRequest request = new EmbeddingRequest(List.of("a lamp", "a desk"));
        Gateway gateway = gateway();
        Pipeline<String, String> embedding = Pipeline.named("embedding", String.class)
                .stage(
                        ASK,
                        (run, in) -> gateway.embed(run, request)
                                        .result()
                                        .embeddings()
                                        .size() + " vectors")
                .returning(ASK);

        assertThat(run(form, embedding).value()).isEqualTo("2 vectors");

        assertHappened(
                "run.start",
                "stage.start",
                "model_call.start",
                "artifact",
                "model_call.end",
                "answer",
                "stage.end",
                "run.end");
        assertThat(record()).servedBy("fake-embedding-model");
        assertThat(call().response())
                .containsOnlyKeys("embeddings", "dimensions", "sha256")
                .containsEntry("embeddings", 2)
                .containsEntry("dimensions", FakeEmbeddingModel.DIMENSIONS);
        assertThat(embedder.requests()).containsExactly(request);
    }

    @ParameterizedTest
    @EnumSource
    void goesOnWithTheFallbackAndSaysSo(Form form) throws Exception {
        painter.thenFail(Reason.RATE_LIMITED, Billed.REJECTED);
        Gateway gateway = gateway();
        Pipeline<String, ImageBytes> optional = Pipeline.named("drawing", String.class)
                .stage(
                        DRAW,
                        (run, in) -> gateway.generate(
                                        run, ImageRequest.builder("a lamp").build())
                                .result()
                                .images()
                                .get(0))
                .fallback((run, in, failure) -> PICTURE)
                .returning(DRAW);

        RunResult<ImageBytes> result = run(form, optional);

        assertThat(result.value()).isEqualTo(PICTURE);
        assertThat(result.degradations()).extracting(Degradation::stage).containsExactly("draw");
        assertHappened(
                "run.start",
                "stage.start",
                "model_call.start",
                "model_call.end",
                "answer",
                "decision",
                "stage.end",
                "run.end");
        assertThat(record())
                .hasStatus(RunStatus.SUCCEEDED)
                .hasStage("draw", StageOutcome.FALLBACK)
                .hasDecision("fallback", "yes")
                .hasFailedCalls("rate_limited");
    }

    @ParameterizedTest
    @EnumSource
    void tracesOnlyTheKindOfAFailureThatIsNotOurs(Form form) {
        painter.thenThrow(new IllegalStateException("the key is " + SECRET));

        assertThatThrownBy(() -> run(form, drawing()))
                .isInstanceOf(StageException.class)
                .hasRootCauseMessage("the key is " + SECRET)
                .hasMessageStartingWith("stage draw failed: java.lang.IllegalStateException");

        assertHappened(FAILED_CALL);
        assertThat(record()).hasFailedCalls("IllegalStateException").hasUnknownCosts();
        assertThat(record().error())
                .hasValueSatisfying(
                        error -> assertThat(error).startsWith("stage draw failed: java.lang.IllegalStateException"));
        assertThatEvents(sink.events()).doNotMention(SECRET);
    }

    @ParameterizedTest
    @EnumSource
    void endsEverythingThatAnErrorBreaksOff(Form form) {
        Error broken = new NoClassDefFoundError(SECRET);
        Gateway gateway = Gateway.builder(new ImageModelAdapter() {
                    @Override
                    public ModelProfile profile() {
                        return painter.profile();
                    }

                    @Override
                    public ImageResult generate(ImageRequest request, CallContext call) {
                        throw broken;
                    }
                })
                .build();
        Pipeline<String, ImageBytes> pipeline = Pipeline.named("drawing", String.class)
                .stage(
                        DRAW,
                        (run, in) -> gateway.generate(
                                        run, ImageRequest.builder("a lamp").build())
                                .result()
                                .images()
                                .get(0))
                .fallback((run, in, failure) -> PICTURE)
                .returning(DRAW);

        assertThatThrownBy(() -> run(form, pipeline)).isSameAs(broken);

        assertHappened(FAILED_CALL);
        assertThat(record()).hasStatus(RunStatus.FAILED).hasFailedCalls("NoClassDefFoundError");
        assertThatEvents(sink.events()).doNotMention(SECRET);
    }

    @ParameterizedTest
    @EnumSource
    void saysWhyItFellBackWithoutTheWordsOfAFailureThatIsNotOurs(Form form) throws Exception {
        Pipeline<String, String> optional = Pipeline.named("asking", String.class)
                .stage(ASK, (run, in) -> {
                    throw new IOException("the key is " + SECRET);
                })
                .fallback((run, in, failure) -> "nothing")
                .returning(ASK);

        RunResult<String> result = run(form, optional);

        assertThat(result.degradations())
                .singleElement()
                .satisfies(degradation -> assertThat(degradation.reason())
                        .startsWith("the fallback took over: stage ask failed: java.io.IOException"))
                .satisfies(degradation -> assertThat(degradation.reason()).doesNotContain(SECRET));
        assertThatEvents(sink.events()).isWellFormed().doNotMention(SECRET);
    }

    @ParameterizedTest
    @EnumSource
    void tracesOnlyTheKindOfWhatAStoppedSiblingFailedWith(Form form) {
        CountDownLatch waiting = new CountDownLatch(1);
        Gateway gateway = gateway();
        painter.thenFail(Reason.UNAVAILABLE, Billed.NOT_SENT);
        Pipeline<String, String> siblings = Pipeline.named("siblings", String.class)
                .stage(DRAW, (run, in) -> {
                    waiting.await();
                    return gateway.generate(run, ImageRequest.builder("a lamp").build())
                            .result()
                            .images()
                            .get(0);
                })
                .stage(ASK, (run, in) -> {
                    waiting.countDown();
                    try {
                        new CountDownLatch(1).await();
                        return in;
                    } catch (InterruptedException e) {
                        throw new IOException("interrupted with " + SECRET, e);
                    }
                })
                .stage(StageKey.of("end", String.class), needs(DRAW, ASK), (run, in, draw, ask) -> ask)
                .returning(ASK);

        assertThatThrownBy(() -> run(form, siblings)).isInstanceOf(ModelException.class);

        assertThat(record()).hasStage("ask", StageOutcome.FAILED).hasStage("draw", StageOutcome.FAILED);
        assertThatEvents(sink.events()).isWellFormed().doNotMention(SECRET);
    }

    @ParameterizedTest
    @EnumSource
    void callsTheModelAndKeepsNothingWhenNobodyListens(Form form) throws Exception {
        painter.thenReturn(PICTURE);
        try (PipelineRunner silent =
                PipelineRunner.builder().artifacts(artifacts).build()) {
            assertThat(form.start(silent, drawing(), "input", RunOptions.ofDefaults())
                            .await()
                            .value())
                    .isEqualTo(PICTURE);
        }
        assertThat(painter.requests()).hasSize(1);
        assertThat(sink.events()).isEmpty();
        assertThat(artifacts.get(PICTURE.sha256())).isEmpty();
    }

    /** Whoever notices first that the time is over, timer or gateway: the run is late, and nobody interrupted it. */
    @ParameterizedTest
    @EnumSource
    void endsARunWhoseTimeIsOverBeforeTheCallAsLateAndNotAsInterrupted(Form form) {
        Gateway gateway = gateway();
        Pipeline<String, ImageBytes> late = Pipeline.named("late", String.class)
                .stage(DRAW, (run, in) -> {
                    while (!run.timeLeft().isZero()) {
                        Thread.onSpinWait();
                    }
                    return gateway.generate(run, ImageRequest.builder("a lamp").build())
                            .result()
                            .images()
                            .get(0);
                })
                .returning(DRAW);
        RunOptions options = RunOptions.builder().deadline(Duration.ofMillis(2)).build();

        for (int i = 0; i < 50; i++) {
            assertThatThrownBy(() -> form.start(runner, late, "input", options).await())
                    .isInstanceOf(DeadlineExceededException.class);
            assertThatThrownBy(() -> runner.run(late, "input", options)).isInstanceOf(DeadlineExceededException.class);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
        assertThat(painter.requests()).isEmpty();
    }
}
