package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.feedback.PreferenceStore;
import dev.pictor.feedback.UserKey;
import dev.pictor.feedback.UserPreferences;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreferenceStoreContractTest {

    @Nested
    class InMemory extends PreferenceStoreContract {

        private final PreferenceStore store = PreferenceStore.inMemory();

        @Override
        protected PreferenceStore store() {
            return store;
        }

        @Override
        protected PreferenceStore reopened() {
            return store;
        }

        @Test
        void forgetsTheOneThatWasChangedTheLongestAgo() {
            for (int i = 0; i < 100_002; i++) {
                UserPreferences kept = store.update(UserKey.of("u" + (i == 100_001 ? 0 : i)), known -> known);
                assertThat(kept).isNotNull();
                if (i == 50_000) {
                    UserPreferences again = store.update(UserKey.of("u0"), known -> known);
                    assertThat(again).isNotNull();
                }
            }
            assertThat(store.find(UserKey.of("u0"))).isPresent();
            assertThat(store.find(UserKey.of("u1"))).isEmpty();
            assertThat(store.find(UserKey.of("u2"))).isPresent();
        }
    }

    @Nested
    class InADirectory extends PreferenceStoreContract {

        @TempDir
        Path folder;

        private Path directory() {
            return folder.resolve("preferences");
        }

        private PreferenceStore store = PreferenceStore.none();

        @BeforeEach
        void open() {
            store = PreferenceStore.ofDirectory(directory());
        }

        @Override
        protected PreferenceStore store() {
            return store;
        }

        @Override
        protected PreferenceStore reopened() {
            return PreferenceStore.ofDirectory(directory());
        }

        @Test
        void saysThatAFileIsDamagedWithoutQuotingIt() throws IOException {
            UserKey user = UserKey.of("ana");
            UserPreferences kept = store().update(user, known -> known);
            assertThat(kept.user()).isEqualTo(user);
            List<Path> files;
            try (Stream<Path> all = Files.list(directory())) {
                files = all.toList();
            }
            assertThat(files).hasSize(1);
            Path written = Files.writeString(files.get(0), "{\"user\": secret");
            assertThat(written).exists();
            assertThatThrownBy(() -> store().find(user))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("are damaged")
                    .hasMessageNotContaining("secret");
            assertThat(store().remove(user)).isTrue();
            assertThat(store().find(user)).isEmpty();
        }
    }
}
