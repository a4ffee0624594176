package dev.pictor.examples;

import dev.pictor.prompts.PromptOverride;
import dev.pictor.prompts.PromptOverrideStore;
import dev.pictor.prompts.PromptSelection;
import dev.pictor.prompts.SelectedPrompt;
import dev.pictor.prompts.SelectionRule;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code override put PROMPT}: keeps a tenant's own text for a prompt. */
@Command(
        name = "put",
        mixinStandardHelpOptions = true,
        description = "Keeps a tenant's own text for a prompt, in place of the one it had.")
final class OverridePutCommand implements Callable<Integer> {

    private final Output output;

    @Mixin
    private OutputFolder folder = new OutputFolder();

    @Parameters(paramLabel = "PROMPT", description = "The prompt's name, such as generation/enhance.art.")
    private String prompt = "";

    @Option(names = "--tenant", required = true, paramLabel = "ID", description = "Whose it is.")
    private String tenant = "";

    @Option(names = "--text", required = true, paramLabel = "FILE", description = "A template or a prompt file.")
    private Path text = Path.of("");

    @Option(names = "--reason", required = true, paramLabel = "WORDS", description = "Why there is an override.")
    private String reason = "";

    @Option(names = "--author", required = true, paramLabel = "NAME", description = "Who made it.")
    private String author = "";

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "14",
            description = "How long it is in force, 1 or more.")
    private int days = 14;

    OverridePutCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() {
        Target target = Target.parse(prompt);
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        PromptOverride override = PromptOverride.builder(
                        tenant, target.name(), ForkCommand.read(text), reason, author, now)
                .variant(target.variant())
                .expiresAt(now.plus(Duration.ofDays(days)))
                .build();
        SelectedPrompt selected = trial(override);
        if (selected.rule() != SelectionRule.OVERRIDE) {
            throw new IllegalArgumentException("the text cannot serve: " + selected.passedOver());
        }
        folder.overrides().put(override);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("prompt", prompt);
        facts.put("tenant", tenant);
        facts.put("until", override.expiresAt().map(Instant::toString).orElse(""));
        facts.put("serves", selected.reason());
        output.print(facts, folder.isJson());
        return 0;
    }

    /** Asks as a run of the tenant would, before the override is kept. */
    private SelectedPrompt trial(PromptOverride override) {
        PromptOverrideStore only = PromptOverrideStore.inMemory();
        only.put(override);
        return folder.prompts(only)
                .resolve(
                        override.prompt(),
                        PromptSelection.builder()
                                .tenant(tenant)
                                .variants(override.variant().stream().toList())
                                .build());
    }

    /** A prompt's name and variant, as one text. */
    record Target(String name, Optional<String> variant) {

        static Target parse(String text) {
            int dot = text.indexOf('.', text.lastIndexOf('/') + 1);
            return dot < 0
                    ? new Target(text, Optional.empty())
                    : new Target(text.substring(0, dot), Optional.of(text.substring(dot + 1)));
        }
    }
}
