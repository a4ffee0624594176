package dev.pictor.pipeline;

import static dev.pictor.pipeline.Needs.needs;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The code that javadoc shows. */
class PipelineSnippets {

    record Letter(String text, int words) {}

    @Test
    void declare() {
        // @start region="declare"
        StageKey<String> greeting = StageKey.of("greeting", String.class);
        StageKey<Integer> length = StageKey.of("length", Integer.class);
        StageKey<Letter> letter = StageKey.of("letter", Letter.class);

        Pipeline<String, Letter> pipeline = Pipeline.named("letter", String.class)
                .stage(greeting, (run, name) -> "Dear " + name)
                .stage(length, needs(greeting), (run, name, text) -> text.split(" ").length)
                .weight(2)
                .stage(letter, needs(greeting, length), (run, name, text, words) -> new Letter(text, words))
                .returning(letter);
        // @end
        try (PipelineRunner runner = PipelineRunner.builder().build()) {
            assertThat(runner.run(pipeline, "Ada").value()).isEqualTo(new Letter("Dear Ada", 2));
        }
    }
}
