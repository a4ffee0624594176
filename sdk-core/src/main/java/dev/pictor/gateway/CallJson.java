package dev.pictor.gateway;

import dev.pictor.image.ImageBytes;
import dev.pictor.model.Continuation;
import dev.pictor.model.MessagePart;
import dev.pictor.trace.TraceFields;
import java.util.Map;

/** The parts of messages as JSON, in the form of the OpenTelemetry GenAI message schema. */
final class CallJson {

    private static final String STORE = "cas://local/sha256/";

    /** The media type of bytes that are for programs alone. */
    static final String OPAQUE = "application/octet-stream";

    private CallJson() {}

    static Map<String, Object> continuation(Continuation state) {
        return TraceFields.of(
                "provider", state.provider(), "sha256", state.sha256().hex());
    }

    static Map<String, Object> text(String text) {
        return TraceFields.of("type", "text", "content", text);
    }

    static Map<String, Object> picture(ImageBytes image, String role) {
        String sha256 = image.sha256().hex();
        return TraceFields.of(
                "type",
                "uri",
                "modality",
                "image",
                "mime_type",
                image.format().mediaType(),
                "uri",
                STORE + sha256,
                "sha256",
                sha256,
                "width",
                image.size().width(),
                "height",
                image.size().height(),
                "role",
                role);
    }

    static Map<String, Object> document(MessagePart.Pdf pdf) {
        return TraceFields.of(
                "type", "uri",
                "modality", "document",
                "mime_type", "application/pdf",
                "uri", STORE + pdf.sha256(),
                "sha256", pdf.sha256().hex());
    }
}
