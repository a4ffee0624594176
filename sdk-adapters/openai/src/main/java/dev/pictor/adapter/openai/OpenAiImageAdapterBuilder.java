package dev.pictor.adapter.openai;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.catalogue.ModelKind;
import dev.pictor.model.ModelProfile;

/** Builds an {@link OpenAiImageAdapter}. Not thread-safe. */
public final class OpenAiImageAdapterBuilder extends ConnectionBuilder<OpenAiImageAdapterBuilder> {

    ModelProfile conversationProfile = OpenAiModels.catalogue().profile(ModelKind.REASONING, "fast");

    OpenAiImageAdapterBuilder(String apiKey) {
        super(ModelKind.IMAGE, apiKey, "balanced");
    }

    @Override
    OpenAiImageAdapterBuilder self() {
        return this;
    }

    /**
     * Chooses the model that talks where a picture is gone on from: it reads the conversation and has the image model
     * draw. What it reads and writes is charged at its own price. Default: {@code fast}.
     *
     * @param name a reasoning model of {@link OpenAiModels#catalogue()}, as {@link #model(String)} takes it
     * @return this builder
     * @throws IllegalArgumentException if the catalogue has no such model
     */
    @CanIgnoreReturnValue
    public OpenAiImageAdapterBuilder conversationModel(String name) {
        conversationProfile = OpenAiModels.catalogue().profile(ModelKind.REASONING, name);
        return this;
    }

    /**
     * Returns an adapter with these settings. It opens no connection yet.
     *
     * @return a new adapter, to be closed by the caller
     */
    public OpenAiImageAdapter build() {
        return new OpenAiImageAdapter(profile, conversationProfile.id(), new OpenAiConnection(this));
    }
}
