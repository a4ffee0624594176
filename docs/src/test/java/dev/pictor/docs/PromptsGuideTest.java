package dev.pictor.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pictor.pipeline.Pipeline;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.pipeline.StageKey;
import dev.pictor.prompts.Prompt;
import dev.pictor.prompts.PromptDiff;
import dev.pictor.prompts.PromptException;
import dev.pictor.prompts.PromptLint;
import dev.pictor.prompts.PromptLintReport;
import dev.pictor.prompts.PromptOverride;
import dev.pictor.prompts.PromptOverrideStore;
import dev.pictor.prompts.PromptRegistry;
import dev.pictor.prompts.PromptSelection;
import dev.pictor.prompts.PromptSource;
import dev.pictor.prompts.RenderedPrompt;
import dev.pictor.prompts.SelectedPrompt;
import dev.pictor.prompts.SelectionRule;
import dev.pictor.trace.Decision;
import dev.pictor.trace.DecisionRecord;
import dev.pictor.trace.MemoryRunStore;
import dev.pictor.trace.PromptRecord;
import dev.pictor.trace.RunRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A prompt is changed: from the edit over an override and an experiment to its promotion. What the guide shows. */
class PromptsGuideTest {

    @TempDir
    Path folder;

    // @start region="record"
    record Product(String title, Optional<String> material) {}
    // @end

    @BeforeEach
    void putTheFirstFile() throws IOException {
        put("shop/caption.prompt");
    }

    @Test
    void aPromptIsAFile() {
        // @start region="use"
        PromptRegistry prompts = PromptRegistry.of(PromptSource.ofDirectory(folder), PromptSource.builtIn());
        SelectedPrompt chosen = prompts.resolve("shop/caption", PromptSelection.none());
        RenderedPrompt caption = chosen.render(new Product("Arc floor lamp", Optional.of("brass")));
        // @end
        assertThat(caption.text()).endsWith("Write one line for this product: Arc floor lamp, of brass.");
        assertThat(caption.version()).hasSize(8);
        assertThat(chosen.rule()).isEqualTo(SelectionRule.DEFAULT);
    }

    @Test
    void aChangeIsCheckedBeforeItIsUsed() throws IOException {
        put("shop/caption.material.prompt");
        // @start region="lint"
        PromptLintReport report =
                PromptLint.of(PromptSource.ofDirectory(folder)).check();
        assertThat(report.findings()).isEmpty();
        // @end
        PromptRegistry prompts = PromptRegistry.of(PromptSource.ofDirectory(folder));
        // @start region="diff"
        Prompt before = prompts.resolve("shop/caption", PromptSelection.none()).prompt();
        Prompt after = prompts.resolve("shop/caption", PromptSelection.ofVariant("material"))
                .prompt();
        PromptDiff diff = PromptDiff.of(before, after);
        assertThat(diff.breaking()).isEmpty();
        // @end
        assertThat(diff.toString())
                .contains("-Write one line for this product: {{title}}{{#if material}}, of {{material}}{{/if}}.")
                .contains("+Write one line for this product: {{title}}.{{#if material}}");
        Files.writeString(folder.resolve("shop/caption.wrong.prompt"), "Write one line for {{titel}}.");
        assertThat(PromptLint.of(PromptSource.ofDirectory(folder)).check().findings())
                .anyMatch(finding -> finding.path().equals("shop/caption.wrong.prompt"));
    }

    @Test
    void anOverrideIsForOneTenantAndEndsByItself() {
        Instant now = Instant.now();
        // @start region="override"
        PromptOverrideStore overrides = PromptOverrideStore.ofDirectory(folder.resolve("overrides"));
        overrides.put(PromptOverride.builder(
                        "acme",
                        "shop/caption",
                        "Write one line for {{title}}. Say that it is of {{material}}.",
                        "their captions never name the material",
                        "ana",
                        now)
                .expiresAt(now.plus(Duration.ofDays(7)))
                .build());
        PromptRegistry prompts = PromptRegistry.builder(PromptSource.ofDirectory(folder))
                .overrides(overrides)
                .build();
        // @end
        assertThat(prompts.resolve("shop/caption", tenant("acme"))
                        .render(new Product("Arc", Optional.of("brass")))
                        .text())
                .isEqualTo("Write one line for Arc. Say that it is of brass.");
        assertThat(prompts.resolve("shop/caption", tenant("acme")).reason())
                .isEqualTo("tenant acme has an override by ana: their captions never name the material");
        assertThat(prompts.resolve("shop/caption", tenant("other")).rule()).isEqualTo(SelectionRule.DEFAULT);
    }

    @Test
    void anExperimentIsAFileAndItsExposuresAreInTheTrace() throws IOException {
        put("shop/caption.material.prompt");
        put("experiments.yaml");
        // @start region="experiment"
        Set<String> stopped = ConcurrentHashMap.newKeySet();
        PromptRegistry prompts = PromptRegistry.builder(PromptSource.ofDirectory(folder))
                .killSwitch(stopped::contains)
                .build();

        StageKey<String> ask = StageKey.of("ask", String.class);
        Pipeline<Product, String> captions = Pipeline.named("captions", Product.class)
                .stage(
                        ask,
                        (run, product) -> run.render(prompts, "shop/caption", PromptSelection.none(), product)
                                .text())
                .returning(ask);
        // @end
        Product lamp = new Product("Arc floor lamp", Optional.of("brass"));
        MemoryRunStore store = new MemoryRunStore();
        try (PipelineRunner runner = PipelineRunner.builder().traceSink(store).build()) {
            // @start region="exposure"
            RunOptions options = RunOptions.builder().user("u-20").build();
            RunRecord run =
                    store.find(runner.run(captions, lamp, options).runId()).orElseThrow();
            PromptRecord rendered = run.prompts().get(0);
            assertThat(rendered.rule()).contains("experiment");
            assertThat(rendered.experiment()).contains("caption-material/material");
            Decision choice = run.decisions().get(0).decision();
            assertThat(choice.kind()).isEqualTo("prompt_select");
            assertThat(choice.reason())
                    .isEqualTo("the subject is in arm material of experiment caption-material, bucket 8044");
            // @end
            Set<String> arms = IntStream.range(0, 100)
                    .mapToObj(i -> RunOptions.builder().user("user-" + i).build())
                    .map(one ->
                            store.find(runner.run(captions, lamp, one).runId()).orElseThrow())
                    .map(one -> one.prompts().get(0).experiment().orElseThrow())
                    .collect(Collectors.toSet());
            assertThat(arms).containsExactlyInAnyOrder("caption-material/control", "caption-material/material");
            // @start region="stop"
            stopped.add("caption-material");
            // @end
            RunRecord after =
                    store.find(runner.run(captions, lamp, options).runId()).orElseThrow();
            assertThat(after.decisions())
                    .extracting(DecisionRecord::decision)
                    .extracting(decision -> decision.rejected().get("experiment caption-material"))
                    .containsExactly("it is stopped");
        }
    }

    @Test
    void aLabelPromotes() throws IOException {
        put("shop/caption.material.prompt");
        put("labels.yaml");
        PromptRegistry prompts = PromptRegistry.of(PromptSource.ofDirectory(folder));
        // @start region="promoted"
        SelectedPrompt chosen = prompts.resolve("shop/caption", PromptSelection.none());
        assertThat(chosen.rule()).isEqualTo(SelectionRule.LABEL);
        assertThat(chosen.prompt().variant()).contains("material");
        // @end
        // @start region="pin"
        String yesterday =
                prompts.resolve("shop/caption", label("latest")).prompt().sha256();
        SelectedPrompt again = prompts.resolve(
                "shop/caption", PromptSelection.builder().pin(yesterday).build());
        // @end
        assertThat(again.prompt().variant()).isEmpty();
        Files.delete(folder.resolve("labels.yaml"));
        assertThat(prompts.resolve("shop/caption", PromptSelection.none()).rule())
                .isEqualTo(SelectionRule.DEFAULT);
    }

    @Test
    void anApprovalNeedsTwoPeople() throws IOException {
        put("labels.yaml");
        Path labels = folder.resolve("labels.yaml");
        Files.writeString(labels, Files.readString(labels).replace("approver: ben", "approver: ana"));
        PromptRegistry prompts = PromptRegistry.of(PromptSource.ofDirectory(folder));
        assertThatExceptionOfType(PromptException.class)
                .isThrownBy(() -> prompts.resolve("shop/caption", PromptSelection.none()))
                .withMessageContaining("must name an author and another person as approver");
    }

    private static PromptSelection tenant(String tenant) {
        return PromptSelection.builder().tenant(tenant).build();
    }

    private static PromptSelection label(String label) {
        return PromptSelection.builder().label(label).build();
    }

    /** Puts a file of the guide into the folder. */
    private void put(String path) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        try (InputStream guide = PromptsGuideTest.class.getResourceAsStream("/prompts-guide/" + path)) {
            Files.copy(guide, file);
        }
    }
}
