package dev.pictor.trace;

import dev.pictor.image.ImageBytes;
import dev.pictor.image.ImageLimits;
import dev.pictor.image.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** A picture as a store gives it back. */
final class KeptPicture {

    private KeptPicture() {}

    /** Checks the name first: damage is told as damage, not as a broken picture. Leaves the buffer as it was. */
    static ImageBytes read(Sha256 name, ByteBuffer kept, ImageLimits limits) {
        byte[] bytes = new byte[kept.remaining()];
        kept.duplicate().get(bytes);
        Sha256 found = Sha256.of(bytes);
        if (!found.equals(name)) {
            throw new UncheckedIOException(
                    "cannot read artifact " + name,
                    new IOException("its bytes have the SHA-256 " + found
                            + ": they were damaged; delete them and store the picture again"));
        }
        return ImageBytes.wrap(bytes, limits);
    }
}
