package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.prompts.PromptException;
import dev.pictor.prompts.PromptOverride;
import dev.pictor.prompts.PromptOverrideStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromptOverrideStoreContractTest {

    @Nested
    class Memory extends PromptOverrideStoreContract {

        private final PromptOverrideStore store = PromptOverrideStore.inMemory();

        @Override
        protected PromptOverrideStore store() {
            return store;
        }

        @Override
        protected PromptOverrideStore reopened() {
            return store;
        }
    }

    @Nested
    class Directory extends PromptOverrideStoreContract {

        @TempDir
        Path folder;

        @Override
        protected PromptOverrideStore store() {
            return PromptOverrideStore.ofDirectory(folder.resolve("overrides"));
        }

        @Override
        protected PromptOverrideStore reopened() {
            return PromptOverrideStore.ofDirectory(folder.resolve("overrides"));
        }

        private void put() {
            store().put(PromptOverride.builder("t", "p", "SECRET TEXT", "r", "a", Instant.EPOCH)
                    .build());
        }

        private List<Path> files() throws IOException {
            try (Stream<Path> files = Files.list(folder.resolve("overrides"))) {
                return files.toList();
            }
        }

        @Test
        void leavesNothingButOneFileForEachOverride() throws IOException {
            put();
            put();

            assertThat(files()).hasSize(1);
            try (Stream<Path> beside = Files.list(folder)) {
                assertThat(beside).hasSize(1);
            }
        }

        @Test
        void passesOverFilesThatWereNeverFinished() throws IOException {
            put();
            Path whole = files().get(0);
            Files.writeString(whole.resolveSibling("." + whole.getFileName() + ".left.tmp"), "{\"tenant\": \"t");

            assertThat(store().list()).hasSize(1);
            assertThat(store().find("t", "p", "")).isPresent();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"{\"text\": \"SECRET TEXT", "[\"SECRET TEXT\"]", "SECRET TEXT", "", "{}", "\"SECRET TEXT\""})
        void saysThatAFileCannotBeReadWithoutQuotingIt(String damaged) throws IOException {
            put();
            Files.writeString(files().get(0), damaged);

            for (ThrowingCallable read :
                    List.<ThrowingCallable>of(() -> store().find("t", "p", ""), () -> store().list())) {
                assertThatThrownBy(read)
                        .isInstanceOfSatisfying(
                                PromptException.class,
                                e -> assertThat(e.reason()).isEqualTo(PromptException.Reason.UNREADABLE))
                        .satisfies(thrown -> {
                            for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
                                assertThat(String.valueOf(cause.getMessage())).doesNotContain("SECRET");
                            }
                        });
            }
        }
    }
}
