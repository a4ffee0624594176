package dev.pictor.adapter.local;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.pictor.image.ImageFormat;
import dev.pictor.model.ModelFailure.Reason;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.immutables.value.Value;

/**
 * What a kind of server takes of OpenAI's API, and in which form: data, read from the file {@code servers.json} beside
 * this class. {@link #toBuilder()} makes one for a server that is not in it. Immutable.
 */
@Value.Immutable
@JsonDeserialize(builder = ServerProfileBuilder.class)
public abstract class ServerProfile {

    ServerProfile() {}

    /** A part of the API. More may come: a {@code switch} needs a {@code default}. */
    public enum Endpoint {
        /** {@code POST /v1/chat/completions}. */
        CHAT,
        /** {@code POST /v1/images/generations}. */
        IMAGES,
        /** {@code POST /v1/images/edits}. */
        EDITS,
        /** {@code POST /v1/embeddings}. */
        EMBEDDINGS,
        /** {@code GET /v1/models}. */
        MODELS
    }

    /** How a server is told that an answer is to be JSON. */
    public enum JsonForm {
        /** {@code response_format} of type {@code json_schema}: the server holds the model to the schema. */
        SCHEMA,
        /** {@code response_format} of type {@code json_object}: any JSON; the schema is asked for in words. */
        OBJECT,
        /** In words alone. */
        WORDS
    }

    /** How a mask says where to draw. */
    public enum MaskForm {
        /** There are no masks. */
        NONE,
        /** Where it is transparent, as in {@link dev.pictor.model.ImageRequest#mask()}. */
        TRANSPARENT,
        /** Where it is white; black elsewhere. */
        WHITE
    }

    /** How vectors are asked for. Both forms are read, whichever was asked for. */
    public enum VectorForm {
        /** {@code encoding_format} is {@code float}: numbers as text. */
        FLOAT,
        /** {@code encoding_format} is {@code base64}: the bytes of 32-bit numbers, the lowest byte first. */
        BASE64,
        /** Without {@code encoding_format}, for servers that do not know it. */
        UNSAID
    }

    /**
     * Returns Ollama's.
     *
     * @return the profile {@code ollama}
     */
    public static ServerProfile ollama() {
        return named("ollama");
    }

    /**
     * Returns LM Studio's.
     *
     * @return the profile {@code lmstudio}
     */
    public static ServerProfile lmStudio() {
        return named("lmstudio");
    }

    /**
     * Returns that of api.openai.com.
     *
     * @return the profile {@code openai}
     */
    public static ServerProfile openAi() {
        return named("openai");
    }

    /**
     * Returns a careful one for a server of which nothing more is known than that it speaks OpenAI's API.
     *
     * @return the profile {@code compatible}
     */
    public static ServerProfile compatible() {
        return named("compatible");
    }

    /**
     * Returns one of those that this version knows.
     *
     * @param name one of {@code ollama}, {@code lmstudio}, {@code openai}, {@code llama-cpp}, {@code vllm},
     *     {@code vllm-omni}, {@code localai}, {@code sd-cpp} and {@code compatible}
     * @return the profile
     * @throws IllegalArgumentException if there is none of that name
     */
    public static ServerProfile named(String name) {
        return BundledServers.named(name);
    }

    /**
     * Returns all that this version knows.
     *
     * @return in the order of the file
     */
    public static List<ServerProfile> builtIn() {
        return BundledServers.ALL;
    }

    /**
     * Returns a builder that starts from this profile.
     *
     * @return a new builder
     */
    public ServerProfileBuilder toBuilder() {
        return new ServerProfileBuilder().from(this);
    }

    /**
     * Its name in the file.
     *
     * @return such as {@code ollama}
     */
    public abstract String name();

    /**
     * Its name for people.
     *
     * @return such as {@code Ollama}
     */
    public abstract String title();

    /**
     * Who serves its models, for {@link dev.pictor.model.ModelProfile#provider()}.
     *
     * @return such as {@code ollama}, {@code openai} or {@code local}
     */
    public abstract String provider();

    /**
     * Where it usually listens. Default: empty.
     *
     * @return without {@code /v1}
     */
    public abstract Optional<URI> baseUrl();

    /**
     * Whether what runs there costs nothing. Default: false, which means that prices are unknown where no catalogue has
     * them.
     *
     * @return true if it does
     */
    @Value.Default
    @JsonProperty("free")
    public boolean isFree() {
        return false;
    }

    /**
     * What it has. Default: nothing.
     *
     * @return parts of the API
     */
    public abstract Set<Endpoint> endpoints();

    /**
     * Endings of the names of models that the server only passes on to a cloud: they are not free, and held to no
     * schema. Default: none.
     *
     * @return such as {@code -cloud}
     */
    public abstract List<String> cloudSuffixes();

    /**
     * How JSON is asked for. Default: {@link JsonForm#WORDS}.
     *
     * @return the form
     */
    @Value.Default
    public JsonForm jsonForm() {
        return JsonForm.WORDS;
    }

    /**
     * Whether a schema is held to strictly only if each object in it names all of its properties as required and allows
     * no others. Default: false: every schema is held to.
     *
     * @return true if it is
     */
    @Value.Default
    public boolean needsClosedSchemas() {
        return false;
    }

    /**
     * The field that bounds an answer. Default: {@code max_tokens}.
     *
     * @return a field's name
     */
    @Value.Default
    public String maxTokensField() {
        return "max_tokens";
    }

    /**
     * What {@code reasoning_effort} may be. Default: nothing, which means that thinking cannot be bounded.
     *
     * @return words, the least first; {@code none} switches thinking off
     */
    public abstract List<String> effortWords();

    /**
     * Whether a chat takes {@code seed}. Default: false.
     *
     * @return true if it does
     */
    @Value.Default
    public boolean takesSeed() {
        return false;
    }

    /**
     * The options of a chat that it honours. Default: none; a warning tells of each other one.
     *
     * @return fields of its own, sent as they are
     */
    public abstract Set<String> chatOptions();

    /**
     * The formats of pictures that it reads. Others are sent as JPEG, or as PNG where they have alpha. Default: none.
     *
     * @return formats
     */
    public abstract Set<ImageFormat> pictureFormats();

    /**
     * Whether a chat takes PDF documents. Default: false.
     *
     * @return true if it does
     */
    @Value.Default
    public boolean takesPdf() {
        return false;
    }

    /**
     * Whether it may answer with the model that is loaded, whichever was asked for. Default: false.
     *
     * @return true if it may
     */
    @Value.Default
    public boolean answersAsLoadedModel() {
        return false;
    }

    /**
     * The options of pictures that it honours. Default: none; a warning tells of each other one.
     *
     * @return fields of its own, sent as they are
     */
    public abstract Set<String> imageOptions();

    /**
     * Whether it must be told to send pictures and not addresses of pictures. Default: false.
     *
     * @return true if {@code response_format} is sent
     */
    @Value.Default
    public boolean needsResponseFormat() {
        return false;
    }

    /**
     * The field of a form that holds a picture to draw after; it may be there several times. Default: {@code image[]}.
     *
     * @return a field's name
     */
    @Value.Default
    public String referenceField() {
        return "image[]";
    }

    /**
     * How many pictures to draw after it takes. Default: 0.
     *
     * @return 0 or more
     */
    @Value.Default
    public int maxReferences() {
        return 0;
    }

    /**
     * How a mask says where to draw. Default: {@link MaskForm#NONE}.
     *
     * @return the form
     */
    @Value.Default
    public MaskForm maskForm() {
        return MaskForm.NONE;
    }

    /**
     * Whether pictures take {@code seed}. Default: false.
     *
     * @return true if they do
     */
    @Value.Default
    public boolean takesImageSeed() {
        return false;
    }

    /**
     * What both sides of a picture are multiples of; a size that is not within this and the next two is asked for as the
     * nearest that is. With more than 1, sides are also at most 3 times each other. Default: 1, which sends every size as
     * it is. {@link dev.pictor.model.ModelProfile#sizes()} comes first.
     *
     * @return pixels, 1 or more
     */
    @Value.Default
    public int sizeStepPx() {
        return 1;
    }

    /**
     * The smallest area of a picture. Default: 1.
     *
     * @return pixels, 1 or more
     */
    @Value.Default
    public long minPixels() {
        return 1;
    }

    /**
     * The largest area of a picture. Default: the largest number, which means that nothing is known of it.
     *
     * @return pixels
     */
    @Value.Default
    public long maxPixels() {
        return Long.MAX_VALUE;
    }

    /**
     * How many pictures one request may ask for. Default: 1.
     *
     * @return 1 or more
     */
    @Value.Default
    public int maxCount() {
        return 1;
    }

    /**
     * How vectors are asked for. Default: {@link VectorForm#UNSAID}.
     *
     * @return the form
     */
    @Value.Default
    public VectorForm vectorForm() {
        return VectorForm.UNSAID;
    }

    /**
     * Whether vectors take {@code dimensions}. Default: false.
     *
     * @return true if they do
     */
    @Value.Default
    public boolean takesDimensions() {
        return false;
    }

    /**
     * What it means by an error's code. Default: nothing.
     *
     * @return reasons by {@code error.code} or {@code error.type}
     */
    public abstract Map<String, Reason> errorCodes();

    /**
     * What it means by an error that has no code, only words. Default: nothing.
     *
     * @return reasons by a piece of the error's text, in any case; the first that is found counts
     */
    public abstract Map<String, Reason> errorWords();

    /**
     * What its users should know. Default: nothing.
     *
     * @return a sentence or more
     */
    public abstract Optional<String> note();

    /**
     * Where this is from.
     *
     * @return links or files
     */
    public abstract List<String> sources();

    /**
     * The day on which the sources were read, as {@code 2026-11-20}.
     *
     * @return a date
     */
    public abstract String checked();

    /** Returns whether a model runs elsewhere. */
    boolean isCloud(String model) {
        return cloudSuffixes().stream().anyMatch(model::endsWith);
    }

    @Value.Check
    void check() {
        if (maxReferences() < 0 || maxCount() < 1) {
            throw new IllegalArgumentException("maxReferences must be 0 or more and maxCount 1 or more, were "
                    + maxReferences() + " and " + maxCount());
        }
        if (sizeStepPx() < 1 || minPixels() < 1 || maxPixels() < minPixels()) {
            throw new IllegalArgumentException("sizeStepPx and minPixels must be 1 or more, maxPixels no less, were "
                    + sizeStepPx() + ", " + minPixels() + " and " + maxPixels());
        }
    }

    @Override
    public String toString() {
        return "ServerProfile[" + name() + "]";
    }
}
