package dev.pictor.model;

import static java.util.Objects.requireNonNull;

import dev.pictor.image.ImageBytes;
import dev.pictor.image.Sha256;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A piece of a message: text, a picture or a PDF. Immutable. */
public sealed interface MessagePart {

    /**
     * Words.
     *
     * @param text what is said
     */
    record Text(String text) implements MessagePart {
        /** Checks that there is text. */
        public Text {
            requireNonNull(text, "text");
        }

        @Override
        public String toString() {
            return "Text[" + text.length() + " characters]";
        }
    }

    /**
     * A picture.
     *
     * @param image what is shown
     */
    record Picture(ImageBytes image) implements MessagePart {
        /** Checks that there is a picture. */
        public Picture {
            requireNonNull(image, "image");
        }
    }

    /** A PDF document. */
    final class Pdf implements MessagePart {

        private static final byte[] SIGNATURE = {'%', 'P', 'D', 'F', '-'};

        private final byte[] bytes;

        private Pdf(byte[] bytes) {
            this.bytes = bytes;
        }

        /**
         * Returns a document with a copy of the given bytes.
         *
         * @param bytes a PDF, recognised by its first five bytes
         * @return the part
         * @throws IllegalArgumentException if the bytes do not begin like a PDF
         */
        public static Pdf of(byte[] bytes) {
            if (bytes.length < SIGNATURE.length
                    || !Arrays.equals(bytes, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)) {
                throw new IllegalArgumentException("a PDF begins with %PDF-, these " + bytes.length + " bytes do not");
            }
            return new Pdf(bytes.clone());
        }

        /**
         * Returns a view of the document's bytes, without a copy.
         *
         * @return a new read-only buffer
         */
        public ByteBuffer asByteBuffer() {
            return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
        }

        /**
         * Returns the SHA-256 of the document's bytes.
         *
         * @return its name as an artifact
         */
        public Sha256 sha256() {
            return Sha256.of(bytes);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Pdf that && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return "Pdf[" + bytes.length + " bytes]";
        }
    }
}
