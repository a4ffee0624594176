package dev.pictor.generation;

import dev.pictor.gateway.CallOptions;
import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.GatewayBuilder;
import dev.pictor.gateway.ModelAnswer;
import dev.pictor.gateway.cache.CacheSettings;
import dev.pictor.gateway.routing.Routers;
import dev.pictor.image.Pictures;
import dev.pictor.model.CallContext;
import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.Price;
import dev.pictor.model.Rate;
import dev.pictor.model.ReasoningModelAdapter;
import dev.pictor.model.ReasoningRequest;
import dev.pictor.model.ReasoningResult;
import dev.pictor.model.Usage;
import dev.pictor.pipeline.Pipeline;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.RunContext;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.pipeline.StageKey;
import dev.pictor.prompts.PromptRegistry;
import dev.pictor.prompts.PromptSource;
import dev.pictor.trace.Decision;
import dev.pictor.trace.MemoryRunStore;
import dev.pictor.trace.RunRecord;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/** Models that draw, one that judges by a script, and a run of one stage to call them in. */
final class QualityScene implements AutoCloseable {

    /** What a stage does. */
    @FunctionalInterface
    interface Work<T> {
        T in(RunContext run) throws Exception;
    }

    /** Draws at 10 cents a picture, each of another size, or is down. */
    static final class Painter implements ImageModelAdapter {

        final List<ImageRequest> requests = new ArrayList<>();
        final ModelProfile profile;
        boolean isDown;

        Painter(String id, double quality) {
            this(ModelProfile.builder(id, "stub")
                    .quality(quality)
                    .maxCount(4)
                    .price(Price.builder("made up", LocalDate.EPOCH)
                            .addRates(Rate.perImage("0.10"))
                            .build())
                    .build());
        }

        Painter(ModelProfile profile) {
            this.profile = profile;
        }

        @Override
        public ModelProfile profile() {
            return profile;
        }

        @Override
        public ImageResult generate(ImageRequest request, CallContext call) {
            requests.add(request);
            if (isDown) {
                throw new ModelException(ModelFailure.builder(
                                profile.id(),
                                ModelFailure.Reason.BLOCKED_BY_POLICY,
                                ModelFailure.Billed.REJECTED,
                                profile.id() + " refuses")
                        .build());
            }
            return ImageResult.builder(
                            profile.id() + "-2026",
                            IntStream.range(0, request.count())
                                    .mapToObj(i -> Pictures.png(8 + requests.size(), 8 + i))
                                    .toList())
                    .usage(Usage.builder().images(request.count()).build())
                    .build();
        }
    }

    /** Judges by a script, at 1 cent a request, and says the last over and over. */
    static final class Judge implements ReasoningModelAdapter {

        final List<ReasoningRequest> requests = new ArrayList<>();
        final Queue<String> answers = new ArrayDeque<>();
        boolean readsPictures = true;

        @Override
        public ModelProfile profile() {
            return ModelProfile.builder("stub-judge", "stub")
                    .readsPictures(readsPictures)
                    .price(Price.builder("made up", LocalDate.EPOCH)
                            .addRates(Rate.builder(
                                            Rate.Unit.REQUEST,
                                            Rate.Modality.ANY,
                                            Rate.Direction.OUTPUT,
                                            new BigDecimal("0.01"))
                                    .build())
                            .build())
                    .build();
        }

        @Override
        public ReasoningResult reason(ReasoningRequest request, CallContext call) {
            requests.add(request);
            String answer = answers.size() > 1 ? answers.remove() : answers.element();
            if (answer.equals("down")) {
                throw new ModelException(ModelFailure.builder(
                                "stub-judge",
                                ModelFailure.Reason.BLOCKED_BY_POLICY,
                                ModelFailure.Billed.REJECTED,
                                "stub-judge is down")
                        .build());
            }
            return ReasoningResult.builder("stub-judge-1", answer)
                    .usage(Usage.builder()
                            .inputTextTokens(1)
                            .outputTextTokens(1)
                            .build())
                    .build();
        }
    }

    static final String GOOD = answer(8, "ACCEPT", "[]", "[]");
    static final String USABLE = answer(6, "RETRY", "[]", "[]");
    static final String BAD = answer(2, "RETRY", "[]", "[]");
    static final String HOPELESS = answer(3, "REJECT", "[]", "[]");

    static String answer(int overall, String verdict, String facts, String defects) {
        return """
                {"seen": "foxes", "textSeen": [], "facts": %s, "defects": %s, "factsStated": 0, "factsMet": 0,
                 "adherence": 5, "composition": 5, "technique": 5, "artefacts": 5, "textLegibility": null,
                 "overall": %d, "verdict": "%s", "reasoning": "overall %d", "notVisible": [], "confidence": 0.9}""".formatted(facts, defects, overall, verdict, overall);
    }

    final Painter plain = new Painter("plain", 0.4);
    final Painter better = new Painter("better", 0.7);
    final Painter best = new Painter("best", 0.9);
    final Judge judge = new Judge();
    final PromptRegistry prompts = PromptRegistry.of(PromptSource.builtIn());
    final MemoryRunStore store = new MemoryRunStore();
    final PipelineRunner runner = PipelineRunner.builder().traceSink(store).build();
    private Gateway gateway = gateway(
            Gateway.builder(plain).addImageModel(best).addImageModel(better).reasoningModel(judge));

    private static Gateway gateway(GatewayBuilder builder) {
        return builder.router(Routers.staticOrder()).build();
    }

    Gateway gateway() {
        return gateway;
    }

    void cached() {
        cached(CacheSettings.ofDefaults());
    }

    void cached(CacheSettings cache) {
        gateway.close();
        gateway = gateway(Gateway.builder(plain)
                .addImageModel(better)
                .reasoningModel(judge)
                .cache(cache));
    }

    void only(Painter painter) {
        gateway.close();
        gateway = gateway(Gateway.builder(painter).reasoningModel(judge));
    }

    void withoutJudge() {
        gateway.close();
        gateway = gateway(Gateway.builder(plain));
    }

    QualityLoop.Drawn draw(ImageRequest request, CallOptions options) {
        QualityJudge judging = new QualityJudge(gateway, prompts);
        QualityJudge.Asked asked = new QualityJudge.Asked("three foxes", request.prompt(), List.of(), List.of());
        return inRun(run -> new QualityLoop(
                        run, new GatewayModels(gateway, run, request), picture -> judging.judge(run, asked, picture))
                .draw(options));
    }

    ModelAnswer<ImageResult> unjudged(ImageRequest request) {
        return inRun(run -> gateway.generate(run, request));
    }

    <T> T inRun(Work<T> work) {
        AtomicReference<T> result = new AtomicReference<>();
        StageKey<String> key = StageKey.of("generate", String.class);
        Pipeline<String, String> pipeline = Pipeline.named("calls", String.class)
                .stage(key, (run, input) -> {
                    result.set(work.in(run));
                    return "done";
                })
                .returning(key);
        var unused = runner.run(pipeline, "input", RunOptions.ofDefaults());
        return result.get();
    }

    RunRecord record() {
        return store.find(store.newest(1).get(0)).orElseThrow();
    }

    List<Decision> decisions() {
        return record().decisions().stream()
                .map(made -> made.decision())
                .filter(decision -> decision.kind().equals("quality"))
                .toList();
    }

    @Override
    public void close() {
        gateway.close();
        runner.close();
    }
}
