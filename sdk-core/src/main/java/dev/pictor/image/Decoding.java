package dev.pictor.image;

import static dev.pictor.image.ImageRejectedException.Reason.BROKEN_PIXELS;
import static dev.pictor.image.ImageRejectedException.Reason.NO_CODEC;

import dev.pictor.image.ImageWarning.Kind;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** The way from bytes to sRGB rows: limits, bare bytes, codec, colours. */
final class Decoding {

    private final ImageBytes image;
    private final ImageHeader header;
    private final ImageLimits limits;
    private final List<ImageCodec> codecs;
    private final Warnings warnings = new Warnings();

    Decoding(ImageBytes image, ImageLimits limits, List<ImageCodec> codecs) {
        this.image = image;
        this.header = image.header();
        this.limits = limits;
        this.codecs = codecs;
    }

    /** Decodes and returns what was put up with. */
    List<ImageWarning> into(RgbRows target) {
        limits.check(header);
        if (header.frames() > 1) {
            warnings.add(
                    new ImageWarning(Kind.FIRST_FRAME_ONLY, "the first of " + header.frames() + " frames is taken"));
        }
        ByteBuffer bytes = image.asByteBuffer();
        switch (header.format()) {
            case PNG -> decode(new BareImage(header, bytes), target);
            case JPEG -> decode(BareJpeg.of(bytes, header, limits, warnings::add), target);
            case WEBP -> {
                WebpFile.Frame frame = WebpFile.bare(bytes);
                decode(frame.image(), frame.onCanvas(header.size(), target));
            }
        }
        return warnings.all();
    }

    private void decode(BareImage bare, RgbRows target) {
        SrgbSink sink = new SrgbSink(bare.header().size(), header.hasProfile(), profile(), target, warnings);
        try {
            codec(bare.header()).decode(bare, sink);
        } catch (CancellationException e) {
            throw e;
        } catch (RuntimeException e) { // decoders throw whatever comes to their mind
            if (!sink.hasRows()) {
                throw e instanceof ImageRejectedException rejected
                        ? rejected
                        : new ImageRejectedException(BROKEN_PIXELS, "the picture cannot be decoded", e);
            }
            sink.warn(new ImageWarning(
                    Kind.DAMAGED, "the decoder gave up: " + e.getClass().getSimpleName()));
        }
        sink.finish();
    }

    private Optional<byte[]> profile() {
        if (!header.hasProfile()) {
            return Optional.empty();
        }
        ByteBuffer bytes = image.asByteBuffer();
        return switch (header.format()) {
            case PNG -> PngFile.profile(bytes, IccProfile.MAX_BYTES);
            case JPEG -> JpegFile.profile(bytes, IccProfile.MAX_BYTES);
            case WEBP -> WebpFile.profile(bytes, IccProfile.MAX_BYTES);
        };
    }

    private ImageCodec codec(ImageHeader bare) {
        for (ImageCodec codec : codecs) {
            if (codec.decodes(bare)) {
                return codec;
            }
        }
        throw new ImageRejectedException(
                NO_CODEC, "no codec decodes " + bare.coding() + "; sdk-adapter-imaging brings more");
    }
}
