package dev.pictor.testkit;

import static dev.pictor.pipeline.Needs.needs;

import dev.pictor.gateway.CallOptions;
import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.ModelAnswer;
import dev.pictor.gateway.resilience.RetryPolicy;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.PixelSize;
import dev.pictor.model.BackgroundRemovalRequest;
import dev.pictor.model.Continuation;
import dev.pictor.model.EmbeddingRequest;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.Message;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ReasoningRequest;
import dev.pictor.pipeline.Pipeline;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.StageKey;
import dev.pictor.prompts.MemoryPromptSource;
import dev.pictor.prompts.PromptRegistry;
import dev.pictor.prompts.PromptSelection;
import dev.pictor.trace.MemoryRunStore;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline over every kind of model: reads the wish, draws a hero by the second model since the first fails twice, draws
 * three details side by side, cuts the hero out and embeds what was read.
 */
final class ReplayScene implements AutoCloseable {

    record Sheet(String read, ImageBytes hero, List<ImageBytes> details, ImageBytes cutOut, List<Float> vector) {}

    record Cut(ImageBytes image, double uncertainty) {}

    static final StageKey<String> READ = StageKey.of("read", String.class);
    static final StageKey<ImageBytes> HERO = StageKey.of("hero", ImageBytes.class);
    static final StageKey<List<String>> PARTS = StageKey.listOf("parts", String.class);
    static final StageKey<List<ImageBytes>> DETAILS = StageKey.listOf("details", ImageBytes.class);
    static final StageKey<Cut> CUT = StageKey.of("cut", Cut.class);
    static final StageKey<List<Float>> VECTOR = StageKey.listOf("vector", Float.class);
    static final StageKey<Sheet> SHEET = StageKey.of("sheet", Sheet.class);

    final MemoryRunStore store = new MemoryRunStore();
    final FakeImageModel first = GatewayCalls.model("first", "0.01")
            .thenFail(Reason.UNAVAILABLE, Billed.REJECTED)
            .thenFail(Reason.UNAVAILABLE, Billed.REJECTED);
    final FakeImageModel second = GatewayCalls.model("second", "0.02")
            .thenReturn(ImageResult.builder("second", List.of(picture(0x204060)))
                    .text("a hero")
                    .continuation(Continuation.of("fake", new byte[] {1, 2, 3}))
                    .vendorRequestId("req-7")
                    .build());
    final FakeReasoningModel reader = FakeReasoningModel.create();
    final FakeBackgroundRemover remover = FakeBackgroundRemover.create();
    final FakeEmbeddingModel embedder = FakeEmbeddingModel.create();
    final Map<String, String> files = Map.of(
            "read.prompt", "Read: {{wish}}", "hero.prompt", "Draw {{what}}", "hero.dark.prompt", "Dark {{what}}");
    PromptRegistry prompts = PromptRegistry.of(MemoryPromptSource.of(files));
    final Gateway gateway;
    final PipelineRunner runner = PipelineRunner.builder()
            .traceSink(store)
            .journal(store)
            .artifacts(store)
            .build();

    /** Whether the hero goes on from the picture it was given, which a replay must give too. */
    @Nullable
    Continuation continued;

    @Nullable
    ModelAnswer<ImageResult> heroAnswer;

    ReplayScene() {
        this(2);
    }

    ReplayScene(int attempts) {
        gateway = Gateway.builder(first)
                .addImageModel(second)
                .reasoningModel(reader)
                .addBackgroundRemover(remover)
                .embeddingModel(embedder)
                .retry(RetryPolicy.builder()
                        .maxAttempts(attempts)
                        .baseDelay(Duration.ofMillis(1))
                        .build())
                .build();
    }

    static ImageBytes picture(int rgb) {
        return FakePicture.of(new PixelSize(8, 8), rgb);
    }

    Pipeline<String, Sheet> pipeline() {
        return Pipeline.named("sheet", String.class)
                .stage(
                        READ,
                        (run, wish) -> gateway.reason(
                                        run,
                                        ReasoningRequest.builder(List.of(Message.user(run.render(
                                                                prompts,
                                                                "read",
                                                                PromptSelection.none(),
                                                                Map.of("wish", wish))
                                                        .text())))
                                                .temperature(0.5)
                                                .build())
                                .result()
                                .text())
                .fallback((run, wish, failure) -> "unread")
                .stage(HERO, needs(READ), (run, wish, read) -> {
                    String prompt = run.render(
                                    prompts, "hero", PromptSelection.ofVariant("light", "dark"), Map.of("what", read))
                            .text();
                    heroAnswer = gateway.generate(
                            run, ImageRequest.builder(prompt).seed(7).build());
                    continued = heroAnswer.result().continuation().orElse(null);
                    return heroAnswer.result().images().get(0);
                })
                .stage(PARTS, needs(HERO), (run, wish, hero) -> List.of("lid", "foot", "cord"))
                .forEach(
                        DETAILS,
                        needs(PARTS),
                        3,
                        (run, wish, part) -> gateway.generate(
                                        run,
                                        ImageRequest.builder("detail " + part).build(),
                                        CallOptions.builder()
                                                .forceModel("second")
                                                .build())
                                .result()
                                .images()
                                .get(0))
                .stage(CUT, needs(HERO), (run, wish, hero) -> {
                    var cut = gateway.removeBackground(
                                    run, BackgroundRemovalRequest.builder(hero).build())
                            .result();
                    return new Cut(cut.image(), cut.uncertainty().orElse(-1));
                })
                .stage(VECTOR, needs(READ), (run, wish, read) -> {
                    float[] numbers = gateway.embed(run, new EmbeddingRequest(List.of(read)))
                            .result()
                            .embeddings()
                            .get(0)
                            .toArray();
                    Float[] boxed = new Float[numbers.length];
                    Arrays.setAll(boxed, i -> numbers[i]);
                    return List.of(boxed);
                })
                .stage(
                        StageKey.of("words", String.class),
                        needs(READ, VECTOR),
                        (run, wish, read, vector) -> read + vector.size())
                .stage(
                        SHEET,
                        needs(HERO, DETAILS, CUT),
                        (run, wish, hero, details, cut) -> new Sheet(wish, hero, details, cut.image(), List.of()))
                .returning(SHEET);
    }

    /** How often each model was asked. */
    List<Integer> requests() {
        return List.of(
                first.requests().size(),
                second.requests().size(),
                reader.requests().size(),
                remover.requests().size(),
                embedder.requests().size());
    }

    @Override
    public void close() {
        runner.close();
        gateway.close();
    }
}
