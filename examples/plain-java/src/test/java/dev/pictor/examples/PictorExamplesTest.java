package dev.pictor.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.ImageFormat;
import dev.pictor.image.PixelSize;
import dev.pictor.testkit.FaultAnswer;
import dev.pictor.testkit.FaultServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PictorExamplesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private record Ran(int exitCode, String out, String err) {

        String fact(String name) {
            return out.lines()
                    .filter(line -> line.startsWith(name + " "))
                    .map(line -> line.substring(name.length()).strip())
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no " + name + " in:\n" + out + err));
        }
    }

    private static Ran run(Map<String, String> environment, boolean terminal, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = PictorExamples.run(args, environment, terminal, new PrintWriter(out), new PrintWriter(err));
        return new Ran(exitCode, out.toString(), err.toString());
    }

    private Ran generate(String... more) {
        return run(
                Map.of(),
                false,
                Stream.concat(
                                Stream.of("generate", "a red chair", "--size", "96x64", "--out", folder.toString()),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    @Nested
    class Generate {

        @Test
        void writesThePictureAndTheReportAndSaysSoInALineEach() throws IOException {
            Ran ran = generate();

            assertThat(ran.exitCode()).as(ran.err()).isZero();
            assertThat(ran.out().lines().map(line -> line.split(" ", 2)[0]))
                    .containsExactly("picture", "model", "cost", "run", "report");
            ImageBytes picture = ImageBytes.read(Path.of(ran.fact("picture")));
            assertThat(picture.format()).isEqualTo(ImageFormat.PNG);
            assertThat(picture.size()).isEqualTo(new PixelSize(96, 64));
            assertThat(ran.fact("model")).isEqualTo("procedural-painter-1");
            assertThat(ran.fact("cost")).isEqualTo("$0");
            assertThat(Files.readString(Path.of(ran.fact("report"))))
                    .contains(ran.fact("run"))
                    .contains("data:image/png;base64,");
            assertThat(ran.err()).isEmpty();
        }

        @Test
        void givesOneObjectToMachines() throws IOException {
            Ran ran = generate("--json", "--count", "2", "--seed", "7");

            JsonNode facts = JSON.readTree(ran.out());
            assertThat(facts.path("picture").size()).isEqualTo(2);
            assertThat(facts.path("cost").asText()).isEqualTo("$0");
            assertThat(facts.path("run").asText()).hasSize(26);
        }

        @Test
        void showsProgressOnATerminalOnly() {
            Ran ran = run(Map.of(), true, "generate", "a red chair", "--size", "96x64", "--out", folder.toString());

            assertThat(ran.err()).contains("understand", "100 %");
            assertThat(ran.out()).doesNotContain("\r");
        }

        @Test
        void drawsAfterAReference() {
            Path reference = Path.of(generate().fact("picture"));

            Ran ran = generate("--reference", reference.toString());

            assertThat(ran.exitCode()).as(ran.err()).isZero();
        }
    }

    @Nested
    class WithAKey {

        private Map<String, String> environment(FaultServer server) {
            return Map.of(
                    "GEMINI_API_KEY",
                    "AIza-secret-of-the-test",
                    "GEMINI_BASE_URL",
                    server.uri().toString());
        }

        @Test
        void callsGemini() throws IOException {
            byte[] png = Files.readAllBytes(Path.of(generate().fact("picture")));
            String answer = """
                    {"candidates": [{"content": {"parts": [{"inlineData": {"mimeType": "image/png", "data": "%s"}}]},
                      "finishReason": "STOP"}],
                     "usageMetadata": {"promptTokenCount": 10,
                      "promptTokensDetails": [{"modality": "TEXT", "tokenCount": 10}],
                      "candidatesTokenCount": 1120,
                      "candidatesTokensDetails": [{"modality": "IMAGE", "tokenCount": 1120}]}}""".formatted(Base64.getEncoder().encodeToString(png));
            try (FaultServer server = FaultServer.start()) {
                server.enqueue(FaultAnswer.json(200, answer));

                Ran ran = run(environment(server), false, "generate", "a chair", "--out", folder.toString());

                assertThat(ran.exitCode()).as(ran.err()).isZero();
                assertThat(ran.fact("model")).startsWith("gemini-");
                assertThat(ran.fact("cost")).startsWith("$0.0");
                assertThat(server.requestCount()).isEqualTo(1);
            }
        }

        @Test
        void thatIsWrongSaysSoInOneLineWithoutTheKey() {
            try (FaultServer server = FaultServer.start()) {
                server.enqueue(FaultAnswer.json(400, """
                        {"error": {"code": 400, "status": "INVALID_ARGUMENT", "message": "API key not valid.",
                          "details": [{"@type": "type.googleapis.com/google.rpc.ErrorInfo",
                            "reason": "API_KEY_INVALID"}]}}"""));

                Ran ran = run(environment(server), false, "generate", "a chair", "--out", folder.toString());

                assertThat(ran.exitCode()).isEqualTo(Failures.MODEL);
                assertThat(ran.err().lines()).hasSize(1);
                assertThat(ran.err())
                        .startsWith("error: ")
                        .contains("check the API key")
                        .doesNotContain("AIza");
                assertThat(server.requestCount()).isEqualTo(1);
            }
        }
    }

    @Nested
    class WithOtherModels {

        @Test
        void openAiDrawsWithItsKey() throws IOException {
            byte[] png = Files.readAllBytes(Path.of(generate().fact("picture")));
            try (FaultServer server = FaultServer.start()) {
                server.enqueue(
                        FaultAnswer.json(200, """
                        {"data": [{"b64_json": "%s"}], "usage": {"input_tokens": 13,
                          "input_tokens_details": {"text_tokens": 13, "image_tokens": 0}, "output_tokens": 1756}}""".formatted(Base64.getEncoder().encodeToString(png))));
                Map<String, String> environment = Map.of(
                        "OPENAI_API_KEY",
                        "sk-secret-of-the-test",
                        "OPENAI_BASE_URL",
                        server.uri().toString());

                Ran ran = run(environment, false, "generate", "a chair", "--out", folder.toString());

                assertThat(ran.exitCode()).as(ran.err()).isZero();
                assertThat(ran.fact("model")).startsWith("gpt-image-");
                assertThat(ran.fact("cost")).startsWith("$0.0");
                assertThat(server.requests().get(0).header("authorization")).contains("Bearer sk-secret-of-the-test");
            }
        }

        @Test
        void aLocalModelReadsTheWish() {
            try (FaultServer server = FaultServer.start()) {
                server.enqueue(FaultAnswer.json(200, """
                        {"model": "llama3.2", "choices": [{"message": {"content":
                          "{\\"subject\\": \\"a chair\\", \\"facts\\": [], \\"colours\\": [], \\"mood\\": null, \\"purpose\\": null, \\"reasoning\\": \\"a chair is sold\\", \\"domain\\": \\"products\\", \\"style\\": \\"bold\\", \\"questions\\": [], \\"suggestion\\": null, \\"confidence\\": 0.9}"}}]}"""));
                Map<String, String> environment =
                        Map.of("PICTOR_LOCAL_URL", server.uri() + "/v1", "PICTOR_LOCAL_MODEL", "llama3.2");

                Ran ran = run(environment, false, "generate", "a chair", "--size", "96x64", "--out", folder.toString());

                assertThat(ran.exitCode()).as(ran.err()).isZero();
                assertThat(server.requests()).hasSize(1);
                assertThat(server.requests().get(0).path()).isEqualTo("/v1/chat/completions");
                assertThat(run(Map.of(), false, "show", ran.fact("run"), "--out", folder.toString())
                                .out())
                        .contains("understand executed");
            }
        }

        @Test
        void aLocalServerNeedsTheNameOfAModel() {
            Ran ran = run(
                    Map.of("PICTOR_LOCAL_URL", "http://127.0.0.1:9"),
                    false,
                    "generate",
                    "a chair",
                    "--out",
                    folder.toString());

            assertThat(ran.exitCode()).isEqualTo(Failures.BAD_INPUT);
            assertThat(ran.err()).contains("PICTOR_LOCAL_URL needs PICTOR_LOCAL_MODEL to be set");
        }
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of(List.of(), "no command given; try --help"),
                Arguments.of(List.of("paint"), "Unmatched arguments from index 0: 'paint'"),
                Arguments.of(List.of("generate"), "Missing required parameter: 'PROMPT'"),
                Arguments.of(List.of("generate", " "), "prompt must have 1 to 4000 characters and not be blank, had 1"),
                Arguments.of(List.of("generate", "x", "--frame"), "Unknown option: '--frame'"),
                Arguments.of(List.of("generate", "x", "--size", "big"), "size must look like 1024x768, was \"big\""),
                Arguments.of(List.of("generate", "x", "--count", "11"), "count must be 1 to 10, was 11"),
                Arguments.of(List.of("generate", "x", "--size", "9000x9"), "draws at most 4096x4096"),
                Arguments.of(
                        List.of("generate", "x", "--model", "any"),
                        "--model any needs GEMINI_API_KEY or OPENAI_API_KEY to be set"),
                Arguments.of(List.of("runs"), "there are no runs in"),
                Arguments.of(List.of("show", "first"), "there are no runs in"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void badInputGivesOneClearLineAndExitCodeTwo(List<String> args, String message) {
        String[] all = args.isEmpty()
                ? new String[0]
                : Stream.concat(args.stream(), Stream.of("--out", folder.toString()))
                        .toArray(String[]::new);

        Ran ran = run(Map.of(), false, all);

        assertThat(ran.exitCode()).isEqualTo(Failures.BAD_INPUT);
        assertThat(ran.err().lines()).hasSize(1);
        assertThat(ran.err()).startsWith("error: ").contains(message);
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        Ran ran = run(Map.of(), false, "generate", "x", "--json", "--out", file.toString());

        assertThat(ran.exitCode()).isEqualTo(Failures.FILE);
        JsonNode error = JSON.readTree(ran.err()).path("error");
        assertThat(error.path("type").asText()).isEqualTo("file");
        assertThat(error.path("message").asText()).startsWith("cannot create folder " + file);
    }

    @Nested
    class TheStore {

        @Test
        void listsAndShowsRuns() throws IOException {
            String first = generate().fact("run");
            String second = generate().fact("run");

            Ran runs = run(Map.of(), false, "runs", "--json", "--out", folder.toString());
            Ran show = run(Map.of(), false, "show", first, "--out", folder.toString());

            assertThat(JSON.readTree(runs.out()).path("runs").findValuesAsText("run"))
                    .containsExactlyInAnyOrder(first, second);
            assertThat(show.exitCode()).isZero();
            assertThat(show.out()).contains("understand executed", "check executed", "prompt_select: ");
        }

        @Test
        void resumesARunThatFailed() {
            try (FaultServer server = FaultServer.start()) {
                server.enqueue(FaultAnswer.json(503, "{\"error\": {\"status\": \"UNAVAILABLE\"}}"));
                Map<String, String> down = Map.of(
                        "GEMINI_API_KEY",
                        "AIza-secret-of-the-test",
                        "GEMINI_BASE_URL",
                        server.uri().toString());
                assertThat(run(down, false, "generate", "a chair", "--out", folder.toString())
                                .exitCode())
                        .isEqualTo(Failures.MODEL);
            }
            String failed = run(Map.of(), false, "runs", "--out", folder.toString())
                    .out()
                    .split(" ", 2)[0];

            Ran resumed = run(Map.of(), false, "resume", failed, "--out", folder.toString());

            assertThat(resumed.exitCode()).as(resumed.err()).isZero();
            assertThat(resumed.fact("run")).isEqualTo(failed);
            assertThat(run(Map.of(), false, "show", failed, "--out", folder.toString())
                            .out())
                    .contains("understand restored", "generate executed");
            assertThat(run(Map.of(), false, "resume", failed, "--out", folder.toString())
                            .exitCode())
                    .isEqualTo(Failures.STORED_RUN);
        }
    }
}
