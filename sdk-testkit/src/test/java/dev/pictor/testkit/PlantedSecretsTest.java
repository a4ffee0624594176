package dev.pictor.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pictor.error.PictorException;
import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.PictureCheck;
import dev.pictor.gateway.resilience.RetryPolicy;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.PixelSize;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.OptionWarning;
import dev.pictor.model.http.ModelHttp;
import dev.pictor.pipeline.Pipeline;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.RunContext;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.pipeline.StageKey;
import dev.pictor.testkit.log.CapturedLog;
import dev.pictor.trace.ContentLevel;
import dev.pictor.trace.Decision;
import dev.pictor.trace.DirectoryRunStore;
import dev.pictor.trace.Evaluation;
import dev.pictor.trace.Redaction;
import dev.pictor.trace.RunFeedback;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunReport;
import dev.pictor.trace.TraceEvent;
import dev.pictor.trace.TraceSink;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys in every place where an adapter, a prompt, an exception, an option, a header, a URL or a user could put one. */
@Timeout(120)
class PlantedSecretsTest {

    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static final StageKey<String> WORK = StageKey.of("work", String.class);
    private static final ImageBytes PICTURE = FakePicture.of(new PixelSize(8, 8), 0xB5A642);

    /** Everything that was planted. */
    private final List<String> planted = new ArrayList<>();

    private Random random = new Random(0);
    private String configured = "";
    private int next;

    private String letters(int count) {
        StringBuilder text = new StringBuilder();
        random.ints(count, 0, LETTERS.length()).forEach(i -> text.append(LETTERS.charAt(i)));
        return text.toString();
    }

    private String plant(String secret) {
        planted.add(secret);
        return secret;
    }

    /** Returns a text with a secret in it, each time of another kind. */
    private String key() {
        String letters = letters(30) + "7";
        return switch (next++ % 8) {
            case 0 -> "it is " + plant("AIza" + letters);
            case 1 -> "(" + plant("sk-proj-" + letters) + ")";
            case 2 -> "Authorization: Bearer " + plant(letters);
            case 3 -> plant("eyJ" + letters + ".eyJ" + letters + "." + letters) + "!";
            case 4 -> "see https://me:" + plant(letters) + "@example.com/a?sig=" + plant(letters(20));
            case 5 -> "{\"client_secret\":\"" + plant(letters) + "\"}";
            case 6 -> "say " + configured + " to nobody";
            default -> "https://example.com/a?key=" + plant(letters) + "&n=1";
        };
    }

    private void plantInEvents(RunContext run) {
        run.decide(Decision.builder("route", key(), key(), key())
                .putRejected(key(), key())
                .policy(key())
                .build());
        run.evaluate(Evaluation.of(key(), Evaluation.Verdict.WARN, key()));
        run.degrade(key());
        run.span()
                .emit(
                        "acme.tick",
                        Map.of("acme.token", plant(letters(12)), "acme.note", key()),
                        Map.of("deep", List.of(Map.of("password", plant(letters(9)), "b", List.of(key(), key())))));
    }

    private ImageRequest request() {
        return ImageRequest.builder("a lamp, " + key() + ", " + key())
                .putOptions("api_key", plant(letters(15)))
                .putOptions("note", key())
                .putOptions("list", List.of(key(), Map.of("cookie", plant(letters(10)))))
                .build();
    }

    private FakeImageModel fake() {
        return FakeImageModel.create()
                .thenThrow(new IllegalStateException(key()))
                .thenThrow(new ModelException(
                        ModelFailure.builder("fake-image-1", Reason.UNAVAILABLE, Billed.NOT_SENT, "no: " + key())
                                .vendorMessage(key())
                                .vendorRequestId(key())
                                .build()))
                .thenReturn(ImageResult.builder("fake-image-1", List.of(PICTURE))
                        .text(key())
                        .addWarnings(new OptionWarning("note", key()))
                        .vendorRequestId(key())
                        .build());
    }

    private static Pipeline<String, String> pipeline(Gateway gateway, PlantedSecretsTest test) {
        return Pipeline.named("planted", String.class)
                .stage(WORK, (run, in) -> {
                    test.plantInEvents(run);
                    for (int i = 0; i < 3; i++) {
                        Throwable unused = catchThrowable(() -> gateway.generate(run, test.request()));
                    }
                    if (in.contains("fail")) {
                        throw new IOException(test.key());
                    }
                    return "done " + test.key();
                })
                .returning(WORK);
    }

    private PipelineRunner runner(DirectoryRunStore store, ContentLevel level) {
        return PipelineRunner.builder()
                .traceSink(TraceSink.composite(store, TraceSink.logging()))
                .journal(store)
                .artifacts(store)
                .content(level)
                .environment(key())
                .redaction(Redaction.builder().addSecret(configured).build())
                .build();
    }

    @ParameterizedTest(name = "seed {0} at {1}")
    @CsvSource({"1,FULL", "2,FULL", "3,FULL", "4,FULL", "5,REFERENCES", "6,NONE"})
    void noneIsInTheStoreTheReportTheLogOrAnException(long seed, ContentLevel level, @TempDir Path folder)
            throws IOException {
        random = new Random(seed);
        configured = plant("own \"" + letters(8) + "/" + letters(4));
        List<Throwable> thrown = new ArrayList<>();
        Path store = folder.resolve("store");
        Path report = folder.resolve("report.html");
        try (CapturedLog log = CapturedLog.start();
                DirectoryRunStore runs = DirectoryRunStore.open(store);
                Gateway gateway = Gateway.builder(fake())
                        .retry(RetryPolicy.none())
                        .pictureCheck(PictureCheck.none())
                        .build();
                PipelineRunner runner = runner(runs, level)) {
            Pipeline<String, String> pipeline = pipeline(gateway, this);
            RunOptions who = RunOptions.builder().tenant(key()).user(key()).build();
            thrown.add(catchThrowable(() -> runner.run(pipeline, "fail " + key(), who)));
            RunId runId = runner.run(pipeline, "a lamp " + key(), RunOptions.ofDefaults())
                    .runId();
            runs.feedback(
                    runId,
                    RunFeedback.builder("thumbs", RunFeedback.Source.USER)
                            .label("up " + plant("AIza" + letters(32)))
                            .comment(plant("sk-" + letters(30) + "7"))
                            .build());
            RunReport.of(runs.find(runId).orElseThrow(), runs).writeTo(report);
            assertThat(runs.events(runId)).extracting(TraceEvent::type).contains("answer", "feedback", "acme.tick");
            assertNothingOf(log, runId);
        }

        assertNothingOf(store, thrown);
        assertNothingOf(report, List.of());
    }

    @ParameterizedTest(name = "seed {0}")
    @CsvSource({"11", "12", "13"})
    void noneOfWhatGoesOverTheWireIs(long seed, @TempDir Path folder) throws IOException {
        random = new Random(seed);
        configured = plant("key/" + letters(20));
        String echo = "{\"error\": {\"code\": \"" + letters(5) + "\", \"message\": \"" + configured + " and "
                + key().replace("\"", "\\\"") + "\"}}";
        String answer = "{\"data\": [{\"b64_json\": \""
                + Base64.getEncoder().encodeToString(PICTURE.toByteArray()) + "\"}], \"echo\": \"" + configured
                + "\", \"access_token\": \"" + plant(letters(20)) + "\"}";
        List<Throwable> thrown = new ArrayList<>();
        try (FaultServer server = FaultServer.start();
                HttpImageModel model = HttpImageModel.to(
                                server.uri(),
                                ModelHttp.builder().addSecret(configured).build())
                        .apiKey(configured);
                DirectoryRunStore runs = DirectoryRunStore.open(folder);
                Gateway gateway = Gateway.builder(model)
                        .recordExchanges(true)
                        .pictureCheck(PictureCheck.none())
                        .retry(RetryPolicy.builder().baseDelay(Duration.ZERO).build())
                        .build();
                PipelineRunner runner = runner(runs, ContentLevel.FULL)) {
            server.enqueue(
                    FaultAnswer.json(529, echo).header("x-request-id", plant("sk-" + letters(30) + "7")),
                    FaultAnswer.json(200, answer).header("set-cookie", "sid=" + plant(letters(20))),
                    FaultAnswer.json(401, echo).header("x-request-id", configured));
            for (int i = 0; i < 2; i++) {
                Throwable failure = catchThrowable(() ->
                        GatewayCalls.inRun(runner, RunOptions.ofDefaults(), run -> gateway.generate(run, request())));
                if (failure != null) {
                    thrown.add(failure);
                }
            }
        }

        assertThat(thrown).hasSize(1);
        assertNothingOf(folder, thrown);
    }

    private void assertNothingOf(CapturedLog log, RunId runId) {
        assertThat(log.text()).contains(runId.value()); // the line that sums the run up
        planted.forEach(secret -> assertNotIn(secret, log.text(), "the log"));
    }

    private void assertNothingOf(Path place, List<Throwable> thrown) throws IOException {
        assertThat(planted).hasSizeGreaterThan(10);
        try (Stream<Path> files = Files.walk(place)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String bytes = new String(Files.readAllBytes(file), ISO_8859_1);
                for (String secret : planted) {
                    assertNotIn(secret, bytes, file.getFileName().toString());
                    assertNotIn(secret, file.toString(), "a path");
                }
            }
        }
        for (Throwable failure : thrown) {
            StringWriter told = new StringWriter();
            for (Throwable at = failure; at instanceof PictorException; at = at.getCause()) {
                new PrintWriter(told, true).println(at.getMessage());
            }
            String vendor = failure instanceof ModelException known ? known.vendorMessage() + "" : "";
            planted.forEach(secret -> assertNotIn(secret, told + vendor, "an exception"));
        }
    }

    private static void assertNotIn(String secret, String text, String where) {
        for (String form : List.of(secret, secret.replace("\"", "\\\""))) {
            int at = text.indexOf(form);
            assertThat(at < 0 ? "" : text.substring(Math.max(0, at - 100), at + form.length()))
                    .as("a secret in %s", where)
                    .isEmpty();
        }
    }
}
