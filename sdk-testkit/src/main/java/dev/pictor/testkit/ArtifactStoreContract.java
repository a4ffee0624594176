package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.image.ImageBytes;
import dev.pictor.image.PixelSize;
import dev.pictor.image.Sha256;
import dev.pictor.trace.ArtifactRef;
import dev.pictor.trace.ArtifactStore;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * The tests that every {@link ArtifactStore} passes that keeps something. Extend it and give the store. Not thread-safe.
 */
public abstract class ArtifactStoreContract {

    private static final byte[] LAMP = "a brass lamp".getBytes(StandardCharsets.UTF_8);
    private static final int ARTIFACTS = 20;

    /** For subclasses. */
    protected ArtifactStoreContract() {}

    /**
     * Returns the store under test.
     *
     * @return the same store throughout a test; the subclass closes it
     */
    protected abstract ArtifactStore store();

    @Test
    void givesBackTheBytes() {
        put(LAMP);

        assertThat(get(LAMP)).isEqualTo(LAMP);
    }

    @Test
    void givesBackNoBytesAtAll() {
        put(new byte[0]);

        assertThat(get(new byte[0])).isEmpty();
    }

    @Test
    void isEmptyForBytesThatItDoesNotKeep() {
        assertThat(store().get(Sha256.of(LAMP))).isEmpty();
    }

    @Test
    void keepsTheSameBytesOnce() {
        put(LAMP);
        put(LAMP);

        assertThat(get(LAMP)).isEqualTo(LAMP);
    }

    @Test
    void takesABufferFromPositionToLimitAndLeavesItAsItWas() {
        ByteBuffer around = ByteBuffer.allocateDirect(LAMP.length + 10);
        around.position(3).put(LAMP);
        around.position(3).limit(3 + LAMP.length);

        store().put(Sha256.of(LAMP), around);

        assertThat(get(LAMP)).isEqualTo(LAMP);
        assertThat(around.position()).isEqualTo(3);
        assertThat(around.limit()).isEqualTo(3 + LAMP.length);
    }

    @Test
    void doesNotSeeWhatTheCallerDoesToItsArrayLater() {
        byte[] given = LAMP.clone();
        store().put(Sha256.of(LAMP), ByteBuffer.wrap(given));

        Arrays.fill(given, (byte) 0);

        assertThat(get(LAMP)).isEqualTo(LAMP);
    }

    @Test
    void givesEachCallerAReadOnlyViewOfItsOwn() {
        put(LAMP);
        ByteBuffer first = store().get(Sha256.of(LAMP)).orElseThrow();

        assertThat(first.isReadOnly()).isTrue();
        assertThatThrownBy(() -> first.put(0, (byte) 0)).isInstanceOf(ReadOnlyBufferException.class);
        first.position(first.limit());
        assertThat(get(LAMP)).isEqualTo(LAMP);
    }

    @Test
    void namesAPictureByItsContent() {
        ImageBytes image = FakePicture.of(new PixelSize(5, 3), 0xB5A642);

        ArtifactRef reference = store().put(image);

        assertThat(reference).isEqualTo(ArtifactRef.of(image));
        assertThat(get(image.toByteArray())).isEqualTo(image.toByteArray());
    }

    /** All threads put all artifacts in the same order, so they meet; whoever gets one gets all of it. */
    @Test
    void takesTheSameBytesFromManyThreadsAtOnce() throws Exception {
        SideBySide.run(thread -> {
            for (int i = 0; i < ARTIFACTS; i++) {
                byte[] bytes = artifact(i);
                store().get(Sha256.of(bytes))
                        .ifPresent(seen -> assertThat(array(seen)).isEqualTo(bytes));
                put(bytes);
                assertThat(get(bytes)).isEqualTo(bytes);
            }
        });

        for (int i = 0; i < ARTIFACTS; i++) {
            assertThat(get(artifact(i))).isEqualTo(artifact(i));
        }
    }

    private void put(byte[] bytes) {
        store().put(Sha256.of(bytes), ByteBuffer.wrap(bytes));
    }

    private byte[] get(byte[] bytes) {
        return array(store().get(Sha256.of(bytes)).orElseThrow());
    }

    private static byte[] array(ByteBuffer buffer) {
        byte[] array = new byte[buffer.remaining()];
        buffer.get(array);
        return array;
    }

    private static byte[] artifact(int number) {
        byte[] bytes = new byte[50_000];
        Arrays.fill(bytes, (byte) number);
        return bytes;
    }
}
