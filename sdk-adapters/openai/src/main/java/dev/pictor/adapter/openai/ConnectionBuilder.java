package dev.pictor.adapter.openai;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.catalogue.ModelKind;
import dev.pictor.model.ModelProfile;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the builders of all adapters here have in common. Not thread-safe. */
abstract class ConnectionBuilder<B extends ConnectionBuilder<B>> {

    private static final URI OPENAI = URI.create("https://api.openai.com/v1");
    private static final Pattern KEY = Pattern.compile("[!-~]{1,512}");
    private static final Pattern NAME = Pattern.compile("[!-~]{1,128}");
    private static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration DEFAULT_IDLE_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final ModelKind kind;
    final String apiKey;

    ModelProfile profile;
    URI baseUrl = OPENAI;
    Duration connectTimeout = DEFAULT_CONNECT_TIMEOUT;
    Duration idleTimeout = DEFAULT_IDLE_TIMEOUT;

    @Nullable
    String organization;

    @Nullable
    String project;

    ConnectionBuilder(ModelKind kind, String apiKey, String model) {
        if (!KEY.matcher(apiKey).matches()) { // checked here because an HTTP client's own message would show the key
            throw new IllegalArgumentException("apiKey must be 1 to 512 printable ASCII characters without blanks");
        }
        this.kind = kind;
        this.apiKey = apiKey;
        this.profile = OpenAiModels.catalogue().profile(kind, model);
    }

    /** Returns this builder, by its own type. */
    abstract B self();

    /**
     * Chooses a model from {@link OpenAiModels#catalogue()}. Default: {@code balanced}.
     *
     * @param name its id, an alias, the name of a retired model, or {@code fast}, {@code balanced}, {@code best}
     * @return this builder
     * @throws IllegalArgumentException if the catalogue has no such model for this adapter; see {@link #profile(ModelProfile)}
     */
    @CanIgnoreReturnValue
    public B model(String name) {
        profile = OpenAiModels.catalogue().profile(kind, requireNonNull(name, "name"));
        return self();
    }

    /**
     * Chooses a model by a profile of your own: a newer model than the catalogue knows, or other prices.
     *
     * @param profile what the model is, can do and costs; its id is sent
     * @return this builder
     */
    @CanIgnoreReturnValue
    public B profile(ModelProfile profile) {
        this.profile = requireNonNull(profile, "profile");
        return self();
    }

    /**
     * Sends requests, and the key with them, somewhere else: to a proxy, or to a server in a test. Default:
     * {@code https://api.openai.com/v1}.
     *
     * @param baseUrl an http or https address without query; paths such as {@code /responses} are added to it
     * @return this builder
     * @throws IllegalArgumentException if it is no such address
     */
    @CanIgnoreReturnValue
    public B baseUrl(URI baseUrl) {
        String scheme = baseUrl.getScheme() == null ? "" : baseUrl.getScheme().toLowerCase(Locale.ROOT);
        if (!(scheme.equals("http") || scheme.equals("https"))
                || baseUrl.getHost() == null
                || baseUrl.getRawQuery() != null
                || baseUrl.getRawFragment() != null) {
            throw new IllegalArgumentException("baseUrl must be an http or https address without query, was "
                    + baseUrl.getScheme() + "://" + baseUrl.getHost());
        }
        this.baseUrl = baseUrl;
        return self();
    }

    /**
     * Names the organization that is charged. Default: the key's own.
     *
     * @param organization such as {@code org-abc}, printable ASCII without blanks
     * @return this builder
     * @throws IllegalArgumentException if it has another form
     */
    @CanIgnoreReturnValue
    public B organization(String organization) {
        this.organization = named("organization", organization);
        return self();
    }

    /**
     * Names the project that is charged. Default: the key's own.
     *
     * @param project such as {@code proj_abc}, printable ASCII without blanks
     * @return this builder
     * @throws IllegalArgumentException if it has another form
     */
    @CanIgnoreReturnValue
    public B project(String project) {
        this.project = named("project", project);
        return self();
    }

    /**
     * Bounds how long it may take to connect. Default: 10 s.
     *
     * @param timeout 1 ms to 10 min
     * @return this builder
     * @throws IllegalArgumentException if it is outside that range
     */
    @CanIgnoreReturnValue
    public B connectTimeout(Duration timeout) {
        connectTimeout = checked("connectTimeout", timeout);
        return self();
    }

    /**
     * Bounds how long nothing may come of an answer that has begun. The call's own deadline bounds the whole of it.
     * Default: 60 s.
     *
     * @param timeout 1 ms to 10 min
     * @return this builder
     * @throws IllegalArgumentException if it is outside that range
     */
    @CanIgnoreReturnValue
    public B idleTimeout(Duration timeout) {
        idleTimeout = checked("idleTimeout", timeout);
        return self();
    }

    private static String named(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    what + " must be 1 to 128 printable ASCII characters without blanks, was \"" + name + "\"");
        }
        return name;
    }

    private static Duration checked(String what, Duration value) {
        if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(what + " must be 1 ms to 10 min, was " + value);
        }
        return value;
    }
}
