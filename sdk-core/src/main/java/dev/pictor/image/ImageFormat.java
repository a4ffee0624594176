package dev.pictor.image;

/** A file format that Pictor reads and writes, as the first bytes of a picture tell it. Immutable. */
public enum ImageFormat {
    /** Portable Network Graphics: {@code image/png}. */
    PNG("image/png", "png"),
    /** JPEG, whatever its marker flavour: {@code image/jpeg}. */
    JPEG("image/jpeg", "jpg"),
    /** WebP, lossy, lossless or extended: {@code image/webp}. Decoding it takes a codec beyond the JDK's. */
    WEBP("image/webp", "webp");

    private final String mediaType;
    private final String extension;

    ImageFormat(String mediaType, String extension) {
        this.mediaType = mediaType;
        this.extension = extension;
    }

    /**
     * Returns the IANA media type.
     *
     * @return such as {@code image/png}
     */
    public String mediaType() {
        return mediaType;
    }

    /**
     * Returns the usual file name extension.
     *
     * @return without a dot, such as {@code png}
     */
    public String extension() {
        return extension;
    }
}
