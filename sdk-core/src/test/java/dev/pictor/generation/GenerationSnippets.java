package dev.pictor.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.Pictor;
import dev.pictor.image.AspectRatio;
import dev.pictor.image.ImageBytes;
import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ReasoningModelAdapter;
import org.junit.jupiter.api.Test;

/** The code that javadoc shows. */
class GenerationSnippets {

    @Test
    void generate() {
        ImageModelAdapter painter = new StubModels.Painter();
        ReasoningModelAdapter reader = StubModels.Reader.ART;
        ImageBytes picture;
        // @start region="generate"
        try (Pictor pictor = Pictor.builder(painter).reasoningModel(reader).build()) {
            GeneratedImages garden = pictor.images()
                    .generate(GenerationRequest.builder("impressionist garden with flowers")
                            .aspectRatio(AspectRatio.SQUARE)
                            .build());
            picture = garden.first();
        }
        // @end
        assertThat(picture.byteCount()).isPositive();
    }
}
