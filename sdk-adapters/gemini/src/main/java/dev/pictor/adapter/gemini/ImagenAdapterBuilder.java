package dev.pictor.adapter.gemini;

import dev.pictor.catalogue.ModelKind;
import dev.pictor.model.ModelProfile;
import java.net.URI;

/** Builds an {@link ImagenAdapter}. Not thread-safe. */
public final class ImagenAdapterBuilder extends GoogleBuilder<ImagenAdapterBuilder> {

    private final GoogleAccess.VertexProject vertex;

    ImagenAdapterBuilder(GoogleAccess.VertexProject access) {
        super(access, GeminiModels.imagen(), ModelKind.IMAGE);
        this.vertex = access;
    }

    @Override
    ImagenAdapterBuilder self() {
        return this;
    }

    @Override
    void check(ModelProfile promised) {
        if (promised.supportsMask() || promised.maxReferences() > 0) {
            throw new IllegalArgumentException("profile must promise no mask and no references, was " + promised.id());
        }
    }

    /**
     * Builds the adapter. Nothing is sent, and the environment is not read for settings.
     *
     * @return the adapter, to be closed by the caller
     */
    public ImagenAdapter build() {
        String base = baseUrl().toString().replaceAll("/+$", "");
        return new ImagenAdapter(
                profile(), URI.create(base + vertex.path() + profile().id() + ":predict"), connection());
    }
}
