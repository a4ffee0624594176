package dev.pictor.examples;

import dev.pictor.adapter.embedded.ProceduralPainter;
import dev.pictor.image.ImageBytes;
import dev.pictor.model.CallContext;
import dev.pictor.model.ImageRequest;
import dev.pictor.pipeline.Pipeline;
import dev.pictor.pipeline.StageKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** {@code generate PROMPT --out DIR}: draws a picture. */
public final class PictorExamples {

    private static final StageKey<String> ENHANCE = StageKey.of("enhance", String.class);
    private static final StageKey<ImageBytes> GENERATE = StageKey.of("generate", ImageBytes.class);
    private static final CallContext UNBOUNDED = new CallContext() {
        @Override
        public Duration timeLeft() {
            return Duration.ofMinutes(1);
        }

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public Registration onCancel(Runnable hook) {
            return () -> {};
        }
    };

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
        ProceduralPainter painter = new ProceduralPainter();
        Pipeline<String, ImageBytes> pipeline = Pipeline.of(
                        ENHANCE, (String prompt) -> prompt + ", professional quality")
                .then(
                        GENERATE,
                        prompt -> painter.generate(ImageRequest.builder(prompt).build(), UNBOUNDED)
                                .images()
                                .get(0));
        Path directory = Files.createDirectories(Path.of(args[3]));
        Path file = directory.resolve("picture.png");
        pipeline.run(args[1]).writeTo(file);
        System.out.println("picture  " + file);
    }
}
