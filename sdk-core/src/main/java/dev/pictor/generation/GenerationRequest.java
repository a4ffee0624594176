package dev.pictor.generation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.pictor.feedback.Ratings;
import dev.pictor.gateway.CallOptions;
import dev.pictor.gateway.cache.CacheMode;
import dev.pictor.gateway.routing.CallAttributes;
import dev.pictor.image.AspectRatio;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.PixelSize;
import dev.pictor.intent.Intent;
import dev.pictor.model.ImageRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.immutables.value.Value;

/** A wish for pictures. Immutable. */
@Value.Immutable
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonDeserialize(builder = GenerationRequestBuilder.class)
public abstract class GenerationRequest {

    /** The longest wish: 4,000 characters, which leaves room for what enhancement adds. */
    public static final int MAX_PROMPT_CHARS = 4_000;

    GenerationRequest() {}

    /**
     * Returns a builder for one picture.
     *
     * @param prompt what is wished for, in plain words, 1 to 4,000 characters, not blank
     * @return a new builder
     */
    public static GenerationRequestBuilder builder(String prompt) {
        return new GenerationRequestBuilder().prompt(prompt);
    }

    /**
     * What is wished for. It reaches the model word for word, with craft added around it, where {@link #enhancement()} is
     * {@link Enhancement#TEMPLATE}, and as it is with {@link Enhancement#NONE}. With {@link Enhancement#MODEL} and {@link
     * Enhancement#BOTH} a model puts it in words of its own, which keep the facts that it states.
     *
     * @return 1 to 4,000 characters, not blank
     */
    @Value.Redacted
    public abstract String prompt();

    /**
     * How much craft is added to the prompt. Default: {@link Detail#DETAILED}.
     *
     * @return the level of detail
     */
    @Value.Default
    public Detail detail() {
        return Detail.DETAILED;
    }

    /**
     * How the wish becomes a prompt. Default: {@link Enhancement#TEMPLATE}.
     *
     * @return the way
     */
    @Value.Default
    public Enhancement enhancement() {
        return Enhancement.TEMPLATE;
    }

    /**
     * Whether a reasoning model that reads pictures looks at what was drawn. What is of no use is then drawn again: once more
     * with the same model, then with the next better one. Default: false; that it is a picture, and of what size, is
     * checked in any case.
     *
     * @return true if what the pictures show is judged
     */
    @Value.Default
    public boolean isJudged() {
        return false;
    }

    /**
     * Pictures to draw after. Default: none.
     *
     * @return at most as many as the model takes
     */
    public abstract List<ImageBytes> references();

    /**
     * How many pictures. Default: 1.
     *
     * @return 1 to 10
     */
    @Value.Default
    public int count() {
        return 1;
    }

    /**
     * Width and height. Default: the model's choice. Excludes {@link #aspectRatio()}.
     *
     * @return the size in pixels
     */
    public abstract Optional<PixelSize> size();

    /**
     * Proportion at the model's usual size. Default: the model's choice. Excludes {@link #size()}.
     *
     * @return the ratio
     */
    public abstract Optional<AspectRatio> aspectRatio();

    /**
     * A number that makes a repeatable model draw the same picture again. Default: the model's choice.
     *
     * @return any number
     */
    public abstract OptionalLong seed();

    /**
     * Options of one vendor, by that vendor's own names. Default: none.
     *
     * @return names and JSON-like values
     */
    @Value.Redacted
    public abstract Map<String, Object> options();

    /**
     * The one model that may draw, by id or alias. Default: empty, which leaves it to the router.
     *
     * @return the model, not blank
     */
    public abstract Optional<String> model();

    /**
     * Whom the pictures are for, such as {@code free}, {@code pro} or a tier of your own, for the router to go by. Default:
     * empty.
     *
     * @return 1 to 256 characters, not blank
     * @see CallAttributes#TIER
     */
    public abstract Optional<String> tier();

    /**
     * How the gateway's cache is used for the pictures, if it has one. A run that is another try, by {@link
     * Ratings#regenerating}, looks for no kept picture whatever this says: those were not wanted. Default: {@link
     * CacheMode#USE}.
     *
     * @return the mode
     */
    @Value.Default
    public CacheMode cacheMode() {
        return CacheMode.USE;
    }

    @Value.Check
    void check() {
        if (prompt().isBlank() || prompt().length() > MAX_PROMPT_CHARS) {
            throw new IllegalArgumentException("prompt must have 1 to " + MAX_PROMPT_CHARS
                    + " characters and not be blank, had " + prompt().length());
        }
        checkName(model(), "model");
        checkName(tier(), "tier");
        ImageRequest unused = toImageRequest(prompt()); // the rest has the model request's rules
    }

    private static void checkName(Optional<String> name, String what) {
        name.ifPresent(text -> {
            if (text.isBlank() || text.length() > CallAttributes.MAX_TEXT) {
                throw new IllegalArgumentException(what + " must have 1 to " + CallAttributes.MAX_TEXT
                        + " characters and not be blank, had " + text.length());
            }
        });
    }

    ImageRequest toImageRequest(String enhancedPrompt) {
        return ImageRequest.builder(enhancedPrompt)
                .references(references())
                .count(count())
                .size(size())
                .aspectRatio(aspectRatio())
                .seed(seed())
                .options(options())
                .build();
    }

    /** How the model is chosen: by what the request says and what it asks for. */
    CallOptions toCallOptions(Intent intent, Optional<String> preference) {
        CallAttributes attributes = CallAttributes.none()
                .with(CallAttributes.COMPLEXITY, intent.complexity().score())
                .with(CallAttributes.STYLE, shortened(intent.understanding().style()));
        if (preference.isPresent()) {
            attributes = attributes.with(CallAttributes.PREFERENCE, preference.get());
        }
        if (tier().isPresent()) {
            attributes = attributes.with(CallAttributes.TIER, tier().get());
        }
        if (intent.understanding().domain().isPresent()) {
            attributes = attributes.with(
                    CallAttributes.DOMAIN, intent.understanding().domain().get().toString());
        }
        return CallOptions.builder()
                .forceModel(model())
                .attributes(attributes)
                .cacheMode(cacheMode())
                .build();
    }

    /** A style is whatever a model gave. */
    private static String shortened(String style) {
        return style.length() > CallAttributes.MAX_TEXT ? style.substring(0, CallAttributes.MAX_TEXT) : style;
    }
}
