package dev.pictor.testkit.browser;

import static dev.pictor.pipeline.Needs.needs;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.gateway.Gateway;
import dev.pictor.image.ImageBytes;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.Message;
import dev.pictor.model.ReasoningRequest;
import dev.pictor.pipeline.Pipeline;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.pipeline.StageKey;
import dev.pictor.prompts.MemoryPromptSource;
import dev.pictor.prompts.PromptRegistry;
import dev.pictor.prompts.PromptSelection;
import dev.pictor.testkit.FakeImageModel;
import dev.pictor.testkit.FakeReasoningModel;
import dev.pictor.trace.ComparisonReport;
import dev.pictor.trace.Decision;
import dev.pictor.trace.Evaluation;
import dev.pictor.trace.MatrixReport;
import dev.pictor.trace.MemoryRunStore;
import dev.pictor.trace.RunComparison;
import dev.pictor.trace.RunRecord;
import dev.pictor.trace.RunReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports in a browser: nothing fails, nothing is fetched, what models wrote does nothing, and everything can be reached. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportBrowserTest {

    /** Where pictures of the pages are left, for people to look at. */
    private static final Path SHOTS = Path.of("target", "screenshots");

    private static final List<String> HOSTILE = List.of(
            "<script>document.title='pwned'</script>",
            "</script><script>document.title='pwned'</script>",
            "</style><script>document.title='pwned'</script>",
            "<img src=https://canary.example/a onerror=\"document.title='pwned'\">",
            "\"><svg onload=\"document.title='pwned'\">",
            "'><iframe srcdoc=\"<script>parent.document.title='pwned'</script>\">",
            "<a href=\"javascript:document.title='pwned'\" autofocus>x</a>",
            "<link rel=stylesheet href=https://canary.example/b>",
            "<meta http-equiv=refresh content=\"0;url=https://canary.example/c\">",
            "<form action=https://canary.example/d><button autofocus>x</button></form>",
            "<style>@import url(https://canary.example/e); body { background: url(https://canary.example/f) }</style>",
            "<math><mtext><table><mglyph><style><img src=https://canary.example/g onerror=alert(1)>",
            "<!--><script>document.title='pwned'</script>-->",
            "<![CDATA[<script>document.title='pwned'</script>]]>",
            "{{constructor.constructor('document.title=1')()}}",
            "\u2028\u2029\u202Ehtml\u0000");

    @TempDir
    static Path folder;

    private final MemoryRunStore store = new MemoryRunStore();
    private Browser browser;

    @BeforeAll
    void startTheBrowser() throws Exception {
        browser = Browser.start(System.getProperty("pictor.browser", "chromium"), folder.resolve("profile"));
        Files.createDirectories(SHOTS);
    }

    @AfterAll
    void closeTheBrowser() throws Exception {
        browser.close();
    }

    @Test
    void aRunIsReadableOnAPhoneAndOnADeskInLightAndDark() throws Exception {
        Path report = folder.resolve("run.html");
        RunReport.of(run("a brass lamp", "a brass lamp on a walnut desk", 1), store)
                .writeTo(report);
        lookAt("run", report);
    }

    @Test
    void aComparisonIsReadableOnAPhoneAndOnADeskInLightAndDark() throws Exception {
        Path report = folder.resolve("compare.html");
        ComparisonReport.of(
                        RunComparison.of(
                                run("a brass lamp", "a brass lamp on a walnut desk", 1),
                                run("a brass lamp", "a brass lamp on a marble table\nat dusk", 2)),
                        store)
                .writeTo(report);
        lookAt("compare", report);
    }

    @Test
    void aMatrixIsReadableOnAPhoneAndOnADeskInLightAndDark() throws Exception {
        Path report = folder.resolve("matrix.html");
        MatrixReport.of(
                        "Two versions of the prompt",
                        List.of("production", "material"),
                        List.of(
                                new MatrixReport.Row(
                                        "a brass lamp",
                                        List.of(Optional.of(run("a", "one", 1)), Optional.of(run("a", "two", 2)))),
                                new MatrixReport.Row(
                                        "a steel chair", List.of(Optional.of(run("b", "one", 3)), Optional.empty()))),
                        store)
                .writeTo(report);
        lookAt("matrix", report);
    }

    private void lookAt(String name, Path report) throws Exception {
        int complaints = browser.complaints().size();
        for (boolean dark : new boolean[] {false, true}) {
            for (int width : new int[] {390, 1280}) {
                browser.view(width, 900, dark);
                browser.open(report);
                assertThat(browser.evaluate("document.documentElement.scrollWidth")
                                .asInt())
                        .as("%s must not be wider than a screen of %s", name, width)
                        .isLessThanOrEqualTo(width);
                browser.screenshot(SHOTS.resolve(name + "-" + width + (dark ? "-dark" : "") + ".png"));
            }
        }
        assertThat(browser.complaints()).hasSize(complaints);
        assertThat(browser.requests()).isEmpty();
    }

    @Test
    void theSliderMovesByKeyboard() throws Exception {
        openARun();
        assertThat(browser.evaluate("document.querySelectorAll('.ab').length").asInt())
                .isPositive();
        assertThat(cut()).isEqualTo("50%");
        browser.evaluate("document.querySelector('.ab input').focus()");
        browser.press("ArrowRight");
        assertThat(cut()).isEqualTo("51%");
        browser.press("Home");
        assertThat(cut()).isEqualTo("0%");
    }

    private String cut() throws Exception {
        return browser.evaluate("document.querySelector('.ab').style.getPropertyValue('--cut')")
                .asText();
    }

    @Test
    void theTimeLineIsWalkedByArrowsAndLeadsToTheStage() throws Exception {
        openARun();
        browser.evaluate("document.querySelector('.flow a.row').focus()");
        String first = focused();
        browser.press("ArrowDown");
        String second = focused();
        assertThat(second).isNotEqualTo(first).startsWith("#");
        browser.press("ArrowUp");
        assertThat(focused()).isEqualTo(first);
        browser.press("End");
        browser.press("ArrowDown");
        assertThat(focused()).startsWith("#").isNotEqualTo(first);
        assertThat(browser.evaluate("document.querySelector(document.activeElement.getAttribute('href')) !== null")
                        .asBoolean())
                .isTrue();
    }

    private String focused() throws Exception {
        return browser.evaluate("document.activeElement.getAttribute('href')").asText();
    }

    @Test
    void aPictureThatWasMadeLargeIsClosedByEscape() throws Exception {
        openARun();
        browser.evaluate("location.hash = '#picture-1'");
        browser.press("Escape");
        assertThat(browser.evaluate("location.hash").asText()).isEqualTo("#pictures");
    }

    @Test
    void allThatIsFoldedOpensAndClosesAtOnce() throws Exception {
        openARun();
        assertThat(browser.evaluate("document.querySelectorAll('details').length")
                        .asInt())
                .isPositive();
        browser.evaluate("document.querySelector('.fold-all button').click()");
        assertThat(browser.evaluate("document.querySelectorAll('details:not([open])').length")
                        .asInt())
                .isZero();
        browser.evaluate("document.querySelector('.fold-all button').click()");
        assertThat(browser.evaluate("document.querySelectorAll('details[open]').length")
                        .asInt())
                .isZero();
    }

    @Test
    void everythingIsThereWithoutTheScript() throws Exception {
        browser.withoutScript(true);
        try {
            openARun();
        } finally {
            browser.withoutScript(false);
        }
        assertThat(browser.evaluate("getComputedStyle(document.querySelector('.after')).clipPath")
                        .asText())
                .isEqualTo("none");
        assertThat(browser.evaluate("getComputedStyle(document.querySelector('.ab input')).display")
                        .asText())
                .isEqualTo("none");
    }

    @Test
    void tabReachesWhatCanBeUsed() throws Exception {
        openARun();
        int reached = 0;
        for (int i = 0; i < 200; i++) {
            browser.press("Tab");
            if (browser.evaluate("document.activeElement.matches('.ab input')").asBoolean()) {
                reached++;
                break;
            }
        }
        assertThat(reached).isEqualTo(1);
        assertThat(browser.evaluate("getComputedStyle(document.activeElement).outlineStyle")
                        .asText())
                .isNotEqualTo("none");
    }

    private void openARun() throws Exception {
        Path report = folder.resolve("keys.html");
        RunReport.of(run("a brass lamp", "a brass lamp ".repeat(300), 1), store).writeTo(report);
        browser.view(1280, 900, false);
        browser.open(report);
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "compare", "matrix"})
    void whatModelsAndUsersWroteDoesNothing(String kind) throws Exception {
        int complaints = browser.complaints().size();
        for (String words : HOSTILE) {
            Path report = folder.resolve("hostile-" + kind + ".html");
            RunRecord hostile = run(words, words, 1);
            switch (kind) {
                case "run" -> RunReport.of(hostile, store).writeTo(report);
                case "compare" ->
                    ComparisonReport.of(RunComparison.of(hostile, run(words, words + "\nmore", 2)), store)
                            .writeTo(report);
                default ->
                    MatrixReport.of(
                                    words,
                                    List.of(words),
                                    List.of(new MatrixReport.Row(words, List.of(Optional.of(hostile)))),
                                    store)
                            .writeTo(report);
            }
            browser.view(1280, 900, false);
            browser.open(report);
            assertThat(browser.evaluate("document.title").asText()).as(words).isNotEqualTo("pwned");
            assertThat(browser.evaluate("document.querySelectorAll('script').length")
                            .asInt())
                    .as(words)
                    .isEqualTo(1);
            assertThat(browser.evaluate(
                                    "document.querySelectorAll('img, iframe, link, form, base, object, embed').length")
                            .asInt())
                    .as(words)
                    .isZero();
        }
        assertThat(browser.complaints()).hasSize(complaints);
        assertThat(browser.requests()).isEmpty();
    }

    /** A run that has something in every section. */
    private RunRecord run(String words, String prompt, int seed) {
        StageKey<String> facts = StageKey.of("facts", String.class);
        StageKey<String> draw = StageKey.of("draw", String.class);
        PromptRegistry prompts = PromptRegistry.of(MemoryPromptSource.of(Map.of("shop/draw.prompt", "{{words}}")));
        Gateway gateway = Gateway.builder(FakeImageModel.create())
                .reasoningModel(FakeReasoningModel.create())
                .build();
        Pipeline<String, String> pipeline = Pipeline.named("shop-window", String.class)
                .stage(facts, (run, in) -> {
                    run.decide(Decision.builder("route", "which model sees " + words + "?", words, words)
                            .putScores(words, 0.75)
                            .putScores("another", 0.5)
                            .putRejected("another", words)
                            .policy("best/1")
                            .build());
                    return gateway.reason(
                                    run,
                                    ReasoningRequest.builder(List.of(Message.user(words)))
                                            .build())
                            .result()
                            .text();
                })
                .stage(draw, needs(facts), (run, in, seen) -> {
                    String text = run.render(prompts, "shop/draw", PromptSelection.none(), Map.of("words", prompt))
                            .text();
                    run.evaluate(Evaluation.of("picture.likeness", Evaluation.Verdict.WARN, words));
                    ImageBytes sketch = gateway.generate(
                                    run, ImageRequest.builder("a sketch").build())
                            .result()
                            .images()
                            .get(0);
                    ImageRequest edit = ImageRequest.builder(text)
                            .seed(seed)
                            .addReferences(sketch)
                            .build();
                    return gateway.generate(run, edit).result().servedBy();
                })
                .returning(draw);
        try (PipelineRunner runner = PipelineRunner.builder()
                .traceSink(store)
                .journal(store)
                .artifacts(store)
                .build()) {
            RunOptions options = RunOptions.builder().tenant(words).user(words).build();
            return store.find(runner.run(pipeline, words, options).runId()).orElseThrow();
        } finally {
            gateway.close();
        }
    }
}
