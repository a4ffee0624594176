package dev.pictor.gateway;

import static dev.pictor.trace.StoredRunException.Reason.ARTIFACT_MISSING;
import static dev.pictor.trace.StoredRunException.Reason.NOT_RECORDED;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.ImageLimits;
import dev.pictor.image.Sha256;
import dev.pictor.model.Continuation;
import dev.pictor.model.FinishReason;
import dev.pictor.model.Money;
import dev.pictor.model.OptionWarning;
import dev.pictor.model.Usage;
import dev.pictor.trace.ArtifactStore;
import dev.pictor.trace.StoredRunException;
import dev.pictor.trace.TraceAttributes;
import dev.pictor.trace.TraceEvent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** A result as the trace describes it, piece by piece. Immutable. */
final class RecordedResult {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    /** Whatever was once accepted is accepted again. */
    private static final ImageLimits LIMITS = ImageLimits.builder()
            .maxBytes(Integer.MAX_VALUE)
            .maxSidePx(Integer.MAX_VALUE)
            .maxPixels(Long.MAX_VALUE)
            .maxMetadataBytes(Integer.MAX_VALUE)
            .build();

    private final TraceEvent answer;
    /** Response, usage, finish reason and vendor's id: of the attempt if it has them, else of the answer itself. */
    private final Map<?, ?> response;

    private final @Nullable Object usage;
    private final @Nullable Object finishReason;
    private final @Nullable Object responseId;
    private final ArtifactStore artifacts;

    private RecordedResult(
            TraceEvent answer,
            Map<?, ?> response,
            @Nullable Object usage,
            @Nullable Object finishReason,
            @Nullable Object responseId,
            ArtifactStore artifacts) {
        this.answer = answer;
        this.response = response;
        this.usage = usage;
        this.finishReason = finishReason;
        this.responseId = responseId;
        this.artifacts = artifacts;
    }

    /** @throws StoredRunException if the record has no result */
    static RecordedResult of(RecordedAnswer recorded) {
        TraceEvent answer = recorded.answer();
        TraceEvent call = recorded.call();
        if (call != null && call.body().get("response") instanceof Map<?, ?> response) {
            return new RecordedResult(
                    answer,
                    response,
                    call.body().get(TraceAttributes.USAGE),
                    call.attributes().get(TraceAttributes.FINISH_REASONS) instanceof List<?> reasons
                                    && !reasons.isEmpty()
                            ? reasons.get(0)
                            : null,
                    call.attributes().get(TraceAttributes.RESPONSE_ID),
                    recorded.artifacts());
        }
        if (answer.body().get(AnswerForm.RESULT) instanceof Map<?, ?> result
                && result.get("response") instanceof Map<?, ?> response) {
            return new RecordedResult(
                    answer,
                    response,
                    result.get(TraceAttributes.USAGE),
                    result.get("finish_reason"),
                    result.get("response_id"),
                    recorded.artifacts());
        }
        throw new StoredRunException(NOT_RECORDED, "an answer of run " + answer.runId() + " has no result", null);
    }

    String servedBy() {
        return String.valueOf(answer.attributes().get(TraceAttributes.RESPONSE_MODEL));
    }

    Usage usage() {
        return usage == null ? Usage.none() : MAPPER.convertValue(usage, Usage.class);
    }

    FinishReason finishReason() {
        return finishReason == null ? FinishReason.STOP : new FinishReason(String.valueOf(finishReason));
    }

    Optional<String> vendorRequestId() {
        return Optional.ofNullable(responseId).map(String::valueOf);
    }

    /** The result's own warnings. */
    List<OptionWarning> warnings() {
        @Nullable Object own = answer.body().get(AnswerForm.RESULT_WARNINGS);
        return own == null ? answerWarnings() : warnings(own);
    }

    List<OptionWarning> answerWarnings() {
        @Nullable Object all = answer.body().get(AnswerForm.WARNINGS);
        return all == null ? List.of() : warnings(all);
    }

    private static List<OptionWarning> warnings(Object json) {
        return MAPPER.convertValue(json, new TypeReference<List<OptionWarning>>() {});
    }

    Optional<String> text(String name) {
        return response.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    int count(String name) {
        return response.get(name) instanceof Number count ? count.intValue() : 0;
    }

    OptionalDouble number(String name) {
        return response.get(name) instanceof Number number
                ? OptionalDouble.of(number.doubleValue())
                : OptionalDouble.empty();
    }

    Optional<Money> money(String name) {
        return Optional.ofNullable(response.get(name)).map(json -> MAPPER.convertValue(json, Money.class));
    }

    List<ImageBytes> pictures() {
        List<ImageBytes> pictures = new ArrayList<>();
        if (response.get("images") instanceof List<?> images) {
            for (Object image : images) {
                Sha256 name = name((Map<?, ?>) image);
                pictures.add(artifacts.image(name, LIMITS).orElseThrow(() -> missing(name)));
            }
        }
        return pictures;
    }

    Optional<Continuation> continuation() {
        if (!(response.get("continuation") instanceof Map<?, ?> state)) {
            return Optional.empty();
        }
        ByteBuffer kept = bytes(state);
        byte[] bytes = new byte[kept.remaining()];
        kept.get(bytes);
        return Optional.of(Continuation.of(String.valueOf(state.get("provider")), bytes));
    }

    /** The bytes that stand for the whole response. */
    ByteBuffer bytes() {
        return bytes(response);
    }

    private ByteBuffer bytes(Map<?, ?> named) {
        Sha256 name = name(named);
        return artifacts.get(name).orElseThrow(() -> missing(name));
    }

    private static Sha256 name(Map<?, ?> named) {
        return new Sha256(String.valueOf(named.get("sha256")));
    }

    private StoredRunException missing(Sha256 name) {
        return new StoredRunException(
                ARTIFACT_MISSING, "artifact " + name + " of run " + answer.runId() + " is not stored", null);
    }
}
