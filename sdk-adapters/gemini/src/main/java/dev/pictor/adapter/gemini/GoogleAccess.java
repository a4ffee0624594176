package dev.pictor.adapter.gemini;

import static java.util.Objects.requireNonNull;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.genai.Client;
import com.google.genai.types.ClientOptions;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelProfile;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** Who asks, and at which of Google's two doors: the Gemini API or Vertex AI. Immutable and thread-safe. */
abstract sealed class GoogleAccess {

    private GoogleAccess() {}

    /** Returns where requests go unless somebody says otherwise. */
    abstract URI home();

    /** Returns a client of the vendor's that writes requests to that address and reads no settings elsewhere. */
    abstract Client client(OkHttpClient http, URI baseUrl);

    /** Returns a model of a catalogue as it is served at this door. */
    abstract ModelProfile served(ModelProfile profile);

    /** Returns the header that names the asker of one call, where the vendor's client does not write it. */
    abstract Optional<String> authorization(String modelId);

    /** Returns the secret that is the same for all calls. */
    abstract Optional<String> secret();

    static Client.Builder writer(OkHttpClient http, URI baseUrl, String version) {
        return Client.builder()
                .clientOptions(ClientOptions.builder().customHttpClient(http).build())
                .httpOptions(HttpOptions.builder()
                        .baseUrl(baseUrl.toString())
                        .apiVersion(version)
                        .retryOptions(HttpRetryOptions.builder()
                                .attempts(1)
                                .httpStatusCodes(List.of())
                                .build())
                        .build());
    }

    /** A key of the Gemini API. */
    static final class ApiKey extends GoogleAccess {

        private static final Pattern KEY = Pattern.compile("[!-~]{1,512}");

        private final String key;

        ApiKey(String key) {
            if (!KEY.matcher(key).matches()) { // checked here because OkHttp's own message would show the key
                throw new IllegalArgumentException("apiKey must be 1 to 512 printable ASCII characters without blanks");
            }
            this.key = key;
        }

        @Override
        URI home() {
            return URI.create("https://generativelanguage.googleapis.com");
        }

        @Override
        Client client(OkHttpClient http, URI baseUrl) {
            return writer(http, baseUrl, "v1beta").apiKey(key).vertexAI(false).build();
        }

        @Override
        ModelProfile served(ModelProfile profile) {
            return profile;
        }

        @Override
        Optional<String> authorization(String modelId) {
            return Optional.empty();
        }

        @Override
        Optional<String> secret() {
            return Optional.of(key);
        }
    }

    /** A project of Google Cloud, and who gives the tokens for it. */
    static final class VertexProject extends GoogleAccess {

        /** The vendor's client wants one; the one that is sent is asked for at each call. */
        private static final String NO_TOKEN = "asked-for-at-each-call";

        private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9:.-]{0,99}");
        private static final Pattern TOKEN = Pattern.compile("[!-~]+");

        private final String project;
        private final String location;
        private final Supplier<String> accessToken;

        VertexProject(String project, String location, Supplier<String> accessToken) {
            this.project = check("project", project);
            this.location = check("location", location);
            this.accessToken = requireNonNull(accessToken, "accessToken");
        }

        private static String check(String name, String value) {
            if (!NAME.matcher(value).matches()) {
                throw new IllegalArgumentException(
                        name + " must be 1 to 100 lower-case letters, digits, dots, colons and dashes, was " + value);
            }
            return value;
        }

        String path() {
            return "/v1/projects/" + project + "/locations/" + location + "/publishers/google/models/";
        }

        /** Hosts by location: ApiClient of google-genai 1.70.0. */
        @Override
        URI home() {
            return URI.create(
                    switch (location) {
                        case "global" -> "https://aiplatform.googleapis.com";
                        case "us", "eu" -> "https://aiplatform." + location + ".rep.googleapis.com";
                        default -> "https://" + location + "-aiplatform.googleapis.com";
                    });
        }

        @Override
        Client client(OkHttpClient http, URI baseUrl) {
            return writer(http, baseUrl, "v1")
                    .project(project)
                    .location(location)
                    .credentials(GoogleCredentials.create(
                            AccessToken.newBuilder().setTokenValue(NO_TOKEN).build()))
                    .vertexAI(true)
                    .build();
        }

        @Override
        ModelProfile served(ModelProfile profile) {
            return GeminiModels.onVertex(profile);
        }

        @Override
        Optional<String> authorization(String modelId) {
            String token;
            try {
                token = accessToken.get();
            } catch (RuntimeException e) { // whoever fetches tokens fails in ways of its own
                throw noToken(modelId, "the supplier of access tokens failed", e);
            }
            if (token == null || !TOKEN.matcher(token).matches()) {
                throw noToken(modelId, "the supplier gave no access token of printable ASCII", null);
            }
            return Optional.of("Bearer " + token);
        }

        private static ModelException noToken(String modelId, String problem, @Nullable Throwable cause) {
            return GeminiFailures.failure(
                    modelId, Reason.UNAUTHORIZED, Billed.NOT_SENT, "was not asked: " + problem, cause);
        }

        @Override
        Optional<String> secret() {
            return Optional.empty();
        }
    }
}
