package dev.pictor.docs;

// @start region="program"
import dev.pictor.Pictor;
import dev.pictor.adapter.embedded.*;
import dev.pictor.generation.GeneratedImages;
import java.nio.file.Path;

class QuickStart {
    public static void main(String[] args) {
        try (Pictor pictor = Pictor.builder(new ProceduralPainter())
                .reasoningModel(new RuleBasedReasoner())
                .build()) {
            GeneratedImages garden = pictor.images().generate("impressionist garden with flowers");
            garden.first().writeTo(Path.of("garden.png"));
        }
    }
}
// @end
