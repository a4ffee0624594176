package dev.pictor.examples;

import static dev.pictor.pipeline.Needs.needs;

import dev.pictor.adapter.embedded.ProceduralPainter;
import dev.pictor.gateway.Gateway;
import dev.pictor.image.ImageBytes;
import dev.pictor.model.ImageRequest;
import dev.pictor.pipeline.Pipeline;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.StageKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code generate PROMPT --out DIR}: draws a picture. */
public final class PictorExamples {

    private static final StageKey<String> ENHANCE = StageKey.of("enhance", String.class);
    private static final StageKey<ImageBytes> GENERATE = StageKey.of("generate", ImageBytes.class);

    private PictorExamples() {}

    /**
     * Runs the program.
     *
     * @param args {@code generate PROMPT --out DIR}
     * @throws IOException if the picture cannot be written
     */
    public static void main(String[] args) throws IOException {
        if (args.length != 4 || !args[0].equals("generate") || !args[2].equals("--out")) {
            System.err.println("usage: generate PROMPT --out DIR");
            System.exit(2);
        }
        Gateway gateway = Gateway.builder(new ProceduralPainter()).build();
        Pipeline<String, ImageBytes> pipeline = Pipeline.named("picture", String.class)
                .stage(ENHANCE, (run, prompt) -> prompt + ", professional quality")
                .stage(
                        GENERATE,
                        needs(ENHANCE),
                        (run, prompt, enhanced) -> gateway.generate(
                                        run, ImageRequest.builder(enhanced).build())
                                .result()
                                .images()
                                .get(0))
                .returning(GENERATE);
        Path directory = Files.createDirectories(Path.of(args[3]));
        Path file = directory.resolve("picture.png");
        try (PipelineRunner runner = PipelineRunner.builder().build()) {
            runner.run(pipeline, args[1]).value().writeTo(file);
        }
        System.out.println("picture  " + file);
    }
}
