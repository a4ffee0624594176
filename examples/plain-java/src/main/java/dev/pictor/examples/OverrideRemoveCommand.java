package dev.pictor.examples;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code override remove PROMPT}: takes a tenant's own text away. */
@Command(name = "remove", mixinStandardHelpOptions = true, description = "Takes a tenant's own text for a prompt away.")
final class OverrideRemoveCommand implements Callable<Integer> {

    private final Output output;

    @Mixin
    private OutputFolder folder = new OutputFolder();

    @Parameters(paramLabel = "PROMPT", description = "The prompt's name, such as generation/enhance.art.")
    private String prompt = "";

    @Option(names = "--tenant", required = true, paramLabel = "ID", description = "Whose it is.")
    private String tenant = "";

    OverrideRemoveCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() {
        OverridePutCommand.Target target = OverridePutCommand.Target.parse(prompt);
        if (!folder.overrides().remove(tenant, target.name(), target.variant().orElse(""))) {
            throw new IllegalArgumentException("tenant " + tenant + " has no override of " + prompt);
        }
        output.print(Map.of("removed", prompt), folder.isJson());
        return 0;
    }
}
