package dev.pictor.adapter.openai;

import dev.pictor.image.ImageBytes;
import java.util.Base64;

/** What OpenAI answers, in the words of its API reference and of openai-java 4.100.0, with fields that nobody knows. */
final class Answers {

    /** 64x64. */
    static final String PNG_BASE64 =
            "iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAYAAACqaXHeAAAAJ0lEQVR42u3BAQ0AAADCoPdPbQ43oAAAAAAAAAAAAA"
                    + "AAAAAAAIB3A0BAAAGveg7oAAAAAElFTkSuQmCC";

    static final ImageBytes PNG = ImageBytes.wrap(Base64.getDecoder().decode(PNG_BASE64));

    /** 1x1, the smallest that a JPEG can be. */
    static final ImageBytes JPEG = ImageBytes.wrap(Base64.getDecoder()
            .decode(
                    "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////"
                            + "////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA="));

    private Answers() {}

    static String images(int count) {
        StringBuilder data = new StringBuilder();
        for (int i = 0; i < count; i++) {
            data.append(i == 0 ? "" : ",")
                    .append("{\"b64_json\":\"")
                    .append(PNG_BASE64)
                    .append("\",\"news\":{}}");
        }
        return """
                {"created":1791000000,"data":[%s],"background":"opaque","output_format":"png","quality":"high",
                 "size":"1024x1024","something_new":[1,{"a":2}],
                 "usage":{"input_tokens":60,"input_tokens_details":{"text_tokens":10,"image_tokens":50},
                  "output_tokens":1056,"output_tokens_details":{"image_tokens":1056,"text_tokens":0},"total_tokens":1116}}
                """.formatted(data);
    }

    static String turn() {
        return """
                {"id":"resp_one","object":"response","status":"completed","model":"gpt-6-luna","error":null,
                 "incomplete_details":null,"output":[
                 {"id":"rs_1","type":"reasoning","summary":[]},
                 {"id":"ig_1","type":"image_generation_call","status":"completed","result":"%s","size":"1024x1024"},
                 {"id":"msg_1","type":"message","role":"assistant","status":"completed",
                  "content":[{"type":"output_text","text":"Here is a lamp.","annotations":[]},{"type":"from_the_future"}]}],
                 "usage":{"input_tokens":2100,"output_tokens":40,"total_tokens":2140},
                 "tool_usage":{"image_gen":{"input_tokens":70,"input_tokens_details":{"text_tokens":20,"image_tokens":50},
                  "output_tokens":196,"output_tokens_details":{"image_tokens":196,"text_tokens":0},"total_tokens":266},
                  "web_search":{"num_requests":0}}}
                """.formatted(PNG_BASE64);
    }

    static String turnWith(String outputItem) {
        return """
                {"id":"resp_one","object":"response","status":"completed","model":"gpt-6-luna","error":null,
                 "output":[%s],"usage":{"input_tokens":2100,"output_tokens":40,"total_tokens":2140}}
                """.formatted(outputItem);
    }

    static String response(String contentPart) {
        return """
                {"id":"resp_one","object":"response","status":"completed","model":"gpt-6.1-terra-2026-10-26","error":null,
                 "incomplete_details":null,"output":[
                 {"id":"rs_1","type":"reasoning","summary":[]},
                 {"id":"msg_1","type":"message","role":"assistant","status":"completed","content":[%s]},
                 {"type":"item_from_the_future","content":"text where a list is expected"}],
                 "usage":{"input_tokens":120,"input_tokens_details":{"cached_tokens":100,"cache_write_tokens":0},
                  "output_tokens":30,"output_tokens_details":{"reasoning_tokens":20},"total_tokens":150},"new_field":true}
                """.formatted(contentPart);
    }

    static String words(String text) {
        return response("{\"type\":\"output_text\",\"text\":\"" + text + "\",\"annotations\":[]}");
    }

    static String completion(String message, String finishReason) {
        return """
                {"id":"chatcmpl-1","object":"chat.completion","model":"gpt-4o-2024-11-20","choices":[
                 {"index":0,"message":%s,"finish_reason":"%s","logprobs":null}],
                 "usage":{"prompt_tokens":12,"prompt_tokens_details":{"cached_tokens":4},"completion_tokens":5,
                  "completion_tokens_details":{"reasoning_tokens":0},"total_tokens":17},"system_fingerprint":"fp"}
                """.formatted(message, finishReason);
    }

    static String error(String type, String code) {
        return "{\"error\":{\"message\":\"the vendor's words\",\"type\":\"" + type + "\",\"param\":null,\"code\":"
                + (code.isEmpty() ? "null" : "\"" + code + "\"") + "}}";
    }
}
