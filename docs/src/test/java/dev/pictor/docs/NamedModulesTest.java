package dev.pictor.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.module.ResolvedModule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Unit tests run on the class path; this one sees the artifacts as the named modules that users may put on a module path. */
class NamedModulesTest {

    private static final List<String> OURS = List.of("sdk-prompts", "sdk-core", "sdk-testkit");

    /** Folders of the local repository that hold what our modules ask for. */
    private static final List<String> OTHERS = List.of(
            "/com/fasterxml/jackson/",
            "/com/github/ben-manes/",
            "/com/github/f4b6a3/",
            "/com/github/jknack/",
            "/com/google/errorprone/",
            "/com/networknt/",
            "/net/bytebuddy/",
            "/org/apache/commons/",
            "/org/apiguardian/",
            "/org/assertj/",
            "/org/jspecify/",
            "/org/junit/",
            "/org/opentest4j/",
            "/org/slf4j/slf4j-api/",
            "/org/yaml/");

    /** The class path without the jars of vendors, whose packages clash and which our modules do not ask for. */
    private static ModuleFinder modulePath() {
        Path[] entries = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(Files::exists)
                .filter(entry -> isOurs(entry) || OTHERS.stream().anyMatch(entry.toString()::contains))
                .toArray(Path[]::new);
        return ModuleFinder.of(entries);
    }

    private static boolean isOurs(Path entry) {
        return OURS.stream().anyMatch(module -> entry.toString().contains("/" + module + "/"));
    }

    @Test
    void resolveAsNamedModules() {
        Configuration resolved = Configuration.resolve(
                modulePath(),
                List.of(ModuleLayer.boot().configuration()),
                ModuleFinder.of(),
                Set.of("dev.pictor.testkit"));

        assertThat(resolved.modules().stream().map(ResolvedModule::name))
                .contains(
                        "dev.pictor.prompts",
                        "dev.pictor.core",
                        "dev.pictor.testkit",
                        "com.fasterxml.jackson.databind");
    }

    @Test
    void exportEveryPackageThatHasPublicTypesAndNoOther() {
        assertThat(exports("dev.pictor.prompts")).containsExactly("dev.pictor.prompts");
        assertThat(exports("dev.pictor.testkit"))
                .containsExactly("dev.pictor.testkit", "dev.pictor.testkit.recording", "dev.pictor.testkit.wire");
        assertThat(exports("dev.pictor.core"))
                .containsExactly(
                        "dev.pictor",
                        "dev.pictor.catalogue",
                        "dev.pictor.error",
                        "dev.pictor.feedback",
                        "dev.pictor.gateway",
                        "dev.pictor.gateway.alert",
                        "dev.pictor.gateway.budget",
                        "dev.pictor.gateway.cache",
                        "dev.pictor.gateway.price",
                        "dev.pictor.gateway.resilience",
                        "dev.pictor.gateway.routing",
                        "dev.pictor.gateway.semantic",
                        "dev.pictor.generation",
                        "dev.pictor.image",
                        "dev.pictor.image.batch",
                        "dev.pictor.image.color",
                        "dev.pictor.image.fetch",
                        "dev.pictor.image.measure",
                        "dev.pictor.intent",
                        "dev.pictor.model",
                        "dev.pictor.model.http",
                        "dev.pictor.pipeline",
                        "dev.pictor.replay",
                        "dev.pictor.secret",
                        "dev.pictor.time",
                        "dev.pictor.trace");
    }

    private static Set<String> exports(String module) {
        ModuleReference found = modulePath().find(module).orElseThrow();
        Set<String> names = new TreeSet<>();
        for (ModuleDescriptor.Exports export : found.descriptor().exports()) {
            names.add(export.source());
        }
        return names;
    }
}
