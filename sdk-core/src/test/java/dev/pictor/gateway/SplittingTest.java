package dev.pictor.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.gateway.resilience.BreakerPolicy;
import dev.pictor.gateway.resilience.BulkheadPolicy;
import dev.pictor.gateway.resilience.RateLimit;
import dev.pictor.gateway.routing.Candidate;
import dev.pictor.image.Pictures;
import dev.pictor.model.CallContext;
import dev.pictor.model.FinishReason;
import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.OptionWarning;
import dev.pictor.model.Usage;
import dev.pictor.pipeline.Pipeline;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.StageKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of the parts of a request when there is no thread for them. */
@Timeout(60)
class SplittingTest {

    private static final StageKey<String> DRAW = StageKey.of("draw", String.class);
    private static final ImageRequest LAMPS =
            ImageRequest.builder("a lamp").count(4).build();

    private final List<Thread> threads = new ArrayList<>();

    /** Draws two pictures at once, says what it can, and notes who asks. */
    private final ImageModelAdapter painter = new ImageModelAdapter() {
        @Override
        public ModelProfile profile() {
            return ModelProfile.builder("painter", "acme").maxCount(2).build();
        }

        @Override
        public ImageResult generate(ImageRequest request, CallContext call) {
            threads.add(Thread.currentThread());
            int part = threads.size();
            var usage = Usage.builder().images(2).inputTextTokens(2 + part);
            if (part == 1) {
                usage.outputImageTokens(100);
            }
            return ImageResult.builder("painter", List.of(Pictures.png(part, 1), Pictures.png(part, 2)))
                    .usage(usage.build())
                    .text("part " + part)
                    .finishReason(part == 2 ? FinishReason.LENGTH : FinishReason.STOP)
                    .addWarnings(new OptionWarning("quality", "there is none"))
                    .vendorRequestId("request " + part)
                    .build();
        }
    };

    private ModelAnswer<ImageResult> draw() {
        AtomicReference<ModelAnswer<ImageResult>> answer = new AtomicReference<>();
        try (PipelineRunner runner = PipelineRunner.builder().build()) {
            var unused = runner.run(
                    Pipeline.named("test", String.class)
                            .stage(DRAW, (run, input) -> {
                                Lane lane = new Lane(
                                        Candidate.of(painter.profile()),
                                        BreakerPolicy.ofDefaults(),
                                        BulkheadPolicy.none(),
                                        RateLimit.none(),
                                        run.time());
                                List<Step> steps = List.of(
                                        new Splitting(new PriceList(profile -> Optional.empty(), run.time()), task -> {
                                            throw new RejectedExecutionException("no thread");
                                        }),
                                        new Invocation());
                                answer.set(Road.<ImageResult>of(
                                                new Journey(run, CallOptions.ofDefaults(), steps.size()),
                                                steps,
                                                List.of(ImageCall.of(0, lane, painter, LAMPS, "acme")))
                                        .proceed());
                                return "done";
                            })
                            .returning(DRAW),
                    "input");
        }
        return answer.get();
    }

    @Test
    @DisplayName("R31: without threads for them parts are drawn one after the other on the caller's")
    void withoutThreadsPartsAreDrawnOneAfterTheOther() {
        ModelAnswer<ImageResult> answer = draw();

        assertThat(threads).hasSize(2).containsOnly(threads.get(0));
        assertThat(answer.result().images())
                .containsExactly(Pictures.png(1, 1), Pictures.png(1, 2), Pictures.png(2, 1), Pictures.png(2, 2));
    }

    @Test
    void whatTheModelSaysIsPutTogether() {
        ModelAnswer<ImageResult> answer = draw();

        ImageResult result = answer.result();
        assertThat(result.usage())
                .isEqualTo(Usage.builder()
                        .images(4)
                        .inputTextTokens(7)
                        .outputImageTokens(100)
                        .build());
        assertThat(result.usage().outputTextTokens()).isEmpty();
        assertThat(result.text()).contains("part 1\npart 2");
        assertThat(result.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(result.warnings()).containsExactly(new OptionWarning("quality", "there is none"));
        assertThat(answer.warnings()).isEqualTo(result.warnings());
        assertThat(result.vendorRequestId()).contains("request 1");
    }
}
