package dev.pictor.gateway;

import dev.pictor.gateway.cache.CacheKey;
import dev.pictor.model.CallContext;
import dev.pictor.model.Message;
import dev.pictor.model.MessagePart;
import dev.pictor.model.ModelResult;
import dev.pictor.model.OptionWarning;
import dev.pictor.model.PlannedUse;
import dev.pictor.model.PlannedUseBuilder;
import dev.pictor.model.ReasoningModelAdapter;
import dev.pictor.model.ReasoningRequest;
import dev.pictor.model.ReasoningResult;
import dev.pictor.pipeline.RunContext;
import dev.pictor.trace.TraceAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A call to a model that reads and answers. */
final class ReasoningCall extends ModelCall<ReasoningResult> {

    private final ReasoningModelAdapter adapter;
    private final ReasoningRequest request;
    private final List<OptionWarning> omissions;
    private final AnswerCheck check;

    private ReasoningCall(
            int index,
            Lane lane,
            ReasoningModelAdapter adapter,
            ReasoningRequest request,
            List<OptionWarning> omissions,
            AnswerCheck check) {
        super(index, lane);
        this.adapter = adapter;
        this.request = request;
        this.omissions = omissions;
        this.check = check;
    }

    /**
     * Returns a call.
     *
     * @param vendor whom the request's own options are for: another vendor never gets them
     * @param check what an answer must pass to be kept
     */
    static ReasoningCall of(
            int index,
            Lane lane,
            ReasoningModelAdapter adapter,
            ReasoningRequest request,
            String vendor,
            AnswerCheck check) {
        CandidateOptions options = CandidateOptions.of(lane.candidate, request.options(), vendor);
        ReasoningRequest fitting = options.isAsAsked()
                ? request
                : request.toBuilder().options(options.sent()).build();
        return new ReasoningCall(index, lane, adapter, fitting, options.omissions(), check);
    }

    @Override
    boolean accepts(ReasoningResult result) {
        return check.passes(result);
    }

    @Override
    String operation() {
        return "chat";
    }

    @Override
    String outputType() {
        return request.answerSchema().isEmpty() ? "text" : "json";
    }

    @Override
    ReasoningResult invoke(CallContext context) throws InterruptedException {
        return adapter.reason(request, context);
    }

    @Override
    List<OptionWarning> omissions() {
        return omissions;
    }

    @Override
    List<OptionWarning> unsupported() {
        return adapter.unsupported(request);
    }

    @Override
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (!profile.readsPictures() && parts().anyMatch(MessagePart.Picture.class::isInstance)) {
            problems.add("reads no pictures");
        }
        if (!profile.readsPdf() && parts().anyMatch(MessagePart.Pdf.class::isInstance)) {
            problems.add("reads no PDF");
        }
        int maxChars = profile.maxPromptChars().orElse(Integer.MAX_VALUE);
        long chars = texts().mapToLong(String::length).sum();
        if (chars > maxChars) {
            problems.add("reads at most " + maxChars + " characters, the request has " + chars);
        }
        return problems;
    }

    @Override
    PlannedUse plan() {
        PlannedUseBuilder use = PlannedUse.builder()
                .promptBytes(texts().mapToLong(ModelCall::utf8Bytes).sum())
                .inputImages((int)
                        parts().filter(MessagePart.Picture.class::isInstance).count());
        request.maxOutputTokens().ifPresent(use::maxOutputTokens);
        int documents = (int) parts().filter(MessagePart.Pdf.class::isInstance).count();
        if (documents > 0) {
            use.documents(documents).maxInputTokens(profile.maxInputTokens());
        }
        return use.build();
    }

    private Stream<MessagePart> parts() {
        return request.messages().stream().flatMap(message -> message.parts().stream());
    }

    /** Everything that the model reads as words. */
    private Stream<String> texts() {
        Stream<String> said =
                parts().filter(MessagePart.Text.class::isInstance).map(part -> ((MessagePart.Text) part).text());
        return request.answerSchema().isEmpty()
                ? said
                : Stream.concat(said, Stream.of(request.answerSchema().toString()));
    }

    @Override
    CacheKey key(Optional<String> tenant) {
        return CacheKey.of(target(tenant), request);
    }

    @Override
    ReasoningResult cast(ModelResult kept) {
        return (ReasoningResult) kept;
    }

    @Override
    Map<String, Object> attributes() {
        Map<String, Object> attributes = new LinkedHashMap<>();
        request.seed().ifPresent(seed -> attributes.put(TraceAttributes.SEED, seed));
        return attributes;
    }

    @Override
    Map<String, Object> describe() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        request.maxOutputTokens().ifPresent(tokens -> parameters.put("max_output_tokens", tokens));
        request.temperature().ifPresent(temperature -> parameters.put("temperature", temperature));
        request.seed().ifPresent(seed -> parameters.put("seed", seed));
        if (!request.answerSchema().isEmpty()) {
            parameters.put("answer_schema", request.answerSchema());
        }
        if (!request.options().isEmpty()) {
            parameters.put("options", request.options());
        }
        List<Map<String, Object>> messages = request.messages().stream()
                .map(message -> Map.of(
                        "role",
                        message.role().name().toLowerCase(Locale.ROOT),
                        "parts",
                        message.parts().stream().map(ReasoningCall::part).toList()))
                .toList();
        return Map.of("messages", messages, "parameters", parameters);
    }

    private static Map<String, Object> part(MessagePart part) {
        if (part instanceof MessagePart.Picture picture) {
            return CallJson.picture(picture.image(), "reference");
        }
        if (part instanceof MessagePart.Pdf pdf) {
            return CallJson.document(pdf);
        }
        return CallJson.text(((MessagePart.Text) part).text());
    }

    @Override
    Map<String, Object> describe(ReasoningResult result) {
        return Map.of("text", result.text());
    }

    @Override
    ReasoningResult restore(RecordedResult recorded) {
        return ReasoningResult.builder(
                        recorded.servedBy(), recorded.text("text").orElse(""))
                .usage(recorded.usage())
                .finishReason(recorded.finishReason())
                .warnings(recorded.warnings())
                .vendorRequestId(recorded.vendorRequestId())
                .build();
    }

    @Override
    void keepInputs(RunContext run) {
        for (Message message : request.messages()) {
            for (MessagePart part : message.parts()) {
                if (part instanceof MessagePart.Picture picture) {
                    run.keep("input", picture.image());
                } else if (part instanceof MessagePart.Pdf pdf) {
                    run.keep("input", pdf);
                }
            }
        }
    }
}
