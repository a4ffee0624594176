package dev.pictor.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pictor.image.ImageBytes;
import dev.pictor.image.ImageLimits;
import dev.pictor.image.ImageRejectedException;
import dev.pictor.image.Pictures;
import dev.pictor.image.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptPictureTest {

    private final MemoryRunStore store = new MemoryRunStore();

    @Test
    void comesBackByItsName() {
        ImageBytes lamp = Pictures.png(9, 4);
        ArtifactRef reference = store.put(lamp);

        assertThat(store.image(reference.sha256())).contains(lamp);
        assertThat(store.image(reference.sha256())).contains(lamp);
    }

    @Test
    void isMissingWhereNothingIsKept() {
        assertThat(store.image(Pictures.png(9, 4).sha256())).isEmpty();
        assertThat(ArtifactStore.none().image(Pictures.png(9, 4).sha256())).isEmpty();
    }

    @Test
    void isNotMadeOfAnArtifactOfAnotherKind() {
        byte[] text = "a brass lamp".getBytes(StandardCharsets.UTF_8);
        store.put(Sha256.of(text), ByteBuffer.wrap(text));

        assertThatExceptionOfType(ImageRejectedException.class).isThrownBy(() -> store.image(Sha256.of(text)));
    }

    @Test
    void isNotTakenForAnotherThatIsKeptUnderItsName(@TempDir Path folder) throws IOException {
        ImageBytes lamp = Pictures.png(9, 4);
        ImageBytes other = Pictures.png(4, 9);
        DirectoryRunStore damaged = DirectoryRunStore.open(folder);
        Sha256 name = damaged.put(lamp).sha256();
        Files.write(damaged.artifactFile(name), other.toByteArray());

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> damaged.image(name))
                .withMessage("cannot read artifact " + name)
                .havingCause()
                .withMessageStartingWith("its bytes have the SHA-256 " + other.sha256());
    }

    @Test
    void comesBackAgainFromAStoreThatKeepsOneBuffer() {
        ImageBytes lamp = Pictures.png(9, 4);
        ByteBuffer only = lamp.asByteBuffer();
        ArtifactStore careless = new ArtifactStore() {
            @Override
            public void put(Sha256 sha256, ByteBuffer bytes) {
                throw new UnsupportedOperationException("it holds one picture");
            }

            @Override
            public Optional<ByteBuffer> get(Sha256 sha256) {
                return Optional.of(only);
            }
        };

        assertThat(careless.image(lamp.sha256())).contains(lamp);
        assertThat(careless.image(lamp.sha256())).contains(lamp);
    }

    @Test
    void isHeldToTheLimitsThatAreGiven() {
        ImageBytes lamp = Pictures.png(9, 4);
        Sha256 name = store.put(lamp).sha256();
        ImageLimits small = ImageLimits.builder().maxPixels(35).build();
        ImageLimits enough = ImageLimits.builder().maxPixels(36).build();

        assertThatExceptionOfType(ImageRejectedException.class)
                .isThrownBy(() -> store.image(name, small))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(ImageRejectedException.Reason.TOO_MANY_PIXELS));
        assertThat(store.image(name, enough)).contains(lamp);
    }

    @Test
    void mayBeLargerThanTheDefaultsAllowWhereTheCallerSaysSo() {
        ImageLimits large = ImageLimits.builder().maxSidePx(50_000).build();
        byte[] bytes = Pictures.encoded("png", 40_000, 1);
        store.put(Sha256.of(bytes), ByteBuffer.wrap(bytes));

        assertThatExceptionOfType(ImageRejectedException.class).isThrownBy(() -> store.image(Sha256.of(bytes)));
        assertThat(store.image(Sha256.of(bytes), large)).contains(ImageBytes.wrap(bytes, large));
    }
}
