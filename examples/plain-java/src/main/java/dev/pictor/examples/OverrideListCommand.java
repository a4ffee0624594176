package dev.pictor.examples;

import dev.pictor.prompts.PromptOverride;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code override list}: what there is. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the overrides, those that ended included.")
final class OverrideListCommand implements Callable<Integer> {

    private final Output output;

    @Mixin
    private OutputFolder folder = new OutputFolder();

    OverrideListCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() {
        List<PromptOverride> overrides = folder.overrides().list();
        if (folder.isJson()) {
            output.line(Output.json(Map.of(
                    "overrides",
                    overrides.stream().map(OverrideListCommand::facts).toList())));
            return 0;
        }
        Table table = new Table("tenant", "prompt", "until", "author", "reason");
        overrides.forEach(override ->
                table.add(override.tenant(), name(override), until(override), override.author(), override.reason()));
        table.print(output);
        return 0;
    }

    private static Map<String, Object> facts(PromptOverride override) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("tenant", override.tenant());
        facts.put("prompt", name(override));
        facts.put("until", until(override));
        facts.put("author", override.author());
        facts.put("reason", override.reason());
        return facts;
    }

    private static String name(PromptOverride override) {
        return override.prompt()
                + override.variant().map(variant -> "." + variant).orElse("");
    }

    private static String until(PromptOverride override) {
        return override.expiresAt()
                .map(at -> at + (override.isExpired(Instant.now()) ? " (ended)" : ""))
                .orElse("-");
    }
}
