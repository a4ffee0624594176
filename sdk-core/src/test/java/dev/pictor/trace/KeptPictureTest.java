package dev.pictor.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pictor.image.ImageBytes;
import dev.pictor.image.ImageRejectedException;
import dev.pictor.image.Pictures;
import dev.pictor.image.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
