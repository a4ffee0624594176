package dev.pictor.generation;

import dev.pictor.gateway.CallOptions;
import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.ModelAnswer;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.pipeline.RunContext;

/** The models of a gateway, for one request of a run. Of a run that is replayed, they are chosen as they were then. */
record GatewayModels(Gateway gateway, RunContext run, ImageRequest request) implements QualityLoop.Models {

    @Override
    public ModelAnswer<ImageResult> draw(CallOptions options) throws InterruptedException {
        return gateway.generate(run, request, options);
    }

    @Override
    public NextModels next(CallOptions options, ModelAnswer<ImageResult> first) {
        return DrawnThen.of(run)
                .map(then -> NextModels.asDecided(then.decisions()))
                .orElseGet(() -> NextModels.of(gateway.compare(run, request, options), request, first));
    }

    @Override
    public void forget(ModelAnswer<ImageResult> answer) throws InterruptedException {
        try {
            gateway.forget(answer);
        } catch (RuntimeException e) { // whatever a shared cache fails with
            run.degrade("a picture that is of no use cannot be taken out of the cache ("
                    + e.getClass().getSimpleName() + "), so it may be given out");
        }
    }
}
