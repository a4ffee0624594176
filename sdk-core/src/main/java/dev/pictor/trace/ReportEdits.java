package dev.pictor.trace;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Calls that made a picture of a picture: both on top of each other, with a slider between them. Not thread-safe. */
final class ReportEdits {

    private final List<Edit> edits = new ArrayList<>();
    private final ReportPictures pictures;
    private final HtmlWriter html;

    /** What a call made of its first picture. */
    private record Edit(int call, String model, String stage, String before, String after) {}

    ReportEdits(List<CallRecord> calls, ReportPictures pictures, HtmlWriter html) {
        this.pictures = pictures;
        this.html = html;
        for (int i = 0; i < calls.size(); i++) {
            CallRecord call = calls.get(i);
            List<String> before = sent(call);
            for (String after : given(call)) {
                if (!before.isEmpty() && pictures.shows(before.get(0)) && pictures.shows(after)) {
                    edits.add(new Edit(i + 1, call.requestedModel(), call.stage(), before.get(0), after));
                }
            }
        }
    }

    private static List<String> sent(CallRecord call) {
        List<String> pictures = new ArrayList<>();
        JsonNode request = TraceJson.MAPPER.valueToTree(call.request());
        for (JsonNode message : request.path("messages")) {
            message.path("parts").forEach(part -> addPicture(part, pictures));
        }
        return pictures;
    }

    private static List<String> given(CallRecord call) {
        List<String> pictures = new ArrayList<>();
        JsonNode response = TraceJson.MAPPER.valueToTree(call.response());
        response.path("images").forEach(part -> addPicture(part, pictures));
        return pictures;
    }

    private static void addPicture(JsonNode part, List<String> into) {
        if (part.path("sha256").isTextual() && !part.path("role").asText("").equals("mask")) {
            into.add(part.path("sha256").asText());
        }
    }

    int count() {
        return edits.size();
    }

    void write() {
        html.open("div", "class", "pairs");
        for (Edit edit : edits) {
            pictures.pair(html, "before", edit.before, "after", edit.after, () -> {
                html.open("a", "href", "#call-" + edit.call)
                        .text("Call " + edit.call + ", " + edit.model)
                        .close();
                html.leaf("span", edit.stage, "class", "quiet");
            });
        }
        html.close();
    }
}
