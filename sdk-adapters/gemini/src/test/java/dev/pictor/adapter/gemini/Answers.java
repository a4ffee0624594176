package dev.pictor.adapter.gemini;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/** Answers of generateContent in the shape in which Google sends them. */
final class Answers {

    static final byte[] PNG = picture(32, 18, "png");

    private Answers() {}

    static byte[] picture(int width, int height, String format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), format, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static String success(byte[] picture, String mediaType) {
        return """
                {
                  "candidates": [
                    {
                      "content": {
                        "parts": [
                          {
                            "text": "Here is your lamp."
                          },
                          {
                            "inlineData": {
                              "mimeType": "%s",
                              "data": "%s"
                            },
                            "thoughtSignature": "EpwHCpkHAXLI2nx"
                          }
                        ],
                        "role": "model"
                      },
                      "finishReason": "STOP",
                      "index": 0
                    }
                  ],
                  "usageMetadata": {
                    "promptTokenCount": 271,
                    "candidatesTokenCount": 1125,
                    "totalTokenCount": 1484,
                    "promptTokensDetails": [
                      { "modality": "TEXT", "tokenCount": 13 },
                      { "modality": "IMAGE", "tokenCount": 258 }
                    ],
                    "candidatesTokensDetails": [
                      { "modality": "IMAGE", "tokenCount": 1120 }
                    ],
                    "thoughtsTokenCount": 88
                  },
                  "modelVersion": "gemini-nano-banana-2.1",
                  "responseId": "q7YeaZ-mNJ2vkdUP0a6ByQU"
                }
                """.formatted(mediaType, Base64.getEncoder().encodeToString(picture));
    }

    static String success() {
        return success(PNG, "image/png");
    }

    static String promptBlocked(String reason) {
        return """
                {
                  "promptFeedback": { "blockReason": "%s", "safetyRatings": [] },
                  "usageMetadata": { "promptTokenCount": 13, "totalTokenCount": 13 },
                  "modelVersion": "gemini-nano-banana-2.1",
                  "responseId": "blocked-prompt"
                }
                """.formatted(reason);
    }

    static String finished(String reason) {
        return """
                {
                  "candidates": [
                    {
                      "finishReason": "%s",
                      "finishMessage": "Unable to show the generated image.",
                      "index": 0
                    }
                  ],
                  "usageMetadata": { "promptTokenCount": 13, "candidatesTokenCount": 1120, "totalTokenCount": 1133 },
                  "modelVersion": "gemini-nano-banana-2.1",
                  "responseId": "no-picture"
                }
                """.formatted(reason);
    }

    /** An error without details. */
    static String error(int code, String status, String message) {
        return error(code, status, message, "");
    }

    /** An error with details, each a JSON object, parted by commas. */
    static String error(int code, String status, String message, String details) {
        return """
                {
                  "error": {
                    "code": %d,
                    "message": "%s",
                    "status": "%s",
                    "details": [%s]
                  }
                }
                """.formatted(code, message, status, details);
    }

    static String errorInfo(String reason) {
        return """
                {
                  "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                  "reason": "%s",
                  "domain": "googleapis.com",
                  "metadata": { "service": "generativelanguage.googleapis.com" }
                }
                """.formatted(reason);
    }

    static String quotaFailure(String quotaId) {
        return """
                {
                  "@type": "type.googleapis.com/google.rpc.QuotaFailure",
                  "violations": [
                    {
                      "quotaMetric": "generativelanguage.googleapis.com/generate_content_free_tier_requests",
                      "quotaId": "%s",
                      "quotaDimensions": { "location": "global", "model": "gemini-nano-banana-2.1" },
                      "quotaValue": "20"
                    }
                  ]
                }
                """.formatted(quotaId);
    }

    static String retryInfo(String delay) {
        return """
                { "@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "%s" }
                """.formatted(delay);
    }
}
