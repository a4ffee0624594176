package dev.pictor.adapter.cutout;

import dev.pictor.image.PixelSize;
import java.net.URI;
import java.util.Map;
import java.util.Set;

/**
 * What a service takes and gives, as data.
 *
 * @param name who it is, for messages
 * @param address where it is, without a path
 * @param path what is posted to
 * @param keyHeader where the key goes
 * @param maxBytes the largest file it takes
 * @param maxPixels the largest picture it takes
 * @param srgbOnly whether pictures with a profile are turned into sRGB before they are sent
 * @param options the form fields that may be set
 * @param sizes how many pixels a picture has at most that comes back, by the size that is asked for
 */
record ServiceTerms(
        String name,
        URI address,
        String path,
        String keyHeader,
        long maxBytes,
        long maxPixels,
        boolean srgbOnly,
        Set<String> options,
        Map<String, Long> sizes) {

    /**
     * PhotoRoom's Remove Background API. No largest file or picture is stated: those of Pictor's own limits hold. Sources,
     * read on 2026-11-29: the OpenAPI document of PhotoRoom in the copy of
     * <a href="https://github.com/tryAGI/Photoroom">tryAGI/Photoroom</a> (fields, sizes, the score, errors) and
     * <a href="https://docs.photoroom.com/getting-started/frequently-asked-questions">its questions and answers</a> (PNG,
     * JPEG and WebP in sRGB).
     */
    static final ServiceTerms PHOTOROOM = new ServiceTerms(
            "PhotoRoom",
            URI.create("https://sdk.photoroom.com"),
            "/v1/segment",
            "x-api-key",
            Long.MAX_VALUE,
            Long.MAX_VALUE,
            true,
            Set.of("format", "channels", "bg_color", "size", "crop", "despill"),
            Map.of("preview", 250_000L, "medium", 1_500_000L, "hd", 4_000_000L, "full", 36_000_000L));

    /**
     * remove.bg. Source: <a href="https://www.remove.bg/api">its API documentation</a> with the changes to 2025-04-07, in a
     * copy, read on 2026-11-29.
     */
    static final ServiceTerms REMOVE_BG = new ServiceTerms(
            "remove.bg",
            URI.create("https://api.remove.bg"),
            "/v1.0/removebg",
            "X-Api-Key",
            22_000_000,
            50_000_000,
            false,
            Set.of(
                    "size",
                    "type",
                    "type_level",
                    "format",
                    "roi",
                    "crop",
                    "crop_margin",
                    "scale",
                    "position",
                    "channels",
                    "add_shadow",
                    "shadow_type",
                    "shadow_opacity",
                    "semitransparency",
                    "bg_color",
                    "bg_image_url"),
            Map.of(
                    "preview", 250_000L,
                    "small", 250_000L,
                    "regular", 250_000L,
                    "medium", 1_500_000L,
                    "hd", 4_000_000L,
                    "full", 25_000_000L,
                    "4k", 25_000_000L,
                    "auto", 25_000_000L,
                    "50MP", 50_000_000L));

    /** remove.bg makes no larger PNG. */
    static final long REMOVE_BG_PNG_PIXELS = 10_000_000;

    /** Returns the smallest of the sizes that leave the picture as large as it is, or the largest there is. */
    String sizeFor(PixelSize picture, String usual, String largest) {
        return picture.pixels() <= sizes.getOrDefault(usual, Long.MAX_VALUE) ? usual : largest;
    }
}
