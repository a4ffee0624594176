package dev.pictor.trace;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pictor.model.OptionWarning;
import dev.pictor.model.Usage;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.StringJoiner;

/** The calls to models: what was asked, what came back, what it took. Not thread-safe. */
final class ReportCalls {

    private static final Set<String> SHOWN_OF_RESPONSE = Set.of("text", "images");

    private final RunRecord run;
    private final ReportPictures pictures;
    private final HtmlWriter html;

    ReportCalls(RunRecord run, ReportPictures pictures, HtmlWriter html) {
        this.run = run;
        this.pictures = pictures;
        this.html = html;
    }

    /** How a call ended, in a word or two. */
    static String outcome(CallRecord call) {
        return call.errorType()
                .map(type -> type.replace('_', ' '))
                .orElse(call.duration().isPresent() ? "answered" : "interrupted");
    }

    static String look(CallRecord call) {
        if (call.errorType().isPresent()) {
            return "fail";
        }
        return call.duration().isPresent() ? "ok" : "open";
    }

    void write() {
        for (int i = 0; i < run.calls().size(); i++) {
            write(run.calls().get(i), i + 1);
        }
    }

    private void write(CallRecord call, int number) {
        html.open("article", "id", "call-" + number).open("h3");
        html.leaf("span", number + ".", "class", "quiet").text(" " + call.requestedModel() + " ");
        ReportFormat.tag(html, outcome(call), look(call));
        html.close();
        facts(call);
        call.error().ifPresent(error -> ReportFormat.error(html, error));
        warnings(call.warnings());
        html.open("div", "class", "exchange");
        request(TraceJson.MAPPER.valueToTree(call.request()));
        if (!call.response().isEmpty()) {
            response(TraceJson.MAPPER.valueToTree(call.response()));
        }
        html.close().close();
    }

    private void facts(CallRecord call) {
        html.open("dl", "class", "facts");
        fact("Took", call.duration().map(ReportFormat::duration).orElse("unknown"));
        fact("Cost", call.cost().map(Object::toString).orElse("unknown"));
        tokens("Tokens in", call.usage().inputTextTokens(), call.usage().inputImageTokens());
        tokens("Tokens out", call.usage().outputTextTokens(), call.usage().outputImageTokens());
        pictures(call.usage());
        fact("Stage", call.stage());
        fact("Operation", call.operation());
        fact("Provider", call.provider());
        call.servedBy().ifPresent(model -> fact("Served by", model));
        fact("Began", ReportFormat.duration(call.startedAfter()));
        html.close();
    }

    private void pictures(Usage usage) {
        if (usage.images() > 0) {
            fact("Pictures", ReportFormat.number(usage.images()));
        }
    }

    private void tokens(String name, OptionalLong text, OptionalLong image) {
        StringJoiner counts = new StringJoiner(" + ");
        text.ifPresent(count -> counts.add(ReportFormat.number(count) + " text"));
        image.ifPresent(count -> counts.add(ReportFormat.number(count) + " image"));
        if (counts.length() > 0) {
            fact(name, counts.toString());
        }
    }

    private void warnings(List<OptionWarning> warnings) {
        if (warnings.isEmpty()) {
            return;
        }
        html.open("ul", "class", "warnings");
        for (OptionWarning warning : warnings) {
            html.open("li")
                    .leaf("strong", warning.option())
                    .text(" " + warning.message())
                    .close();
        }
        html.close();
    }

    private void request(JsonNode request) {
        html.open("div").leaf("h4", "Request");
        for (JsonNode message : request.path("messages")) {
            html.open("div", "class", "message").leaf("p", message.path("role").asText("unknown"), "class", "role");
            message.path("parts").forEach(this::part);
            html.close();
        }
        JsonNode parameters = request.path("parameters");
        if (!parameters.isEmpty()) {
            html.open("dl", "class", "facts given");
            parameters.properties().forEach(parameter -> parameter(parameter.getKey(), parameter.getValue()));
            html.close();
        }
        html.close();
    }

    private void parameter(String name, JsonNode value) {
        if (value.isValueNode()) {
            fact(name, value.asText());
        } else {
            html.open("div").leaf("dt", name).open("dd");
            ReportFormat.folded(html, "JSON", ReportFormat.json(value));
            html.close().close();
        }
    }

    private void response(JsonNode response) {
        html.open("div").leaf("h4", "Response").open("div", "class", "message");
        if (response.path("text").isTextual()) {
            ReportFormat.text(html, response.path("text").asText());
        }
        response.path("images").forEach(this::part);
        html.open("dl", "class", "facts given");
        response.properties().stream()
                .filter(member -> !SHOWN_OF_RESPONSE.contains(member.getKey()))
                .forEach(member -> parameter(member.getKey(), member.getValue()));
        html.close().close().close();
    }

    /** A part by the OpenTelemetry message schema; one of a kind unknown here is shown as it is. */
    private void part(JsonNode part) {
        if (part.path("content").isTextual()) {
            ReportFormat.text(html, part.path("content").asText());
        } else if (part.path("sha256").isTextual()) {
            pictures.thumb(
                    html,
                    part.path("sha256").asText(),
                    part.path("role").asText(part.path("modality").asText("artifact")));
        } else {
            ReportFormat.folded(html, "JSON", ReportFormat.json(part));
        }
    }

    private void fact(String name, String value) {
        ReportFormat.fact(html, name, value);
    }
}
