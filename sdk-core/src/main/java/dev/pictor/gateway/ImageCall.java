package dev.pictor.gateway;

import dev.pictor.gateway.cache.CacheKey;
import dev.pictor.image.AspectRatio;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.PixelSize;
import dev.pictor.model.CallContext;
import dev.pictor.model.FinishReason;
import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageRequestBuilder;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelResult;
import dev.pictor.model.OptionWarning;
import dev.pictor.model.PlannedUse;
import dev.pictor.model.PlannedUseBuilder;
import dev.pictor.model.Usage;
import dev.pictor.pipeline.RunContext;
import dev.pictor.trace.TraceAttributes;
import dev.pictor.trace.TraceFields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A call to a model that draws. */
final class ImageCall extends ModelCall<ImageResult> {

    private final ImageModelAdapter adapter;
    private final ImageRequest asked;
    private final ImageRequest request;
    private final List<OptionWarning> omissions;
    private final int number;

    private ImageCall(
            int index,
            Lane lane,
            ImageModelAdapter adapter,
            ImageRequest asked,
            ImageRequest request,
            List<OptionWarning> omissions,
            int number) {
        super(index, lane);
        this.adapter = adapter;
        this.asked = asked;
        this.request = request;
        this.omissions = omissions;
        this.number = number;
    }

    /** @param vendor whom the request's own options are for: another vendor never gets them */
    static ImageCall of(int index, Lane lane, ImageModelAdapter adapter, ImageRequest request, String vendor) {
        CandidateOptions options = CandidateOptions.of(lane.candidate, request.options(), vendor);
        ImageRequest fitting = options.isAsAsked()
                ? request
                : request.toBuilder().options(options.sent()).build();
        return new ImageCall(index, lane, adapter, request, fitting, options.omissions(), 0);
    }

    ImageRequest request() {
        return request;
    }

    @Override
    String operation() {
        return "generate_content";
    }

    @Override
    String outputType() {
        return "image";
    }

    @Override
    ImageResult invoke(CallContext context) throws InterruptedException {
        return adapter.generate(request, context);
    }

    @Override
    List<OptionWarning> unsupported() {
        return adapter.unsupported(request);
    }

    @Override
    List<String> problems() {
        List<String> problems = new ArrayList<>(0);
        if (request.references().size() > profile.maxReferences()) {
            problems.add("takes at most " + profile.maxReferences() + " reference pictures, the request has "
                    + request.references().size());
        }
        if (request.mask().isPresent() && !profile.supportsMask()) {
            problems.add("takes no mask");
        }
        boolean wantsConversation =
                request.continuable() || request.continuation().isPresent();
        if (wantsConversation && !profile.supportsContinuation()) {
            problems.add("cannot go on from an earlier answer");
        } else if (request.continuation().isPresent()
                && !request.continuation().get().provider().equals(profile.provider())) {
            problems.add("cannot go on from an answer of "
                    + request.continuation().get().provider());
        } else if (wantsConversation && request.count() > 1) {
            problems.add("goes on from one picture, the request asks for " + request.count());
        }
        PixelSize size = request.size().orElse(null);
        PixelSize max = size == null ? null : profile.maxSize().orElse(null);
        if (size != null && max != null && (size.width() > max.width() || size.height() > max.height())) {
            problems.add("draws at most " + max + ", the request asks for " + size);
        }
        int maxChars = profile.maxPromptChars().orElse(Integer.MAX_VALUE);
        if (request.prompt().length() > maxChars) {
            problems.add("reads prompts of at most " + maxChars + " characters, the request has "
                    + request.prompt().length());
        }
        return problems;
    }

    @Override
    ImageCall shortened() {
        int maxChars = profile.maxPromptChars().orElse(Integer.MAX_VALUE);
        String prompt = request.prompt();
        if (prompt.length() <= maxChars) {
            return this;
        }
        String kept = LongPrompt.cut(prompt, maxChars);
        List<OptionWarning> more = new ArrayList<>(omissions);
        more.add(new OptionWarning(
                "prompt",
                profile.id() + " reads at most " + maxChars + " characters: the last "
                        + (prompt.length() - kept.length()) + " of " + prompt.length() + " were left out"));
        ImageRequest shorter = request.toBuilder().prompt(kept).build();
        return new ImageCall(index, lane, adapter, asked, shorter, List.copyOf(more), number);
    }

    @Override
    List<OptionWarning> omissions() {
        return omissions;
    }

    @Override
    List<OptionWarning> shortcomings(ImageResult result) {
        int drawn = result.images().size();
        return drawn == request.count()
                ? List.of()
                : List.of(new OptionWarning("count", "asked for " + request.count() + " pictures, got " + drawn));
    }

    @Override
    int partCount() {
        int most = Math.max(1, profile.maxCount());
        return (request.count() + most - 1) / most;
    }

    /** The seed goes up by the pictures of the parts before: with the same one all parts would be the same. */
    @Override
    ImageCall part(int number) {
        int most = Math.max(1, profile.maxCount());
        int before = (number - 1) * most;
        ImageRequestBuilder part = request.toBuilder().count(Math.min(most, request.count() - before));
        request.seed().ifPresent(seed -> part.seed(seed + before));
        return new ImageCall(index, lane, adapter, asked, part.build(), omissions, number);
    }

    @Override
    int number() {
        return number;
    }

    @Override
    ImageResult joined(List<ImageResult> results) {
        ImageResult first = results.get(0);
        List<String> texts =
                results.stream().flatMap(part -> part.text().stream()).toList();
        return ImageResult.builder(
                        first.servedBy(),
                        results.stream().flatMap(part -> part.images().stream()).toList())
                .usage(results.stream().map(ImageResult::usage).reduce(Usage.none(), Usage::plus))
                .finishReason(results.stream()
                        .map(ImageResult::finishReason)
                        .filter(reason -> !reason.equals(FinishReason.STOP))
                        .findFirst()
                        .orElse(FinishReason.STOP))
                .text(texts.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", texts)))
                .warnings(results.stream()
                        .flatMap(part -> part.warnings().stream())
                        .distinct()
                        .toList())
                .vendorRequestId(results.stream()
                        .flatMap(part -> part.vendorRequestId().stream())
                        .findFirst())
                .build();
    }

    @Override
    boolean isAlikeForAll() {
        return candidate.options().isEmpty()
                && asked.options().isEmpty()
                && asked.seed().isEmpty()
                && asked.continuation().isEmpty()
                && !asked.continuable();
    }

    @Override
    PlannedUse plan() {
        int requests = partCount(); // each reads the prompt and the pictures anew
        int inputs = request.references().size() + (request.mask().isPresent() ? 1 : 0);
        PlannedUseBuilder use = PlannedUse.builder()
                .images(request.count())
                .size(request.size())
                .promptBytes((long) requests * utf8Bytes(request.prompt()))
                .inputImages(requests * inputs);
        text("quality").ifPresent(use::quality);
        text("imageSize").or(() -> text("resolution")).ifPresent(use::resolution);
        return use.build();
    }

    /** An option that bears on the price, unless the model leaves it out: then it may draw the dearest. */
    private Optional<String> text(String option) {
        return Optional.ofNullable(request.options().get(option))
                .filter(value -> honours(option))
                .map(String::valueOf);
    }

    boolean honours(String option) {
        return unsupported().stream().noneMatch(warning -> warning.option().equals(option));
    }

    @Override
    CacheKey key(Optional<String> tenant) {
        return CacheKey.of(target(tenant), request);
    }

    @Override
    CacheKey envelope(Optional<String> tenant) {
        return CacheKey.envelope(target(tenant), request);
    }

    @Override
    Optional<String> prompt() {
        return Optional.of(request.prompt());
    }

    @Override
    ImageResult cast(ModelResult kept) {
        return (ImageResult) kept;
    }

    @Override
    Map<String, Object> attributes() {
        return TraceFields.of(
                TraceAttributes.CHOICE_COUNT,
                request.count() == 1 ? null : request.count(),
                TraceAttributes.SEED,
                seed());
    }

    @Override
    Map<String, Object> describe() {
        List<Object> parts = new ArrayList<>(1);
        parts.add(CallJson.text(request.prompt()));
        for (ImageBytes image : request.references()) {
            parts.add(CallJson.picture(image, "reference"));
        }
        request.mask().ifPresent(image -> parts.add(CallJson.picture(image, "mask")));
        TraceFields parameters = TraceFields.of(
                "count",
                request.count(),
                "size",
                request.size().map(PixelSize::toString).orElse(null),
                "aspect_ratio",
                request.aspectRatio().map(AspectRatio::toString).orElse(null),
                "seed",
                seed(),
                "options",
                request.options().isEmpty() ? null : request.options());
        return TraceFields.of(
                "messages", List.of(TraceFields.of("role", "user", "parts", parts)), "parameters", parameters);
    }

    private @Nullable Object seed() {
        return request.seed().isPresent() ? request.seed().getAsLong() : null;
    }

    @Override
    Map<String, Object> describe(ImageResult result) {
        Object[] images = new Object[result.images().size()];
        Arrays.setAll(images, i -> CallJson.picture(result.images().get(i), "output"));
        return TraceFields.of(
                "text",
                result.text().orElse(null),
                "images",
                List.of(images),
                "continuation",
                result.continuation().map(CallJson::continuation).orElse(null));
    }

    @Override
    ImageResult restore(RecordedResult recorded) {
        return ImageResult.builder(recorded.servedBy(), recorded.pictures())
                .text(recorded.text("text"))
                .continuation(recorded.continuation())
                .usage(recorded.usage())
                .finishReason(recorded.finishReason())
                .warnings(recorded.warnings())
                .vendorRequestId(recorded.vendorRequestId())
                .build();
    }

    @Override
    void keepInputs(RunContext run) {
        request.references().forEach(image -> run.keep("input", image));
        request.mask().ifPresent(image -> run.keep("mask", image));
    }

    @Override
    void keepOutputs(RunContext run, ImageResult result) {
        for (ImageBytes image : result.images()) {
            run.keep("output", image);
        }
        result.continuation().ifPresent(state -> run.keep("continuation", CallJson.OPAQUE, state.asByteBuffer()));
    }
}
