package dev.pictor.model;

import dev.pictor.image.ImageBytes;
import java.util.Map;
import org.immutables.value.Value;

/** A picture whose background is to go. Immutable. */
@Value.Immutable
public abstract class BackgroundRemovalRequest {

    BackgroundRemovalRequest() {}

    /**
     * Returns a builder.
     *
     * @param image the picture, background and all
     * @return a new builder
     */
    public static BackgroundRemovalRequestBuilder builder(ImageBytes image) {
        return new BackgroundRemovalRequestBuilder().image(image);
    }

    /**
     * Returns a builder that starts from this request.
     *
     * @return a new builder
     */
    public BackgroundRemovalRequestBuilder toBuilder() {
        return new BackgroundRemovalRequestBuilder().from(this);
    }

    /**
     * The picture.
     *
     * @return its bytes, as they were given
     */
    public abstract ImageBytes image();

    /**
     * Options of one vendor, by that vendor's own names. Default: none. A remover warns of each it does not know.
     *
     * @return names and JSON-like values
     */
    @Value.Redacted
    public abstract Map<String, Object> options();
}
