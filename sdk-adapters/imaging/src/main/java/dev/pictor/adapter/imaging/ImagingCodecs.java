package dev.pictor.adapter.imaging;

import dev.pictor.image.ImageCodec;
import java.util.List;

/** The codecs of this artifact. */
public final class ImagingCodecs {

    private ImagingCodecs() {}

    /**
     * Returns all codecs, each to be given to {@link dev.pictor.image.ImagingBuilder#addCodec}. Nothing native is loaded
     * by that.
     *
     * @return new codecs: {@link WebpCodec}, {@link TwelveMonkeysJpegCodec}
     */
    public static List<ImageCodec> all() {
        return List.of(new WebpCodec(), new TwelveMonkeysJpegCodec());
    }
}
