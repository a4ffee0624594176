package dev.pictor.pipeline;

import static dev.pictor.pipeline.Needs.needs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PipelineDefinitionTest {

    private static final StageKey<String> A = StageKey.of("a", String.class);
    private static final StageKey<String> B = StageKey.of("b", String.class);
    private static final StageKey<String> C = StageKey.of("c", String.class);
    private static final StageKey<List<String>> LIST = StageKey.listOf("list", String.class);

    private static PipelineBuilder<String> pipeline() {
        return Pipeline.named("sample", String.class);
    }

    @Nested
    class Building {

        @Test
        void reportsMissingDuplicateAndCircularStagesAllAtOnce() {
            PipelineBuilder<String> builder = pipeline()
                    .stage(A, needs(B), (run, in, b) -> b)
                    .stage(B, needs(A), (run, in, a) -> a)
                    .stage(B, (run, in) -> in)
                    .stage(C, needs(LIST), (run, in, list) -> in);

            assertThatIllegalStateException()
                    .isThrownBy(() -> builder.returning(StageKey.of("d", String.class)))
                    .withMessage("pipeline sample cannot be built: stage b is declared twice; "
                            + "stage c needs list, which no stage gives; the result is d, which no stage gives; "
                            + "stages wait for each other in a circle: a, b");
        }

        @Test
        void refusesANeedOfAnotherType() {
            PipelineBuilder<String> builder = pipeline()
                    .stage(A, (run, in) -> in)
                    .stage(B, needs(StageKey.of("a", Integer.class)), (run, in, a) -> in);

            assertThatIllegalStateException()
                    .isThrownBy(() -> builder.returning(B))
                    .withMessageContaining(
                            "stage b needs a as java.lang.Integer, but that stage gives java.lang.String");
        }

        @Test
        void namesOnlyTheStagesOfTheCircleAndNotThoseBehindIt() {
            PipelineBuilder<String> builder =
                    pipeline().stage(A, needs(A), (run, in, a) -> a).stage(B, needs(A), (run, in, a) -> a);

            assertThatIllegalStateException()
                    .isThrownBy(() -> builder.returning(B))
                    .withMessageEndingWith("in a circle: a");
        }

        @Test
        void refusesNamesAndBoundsThatAreOutOfRange() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> StageKey.of("../etc", String.class))
                    .withMessageContaining("\"../etc\"");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> pipeline().forEach(LIST, needs(LIST), 0, (run, in, item) -> item))
                    .withMessage("concurrency must be 1 to 1000, was 0");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> pipeline().loop(A, needs(B), 1_001, value -> true, (run, in, value) -> value))
                    .withMessage("maxRounds must be 1 to 1000, was 1001");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> pipeline().stage(A, (run, in) -> in).weight(0))
                    .withMessage("weight must be 1 to 1000000, was 0");
        }
    }

    @Nested
    class Definition {

        @Test
        void hashIsEqualForEqualDeclarationsAndDiffersForOthers() {
            Pipeline<String, String> one = pipeline().stage(A, (run, in) -> in).returning(A);
            Pipeline<String, String> same =
                    pipeline().stage(A, (run, in) -> in + "!").returning(A);
            Pipeline<String, String> other = pipeline()
                    .stage(A, (run, in) -> in)
                    .stage(B, (run, in) -> in)
                    .returning(A);

            assertThat(one.definition()).isEqualTo(same.definition()).isNotEqualTo(other.definition());
        }

        @Test
        void drawsItselfInMermaid() {
            Pipeline<String, String> child = Pipeline.named("inner", String.class)
                    .stage(C, (run, in) -> in)
                    .returning(C);
            Pipeline<String, String> parent = pipeline()
                    .stage(LIST, (run, in) -> List.of(in))
                    .forEach(StageKey.listOf("each", String.class), needs(LIST), 4, (run, in, item) -> item)
                    .stage(A, (run, in) -> in)
                    .fallback((run, in, failure) -> "")
                    .pipeline(B, child, needs(A), (run, in, a) -> a)
                    .returning(B);

            assertThat(parent.toMermaid()).isEqualTo("""
                    flowchart LR
                      input([String])
                      list["list"]
                      each["each for each, at most 4"]
                      a("a")
                      b[["b pipeline"]]
                      input --> list
                      list --> each
                      input --> a
                      a --> b
                      subgraph b-stages [inner]
                      b-c["c"]
                      b --> b-c
                      end
                      b --> output([result])
                    """);
        }
    }
}
