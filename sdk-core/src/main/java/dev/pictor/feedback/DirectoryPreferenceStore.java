package dev.pictor.feedback;

import dev.pictor.image.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * Preferences as JSON files, one for each user. A file is written under another name, forced to the disk and then moved, so
 * that nobody sees half of it; what a crash leaves under such a name goes when its user is removed. Thread-safe.
 */
final class DirectoryPreferenceStore implements PreferenceStore {

    private final Path directory;
    private final Object lock = new Object();

    DirectoryPreferenceStore(Path directory) {
        this.directory = directory;
    }

    @Override
    public Optional<UserPreferences> find(UserKey user) {
        try {
            UserPreferences kept = UserPreferences.parse(Files.readString(file(user)));
            return Optional.of(kept).filter(preferences -> preferences.user().equals(user));
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read preferences in " + directory, e);
        } catch (IllegalArgumentException e) {
            throw new UncheckedIOException(new IOException("preferences in " + file(user) + " are damaged", e));
        }
    }

    @Override
    public UserPreferences update(UserKey user, UnaryOperator<UserPreferences> change) {
        while (true) {
            Optional<UserPreferences> known = find(user);
            UserPreferences changed = PreferenceStore.checkUser(
                    user,
                    change.apply(
                            known.orElseGet(() -> UserPreferences.builder(user).build())));
            synchronized (lock) {
                if (find(user).equals(known)) { // else another change was faster
                    keep(file(user), changed.toJson());
                    return changed;
                }
            }
        }
    }

    @Override
    public boolean remove(UserKey user) {
        synchronized (lock) {
            try {
                boolean were = Files.deleteIfExists(file(user));
                removeDrafts(file(user));
                return were;
            } catch (IOException e) {
                throw new UncheckedIOException("cannot remove preferences in " + directory, e);
            }
        }
    }

    private Path file(UserKey user) {
        byte[] name = (user.tenant() + '\0' + user.user()).getBytes(StandardCharsets.UTF_8);
        return directory.resolve(Sha256.of(ByteBuffer.wrap(name)).hex() + ".json");
    }

    /** What a crash left of changes; a change that another process is making fails. */
    private void removeDrafts(Path file) throws IOException {
        try (DirectoryStream<Path> drafts = Files.newDirectoryStream(directory, draftName(file, "*"))) {
            for (Path draft : drafts) {
                Files.deleteIfExists(draft);
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return; // nothing was ever kept
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static String draftName(Path file, String which) {
        return "." + file.getFileName() + "." + which + ".tmp";
    }

    private void keep(Path file, String json) {
        Path draft = directory.resolve(draftName(file, UUID.randomUUID().toString()));
        try {
            Files.createDirectories(directory);
            try (FileChannel channel =
                    FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer left = ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8));
                while (left.hasRemaining()) {
                    channel.write(left);
                }
                channel.force(true);
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep preferences in " + directory, e);
        }
    }
}
