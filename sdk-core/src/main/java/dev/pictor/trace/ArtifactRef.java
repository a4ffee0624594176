package dev.pictor.trace;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.PixelSize;
import dev.pictor.image.Sha256;
import dev.pictor.model.MessagePart;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.immutables.value.Value;

/** Names a picture or document by its content. Immutable. */
@Value.Immutable
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonDeserialize(builder = ArtifactRefBuilder.class)
public abstract class ArtifactRef {

    ArtifactRef() {}

    /**
     * Returns the reference of a picture.
     *
     * @param image the picture
     * @return its name, type, length and size
     */
    public static ArtifactRef of(ImageBytes image) {
        return new ArtifactRefBuilder()
                .sha256(image.sha256())
                .mediaType(image.format().mediaType())
                .byteCount(image.byteCount())
                .size(image.size())
                .build();
    }

    /**
     * Returns the reference of a document.
     *
     * @param document the document
     * @return its name, type and length
     */
    public static ArtifactRef of(MessagePart.Pdf document) {
        return new ArtifactRefBuilder()
                .sha256(document.sha256())
                .mediaType("application/pdf")
                .byteCount(document.asByteBuffer().remaining())
                .build();
    }

    /**
     * Returns the reference to bytes of any kind.
     *
     * @param mediaType what they are
     * @param bytes the bytes between position and limit, which are read and left as they are
     * @return its reference
     */
    public static ArtifactRef of(String mediaType, ByteBuffer bytes) {
        return new ArtifactRefBuilder()
                .sha256(Sha256.of(bytes.duplicate()))
                .mediaType(mediaType)
                .byteCount(bytes.remaining())
                .build();
    }

    /**
     * The name: the SHA-256 of the bytes.
     *
     * @return the digest
     */
    @JsonProperty("sha256")
    public abstract Sha256 sha256();

    /**
     * What the bytes are.
     *
     * @return an IANA media type, such as {@code image/png}
     */
    @JsonProperty("media_type")
    public abstract String mediaType();

    /**
     * How many bytes there are.
     *
     * @return bytes
     */
    @JsonProperty("bytes")
    public abstract long byteCount();

    /**
     * Width and height. Default: empty, for what is no picture.
     *
     * @return pixels
     */
    @JsonProperty("size")
    public abstract Optional<PixelSize> size();
}
