package dev.pictor.evaluation;

import dev.pictor.gateway.AnswerSource;
import dev.pictor.gateway.CallOptions;
import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.GatewayBuilder;
import dev.pictor.gateway.ModelAnswer;
import dev.pictor.gateway.PictureCheck;
import dev.pictor.gateway.cache.CacheSettings;
import dev.pictor.gateway.routing.CallAttributes;
import dev.pictor.gateway.routing.Router;
import dev.pictor.gateway.semantic.SemanticSettings;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.pipeline.Pipeline;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.StageKey;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Plays a trace through a gateway, request by request, on a clock that goes by the trace. Immutable. */
final class TraceReplay {

    /** What came of a request: who served it, from the answer to which request, how and for how much. */
    record Served(String model, String from, AnswerSource source, BigDecimal dollars) {

        boolean isHit() {
            return source != AnswerSource.MODEL;
        }
    }

    private record Draw(TraceRequest request, CallAttributes attributes) {}

    private static final StageKey<Object> DRAW = StageKey.of("draw", Object.class);

    private final Function<TraceRequest, CallAttributes> attributes;
    private final double threshold;

    TraceReplay(Function<TraceRequest, CallAttributes> attributes, double threshold) {
        this.attributes = attributes;
        this.threshold = threshold;
    }

    /** Plays a trace, from empty caches if there are any. */
    List<Served> play(List<TraceRequest> trace, List<PricedFake> models, Router router, boolean cached) {
        ReplayTime time = new ReplayTime();
        List<Served> served = new ArrayList<>(trace.size());
        try (Gateway gateway = gateway(time, models, router, cached);
                PipelineRunner runner = PipelineRunner.builder().time(time).build()) {
            Pipeline<Draw, Object> pipeline = pipeline(gateway);
            for (TraceRequest request : trace) {
                time.moveTo(request.arrival());
                models.forEach(model -> model.serve(request.id()));
                Draw draw = new Draw(request, attributes.apply(request));
                served.add(served((ModelAnswer<?>) runner.run(pipeline, draw).value()));
            }
        }
        return served;
    }

    private Gateway gateway(ReplayTime time, List<PricedFake> models, Router router, boolean cached) {
        GatewayBuilder builder = Gateway.builder(models.get(0))
                .router(router)
                .pictureCheck(PictureCheck.none()) // its dots are too small to be pictures
                .time(time);
        models.stream().skip(1).forEach(builder::addImageModel);
        if (cached) {
            builder.cache(CacheSettings.builder().fromBetterModels(true).build())
                    .semantic(SemanticSettings.builder()
                            .threshold(threshold)
                            .maxEntries(100_000)
                            .build());
        }
        return builder.build();
    }

    private static Pipeline<Draw, Object> pipeline(Gateway gateway) {
        return Pipeline.named("workload", Draw.class)
                .stage(
                        DRAW,
                        (run, draw) -> gateway.generate(
                                run,
                                ImageRequest.builder(draw.request().prompt()).build(),
                                CallOptions.builder()
                                        .attributes(draw.attributes())
                                        .build()))
                .returning(DRAW);
    }

    private static Served served(ModelAnswer<?> answer) {
        ImageResult result = (ImageResult) answer.result();
        return new Served(
                result.servedBy(),
                result.vendorRequestId().orElseThrow(),
                answer.source(),
                answer.cost().amount().orElseThrow().amount());
    }
}
