package dev.pictor.benchmarks.peers;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/**
 * The least that an image call can be: the JDK's HTTP client, a body put together by hand, and the picture read out of
 * the answer as it comes in. No limit, no retry, no budget, nothing noted. Thread-safe.
 */
public final class BareClient {

    private final JsonFactory json = new JsonFactory();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI uri;

    /** Sends to the image API of a server. */
    public BareClient(URI server) {
        this.uri = server.resolve("/v1/images/generations");
    }

    /** Draws, and returns the bytes of the picture. The prompt needs no escapes. */
    public byte[] draw(String prompt) throws IOException, InterruptedException {
        String body = "{\"model\":\"http-image-model\",\"prompt\":\"" + prompt + "\",\"n\":1}";
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
                .build();
        HttpResponse<InputStream> answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream bytes = answer.body();
                JsonParser parser = json.createParser(bytes)) {
            if (answer.statusCode() != 200) {
                throw new IOException("status " + answer.statusCode());
            }
            byte[] picture = null;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.FIELD_NAME && "b64_json".equals(parser.currentName())) {
                    parser.nextToken();
                    picture = parser.getBinaryValue();
                }
            }
            if (picture == null) {
                throw new IOException("an answer without a picture");
            }
            return picture;
        }
    }
}
