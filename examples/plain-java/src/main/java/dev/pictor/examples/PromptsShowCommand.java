package dev.pictor.examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pictor.prompts.PromptMessage;
import dev.pictor.prompts.PromptPart;
import dev.pictor.prompts.PromptRegistry;
import dev.pictor.prompts.PromptSelection;
import dev.pictor.prompts.PromptSource;
import dev.pictor.prompts.RenderedPrompt;
import dev.pictor.prompts.SelectedPrompt;
import dev.pictor.prompts.TokenEstimate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code prompts show DIR NAME}: what a prompt renders to. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description =
                "Renders a prompt and prints its messages, version, digest and length. The values are those of its"
                        + " example, with --set over them.")
final class PromptsShowCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Output output;

    @Parameters(index = "0", paramLabel = "DIR", description = "The root folder of the prompts.")
    private Path directory = Path.of("");

    @Parameters(index = "1", paramLabel = "NAME", description = "The prompt's name, such as generation/enhance.")
    private String name = "";

    @Option(names = "--variant", paramLabel = "V", description = "The variant. Default: the file without one.")
    private String variant = "";

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "A variable's value: JSON, or text where it is no JSON. May be given several times.")
    private Map<String, String> values = new LinkedHashMap<>();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    PromptsShowCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() {
        SelectedPrompt selected = PromptRegistry.of(PromptSource.ofDirectory(directory))
                .resolve(name, variant.isEmpty() ? PromptSelection.none() : PromptSelection.ofVariant(variant));
        Map<String, Object> variables = new LinkedHashMap<>();
        if (selected.prompt().extensions().get("pictor.example") instanceof Map<?, ?> example) {
            example.forEach((key, value) -> variables.put(String.valueOf(key), value));
        }
        values.forEach((key, value) -> variables.put(key, value(value)));
        RenderedPrompt rendered = selected.render(variables);
        TokenEstimate tokens = TokenEstimate.of(rendered);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("prompt", rendered.name());
        rendered.variant().ifPresent(used -> facts.put("variant", used));
        facts.put("version", rendered.version());
        facts.put("sha256", rendered.sha256());
        facts.put("chosen", selected.reason());
        facts.put("tokens", "about " + tokens.expected() + ", at most " + tokens.atMost());
        if (json) {
            facts.put("tokens", Map.of("expected", tokens.expected(), "atMost", tokens.atMost()));
            facts.put("messages", messages(rendered));
        }
        output.print(facts, json);
        if (!json) {
            rendered.messages().forEach(this::print);
        }
        return 0;
    }

    private void print(PromptMessage message) {
        output.line("--- " + ImageInfoCommand.lower(message.role()));
        for (PromptPart part : message.parts()) {
            if (part instanceof PromptPart.Text text) {
                output.line(text.text());
            } else if (part instanceof PromptPart.Media media) {
                output.line("[media " + media.url() + "]");
            } else if (part instanceof PromptPart.Section section) {
                output.line("[section " + section.name() + "]");
            }
        }
    }

    private static List<Map<String, Object>> messages(RenderedPrompt rendered) {
        List<Map<String, Object>> messages = new ArrayList<>();
        for (PromptMessage message : rendered.messages()) {
            List<Map<String, Object>> parts = new ArrayList<>();
            for (PromptPart part : message.parts()) {
                if (part instanceof PromptPart.Text text) {
                    parts.add(Map.of("text", text.text()));
                } else if (part instanceof PromptPart.Media media) {
                    parts.add(Map.of("media", media.url()));
                } else if (part instanceof PromptPart.Section section) {
                    parts.add(Map.of("section", section.name()));
                }
            }
            messages.add(Map.of("role", ImageInfoCommand.lower(message.role()), "parts", parts));
        }
        return messages;
    }

    private static Object value(String text) {
        try {
            Object value = JSON.readValue(text, Object.class);
            return value == null ? text : value;
        } catch (JsonProcessingException e) {
            return text;
        }
    }
}
