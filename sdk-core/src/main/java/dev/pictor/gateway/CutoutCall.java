package dev.pictor.gateway;

import dev.pictor.gateway.cache.CacheKey;
import dev.pictor.model.BackgroundRemovalRequest;
import dev.pictor.model.BackgroundRemovalResult;
import dev.pictor.model.BackgroundRemover;
import dev.pictor.model.CallContext;
import dev.pictor.model.ModelResult;
import dev.pictor.model.Money;
import dev.pictor.model.OptionWarning;
import dev.pictor.model.PlannedUse;
import dev.pictor.pipeline.RunContext;
import dev.pictor.trace.TraceFields;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A call to a service that removes backgrounds. */
final class CutoutCall extends ModelCall<BackgroundRemovalResult> {

    private final BackgroundRemover remover;
    private final BackgroundRemovalRequest request;
    private final List<OptionWarning> omissions;

    private CutoutCall(
            int index,
            Lane lane,
            BackgroundRemover remover,
            BackgroundRemovalRequest request,
            List<OptionWarning> omissions) {
        super(index, lane);
        this.remover = remover;
        this.request = request;
        this.omissions = omissions;
    }

    /** @param vendor whom the request's own options are for: another vendor never gets them */
    static CutoutCall of(
            int index, Lane lane, BackgroundRemover remover, BackgroundRemovalRequest request, String vendor) {
        CandidateOptions options = CandidateOptions.of(lane.candidate, request.options(), vendor);
        BackgroundRemovalRequest fitting = options.isAsAsked()
                ? request
                : request.toBuilder().options(options.sent()).build();
        return new CutoutCall(index, lane, remover, fitting, options.omissions());
    }

    @Override
    String operation() {
        return "remove_background";
    }

    @Override
    String outputType() {
        return "image";
    }

    @Override
    BackgroundRemovalResult invoke(CallContext context) throws InterruptedException {
        return remover.remove(request, context);
    }

    @Override
    List<OptionWarning> omissions() {
        return omissions;
    }

    @Override
    List<OptionWarning> unsupported() {
        return remover.unsupported(request);
    }

    @Override
    PlannedUse plan() {
        return PlannedUse.builder()
                .images(1)
                .size(request.image().size())
                .inputImages(1)
                .build();
    }

    @Override
    Optional<Money> charged(BackgroundRemovalResult result) {
        return result.charged();
    }

    @Override
    CacheKey key(Optional<String> tenant) {
        return CacheKey.of(target(tenant), request);
    }

    @Override
    BackgroundRemovalResult cast(ModelResult kept) {
        return (BackgroundRemovalResult) kept;
    }

    @Override
    Map<String, Object> describe() {
        return TraceFields.of(
                "messages",
                List.of(TraceFields.of(
                        "role", "user", "parts", List.of(CallJson.picture(request.image(), "reference")))),
                "parameters",
                TraceFields.of("options", request.options().isEmpty() ? null : request.options()));
    }

    @Override
    Map<String, Object> describe(BackgroundRemovalResult result) {
        return TraceFields.of(
                "images",
                List.of(CallJson.picture(result.image(), "output")),
                "uncertainty",
                result.uncertainty().isPresent() ? result.uncertainty().getAsDouble() : null,
                "charged",
                result.charged().orElse(null));
    }

    @Override
    BackgroundRemovalResult restore(RecordedResult recorded) {
        return BackgroundRemovalResult.builder(
                        recorded.servedBy(), recorded.pictures().get(0))
                .uncertainty(recorded.number("uncertainty"))
                .charged(recorded.money("charged"))
                .usage(recorded.usage())
                .finishReason(recorded.finishReason())
                .warnings(recorded.warnings())
                .vendorRequestId(recorded.vendorRequestId())
                .build();
    }

    @Override
    void keepInputs(RunContext run) {
        run.keep("input", request.image());
    }

    @Override
    void keepOutputs(RunContext run, BackgroundRemovalResult result) {
        run.keep("output", result.image());
    }
}
