package dev.pictor.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.Pictor;
import dev.pictor.adapter.embedded.ProceduralPainter;
import dev.pictor.adapter.embedded.RuleBasedReasoner;
import dev.pictor.generation.GeneratedImages;
import dev.pictor.generation.GenerationRequest;
import dev.pictor.generation.ImageGenerator;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.prompts.Prompt;
import dev.pictor.prompts.PromptDiff;
import dev.pictor.prompts.PromptOverride;
import dev.pictor.prompts.PromptOverrideStore;
import dev.pictor.prompts.PromptRegistry;
import dev.pictor.prompts.PromptSelection;
import dev.pictor.prompts.PromptSource;
import dev.pictor.prompts.SelectionRule;
import dev.pictor.replay.BatchOptions;
import dev.pictor.replay.ForkBatch;
import dev.pictor.replay.ForkOutcome;
import dev.pictor.replay.ForkedRun;
import dev.pictor.replay.RunChanges;
import dev.pictor.trace.ComparisonReport;
import dev.pictor.trace.DirectoryRunStore;
import dev.pictor.trace.MatrixReport;
import dev.pictor.trace.RunComparison;
import dev.pictor.trace.RunFeedback;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunQuery;
import dev.pictor.trace.RunRecord;
import dev.pictor.trace.RunReport;
import dev.pictor.trace.RunSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a complaint to its cause and a mended prompt. What the guide tells. */
class DebugStoryTest {

    private static final String PROMPT = "generation/enhance";
    private static final String VARIANT = "products";

    @TempDir
    private Path folder;

    private Path prompts;
    private PromptOverrideStore overrides;
    private DirectoryRunStore store;
    private Pictor pictor;

    @BeforeEach
    void open() throws IOException {
        prompts = Files.createDirectories(folder.resolve("prompts/generation"));
        // the house's own prompt, with yesterday's mistake: the background is gone
        Files.writeString(
                prompts.resolve("enhance.products.prompt"),
                "---\ninput:\n  schema:\n    wish: string\n---\n{{wish}}, product photograph\n");
        overrides = PromptOverrideStore.ofDirectory(folder.resolve("overrides"));
        store = DirectoryRunStore.open(folder.resolve("store"));
        pictor = Pictor.builder(new ProceduralPainter())
                .reasoningModel(new RuleBasedReasoner())
                .prompts(PromptRegistry.builder(PromptSource.ofDirectory(folder.resolve("prompts")))
                        .addSource(PromptSource.builtIn())
                        .overrides(overrides)
                        .build())
                .store(store)
                .build();
    }

    @AfterEach
    void close() {
        pictor.close();
        store.close();
    }

    private GeneratedImages draw(String tenant, String sku, String wish) {
        return pictor.images()
                .generate(
                        GenerationRequest.builder(wish).build(),
                        RunOptions.builder().tenant(tenant).addAssets(sku).build());
    }

    @Test
    void fromAComplaintToTheMendedPrompt() throws IOException {
        assertThat(draw("acme", "sku-1", "a sofa in green velvet").images()).hasSize(1);
        RunId bad = draw("acme", "sku-4711", "a red chair").runId();
        assertThat(draw("other", "sku-4711", "a brass lamp").images()).hasSize(1);
        store.feedback(
                bad,
                RunFeedback.builder("thumbs", RunFeedback.Source.USER)
                        .label("down")
                        .comment("where is our grey background?")
                        .build());

        RunId found = find();
        assertThat(found).isEqualTo(bad);
        read(found);
        patch();
        RunId fork = fork(found);
        compare(found, fork);
        others();
        promote();
    }

    private RunId find() {
        // @start region="find"
        RunSummary complaint = store.list(RunQuery.builder()
                        .tenant("acme")
                        .asset("sku-4711")
                        .limit(1) // the newest
                        .build())
                .runs()
                .get(0);
        // @end
        return complaint.runId();
    }

    private void read(RunId found) {
        // @start region="read"
        RunRecord run = store.find(found).orElseThrow();
        String sent = run.prompts().stream()
                .filter(prompt -> prompt.stage().equals("enhance"))
                .map(prompt -> prompt.name() + " " + prompt.version() + " (" + prompt.origin() + "): " + prompt.text())
                .findFirst()
                .orElseThrow();
        RunReport.of(run, store).writeTo(folder.resolve("complaint.html")); // all of it, pictures included
        // @end
        assertThat(sent)
                .contains("enhance.products.prompt")
                .contains("a red chair, product photograph")
                .doesNotContain("grey");
        assertThat(run.feedback())
                .singleElement()
                .satisfies(said -> assertThat(said.comment()).contains("where is our grey background?"));
        assertThat(folder.resolve("complaint.html")).content().contains("a red chair, product photograph");
    }

    private void patch() {
        // @start region="patch"
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        overrides.put(PromptOverride.builder(
                        "acme",
                        "generation/enhance",
                        "{{wish}}, product photograph on a seamless light grey background",
                        "the background went missing, complaint 17",
                        "ana",
                        now)
                .variant("products")
                .expiresAt(now.plus(Duration.ofDays(7)))
                .build());
        // @end
        assertThat(draw("acme", "sku-2", "a blue chair").enhancedPrompt()).contains("light grey");
        assertThat(draw("other", "sku-2", "a blue chair").enhancedPrompt()).doesNotContain("grey");
    }

    private RunId fork(RunId found) {
        // @start region="fork"
        GeneratedImages mended = pictor.images()
                .fork(found, RunChanges.builder().fromStage("enhance").build());
        // @end
        assertThat(mended.enhancedPrompt())
                .isEqualTo("a red chair, product photograph on a seamless light grey background");
        return mended.runId();
    }

    private void compare(RunId found, RunId fork) {
        // @start region="compare"
        RunComparison comparison = RunComparison.of(
                store.find(found).orElseThrow(), store.find(fork).orElseThrow());
        ComparisonReport.of(comparison, store).writeTo(folder.resolve("before-and-after.html"));
        // @end
        assertThat(comparison.prompts())
                .singleElement()
                .satisfies(prompt -> assertThat(prompt.isSameSource()).isFalse());
        assertThat(comparison.otherDecisions())
                .singleElement()
                .satisfies(decision -> assertThat(
                                decision.b().orElseThrow().decision().reason())
                        .contains("complaint 17"));
        assertThat(comparison.spentB().calls()).isEqualTo(1); // what was understood is taken over
        assertThat(folder.resolve("before-and-after.html")).content().contains("seamless light grey");
    }

    private void others() {
        ImageGenerator images = pictor.images();
        // @start region="others"
        List<RunId> theirs = store
                .list(RunQuery.builder()
                        .tenant("acme")
                        .promptName("generation/enhance")
                        .limit(50)
                        .build())
                .runs()
                .stream()
                .map(RunSummary::runId)
                .toList();
        ForkBatch batch = pictor.replay()
                .forkAll(
                        images.pipeline(),
                        theirs,
                        RunChanges.builder().fromStage("enhance").build(),
                        BatchOptions.builder().concurrency(2).build());
        MatrixReport.of(
                        "the grey background, on what acme had drawn",
                        List.of("before", "after"),
                        batch.runs().stream().map(DebugStoryTest::row).toList(),
                        store)
                .writeTo(folder.resolve("all-of-acme.html"));
        // @end
        assertThat(batch.runs()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(batch.count(ForkOutcome.SUCCEEDED)).isEqualTo(batch.runs().size());
    }

    private static MatrixReport.Row row(ForkedRun run) {
        return new MatrixReport.Row(run.pastRunId().value(), List.of(run.before(), run.after()));
    }

    private void promote() throws IOException {
        PromptRegistry registry = PromptRegistry.of(PromptSource.ofDirectory(folder.resolve("prompts")));
        PromptSelection products = PromptSelection.ofVariant(VARIANT);
        Prompt before = registry.resolve(PROMPT, products).prompt();
        Path file = prompts.resolve("enhance.products.prompt");
        // @start region="promote"
        String text = Files.readString(file);
        Files.writeString(file, text.replace("photograph", "photograph on a seamless light grey background"));
        Prompt after = registry.resolve("generation/enhance", products).prompt();
        PromptDiff diff = PromptDiff.of(before, after); // for the review
        boolean removed = overrides.remove("acme", "generation/enhance", "products"); // once it is released
        // @end
        assertThat(removed).isTrue();
        assertThat(diff.breaking()).isEmpty();
        assertThat(diff.toString()).contains("seamless light grey");
        GeneratedImages released = draw("acme", "sku-4711", "a red chair");
        assertThat(released.enhancedPrompt()).contains("light grey");
        assertThat(draw("other", "sku-3", "a red chair").enhancedPrompt()).contains("light grey");
        assertThat(registry.resolve(PROMPT, products).rule()).isEqualTo(SelectionRule.DEFAULT);
        assertThat(Optional.of(after.sha256())).isNotEqualTo(Optional.of(before.sha256()));
    }
}
