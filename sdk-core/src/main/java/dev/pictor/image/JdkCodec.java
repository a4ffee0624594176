package dev.pictor.image;

import dev.pictor.image.ImageHeader.Coding;
import java.util.Set;

/** Reads and writes JPEG and PNG by what every JDK has. Thread-safe. */
final class JdkCodec implements ImageCodec {

    @Override
    public boolean decodes(ImageHeader header) {
        return switch (header.format()) {
            case PNG -> true;
            case JPEG -> header.coding() != Coding.JPEG_LOSSLESS;
            default -> false;
        };
    }

    @Override
    public Set<ImageFormat> encodes() {
        return Set.of(ImageFormat.JPEG, ImageFormat.PNG);
    }

    @Override
    public void decode(BareImage image, PixelSink sink) {
        if (image.header().format() == ImageFormat.PNG) {
            new PngDecoder(image, sink).decode();
        } else {
            new JdkJpegDecoder(image, sink).decode();
        }
    }

    @Override
    public byte[] encode(Picture picture, Encoding encoding) {
        return encoding.format() == ImageFormat.PNG ? JdkEncoder.png(picture) : JdkEncoder.jpeg(picture, encoding);
    }
}
