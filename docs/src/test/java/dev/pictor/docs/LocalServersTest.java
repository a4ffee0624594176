package dev.pictor.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.Pictor;
import dev.pictor.adapter.embedded.ProceduralPainter;
import dev.pictor.adapter.local.LocalReasoningAdapter;
import dev.pictor.adapter.local.LocalServer;
import dev.pictor.adapter.local.ServerProfile;
import dev.pictor.adapter.local.ServerProfile.Endpoint;
import dev.pictor.adapter.local.ServerProfile.MaskForm;
import dev.pictor.adapter.openai.OpenAiModels;
import dev.pictor.catalogue.ModelKind;
import dev.pictor.generation.GeneratedImages;
import dev.pictor.model.ModelProfile;
import dev.pictor.testkit.FaultAnswer;
import dev.pictor.testkit.FaultServer;
import dev.pictor.testkit.TestCallContext;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The code of docs/adapters/local.md, and its tables, which are those of servers.json. */
class LocalServersTest {

    private static final String PIXEL =
            "iVBORw0KGgoAAAANSUhEUgAAAEAAAABAAQAAAACCEkxzAAAAD0lEQVR42mNgGAWjgHwAAAJAAAHgTR1EAAAAAElFTkSuQmCC";

    @Test
    void reasoning() {
        try (FaultServer answers = FaultServer.start()) {
            answers.enqueue(FaultAnswer.json(200, """
                    {"choices": [{"message": {"content": "{\\"subject\\": \\"garden\\", \\"facts\\": [], \\"colours\\": [], \\"mood\\": null, \\"purpose\\": null, \\"reasoning\\": \\"it says so\\", \\"domain\\": \\"art\\", \\"style\\": \\"impressionist\\", \\"questions\\": [], \\"suggestion\\": null, \\"confidence\\": 0.9}"}}]}"""));
            URI address = answers.uri();
            // @start region="reasoning"
            try (LocalServer ollama = LocalServer.ollama().baseUrl(address).build();
                    Pictor pictor = Pictor.builder(new ProceduralPainter())
                            .reasoningModel(ollama.reasoning("qwen3:8b"))
                            .build()) {
                GeneratedImages garden = pictor.images().generate("a garden like in a dream");
                assertThat(garden.first().byteCount()).isPositive();
            }
            // @end
            assertThat(answers.requests()).hasSize(1);
        }
    }

    @Test
    void seeing() {
        try (LocalServer lmStudio = LocalServer.lmStudio().build()) {
            // @start region="seeing"
            ModelProfile seeing = lmStudio.reasoningProfile("gemma-3-12b-it").toBuilder()
                    .readsPictures(true)
                    .build();
            LocalReasoningAdapter reader = lmStudio.reasoning(seeing);
            // @end
            assertThat(reader.profile().readsPictures()).isTrue();
        }
    }

    @Test
    void openAi() {
        String apiKey = "sk-made-up";
        try (FaultServer answers = FaultServer.start()) {
            answers.enqueue(FaultAnswer.json(200, "{\"data\": [{\"b64_json\": \"" + PIXEL + "\"}]}"));
            URI address = answers.uri();
            // @start region="openai"
            try (LocalServer openAi =
                            LocalServer.openAi(apiKey).baseUrl(address).build();
                    Pictor pictor = Pictor.builder(openAi.images("gpt-image-2")).build()) {
                GeneratedImages lamp = pictor.images().generate("a brass lamp");
                assertThat(lamp.model()).isEqualTo("gpt-image-2");
            }
            // @end
            assertThat(Base64.getDecoder().decode(PIXEL)).isNotEmpty();
        }
    }

    @Test
    void other() throws InterruptedException {
        try (FaultServer answers = FaultServer.start();
                TestCallContext call = TestCallContext.unbounded()) {
            answers.enqueue(FaultAnswer.json(200, "{\"data\": [{\"id\": \"Qwen/Qwen-Image\"}]}"));
            URI address = answers.uri();
            // @start region="other"
            try (LocalServer server = LocalServer.at(address)
                    .profile(ServerProfile.named("vllm-omni"))
                    .build()) {
                List<String> models = server.models(call);
                assertThat(models).containsExactly("Qwen/Qwen-Image");
            }
            // @end
        }
    }

    /** Two artifacts hold the list, since neither may need the other. */
    @Test
    void openAisModelsAreThoseOfItsOwnAdapterButForConversations() {
        try (LocalServer openAi = LocalServer.openAi("sk-made-up").build()) {
            assertThat(OpenAiModels.catalogue().models()).isNotEmpty().allSatisfy(model -> {
                String id = model.profile().id();
                ModelProfile here = switch (model.kind()) {
                    case IMAGE -> openAi.imageProfile(id);
                    case REASONING -> openAi.reasoningProfile(id);
                    default -> openAi.embeddingProfile(id);
                };
                assertThat(here)
                        .isEqualTo(model.profile().toBuilder()
                                .supportsContinuation(false)
                                .build());
            });
            assertThat(openAi.imageProfile("best").id())
                    .isEqualTo(OpenAiModels.catalogue()
                            .profile(ModelKind.IMAGE, "best")
                            .id());
        }
    }

    @Test
    void itsTablesAreThoseOfTheFile() throws IOException {
        String document = Files.readString(Path.of("../docs/adapters/local.md"));
        assertThat(document)
                .contains(table(
                        "| server | profile | usual address | chats | pictures | edits | vectors | costs |",
                        Stream.of(Endpoint.MODELS),
                        LocalServersTest::has))
                .contains(table(
                        "| server | JSON by | limit of tokens | thinking | seed | pictures read | PDF | options |",
                        Stream.of(Endpoint.CHAT),
                        LocalServersTest::chats))
                .contains(table(
                        "| server | at once | references | mask | seed | sizes | options |",
                        Stream.of(Endpoint.IMAGES),
                        LocalServersTest::pictures))
                .contains(ServerProfile.builtIn().stream()
                        .map(server ->
                                "- " + server.title() + ": " + server.note().orElseThrow())
                        .collect(Collectors.joining("\n")));
    }

    private static String table(String head, Stream<Endpoint> having, Function<ServerProfile, List<String>> row) {
        String line =
                "|" + "---|".repeat((int) head.chars().filter(c -> c == '|').count() - 1);
        Collection<Endpoint> needed = having.toList();
        return Stream.concat(
                        Stream.of(head, line),
                        ServerProfile.builtIn().stream()
                                .filter(server -> server.endpoints().containsAll(needed))
                                .map(server ->
                                        "| " + server.title() + " | " + String.join(" | ", row.apply(server)) + " |"))
                .collect(Collectors.joining("\n"));
    }

    private static List<String> has(ServerProfile server) {
        return List.of(
                "`" + server.name() + "`",
                server.baseUrl().map(url -> "`" + url + "`").orElse("-"),
                yes(server.endpoints().contains(Endpoint.CHAT)),
                yes(server.endpoints().contains(Endpoint.IMAGES)),
                yes(server.endpoints().contains(Endpoint.EDITS)),
                server.endpoints().contains(Endpoint.EMBEDDINGS) ? word(server.vectorForm()) : "no",
                server.isFree() ? "nothing" : "by catalogue, else unknown");
    }

    private static List<String> chats(ServerProfile server) {
        return List.of(
                word(server.jsonForm()),
                "`" + server.maxTokensField() + "`",
                server.effortWords().isEmpty() ? "no" : String.join(", ", server.effortWords()),
                yes(server.takesSeed()),
                server.pictureFormats().stream().map(LocalServersTest::word).collect(Collectors.joining(", ")),
                yes(server.takesPdf()),
                options(server.chatOptions()));
    }

    private static List<String> pictures(ServerProfile server) {
        return List.of(
                String.valueOf(server.maxCount()),
                String.valueOf(server.maxReferences()),
                server.maskForm() == MaskForm.NONE ? "no" : word(server.maskForm()),
                yes(server.takesImageSeed()),
                server.sizeStepPx() == 1
                        ? "as asked"
                        : "multiples of " + server.sizeStepPx() + ", " + server.minPixels() + " to "
                                + server.maxPixels() + " pixels",
                options(server.imageOptions()));
    }

    private static String options(Collection<String> options) {
        return new TreeSet<>(options).stream().map(option -> "`" + option + "`").collect(Collectors.joining(", "));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String yes(boolean has) {
        return has ? "yes" : "no";
    }
}
