package dev.pictor.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.Pictor;
import dev.pictor.generation.GenerationBatch;
import dev.pictor.generation.GenerationBatchOptions;
import dev.pictor.generation.GenerationRequest;
import dev.pictor.generation.LineOutcome;
import dev.pictor.generation.ModelComparison;
import dev.pictor.model.Money;
import dev.pictor.testkit.FakeImageModel;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The code of docs/generation.md about many pictures. */
class VariantsGuideTest {

    private static final Logger LOG = LoggerFactory.getLogger(VariantsGuideTest.class);

    private final FakeImageModel model = FakeImageModel.create();
    private final FakeImageModel other = FakeImageModel.create()
            .profile(model.profile().toBuilder().id("other-model").build());
    private final Pictor pictor = Pictor.builder(model).fallback(other).build();

    @AfterEach
    void close() {
        pictor.close();
    }

    @Test
    void drawsManyAtOnce() {
        // @start region="batch"
        List<GenerationRequest> requests = List.of(
                GenerationRequest.builder("impressionist garden with flowers").build(),
                GenerationRequest.builder("photograph of a brass lamp on a walnut desk")
                        .build());
        GenerationBatch batch = pictor.images()
                .generateAll(
                        requests,
                        GenerationBatchOptions.builder()
                                .concurrency(2)
                                .maxCost(Money.usd(500_000_000)) // $0.50
                                .listener((line, progress) ->
                                        LOG.debug("{} of {} done", progress.finished(), progress.total()))
                                .build());
        batch.lines().forEach(line -> LOG.debug("{} {}", line.outcome(), line.cost()));
        // @end
        assertThat(batch.count(LineOutcome.SUCCEEDED)).isEqualTo(2);
        assertThat(model.requests()).hasSize(2);
    }

    @Test
    void putsModelsSideBySide() {
        // @start region="compare"
        ModelComparison comparison = pictor.images()
                .compareModels(
                        GenerationRequest.builder("impressionist garden with flowers")
                                .build(),
                        List.of("fake-image-model", "other-model"),
                        GenerationBatchOptions.ofDefaults());
        LOG.debug("side by side:\n{}", comparison);
        // @end
        assertThat(comparison.cheapest()).isPresent();
        assertThat(model.requests()).hasSize(1);
        assertThat(other.requests()).hasSize(1);
    }
}
