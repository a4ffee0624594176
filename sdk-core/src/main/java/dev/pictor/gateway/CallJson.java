package dev.pictor.gateway;

import dev.pictor.image.ImageBytes;
import dev.pictor.model.MessagePart;
import java.util.LinkedHashMap;
import java.util.Map;

/** The parts of messages as JSON, in the form of the OpenTelemetry GenAI message schema. */
final class CallJson {

    private static final String STORE = "cas://local/sha256/";

    private CallJson() {}

    static Map<String, Object> text(String text) {
        return Map.of("type", "text", "content", text);
    }

    static Map<String, Object> picture(ImageBytes image, String role) {
        Map<String, Object> part = new LinkedHashMap<>();
        part.put("type", "uri");
        part.put("modality", "image");
        part.put("mime_type", image.format().mediaType());
        part.put("uri", STORE + image.sha256());
        part.put("sha256", image.sha256().hex());
        part.put("width", image.size().width());
        part.put("height", image.size().height());
        part.put("role", role);
        return part;
    }

    static Map<String, Object> document(MessagePart.Pdf pdf) {
        return Map.of(
                "type", "uri",
                "modality", "document",
                "mime_type", "application/pdf",
                "uri", STORE + pdf.sha256(),
                "sha256", pdf.sha256().hex());
    }
}
