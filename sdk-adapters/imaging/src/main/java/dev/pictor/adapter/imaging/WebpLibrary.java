package dev.pictor.adapter.imaging;

import static dev.pictor.image.ImageRejectedException.Reason.NO_CODEC;

import com.luciad.imageio.webp.internal.NativeLoader;
import dev.pictor.image.ImageRejectedException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The native part of webp-imageio. It is unpacked and loaded when it is first asked for, once in a JVM; a failure is
 * kept, so that later calls fail as fast and as clearly. Thread-safe.
 */
final class WebpLibrary {

    private final Runnable loader;
    private final Object lock = new Object();
    private boolean tried;
    private @Nullable Throwable failure;

    WebpLibrary(Runnable loader) {
        this.loader = loader;
    }

    /** Returns the one library of this JVM, loaded or not. */
    static WebpLibrary shared() {
        return Shared.LIBRARY;
    }

    /** Loads the library if that was not tried before. */
    boolean isAvailable() {
        return failure().isEmpty();
    }

    /**
     * Loads the library if that was not tried before.
     *
     * @throws ImageRejectedException if it cannot be loaded here
     */
    void require() {
        failure().ifPresent(cause -> {
            throw new ImageRejectedException(
                    NO_CODEC,
                    "WebP needs a native library, which cannot be loaded here (" + System.getProperty("os.name") + " "
                            + System.getProperty("os.arch")
                            + "): it runs on Linux with glibc, macOS and Windows, and is unpacked to java.io.tmpdir",
                    cause);
        });
    }

    private Optional<Throwable> failure() {
        synchronized (lock) {
            if (!tried) {
                try {
                    loader.run();
                } catch (IllegalStateException | LinkageError | SecurityException e) {
                    failure = e;
                }
                tried = true;
            }
            return Optional.ofNullable(failure);
        }
    }

    private static final class Shared {

        /** Asks the loader itself: the library's own classes print a failure and then go on without native code. */
        static final WebpLibrary LIBRARY = new WebpLibrary(() -> {
            if (!NativeLoader.initialize()) {
                throw new IllegalStateException("the native library of webp-imageio was not loaded");
            }
        });
    }
}
