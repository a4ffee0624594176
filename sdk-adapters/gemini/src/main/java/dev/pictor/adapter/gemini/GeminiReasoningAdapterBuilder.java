package dev.pictor.adapter.gemini;

import dev.pictor.catalogue.ModelKind;
import dev.pictor.model.ModelProfile;

/** Builds a {@link GeminiReasoningAdapter}. Not thread-safe. */
public final class GeminiReasoningAdapterBuilder extends GoogleBuilder<GeminiReasoningAdapterBuilder> {

    GeminiReasoningAdapterBuilder(GoogleAccess access) {
        super(access, ModelKind.REASONING);
    }

    @Override
    GeminiReasoningAdapterBuilder self() {
        return this;
    }

    @Override
    void check(ModelProfile promised) {
        if (promised.supportsSeed()) {
            throw new IllegalArgumentException("profile must promise no seed, was " + promised.id());
        }
    }

    /**
     * Builds the adapter. Nothing is sent, and the environment is not read for settings.
     *
     * @return the adapter, to be closed by the caller
     */
    public GeminiReasoningAdapter build() {
        return new GeminiReasoningAdapter(profile(), connection());
    }
}
