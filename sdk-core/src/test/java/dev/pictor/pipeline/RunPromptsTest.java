package dev.pictor.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.prompts.MemoryPromptSource;
import dev.pictor.prompts.PromptOverride;
import dev.pictor.prompts.PromptOverrideStore;
import dev.pictor.prompts.PromptRegistry;
import dev.pictor.prompts.PromptSelection;
import dev.pictor.prompts.RenderedPrompt;
import dev.pictor.trace.Decision;
import dev.pictor.trace.MemoryRunStore;
import dev.pictor.trace.PromptRecord;
import dev.pictor.trace.RunRecord;
import dev.pictor.trace.TraceAttributes;
import dev.pictor.trace.TraceEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A run finds its prompts by its tenant and user, and its trace says why they served. */
class RunPromptsTest {

    record Product(String title) {}

    private final MemoryPromptSource files = MemoryPromptSource.of(Map.of(
            "facts.prompt", "Facts of {{title}}",
            "facts.short.prompt", "{{title}}, in short"));
    private final PromptOverrideStore overrides = PromptOverrideStore.inMemory();
    private final PromptRegistry prompts =
            PromptRegistry.builder(files).overrides(overrides).build();
    private final MemoryRunStore store = new MemoryRunStore();
    private final PipelineRunner runner =
            PipelineRunner.builder().traceSink(store).build();

    @AfterEach
    void closeTheRunner() {
        runner.close();
    }

    @Test
    void whatServedAndWhyIsNoted() {
        RunRecord run = run(RunOptions.ofDefaults(), PromptSelection.none());
        PromptRecord prompt = run.prompts().get(0);
        assertThat(prompt.text()).isEqualTo("Facts of a lamp");
        assertThat(prompt.rule()).contains("default");
        assertThat(prompt.experiment()).isEmpty();
        Decision decision = run.decisions().get(0).decision();
        assertThat(decision.kind()).isEqualTo("prompt_select");
        assertThat(decision.question()).isEqualTo("which text of facts serves?");
        assertThat(decision.chosen()).isEqualTo("facts, version " + prompt.version() + ", by default");
        assertThat(decision.policy()).contains("pin > override > experiment > label > default/1");
        assertThat(decision.rejected()).isEmpty();
    }

    @Test
    void theTenantsOverrideServesTheTenantsRun() {
        overrides.put(PromptOverride.builder("acme", "facts", "Acme: {{title}}", "why", "ana", Instant.EPOCH)
                .build());
        RunRecord run = run(RunOptions.builder().tenant("acme").build(), PromptSelection.none());
        assertThat(run.prompts().get(0).text()).isEqualTo("Acme: a lamp");
        assertThat(run.prompts().get(0).rule()).contains("override");
        assertThat(run.decisions().get(0).decision().reason()).isEqualTo("tenant acme has an override by ana: why");
        assertThat(run(RunOptions.ofDefaults(), PromptSelection.none())
                        .prompts()
                        .get(0)
                        .rule())
                .contains("default");
    }

    @Test
    void theSelectionMayNameAnotherTenant() {
        overrides.put(PromptOverride.builder("acme", "facts", "Acme: {{title}}", "why", "ana", Instant.EPOCH)
                .build());
        PromptSelection acme = PromptSelection.builder().tenant("acme").build();
        assertThat(run(RunOptions.builder().tenant("other").build(), acme)
                        .prompts()
                        .get(0)
                        .rule())
                .contains("override");
    }

    @Test
    void anExposureCountsFromTheRenderingOn() {
        files.put("experiments.yaml", "tone: {prompt: facts, arms: {short: {weight: 100, variant: short}}}");
        RunOptions user = RunOptions.builder().user("u-1").build();
        RunRecord run = run(user, PromptSelection.none());
        assertThat(run.prompts().get(0).text()).isEqualTo("a lamp, in short");
        assertThat(run.prompts().get(0).experiment()).contains("tone/short");
        List<TraceEvent> rendered = store.events(run.runId()).stream()
                .filter(event -> event.type().equals(TraceEvent.PROMPT_RENDER))
                .toList();
        assertThat(rendered)
                .singleElement()
                .satisfies(event -> assertThat(event.attributes())
                        .containsEntry(TraceAttributes.EXPERIMENT_ID, "tone")
                        .containsEntry(TraceAttributes.EXPERIMENT_ARM, "short")
                        .containsKey(TraceAttributes.EXPERIMENT_BUCKET));
        RunRecord nobody = run(RunOptions.ofDefaults(), PromptSelection.none());
        assertThat(nobody.prompts().get(0).experiment()).isEmpty();
        assertThat(nobody.decisions().get(0).decision().rejected())
                .isEqualTo(Map.of("experiment tone", "there is no subject to bucket by"));
    }

    @Test
    void aPromptThatNoRegistryChoseHasNoRule() {
        StageKey<String> ask = StageKey.of("ask", String.class);
        Pipeline<String, String> pipeline = Pipeline.named("plain", String.class)
                .stage(ask, (run, title) -> {
                    RenderedPrompt prompt = prompts.resolve("facts", PromptSelection.none())
                            .prompt()
                            .render(new Product(title));
                    run.rendered(prompt);
                    return prompt.text();
                })
                .returning(ask);
        RunRecord run = store.find(runner.run(pipeline, "x").runId()).orElseThrow();
        assertThat(run.prompts()).extracting(PromptRecord::rule).containsExactly(Optional.empty());
        assertThat(run.decisions()).isEmpty();
    }

    private RunRecord run(RunOptions options, PromptSelection selection) {
        StageKey<String> ask = StageKey.of("ask", String.class);
        Pipeline<Product, String> pipeline = Pipeline.named("facts", Product.class)
                .stage(
                        ask,
                        (run, product) ->
                                run.render(prompts, "facts", selection, product).text())
                .returning(ask);
        return store.find(runner.run(pipeline, new Product("a lamp"), options).runId())
                .orElseThrow();
    }
}
