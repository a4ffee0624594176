package dev.pictor.adapter.gemini;

import dev.pictor.catalogue.ModelKind;
import dev.pictor.model.ModelProfile;

/** Builds a {@link GeminiImageAdapter}. Not thread-safe. */
public final class GeminiImageAdapterBuilder extends GoogleBuilder<GeminiImageAdapterBuilder> {

    GeminiImageAdapterBuilder(GoogleAccess access) {
        super(access, ModelKind.IMAGE);
    }

    @Override
    GeminiImageAdapterBuilder self() {
        return this;
    }

    @Override
    void check(ModelProfile promised) {
        if (promised.supportsMask() || promised.supportsSeed() || promised.maxCount() != 1) {
            throw new IllegalArgumentException(
                    "profile must promise no mask, no seed and a count of 1, was " + promised.id());
        }
    }

    /**
     * Builds the adapter. Nothing is sent, and the environment is not read for settings.
     *
     * @return the adapter, to be closed by the caller
     */
    public GeminiImageAdapter build() {
        return new GeminiImageAdapter(profile(), connection());
    }
}
