package dev.pictor.prompts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.prompts.PromptException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromptRegistryTest {

    @TempDir
    Path root;

    private PromptRegistry directory;
    private int writes;

    @BeforeEach
    void createDirectory() {
        directory = PromptRegistry.of(PromptSource.ofDirectory(root));
    }

    @Nested
    class OfDirectory {

        @Test
        void findsPromptsAndVariants() throws IOException {
            write("greet.prompt", "Hello");
            write("a/b/greet.warm-1.prompt", "Hi");
            assertThat(text(directory, "greet", PromptSelection.none())).isEqualTo("Hello");
            Prompt warm = directory.resolve("a/b/greet", variant("warm-1")).prompt();
            assertThat(warm.render(Map.of()).text()).isEqualTo("Hi");
            assertThat(warm.name()).isEqualTo("a/b/greet");
            assertThat(warm.variant()).contains("warm-1");
            assertThat(warm.origin())
                    .isEqualTo(root.resolve("a/b/greet.warm-1.prompt").toString());
        }

        @Test
        void takesPartialsFromTheFolderElseFromTheRoot() throws IOException {
            write("_near.prompt", "far");
            write("_far.prompt", "{{>near}}!");
            write("a/_near.prompt", "near");
            write("a/p.prompt", "{{>near}} {{>far}}");
            assertThat(text(directory, "a/p", PromptSelection.none())).isEqualTo("near near!");
        }

        @Test
        void returnsTheSamePromptWhileItsFilesStay() throws IOException {
            write("greet.prompt", "{{>p}}");
            write("_p.prompt", "Hello");
            assertThat(directory.resolve("greet", PromptSelection.none()).prompt())
                    .isSameAs(directory.resolve("greet", PromptSelection.none()).prompt());
        }

        @Test
        void readsAgainWhenAFileHasChanged() throws IOException {
            write("greet.prompt", "Hello");
            assertThat(text(directory, "greet", PromptSelection.none())).isEqualTo("Hello");
            write("greet.prompt", "Hello you");
            assertThat(text(directory, "greet", PromptSelection.none())).isEqualTo("Hello you");
            write("greet.prompt", "Hello, me");
            assertThat(text(directory, "greet", PromptSelection.none())).isEqualTo("Hello, me");
        }

        @Test
        void readsAgainWhenAPartialHasChangedOrCome() throws IOException {
            write("a/greet.prompt", "{{>p}}");
            write("_p.prompt", "root");
            Prompt first = directory.resolve("a/greet", PromptSelection.none()).prompt();
            write("_p.prompt", "the root");
            Prompt second = directory.resolve("a/greet", PromptSelection.none()).prompt();
            write("a/_p.prompt", "folder");
            Prompt third = directory.resolve("a/greet", PromptSelection.none()).prompt();
            assertThat(first.render(Map.of()).text()).isEqualTo("root");
            assertThat(second.render(Map.of()).text()).isEqualTo("the root");
            assertThat(third.render(Map.of()).text()).isEqualTo("folder");
            assertThat(second.version()).isNotEqualTo(first.version());
        }

        @Test
        void failsWhenAFileHasGone() throws IOException {
            Path file = write("greet.prompt", "Hello");
            assertThat(text(directory, "greet", PromptSelection.none())).isEqualTo("Hello");
            Files.delete(file);
            assertThat(failure("greet", PromptSelection.none()).reason()).isEqualTo(Reason.MISSING);
        }

        @Test
        void namesTheVariantsThereAreWhenOneIsMissing() throws IOException {
            write("a/greet.prompt", "Hello");
            write("a/greet.warm.prompt", "Hi");
            write("a/greet.cold.prompt", "Good day");
            write("a/greeting.other.prompt", "");
            PromptException thrown = failure("a/greet", variant("hot"));
            assertThat(thrown.reason()).isEqualTo(Reason.MISSING);
            assertThat(thrown.promptName()).isEqualTo("a/greet");
            assertThat(thrown)
                    .hasMessage("there is no prompt \"a/greet\", variant \"hot\": no file "
                            + root.resolve("a/greet.hot.prompt") + "; it has the variants cold, warm");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "..",
                    "../greet",
                    "a/../greet",
                    "/greet",
                    "a//b",
                    "a/",
                    "Greet",
                    "gre et",
                    "greet.warm",
                    "_p",
                    "a\\b",
                    "a\u0000",
                    "gr\u00fc\u00dfe",
                    "1/2/3/4/5/6/7/8/9"
                })
        void refusesNamesThatCouldLeadAstray(String name) {
            assertThat(failure(name, PromptSelection.none()).reason()).isEqualTo(Reason.UNSAFE);
        }

        @ParameterizedTest
        @ValueSource(strings = {"../p", "P", "a/p", "[../p]"})
        void refusesPartialsThatCouldLeadAstray(String partial) throws IOException {
            write("greet.prompt", "{{>" + partial + "}}");
            PromptException thrown = failure("greet", PromptSelection.none());
            assertThat(thrown.reason()).isEqualTo(Reason.MALFORMED);
            assertThat(thrown).hasMessageContaining("a partial's name must be");
        }

        @Test
        void refusesFilesThatAreTooLargeOrNotText() throws IOException {
            write("large.prompt", "x".repeat(256 * 1024 + 1));
            write("full.prompt", "x".repeat(256 * 1024));
            Files.write(root.resolve("binary.prompt"), new byte[] {(byte) 0xC3, 0x28});
            Files.createDirectory(root.resolve("folder.prompt"));
            assertThat(failure("large", PromptSelection.none()).reason()).isEqualTo(Reason.TOO_LARGE);
            assertThat(text(directory, "full", PromptSelection.none())).hasSize(256 * 1024);
            assertThat(failure("binary", PromptSelection.none()))
                    .hasMessageEndingWith("binary.prompt is not UTF-8")
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.MALFORMED));
            assertThat(failure("folder", PromptSelection.none())).hasMessageEndingWith("folder.prompt cannot be read");
        }

        @Test
        void needsADirectory() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PromptSource.ofDirectory(root.resolve("gone")))
                    .withMessageContaining("prompts need a directory");
        }

        @Test
        void keepsNoMoreThan512FilesParsed() throws IOException {
            for (int i = 0; i <= 512; i++) {
                write("p" + i + ".prompt", "x");
            }
            List<Prompt> prompts = new ArrayList<>();
            // the files of labels and experiments are kept too
            for (int i = 0; i < 510; i++) {
                prompts.add(directory.resolve("p" + i, PromptSelection.none()).prompt());
            }
            assertThat(directory.resolve("p0", PromptSelection.none()).prompt()).isSameAs(prompts.get(0));
            prompts.add(directory.resolve("p510", PromptSelection.none()).prompt());
            assertThat(directory.resolve("p0", PromptSelection.none()).prompt()).isSameAs(prompts.get(0));
            assertThat(directory.resolve("p1", PromptSelection.none()).prompt()).isNotSameAs(prompts.get(1));
        }
    }

    @Nested
    class OfClasspath {

        private final PromptRegistry classpath =
                PromptRegistry.of(PromptSource.ofClasspath(PromptRegistryTest.class, "/dev/pictor/prompts/library/"));

        @Test
        void findsResources() {
            Prompt prompt =
                    classpath.resolve("generation/enhance", variant("art")).prompt();
            assertThat(prompt.origin()).isEqualTo("classpath:dev/pictor/prompts/library/generation/enhance.art.prompt");
            assertThat(classpath.resolve("generation/enhance", variant("art")).prompt())
                    .isSameAs(prompt);
        }

        @Test
        void saysWhatIsMissing() {
            PromptException thrown = catchThrowableOfType(
                    PromptException.class, () -> classpath.resolve("generation/gone", PromptSelection.none()));
            assertThat(thrown.reason()).isEqualTo(Reason.MISSING);
            assertThat(thrown)
                    .hasMessage("there is no prompt \"generation/gone\": no file"
                            + " classpath:dev/pictor/prompts/library/generation/gone.prompt");
        }
    }

    @Nested
    class OfSeveral {

        private PromptRegistry both;

        @BeforeEach
        void putTheDirectoryFirst() {
            both = PromptRegistry.of(PromptSource.ofDirectory(root), PromptSource.builtIn());
        }

        @Test
        void theFirstThatHasThePromptGivesIt() throws IOException {
            assertThat(both.resolve("generation/understand", PromptSelection.none())
                            .prompt()
                            .origin())
                    .startsWith("classpath:");
            write("generation/understand.prompt", "mine");
            assertThat(text(both, "generation/understand", PromptSelection.none()))
                    .isEqualTo("mine");
            Files.delete(root.resolve("generation/understand.prompt"));
            assertThat(both.resolve("generation/understand", PromptSelection.none())
                            .prompt()
                            .origin())
                    .startsWith("classpath:");
        }

        @Test
        void aVariantIsAPromptOfItsOwn() throws IOException {
            write("generation/enhance.prompt", "mine");
            assertThat(both.resolve("generation/enhance", variant("art"))
                            .prompt()
                            .origin())
                    .startsWith("classpath:");
        }

        @Test
        void oneThatIsWrongIsNotPassedOver() throws IOException {
            write("generation/understand.prompt", "{{>gone}}");
            PromptException thrown = catchThrowableOfType(
                    PromptException.class, () -> both.resolve("generation/understand", PromptSelection.none()));
            assertThat(thrown.reason()).isEqualTo(Reason.MALFORMED);
        }

        @Test
        void whatNoneHasIsMissingInAll() {
            PromptException thrown =
                    catchThrowableOfType(PromptException.class, () -> both.resolve("gone", PromptSelection.none()));
            assertThat(thrown.reason()).isEqualTo(Reason.MISSING);
            assertThat(thrown)
                    .hasMessageContainingAll(root.resolve("gone.prompt").toString(), "classpath:");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "a.b", "../a", "a/b"})
    void aVariantIsNamedLikeAPartOfAName(String variant) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> variant(variant))
                .withMessageStartingWith("variant must be lower-case");
    }

    @Test
    void aSelectionIsAValue() {
        PromptSelection selection = PromptSelection.builder()
                .tenant("t")
                .subject("s")
                .addVariants("v")
                .build();
        assertThat(selection)
                .isEqualTo(PromptSelection.builder()
                        .addVariants("v")
                        .subject("s")
                        .tenant("t")
                        .build())
                .isNotEqualTo(PromptSelection.none());
    }

    private static PromptSelection variant(String variant) {
        return PromptSelection.ofVariant(variant);
    }

    private static String text(PromptRegistry registry, String name, PromptSelection selection) {
        return registry.resolve(name, selection).render(Map.of()).text();
    }

    private PromptException failure(String name, PromptSelection selection) {
        return catchThrowableOfType(PromptException.class, () -> directory.resolve(name, selection));
    }

    @CanIgnoreReturnValue
    private Path write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        // what is new counts as changing
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH.plusSeconds(++writes)));
        return file;
    }
}
