package dev.pictor.adapter.openai;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.catalogue.ModelKind;

/** Builds an {@link OpenAiReasoningAdapter}. Not thread-safe. */
public final class OpenAiReasoningAdapterBuilder extends ConnectionBuilder<OpenAiReasoningAdapterBuilder> {

    OpenAiApi api = OpenAiApi.RESPONSES;

    OpenAiReasoningAdapterBuilder(String apiKey) {
        super(ModelKind.REASONING, apiKey, "balanced");
    }

    @Override
    OpenAiReasoningAdapterBuilder self() {
        return this;
    }

    /**
     * Chooses how the model is asked. Default: {@link OpenAiApi#RESPONSES}.
     *
     * @param api the way
     * @return this builder
     */
    @CanIgnoreReturnValue
    public OpenAiReasoningAdapterBuilder api(OpenAiApi api) {
        this.api = requireNonNull(api, "api");
        return this;
    }

    /**
     * Returns an adapter with these settings. It opens no connection yet.
     *
     * @return a new adapter, to be closed by the caller
     */
    public OpenAiReasoningAdapter build() {
        return new OpenAiReasoningAdapter(profile, api, new OpenAiConnection(this));
    }
}
