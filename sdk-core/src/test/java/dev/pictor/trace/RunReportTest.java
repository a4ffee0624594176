package dev.pictor.trace;

import static dev.pictor.pipeline.Needs.needs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pictor.error.PictorException;
import dev.pictor.gateway.Gateway;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.Pictures;
import dev.pictor.image.Sha256;
import dev.pictor.model.CallContext;
import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.Message;
import dev.pictor.model.MessagePart;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.OptionWarning;
import dev.pictor.model.Price;
import dev.pictor.model.Rate;
import dev.pictor.model.ReasoningModelAdapter;
import dev.pictor.model.ReasoningRequest;
import dev.pictor.model.ReasoningResult;
import dev.pictor.model.Usage;
import dev.pictor.pipeline.Pipeline;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.pipeline.StageKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RunReportTest {

    private static final StageKey<String> FACTS = StageKey.of("facts", String.class);
    private static final StageKey<String> PICTURE = StageKey.of("picture", String.class);
    private static final StageKey<String> AUDIT = StageKey.of("audit", String.class);
    private static final StageKey<String> COLOURS = StageKey.of("colours", String.class);
    private static final ImageBytes PRODUCT = Pictures.png(40, 30);
    private static final ImageBytes DRAWN = Pictures.png(64, 48);

    private final MemoryRunStore store = new MemoryRunStore();
    private final PipelineRunner runner = PipelineRunner.builder()
            .traceSink(store)
            .journal(store)
            .artifacts(store)
            .build();

    @AfterEach
    void closeRunner() {
        runner.close();
    }

    private record Painter(ModelProfile profile, Function<ImageRequest, ImageResult> hand)
            implements ImageModelAdapter {
        @Override
        public ImageResult generate(ImageRequest request, CallContext call) {
            return hand.apply(request);
        }
    }

    private record Thinker(ModelProfile profile, String answer) implements ReasoningModelAdapter {
        @Override
        public ReasoningResult reason(ReasoningRequest request, CallContext call) {
            return ReasoningResult.builder(profile.id(), answer)
                    .usage(Usage.builder()
                            .inputTextTokens(1200)
                            .outputTextTokens(7)
                            .build())
                    .build();
        }
    }

    private static Gateway gateway(String answer, Function<ImageRequest, ImageResult> hand) {
        ModelProfile painter = ModelProfile.builder("painter-1", "paintworks")
                .maxReferences(2)
                .price(Price.builder("a list", LocalDate.EPOCH)
                        .addRates(Rate.perImage("0.039"))
                        .build())
                .build();
        return Gateway.builder(new Painter(painter, hand))
                .reasoningModel(new Thinker(
                        ModelProfile.builder("thinker-1", "thinkworks")
                                .readsPictures(true)
                                .readsPdf(true)
                                .build(),
                        answer))
                .build();
    }

    private static ImageResult drawn(String text) {
        return ImageResult.builder("painter-1-0042", List.of(DRAWN))
                .text(text)
                .usage(Usage.builder().images(1).build())
                .addWarnings(new OptionWarning("seed", "no seed here: " + text))
                .build();
    }

    private static ImageRequest request(String prompt) {
        return ImageRequest.builder(prompt)
                .addReferences(PRODUCT)
                .putOptions(prompt, Map.of(prompt, prompt))
                .putOptions("quality", "high")
                .build();
    }

    /** Two calls, a nested pipeline, a decision, a check, a fallback and what else a report shows; {@code words} everywhere. */
    private static Pipeline<String, String> pipeline(Gateway gateway, String words) {
        Pipeline<String, String> audit = Pipeline.named("audit", String.class)
                .stage(COLOURS, (run, in) -> {
                    run.evaluate(Evaluation.of(words, Evaluation.Verdict.WARN, words));
                    throw refusal(words);
                })
                .fallback((run, in, failure) -> "unchecked")
                .returning(COLOURS);
        return Pipeline.named("shop-window", String.class)
                .stage(FACTS, (run, in) -> {
                    run.decide(Decision.builder("route", words, words, words)
                            .putRejected(words, words)
                            .build());
                    run.span().emit(TraceEvent.PROMPT_RENDER, prompt(words), Map.of("text", words));
                    return gateway.reason(run, question(words)).result().text();
                })
                .stage(PICTURE, needs(FACTS), (run, in, facts) -> {
                    run.keep(words, Pictures.png(5, 5));
                    return gateway.generate(run, request(words)).result().servedBy();
                })
                .pipeline(AUDIT, audit, needs(PICTURE), (run, in, picture) -> picture)
                .returning(AUDIT);
    }

    private static Map<String, String> prompt(String words) {
        return Map.of(
                TraceAttributes.PROMPT_NAME, "shop/facts",
                TraceAttributes.PROMPT_VERSION, "7",
                TraceAttributes.PROMPT_VARIANT, words,
                TraceAttributes.PROMPT_ORIGIN, words,
                TraceAttributes.PROMPT_SHA256, "abcdef0123456789");
    }

    private static ReasoningRequest question(String words) {
        return ReasoningRequest.builder(List.of(new Message(
                        Message.Role.USER,
                        List.of(
                                new MessagePart.Text(words),
                                new MessagePart.Picture(PRODUCT),
                                MessagePart.Pdf.of("%PDF-1.7 sheet".getBytes(StandardCharsets.US_ASCII))))))
                .temperature(0.5)
                .build();
    }

    private RunRecord run(String words, Function<ImageRequest, ImageResult> hand) {
        RunOptions options = RunOptions.builder().tenant(words).user(words).build();
        RunId runId = runner.run(pipeline(gateway(words, hand), words), words, options)
                .runId();
        return store.find(runId).orElseThrow();
    }

    private RunRecord success(String words) {
        return run(words, request -> drawn(words));
    }

    private static ModelException refusal(String words) {
        return new ModelException(ModelFailure.builder(
                        "painter-1", ModelFailure.Reason.BLOCKED_BY_POLICY, ModelFailure.Billed.UNKNOWN_OUTCOME, words)
                .build());
    }

    private RunRecord failure(String words) {
        Function<ImageRequest, ImageResult> refuses = request -> {
            throw refusal(words);
        };
        PictorException thrown = catchThrowableOfType(PictorException.class, () -> run(words, refuses));
        return store.find(new RunId(thrown.runId().orElseThrow())).orElseThrow();
    }

    private RunRecord started(TraceEvent... more) {
        RunId runId = RunId.create();
        Stream<TraceEvent> start =
                Stream.of(TraceEvent.builder(runId, TraceEvent.RUN_START, Instant.parse("2026-11-20T12:34:56.789012Z"))
                        .sequence(1)
                        .putAttributes(TraceAttributes.WORKFLOW, "bare")
                        .build());
        return RunRecord.of(Stream.concat(start, Arrays.stream(more)).toList());
    }

    private HtmlTokens read(RunRecord run) {
        return HtmlTokens.of(RunReport.of(run, store).html());
    }

    private static int occurrences(String text, String part) {
        return (text.length() - text.replace(part, "").length()) / part.length();
    }

    private static String base64(ImageBytes image) {
        return Base64.getEncoder().encodeToString(image.toByteArray());
    }

    @Nested
    class Content {

        @Test
        void tellsTheWholeStoryOfARun() {
            RunRecord run = success("a brass lamp");

            HtmlTokens page = read(run);

            assertThat(page.text.toString())
                    .contains("shop-window succeeded" + run.runId())
                    .contains("Started" + ReportFormat.time(run.startedAt()))
                    .contains("Costat least $0.039")
                    .contains("Calls2Tenanta brass lampUsera brass lamp")
                    .contains("1. thinker-1 answered")
                    .contains("Costunknown", "Tokens in1,200 text", "Tokens out7 text")
                    .contains("2. painter-1 answered")
                    .contains("Cost$0.039", "Pictures1", "Served bypainter-1-0042")
                    .contains("seed no seed here: a brass lamp")
                    .contains("temperature0.5", "options", "\"quality\" : \"high\"", "count1")
                    .contains("shop/factsVersion7Varianta brass lamp", "Source SHA-256abcdef012345")
                    .contains("factsroutea brass lampa brass lampa brass lampa brass lamp a brass lamp")
                    .contains("a brass lampwarna brass lampaudit/colours")
                    .contains("a brass lamp [run " + run.runId() + ", stage audit/colours]")
                    .contains("No event is missing", "Record form: pictor-trace 1");
            assertThat(page.ids())
                    .contains("pictures", "time-line", "stages", "calls", "prompts", "decisions", "checks")
                    .contains("stage-4", "call-2", "picture-4")
                    .doesNotHaveDuplicates();
        }

        @Test
        void everyLinkLeadsSomewhereOnThePage() {
            HtmlTokens page = read(success("lamp"));

            assertThat(page.hrefs())
                    .filteredOn(href -> !href.startsWith("data:image/png;base64,"))
                    .isNotEmpty()
                    .allMatch(href -> page.ids().contains(href.substring(1)), "names an id of the page");
        }

        @Test
        void drawsStagesInsideStagesAndCallsInsideThem() {
            HtmlTokens page = read(success("lamp"));

            assertThat(page.tags)
                    .filteredOn(
                            tag -> tag.attributes().getOrDefault("class", "").startsWith("name"))
                    .extracting(
                            tag -> tag.attributes().get("class"),
                            tag -> tag.attributes().get("title"))
                    .extracting(Object::toString)
                    .containsExactly(
                            "(\"name d0\", \"facts\")",
                            "(\"name d1\", \"thinker-1\")",
                            "(\"name d0\", \"picture\")",
                            "(\"name d1\", \"painter-1-0042\")",
                            "(\"name d0\", \"audit\")",
                            "(\"name d1\", \"audit/colours\")");
        }

        @Test
        void placesBarsByStartAndDuration() {
            RunRecord run = new RunRecordBuilder()
                    .from(started())
                    .duration(Duration.ofSeconds(4))
                    .addStages(new StageRecordBuilder()
                            .path("a")
                            .kind("stage")
                            .outcome(StageOutcome.EXECUTED)
                            .startedAfter(Duration.ofSeconds(1))
                            .duration(Duration.ofSeconds(2))
                            .build())
                    .build();

            HtmlTokens page = read(run);

            assertThat(page.tags)
                    .filteredOn(tag -> tag.name().equals("rect"))
                    .first()
                    .satisfies(bar -> assertThat(bar.attributes())
                            .containsEntry("x", "25.00%")
                            .containsEntry("width", "50.00%"));
            assertThat(page.text.toString()).contains("01 s2 s3 s4 s", "a2.00 s");
        }

        @Test
        void saysWhyARunFailed() {
            RunRecord run = failure("not this lamp");

            String text = read(run).text.toString();

            assertThat(text)
                    .contains("shop-window failed")
                    .contains("not this lamp [run " + run.runId() + ", stage picture]")
                    .contains("2. painter-1 blocked by policy")
                    .contains("Costunknown");
        }

        @Test
        void marksWhatHasNoEnd() {
            RunRecord whole = success("lamp");
            List<TraceEvent> untilTheSecondCall = store.events(whole.runId()).stream()
                    .takeWhile(event -> !event.body().containsKey("response")
                            || !event.attributes().containsValue("painter-1-0042"))
                    .toList();

            String text = read(RunRecord.of(untilTheSecondCall)).text.toString();

            assertThat(text)
                    .contains("shop-window running or interrupted")
                    .contains("Durationunknown", "Costat least $0")
                    .contains("2. painter-1 interrupted")
                    .contains("picturestageinterrupted");
        }

        @Test
        void aStageWithoutEndReachesToItsNextStart() {
            StageRecord interrupted = new StageRecordBuilder()
                    .path("a")
                    .kind("stage")
                    .startedAfter(Duration.ofSeconds(1))
                    .build();
            RunRecord run = new RunRecordBuilder()
                    .from(started())
                    .duration(Duration.ofSeconds(10))
                    .addStages(interrupted)
                    .addStages(new StageRecordBuilder()
                            .from(interrupted)
                            .outcome(StageOutcome.EXECUTED)
                            .startedAfter(Duration.ofSeconds(6))
                            .duration(Duration.ofSeconds(4))
                            .build())
                    .build();

            assertThat(read(run).tags)
                    .filteredOn(tag -> tag.name().equals("rect"))
                    .extracting(tag -> tag.attributes().get("width"))
                    .startsWith("50.00%", "40.00%");
        }

        @Test
        void marksWhatWasRestored() {
            AtomicBoolean broken = new AtomicBoolean(true);
            Pipeline<String, String> pipeline = Pipeline.named("two", String.class)
                    .stage(FACTS, (run, in) -> "fact of " + in)
                    .stage(PICTURE, needs(FACTS), (run, in, facts) -> {
                        if (broken.getAndSet(false)) {
                            throw new IOException("out of luck");
                        }
                        return facts;
                    })
                    .returning(PICTURE);
            PictorException thrown = catchThrowableOfType(PictorException.class, () -> runner.run(pipeline, "lamp"));
            RunId runId = new RunId(thrown.runId().orElseThrow());
            assertThat(runner.resume(pipeline, runId, RunOptions.ofDefaults()).runId())
                    .isEqualTo(runId);

            String text = read(store.find(runId).orElseThrow()).text.toString();

            assertThat(text).contains("two succeeded", "Resumes1", "factsstagerestored", "picturestageexecuted");
            assertThat(text).containsOnlyOnce("stage picture failed: java.io.IOException [run");
        }

        @Test
        void saysWhyAnOutputWasWithheld() {
            StageKey<Object> odd = StageKey.of("odd", Object.class);
            Pipeline<String, Object> pipeline = Pipeline.named("odd", String.class)
                    .stage(odd, (run, in) -> new Object())
                    .returning(odd);
            RunId runId = runner.run(pipeline, "lamp").runId();

            assertThat(read(store.find(runId).orElseThrow()).text.toString())
                    .contains("Output withheld: a java.lang.Object has no JSON form");
        }

        @Test
        void leavesOutWhatIsEmpty() {
            HtmlTokens page = read(started());

            assertThat(page.ids()).isEmpty();
            assertThat(page.text.toString())
                    .contains("bare", "Started2026-11-20T12:34:56.789Z", "Cost$0", "Calls0")
                    .doesNotContain("Tenant", "Resumes", "Missing events", "Pictures", "artifact");
        }

        @Test
        void ranksTheCandidatesOfADecision() {
            RunRecord run = started();
            Decision route = Decision.builder("route", "which model?", "good", "it is the best")
                    .putScores("good", 0.9)
                    .putScores("fair", 0.5)
                    .putRejected("fair", "worse")
                    .putRejected("gone", "retired")
                    .policy("best/2")
                    .build();
            RunRecord decided = new RunRecordBuilder()
                    .from(run)
                    .addDecisions(new DecisionRecordBuilder()
                            .stage("draw")
                            .decision(route)
                            .build())
                    .build();

            assertThat(read(decided).text.toString()).contains("good 0.900fair 0.500 worsegone retiredbest/2");
        }

        @Test
        void countsMissingEvents() {
            RunRecord whole = success("lamp");
            List<TraceEvent> gappy = store.events(whole.runId()).stream()
                    .filter(event -> !event.type().equals(TraceEvent.DECISION))
                    .toList();

            assertThat(read(RunRecord.of(gappy)).text.toString())
                    .contains("Missing events2", "2 events missing from the log of this run");
        }

        @Test
        void foldsLongTexts() {
            String prompt = "Look. ".repeat(500);

            HtmlTokens page = read(success(prompt));

            assertThat(page.text.toString()).contains("Look. Look. Look. Look. Look. Look. Look. Look. Look. Look. ");
            assertThat(page.text.toString()).contains("…3,000 characters\n" + prompt);
        }
    }

    @Nested
    class Safety {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "</style><script>alert(1)</script>",
                    "</pre></details><script src=//evil.example></script>",
                    "\"><img src=x onerror=alert(1)>",
                    "' onmouseover='alert(1)",
                    "<!--",
                    "--><svg onload=alert(1)>",
                    "<![CDATA[",
                    "]]></title><meta http-equiv=refresh content=0;url=https://evil.example>",
                    "&",
                    "&lt;script&gt; &#60;script&#62; &amp",
                    "javascript:alert(1)",
                    "<a href=\"https://evil.example\">x</a>",
                    "{{constructor}} ${x} %s \\u003cscript\\u003e",
                    "Überraschung, 你好, שלום, \uD83D\uDC69\u200D\uD83D\uDE80",
                })
        void whatModelsAndUsersWroteStaysText(String words) {
            for (RunRecord run : List.of(success(words), failure(words))) {
                String html = RunReport.of(run, store).html();

                HtmlTokens page = HtmlTokens.of(html);

                assertThat(page.text.toString()).contains(words);
                assertThat(html.toLowerCase(Locale.ROOT)).doesNotContain("<img", "<!--", "<a href=\"h");
                assertThat(html.toLowerCase(Locale.ROOT)).containsOnlyOnce("<script");
                assertThat(page.hrefs()).allMatch(href -> href.startsWith("#") || href.startsWith("data:image/png;"));
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"\u202Egnp.exe", "a\u0000b", "a\u001Bb", "a\uD83D", "\uDE00a", "\uFEFFa", "a\uDB40\uDC41"})
        void nothingHidesOrTurnsText(String words) {
            String html = RunReport.of(success(words), store).html();

            assertThat(html.codePoints())
                    .noneMatch(c -> c == 0x202E
                            || c == 0xFEFF
                            || c == 0xE0041
                            || (c < ' ' && c != '\n')
                            || c == 0xD83D
                            || c == 0xDE00);
            assertThat(html).contains("<span class=\"hidden\">U+");
            assertThat(new String(html.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                    .isEqualTo(html);
        }

        @Test
        void allowsItsOwnStyleSheetAndScriptAndNothingElse() {
            String html = RunReport.of(success("lamp"), store).html();
            String css = html.substring(html.indexOf("<style>") + 7, html.indexOf("</style>"));
            String script = html.substring(html.indexOf("<script>") + 8, html.indexOf("</script>"));

            assertThat(HtmlTokens.of(html).tags)
                    .filteredOn(tag ->
                            "Content-Security-Policy".equals(tag.attributes().get("http-equiv")))
                    .extracting(tag -> tag.attributes().get("content"))
                    .containsExactly("default-src 'none'; img-src data:; style-src '" + hash(css) + "'; script-src '"
                            + hash(script) + "'; base-uri 'none'; form-action 'none'");
            assertThat(css).doesNotContain("url(", "@import", "<");
            assertThat(script).doesNotContain("innerHTML", "eval", "fetch", "import", "<");
        }

        private static String hash(String text) {
            String hex = Sha256.of(text.getBytes(StandardCharsets.UTF_8)).hex();
            return "sha256-" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
        }

        @Test
        void theShellIsSmall() throws IOException {
            assertThat(RunReport.of(started(), store).html().getBytes(StandardCharsets.UTF_8))
                    .hasSizeLessThan(60_000);
            assertThat(Objects.requireNonNull(RunReport.class.getResourceAsStream("report.css"))
                            .readAllBytes())
                    .hasSizeLessThan(12_000);
        }
    }

    @Nested
    class Artifacts {

        @Test
        void holdsEachPictureOnce() {
            String html = RunReport.of(success("lamp"), store).html();

            for (ImageBytes picture : List.of(PRODUCT, DRAWN, Pictures.png(5, 5))) {
                assertThat(occurrences(html, base64(picture))).isEqualTo(1);
            }
            assertThat(HtmlTokens.of(html).tags)
                    .filteredOn(tag -> tag.name().equals("use"))
                    .extracting(tag -> tag.attributes().get("href"))
                    .containsExactly(
                            "#picture-1-data",
                            "#picture-4-data",
                            "#picture-1-data",
                            "#picture-1-data",
                            "#picture-4-data");
            assertThat(HtmlTokens.of(html).text.toString())
                    .contains("inputfactsinputpicture40 × 30, " + PRODUCT.byteCount() + " bytes")
                    .contains(PRODUCT.sha256().hex().substring(0, 12) + " image/png")
                    .contains("3 of 4 artifacts in this page");
        }

        @Test
        void putsWhatWasMadeOnTopOfWhatItWasMadeOf() {
            HtmlTokens page = read(success("lamp"));

            assertThat(page.tags)
                    .filteredOn(tag -> "before".equals(tag.attributes().get("class"))
                            || "after".equals(tag.attributes().get("class")))
                    .hasSize(2);
            assertThat(page.tags)
                    .filteredOn(tag -> tag.name().equals("input"))
                    .extracting(tag -> tag.attributes().get("aria-label"))
                    .containsExactly("From before to after");
            assertThat(page.text.toString()).contains("Call 2, painter-1picture");
        }

        @Test
        void showsADocumentAsACard() {
            assertThat(read(success("lamp")).text.toString())
                    .contains("A document, not shown here", "application/pdf", "document cc4cf54b251e");
        }

        @Test
        void saysThatAPictureIsNoLongerStored() {
            String html = RunReport.of(success("lamp"), ArtifactStore.none()).html();

            assertThat(occurrences(html, "Missing from the artifact store")).isEqualTo(3);
            assertThat(html).doesNotContain("base64");
            assertThat(HtmlTokens.of(html).text.toString())
                    .contains("reference " + PRODUCT.sha256().hex().substring(0, 12), "0 of 4 artifacts");
        }

        @Test
        void saysThatAPictureIsDamaged() {
            RunRecord run = success("lamp");
            ArtifactStore swapped = new Reading(sha256 -> Pictures.png(7, 7).asByteBuffer());
            ArtifactStore torn = new Reading(sha256 -> ByteBuffer.wrap(new byte[20]));

            assertThat(RunReport.of(run, swapped).html())
                    .contains("Damaged: the stored bytes have another hash")
                    .doesNotContain("base64");
            assertThat(RunReport.of(run, torn).html()).contains("Not shown: ").doesNotContain("base64");
        }

        @Test
        void leavesOutWhatDoesNotFit() {
            HtmlTokens page = read(heavyRun());

            assertThat(page.text.toString())
                    .containsOnlyOnce("Left out: a report holds at most 10.0 MiB of pictures")
                    .contains("2 of 3 artifacts");
            assertThat(page.ids()).contains("picture-1-data", "picture-3-data").doesNotContain("picture-2-data");
        }

        @Test
        void putsWhatDoesNotFitBesideThePage(@TempDir Path folder) throws IOException {
            RunRecord run = heavyRun();
            Path file = folder.resolve("report.html");

            RunReport.of(run, store).writeTo(file);

            Sha256 second = run.artifacts().get(1).artifact().sha256();
            String link = "pictures/" + second + ".png";
            assertThat(Files.readString(file)).containsOnlyOnce("href=\"" + link + "\"");
            assertThat(ImageBytes.read(folder.resolve(link)).sha256()).isEqualTo(second);
            try (Stream<Path> files = Files.walk(folder)) {
                assertThat(files.filter(Files::isRegularFile)).hasSize(2);
            }
        }

        private RunRecord heavyRun() {
            byte[] png = Pictures.png(9, 9).toByteArray();
            List<ImageBytes> pictures = Stream.of(6, 5, 4)
                    .map(mebibytes -> ImageBytes.wrap(Arrays.copyOf(png, mebibytes << 20)))
                    .toList();
            Pipeline<String, String> pipeline = Pipeline.named("heavy", String.class)
                    .stage(FACTS, (run, in) -> {
                        pictures.forEach(picture -> run.keep("output", picture));
                        return in;
                    })
                    .returning(FACTS);
            return store.find(runner.run(pipeline, "lamp").runId()).orElseThrow();
        }

        @Test
        void namesAPictureWhoseRecordIsLost() {
            RunRecord whole = success("lamp");
            RunRecord run =
                    new RunRecordBuilder().from(whole).artifacts(List.of()).build();

            assertThat(read(run).text.toString())
                    .contains("reference " + PRODUCT.sha256().hex().substring(0, 12)
                            + ", which the record does not list");
        }

        private record Reading(Function<Sha256, ByteBuffer> reader) implements ArtifactStore {
            @Override
            public void put(Sha256 sha256, ByteBuffer bytes) {
                throw new UnsupportedOperationException("a report writes nothing");
            }

            @Override
            public Optional<ByteBuffer> get(Sha256 sha256) {
                return Optional.of(reader.apply(sha256));
            }
        }
    }

    @Nested
    class Writing {

        @TempDir
        Path folder;

        private List<Path> files() throws IOException {
            try (Stream<Path> files = Files.list(folder)) {
                return files.toList();
            }
        }

        @Test
        void writesThePageAndNothingElse() throws IOException {
            RunReport report = RunReport.of(success("lamp, 灯"), store);
            Path file = folder.resolve("run.html");
            Files.writeString(file, "an older report");

            report.writeTo(file);

            assertThat(file).hasContent(report.html());
            assertThat(files()).containsExactly(file);
        }

        @Test
        void leavesNothingBehindWhenTheFileCannotBeReplaced() throws IOException {
            Path taken = Files.createDirectory(folder.resolve("run.html"));
            Files.createFile(taken.resolve("something"));

            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(() -> RunReport.of(started(), store).writeTo(taken))
                    .withMessage("cannot write report " + taken);
            assertThat(files()).containsExactly(taken);
        }

        @Test
        void leavesNothingBehindWhenThePicturesCannotBeRead() throws IOException {
            ArtifactStore broken = new Artifacts.Reading(sha256 -> {
                throw new IllegalStateException("the store is closed");
            });
            RunReport report = RunReport.of(success("lamp"), broken);

            assertThatIllegalStateException().isThrownBy(() -> report.writeTo(folder.resolve("run.html")));
            assertThat(files()).isEmpty();
        }

        @Test
        void refusesAFolderThatIsNotThere() {
            Path file = folder.resolve("missing").resolve("run.html");

            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(() -> RunReport.of(started(), store).writeTo(file))
                    .withMessage("cannot write report " + file);
        }
    }
}
