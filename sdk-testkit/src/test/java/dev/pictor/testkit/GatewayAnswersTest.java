package dev.pictor.testkit;

import static dev.pictor.testkit.GatewayCalls.inRun;
import static dev.pictor.testkit.GatewayCalls.usd;
import static dev.pictor.testkit.TraceAssertions.assertThatEvents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pictor.gateway.AnswerSource;
import dev.pictor.gateway.CallOptions;
import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.GatewayBuilder;
import dev.pictor.gateway.ModelAnswer;
import dev.pictor.gateway.StructuredAnswer;
import dev.pictor.gateway.StructuredRequest;
import dev.pictor.gateway.StructuredRequestBuilder;
import dev.pictor.gateway.UnusableAnswerException;
import dev.pictor.gateway.budget.Budget;
import dev.pictor.gateway.budget.BudgetExceededException;
import dev.pictor.gateway.budget.Budgets;
import dev.pictor.gateway.budget.MemoryLedger;
import dev.pictor.gateway.cache.CacheSettings;
import dev.pictor.gateway.resilience.RetryPolicy;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.PixelSize;
import dev.pictor.model.CallContext;
import dev.pictor.model.Cost;
import dev.pictor.model.Message;
import dev.pictor.model.MessagePart;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.Price;
import dev.pictor.model.Rate;
import dev.pictor.model.ReasoningModelAdapter;
import dev.pictor.model.ReasoningRequest;
import dev.pictor.model.ReasoningResult;
import dev.pictor.model.Usage;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.RunCancelledException;
import dev.pictor.pipeline.RunHandle;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.prompts.PromptRegistry;
import dev.pictor.prompts.PromptSelection;
import dev.pictor.prompts.PromptSource;
import dev.pictor.prompts.RenderedPrompt;
import dev.pictor.trace.RunId;
import dev.pictor.trace.TraceAttributes;
import dev.pictor.trace.TraceEvent;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Answers that must fit a schema: asked for, read, and asked for once more. */
@Timeout(60)
class GatewayAnswersTest {

    private static final String SCHEMA = """
            output:
              schema:
                name: string
                "colour?(enum)": [red, blue]
            """;
    private static final String PROMPT = "---\nconfig:\n  temperature: 0.5\n  maxOutputTokens: 1000\n" + SCHEMA
            + "---\n{{role \"system\"}}Be brief.{{role \"user\"}}What is it?";
    private static final String FITS = "{\"name\":\"lamp\",\"colour\":null}";
    private static final String SECRET = "{\"name\":7,\"colour\":\"s3cret\"}";

    record Thing(String name, Optional<String> colour) {}

    @TempDir
    Path folder;

    private final RecordingTraceSink sink = RecordingTraceSink.create();
    private final PipelineRunner runner =
            PipelineRunner.builder().traceSink(sink).build();
    private final List<Gateway> gateways = new ArrayList<>();
    private final List<Duration> timesLeft = new ArrayList<>();
    private final FakeReasoningModel reader = FakeReasoningModel.create()
            .profile(ModelProfile.builder("reader", "acme")
                    .readsPictures(true)
                    .readsPdf(true)
                    .answersBySchema(true)
                    .price(Price.builder("invented", LocalDate.of(2026, 1, 1))
                            .addRates(
                                    Rate.perMillionTokens(Rate.Modality.TEXT, Rate.Direction.INPUT, "2"),
                                    Rate.perMillionTokens(Rate.Modality.TEXT, Rate.Direction.OUTPUT, "10"))
                            .build())
                    .build());

    @AfterEach
    void close() {
        gateways.forEach(Gateway::close);
        runner.close();
    }

    private static GatewayBuilder gateway(ReasoningModelAdapter reader) {
        return Gateway.builder(FakeImageModel.create()).reasoningModel(reader).retry(RetryPolicy.none());
    }

    private Gateway open(GatewayBuilder builder) {
        Gateway gateway = builder.build();
        gateways.add(gateway);
        return gateway;
    }

    private RenderedPrompt prompt(String file) {
        try {
            Files.writeString(folder.resolve("thing.prompt"), file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return PromptRegistry.of(PromptSource.ofDirectory(folder))
                .resolve("thing", PromptSelection.none())
                .render(Map.of());
    }

    private StructuredRequest<Thing> question() {
        return StructuredRequest.builder(prompt(PROMPT), Thing.class).build();
    }

    /** The reader, which takes its time and notes how much it has. */
    private ReasoningModelAdapter slow(VirtualTime time, Duration takes) {
        return new ReasoningModelAdapter() {
            @Override
            public ModelProfile profile() {
                return reader.profile();
            }

            @Override
            public ReasoningResult reason(ReasoningRequest request, CallContext call) throws InterruptedException {
                timesLeft.add(call.timeLeft());
                time.advance(takes);
                return reader.reason(request, call);
            }
        };
    }

    private StructuredAnswer<Thing> ask(Gateway gateway) {
        StructuredRequest<Thing> question = question();
        return inRun(runner, RunOptions.ofDefaults(), run -> gateway.ask(run, question));
    }

    /** An answer of 800 tokens to 1,000, which cost $0.01. */
    private static ReasoningResult said(String text) {
        return ReasoningResult.builder("reader-1", text)
                .usage(Usage.builder()
                        .inputTextTokens(1_000)
                        .outputTextTokens(800)
                        .build())
                .build();
    }

    private UnusableAnswerException unusable(Gateway gateway) {
        return catchThrowableOfType(UnusableAnswerException.class, () -> {
            var unused = ask(gateway);
        });
    }

    /** The events of the last run, a decision by its kind and an evaluation by its outcome. */
    private List<String> happened() {
        RunId last = sink.events().get(sink.events().size() - 1).runId();
        List<TraceEvent> events = sink.events(last);
        assertThatEvents(events).isWellFormed();
        return events.stream()
                .map(event -> switch (event.type()) {
                    case TraceEvent.DECISION ->
                        String.valueOf(event.attributes().get(TraceAttributes.DECISION_KIND));
                    case TraceEvent.EVALUATION ->
                        event.attributes().get(TraceAttributes.EVALUATION_NAME) + " "
                                + event.attributes().get(TraceAttributes.EVALUATION_LABEL);
                    default -> event.type();
                })
                .filter(type -> !type.startsWith("run.") && !type.startsWith("stage.") && !type.equals("artifact"))
                .toList();
    }

    @Nested
    class AnAnswerThatFits {

        @Test
        void isReadAtOnce() {
            reader.thenReturn(said(FITS));

            StructuredAnswer<Thing> answer = ask(open(gateway(reader)));

            assertThat(answer.value()).isEqualTo(new Thing("lamp", Optional.empty()));
            assertThat(answer.isRepaired()).isFalse();
            assertThat(answer.servedBy()).isEqualTo("reader-1");
            assertThat(answer.cost()).isEqualTo(Cost.of(usd("0.01")));
            assertThat(answer.warnings()).isEmpty();
            assertThat(answer.toString()).doesNotContain("lamp");
            assertThat(happened())
                    .containsExactly("model_call.start", "model_call.end", "answer", "answer.schema pass");
        }

        @Test
        void wasAskedForByTheWireSchemaAndTheConfigOfThePrompt() {
            reader.thenReturn(said(FITS));
            RenderedPrompt prompt = prompt(PROMPT);
            StructuredRequest<Map<String, Object>> question = StructuredRequest.builder(prompt)
                    .maxOutputTokens(77)
                    .seed(3)
                    .build();
            Gateway gateway = open(gateway(reader));

            StructuredAnswer<Map<String, Object>> answer =
                    inRun(runner, RunOptions.ofDefaults(), run -> gateway.ask(run, question));

            assertThat(answer.value()).hasToString("{name=lamp, colour=null}");
            ReasoningRequest sent = reader.requests().get(0);
            assertThat(sent.answerSchema())
                    .isEqualTo(prompt.answerSchema().orElseThrow().wire());
            assertThat(sent.answerSchema().toString()).contains("required=[name, colour]");
            assertThat(sent.temperature()).hasValue(0.5);
            assertThat(sent.maxOutputTokens()).hasValue(77);
            assertThat(sent.seed()).hasValue(3);
            assertThat(sent.messages())
                    .extracting(Message::role)
                    .containsExactly(Message.Role.SYSTEM, Message.Role.USER);
        }
    }

    @Nested
    class AnAnswerThatDoesNotFit {

        @Test
        void isAskedForOnceMoreWithWhatIsWrong() {
            reader.thenReturn(said(SECRET)).thenReturn(said("Sorry!\n```json\n" + FITS + "\n```"));

            StructuredAnswer<Thing> answer = ask(open(gateway(reader)));

            assertThat(answer.value().name()).isEqualTo("lamp");
            assertThat(answer.isRepaired()).isTrue();
            assertThat(answer.calls()).hasSize(2);
            assertThat(answer.cost()).isEqualTo(Cost.of(usd("0.02")));
            assertThat(happened())
                    .containsExactly(
                            "model_call.start",
                            "model_call.end",
                            "answer",
                            "answer.schema fail",
                            "repair",
                            "model_call.start",
                            "model_call.end",
                            "answer",
                            "answer.schema pass");
            List<Message> conversation = reader.requests().get(1).messages();
            assertThat(conversation.subList(0, 2))
                    .isEqualTo(reader.requests().get(0).messages());
            assertThat(conversation.get(2).role()).isEqualTo(Message.Role.MODEL);
            assertThat(conversation.get(2).text()).isEqualTo(SECRET);
            assertThat(conversation.get(3)).isEqualTo(Message.user("""
                    Your answer does not fit the schema:
                    - /colour must be one of red or blue or null (enum)
                    - /name must be string, is number (type)

                    Give the whole answer again as one JSON object, with these points put right and all else as it was. \
                    Answer with JSON alone."""));
            assertThat(reader.requests().get(1).answerSchema())
                    .isEqualTo(reader.requests().get(0).answerSchema());
        }

        @Test
        void costsWhatIsNotKnownIfTheSecondOneDoes() {
            reader.thenReturn(said("no")).thenReturn(FITS);

            Cost cost = ask(open(gateway(reader))).cost();

            assertThat(cost.amount()).contains(usd("0.01"));
            assertThat(cost.isComplete()).isFalse();
        }

        @Test
        void isAFailureTheSecondTime() {
            reader.thenReturn(said("no")).thenReturn(said(SECRET));

            UnusableAnswerException failure = unusable(open(gateway(reader)));

            assertThat(failure)
                    .hasMessageStartingWith(
                            "model reader-1 did not answer by the schema of prompt thing, and not when told"
                                    + " what is wrong either: 2 problems (/colour enum, /name type) [run ")
                    .hasNoCause();
            assertThat(failure.modelId()).isEqualTo("reader-1");
            assertThat(failure.promptName()).isEqualTo("thing");
            assertThat(failure.problems()).hasSize(2);
            assertThat(failure.rawText()).isEqualTo(SECRET);
            assertThat(failure.cost()).isEqualTo(Cost.of(usd("0.02")));
            assertThat(failure.isRetryable()).isFalse();
            assertThat(failure.stage()).contains("call");
            assertThat(reader.requests()).hasSize(2);
            assertThat(happened()).endsWith("answer", "answer.schema fail");
        }

        @Test
        void isInNoMessageAndNoDecision() {
            reader.thenReturn(said(SECRET)).thenReturn(said(SECRET));

            UnusableAnswerException failure = unusable(open(gateway(reader)));

            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            assertThat(trace.toString() + failure + failure.problems()).doesNotContain("s3cret");
            assertThatEvents(sink.events().stream()
                            .filter(event -> event.type().equals(TraceEvent.DECISION)
                                    || event.type().equals(TraceEvent.EVALUATION)
                                    || event.type().equals(TraceEvent.RUN_END)
                                    || event.type().equals(TraceEvent.STAGE_END))
                            .toList())
                    .doNotMention("s3cret");
        }

        @Test
        void isNotAskedForAgainWhenLessTimeIsLeftThanItTook() {
            VirtualTime time = VirtualTime.create();
            reader.thenReturn(said("no"));
            StructuredRequest<Thing> question = question();
            Gateway gateway = open(gateway(slow(time, Duration.ofSeconds(6))).time(time));
            try (PipelineRunner timed =
                    PipelineRunner.builder().time(time).traceSink(sink).build()) {

                UnusableAnswerException failure = catchThrowableOfType(
                        UnusableAnswerException.class,
                        () -> inRun(
                                timed,
                                RunOptions.builder()
                                        .deadline(Duration.ofSeconds(10))
                                        .build(),
                                run -> gateway.ask(run, question)));

                assertThat(failure)
                        .hasMessageContaining(
                                "was not asked again: 4000 ms are left, and the first answer took 6000 ms");
                assertThat(failure.cost()).isEqualTo(Cost.of(usd("0.01")));
            }
            assertThat(happened())
                    .containsExactly("model_call.start", "model_call.end", "answer", "answer.schema fail", "repair");
        }

        @Test
        void isNotAskedForAgainWhenLessOfTheCallsTimeIsLeft() {
            VirtualTime time = VirtualTime.create();
            reader.thenReturn(said("no"));

            UnusableAnswerException failure = catchThrowableOfType(
                    UnusableAnswerException.class, () -> askWithin(time, Duration.ofMillis(1_500)));

            assertThat(failure)
                    .hasMessageContaining("was not asked again: 500 ms are left, and the first answer took 1500 ms");
            assertThat(reader.requests()).hasSize(1);
        }

        @Test
        void isAskedForAgainWithinWhatIsLeftOfTheCallsTime() {
            VirtualTime time = VirtualTime.create();
            reader.thenReturn(said("no")).thenReturn(said(FITS));

            StructuredAnswer<Thing> answer = askWithin(time, Duration.ofMillis(800));

            assertThat(answer.isRepaired()).isTrue();
            assertThat(timesLeft).containsExactly(Duration.ofSeconds(2), Duration.ofMillis(1_200));
        }

        @Test
        void hasNoTimeLimitBeyondWhatARunMayTake() {
            for (Duration limit : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofDays(2))) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> CallOptions.builder().timeLimit(limit).build())
                        .withMessage("timeLimit must be more than nothing and at most PT24H, was " + limit);
            }
        }

        private StructuredAnswer<Thing> askWithin(VirtualTime time, Duration eachTakes) {
            StructuredRequest<Thing> question = StructuredRequest.builder(prompt(PROMPT), Thing.class)
                    .callOptions(CallOptions.builder()
                            .timeLimit(Duration.ofSeconds(2))
                            .build())
                    .build();
            Gateway gateway = open(gateway(slow(time, eachTakes)).time(time));
            try (PipelineRunner timed = PipelineRunner.builder().time(time).build()) {
                return inRun(timed, RunOptions.ofDefaults(), run -> gateway.ask(run, question));
            }
        }

        @Test
        void isNotAskedForAgainWhenTheBudgetIsTooSmallForThat() {
            reader.thenReturn(said("no"));
            Gateway gateway = open(gateway(reader)
                    .budgets(Budgets.builder(MemoryLedger.create())
                            .add(Budget.usd("0.015"))
                            .build()));

            UnusableAnswerException failure = unusable(gateway);

            assertThat(failure)
                    .hasMessageContaining("and there was no second answer: 1 problem (/ json)")
                    .hasCauseInstanceOf(BudgetExceededException.class);
            assertThat(failure.cost()).isEqualTo(Cost.of(usd("0.01")));
            assertThat(reader.requests()).hasSize(1);
        }

        @Test
        void keepsItsCostWhenTheSecondCallFails() {
            reader.thenReturn(said("no")).thenFail(Reason.UNAVAILABLE, Billed.UNKNOWN_OUTCOME);

            UnusableAnswerException failure = unusable(open(gateway(reader)));

            assertThat(failure).hasCauseInstanceOf(ModelException.class);
            assertThat(failure.rawText()).isEqualTo("no");
            assertThat(failure.cost().amount()).contains(usd("0.01"));
            assertThat(failure.cost().isComplete()).isFalse();
        }

        @Test
        void isNotWaitedForWhenTheRunIsCancelled() throws Exception {
            reader.thenReturn(said("no")).thenStall();
            Gateway gateway = open(gateway(reader));
            StructuredRequest<Thing> question = question();
            RunHandle<String> handle =
                    GatewayCalls.start(runner, RunOptions.ofDefaults(), run -> gateway.ask(run, question));
            reader.awaitRequests(2, Duration.ofSeconds(20));

            handle.cancel();

            assertThatThrownBy(() -> handle.await(Duration.ofSeconds(20))).isInstanceOf(RunCancelledException.class);
            assertThat(happened())
                    .containsExactly(
                            "model_call.start",
                            "model_call.end",
                            "answer",
                            "answer.schema fail",
                            "repair",
                            "model_call.start",
                            "model_call.end",
                            "answer");
        }
    }

    @Nested
    class TheCache {

        private final Gateway gateway = open(gateway(reader).cache(CacheSettings.ofDefaults()));

        @Test
        void givesAnAnswerThatFits() {
            reader.thenReturn(said(FITS));
            var unused = ask(gateway);

            StructuredAnswer<Thing> answer = ask(gateway);

            assertThat(answer.calls().get(0).source()).isEqualTo(AnswerSource.MEMORY_CACHE);
            assertThat(answer.cost()).isEqualTo(Cost.nothing());
            assertThat(happened()).containsExactly("cache", "answer", "answer.schema pass");
        }

        @Test
        void doesNotKeepAnAnswerThatDoesNotFit() {
            reader.thenReturn(said("no")).thenReturn(said("no")).thenReturn(said(FITS));
            UnusableAnswerException unused = unusable(gateway);

            StructuredAnswer<Thing> answer = ask(gateway);

            assertThat(answer.isRepaired()).isFalse();
            assertThat(answer.calls().get(0).source()).isEqualTo(AnswerSource.MODEL);
            assertThat(reader.requests()).hasSize(3);
        }

        @Test
        void replacesAnAnswerThatWasKeptForOneWhoTakesAny() {
            reader.thenReturn(said("no")).thenReturn(said(FITS));
            ReasoningRequest same = ReasoningRequest.builder(List.of(
                            new Message(Message.Role.SYSTEM, List.of(new MessagePart.Text("Be brief."))),
                            Message.user("What is it?")))
                    .answerSchema(prompt(PROMPT).answerSchema().orElseThrow().wire())
                    .temperature(0.5)
                    .maxOutputTokens(1_000)
                    .build();
            ModelAnswer<ReasoningResult> any = inRun(runner, RunOptions.ofDefaults(), run -> gateway.reason(run, same));
            assertThat(any.result().text()).isEqualTo("no");

            assertThat(ask(gateway).calls()).hasSize(1);
            assertThat(happened())
                    .containsExactly("cache", "model_call.start", "model_call.end", "answer", "answer.schema pass");

            ModelAnswer<ReasoningResult> kept =
                    inRun(runner, RunOptions.ofDefaults(), run -> gateway.reason(run, same));
            assertThat(kept.source()).isEqualTo(AnswerSource.MEMORY_CACHE);
            assertThat(kept.result().text()).isEqualTo(FITS);
        }
    }

    @Nested
    class ThePrompt {

        private static final ImageBytes PICTURE =
                ImageBytes.of(FakePicture.png(new PixelSize(8, 8), 0, 0xFFFFFF, 1, 0));
        private static final byte[] PDF = "%PDF-1.4".getBytes(StandardCharsets.UTF_8);

        private ReasoningRequest sent(StructuredRequestBuilder<Map<String, Object>> question) {
            reader.thenReturn(said(FITS));
            Gateway gateway = open(gateway(reader));
            AtomicReference<StructuredAnswer<?>> unused = new AtomicReference<>();
            inRun(runner, RunOptions.ofDefaults(), run -> {
                unused.set(gateway.ask(run, question.build()));
                return "done";
            });
            return reader.requests().get(0);
        }

        @Test
        void showsPicturesAndDocumentsInTheirPlaces() {
            Base64.Encoder base64 = Base64.getEncoder();
            RenderedPrompt prompt = prompt("---\n" + SCHEMA
                    + "---\nLook:{{section \"photo\"}}and{{media url=\"data:image/png;base64,"
                    + base64.encodeToString(bytes(PICTURE)) + "\"}}and{{media url=\"data:application/pdf;base64,"
                    + base64.encodeToString(PDF) + "\"}}{{section \"more\"}}");

            ReasoningRequest sent = sent(StructuredRequest.builder(prompt)
                    .putSections("photo", List.of(new MessagePart.Picture(PICTURE)))
                    .putSections("more", List.of()));

            assertThat(sent.messages().get(0).parts())
                    .containsExactly(
                            new MessagePart.Text("Look:"),
                            new MessagePart.Picture(PICTURE),
                            new MessagePart.Text("and"),
                            new MessagePart.Picture(PICTURE),
                            new MessagePart.Text("and"),
                            MessagePart.Pdf.of(PDF));
        }

        private static byte[] bytes(ImageBytes image) {
            byte[] bytes = new byte[image.asByteBuffer().remaining()];
            image.asByteBuffer().get(bytes);
            return bytes;
        }

        @Test
        void isRefusedWithSectionsAndMediaThatCannotBeSent() {
            refused("{{section \"photo\"}}", "has the section photo, for which no parts are given");
            refused("{{media url=\"https://example.org/a.png\"}}", "has a medium at a web address");
            refused(
                    "{{media url=\"data:text/plain;base64,YQ==\"}}",
                    "has a medium that is neither a picture nor a PDF");
            refused("{{media url=\"data:application/pdf;base64,?\"}}", "has a PDF that is not in base64");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> StructuredRequest.builder(prompt(PROMPT))
                            .putSections("photo", List.of())
                            .build())
                    .withMessageContaining("has no section photo, for which parts are given");
        }

        private void refused(String body, String words) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> StructuredRequest.builder(prompt("---\n" + SCHEMA + "---\nx" + body))
                            .build())
                    .withMessageStartingWith("prompt thing of ")
                    .withMessageContaining(words);
        }

        @Test
        void setsOptionsOfTheVendorOnlyWhereItSaysSo() {
            ReasoningRequest sent = sent(StructuredRequest.builder(prompt(
                    "---\nconfig:\n  thinkingTokens: 5\n  seed: 9\n  options:\n    top_p: 0.9\n" + SCHEMA + "---\nx")));

            assertThat(sent.options()).isEqualTo(Map.of("top_p", 0.9));
            assertThat(sent.thinkingTokens()).hasValue(5);
            assertThat(sent.seed()).hasValue(9);
        }

        @Test
        void isRefusedWithAConfigThatNobodyWouldHeed() {
            wrong("top_p: 0.9", "config.top_p of prompt thing (", "an option of a vendor belongs under config.options");
            wrong("temperature: warm", "config.temperature of prompt thing (", "must be a number");
            wrong("seed: 1.5", "config.seed of prompt thing (", "must be a whole number, is 1.5");
            wrong("maxOutputTokens: -1", "config.maxOutputTokens of prompt thing (", "must be 0 to 2147483647, is -1");
            wrong("options: many", "config.options of prompt thing (", "must be a map");
        }

        private void wrong(String config, String key, String words) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> StructuredRequest.builder(
                                    prompt("---\nconfig:\n  " + config + "\n" + SCHEMA + "---\nx"))
                            .build())
                    .withMessageStartingWith(key)
                    .withMessageContaining(words);
        }

        @Test
        void isRefusedWithoutAnOutputSchema() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> StructuredRequest.builder(prompt("x")).build())
                    .withMessageContaining("has no output schema, so its answer is no object; use Gateway.reason");
        }
    }
}
