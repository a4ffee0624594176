package dev.pictor.docs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.errorprone.annotations.CheckReturnValue;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The rules of docs/architecture.md, as tests over the compiled classes of all published artifacts. */
class ArchitectureTest {

    /** The packages of sdk-core from the ground up; a package knows only those before it. */
    private static final List<Set<String>> LEVELS = List.of(
            Set.of("dev.pictor.error", "dev.pictor.secret", "dev.pictor.time"),
            Set.of("dev.pictor.image.color"),
            Set.of("dev.pictor.image"),
            Set.of("dev.pictor.image.batch"),
            Set.of("dev.pictor.image.fetch"),
            Set.of("dev.pictor.image.measure"),
            Set.of("dev.pictor.model"),
            Set.of("dev.pictor.model.http"),
            Set.of("dev.pictor.trace"),
            Set.of("dev.pictor.pipeline"),
            Set.of(
                    "dev.pictor.gateway.alert",
                    "dev.pictor.gateway.budget",
                    "dev.pictor.gateway.cache",
                    "dev.pictor.gateway.price",
                    "dev.pictor.gateway.resilience",
                    "dev.pictor.gateway.routing",
                    "dev.pictor.gateway.semantic"),
            Set.of("dev.pictor.catalogue", "dev.pictor.gateway"),
            Set.of("dev.pictor.intent"),
            Set.of("dev.pictor.replay"),
            Set.of("dev.pictor.feedback"),
            Set.of("dev.pictor.generation"),
            Set.of("dev.pictor"));

    private static final List<String> CORE =
            LEVELS.stream().flatMap(Set::stream).toList();
    private static final String PROMPTS = "dev.pictor.prompts";
    private static final String TESTKIT = "dev.pictor.testkit";
    private static final String ADAPTERS = "dev.pictor.adapter..";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("/docs/"))
            .importPackages("dev.pictor");

    @Test
    void theScanFindsEveryArtifact() {
        assertThat(Stream.concat(
                        CORE.stream(),
                        Stream.of(
                                PROMPTS,
                                TESTKIT,
                                "dev.pictor.adapter.cutout",
                                "dev.pictor.adapter.embedded",
                                "dev.pictor.adapter.gemini",
                                "dev.pictor.adapter.imaging",
                                "dev.pictor.adapter.local",
                                "dev.pictor.adapter.openai")))
                .allSatisfy(name ->
                        assertThat(CLASSES.getPackage(name).getClasses()).isNotEmpty());
        assertThat(CLASSES.size()).isGreaterThan(200);
    }

    @Nested
    class Modules {

        @Test
        void promptsKnowNoOtherModule() {
            noClasses()
                    .that()
                    .resideInAPackage(PROMPTS)
                    .should()
                    .dependOnClassesThat(inPackages("another module", name -> isOurs(name) && !name.equals(PROMPTS)))
                    .check(CLASSES);
        }

        @Test
        void coreKnowsPromptsOnly() {
            noClasses()
                    .that(inPackages("sdk-core", CORE::contains))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(TESTKIT + "..", ADAPTERS)
                    .check(CLASSES);
        }

        @Test
        void adaptersKnowNeitherEachOtherNorTheTestkit() {
            slices().matching("dev.pictor.adapter.(*)..")
                    .should()
                    .notDependOnEachOther()
                    .check(CLASSES);
            noClasses()
                    .that()
                    .resideInAPackage(ADAPTERS)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(TESTKIT + "..")
                    .check(CLASSES);
        }

        @Test
        void theTestkitKnowsNoAdapter() {
            noClasses()
                    .that()
                    .resideInAPackage(TESTKIT + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(ADAPTERS)
                    .check(CLASSES);
        }
    }

    @Nested
    class Levels {

        @Test
        void everyPackageOfCoreHasALevel() {
            assertThat(CLASSES.stream()
                            .map(JavaClass::getPackageName)
                            .filter(name -> !name.equals(PROMPTS)
                                    && !name.startsWith(TESTKIT)
                                    && !name.startsWith("dev.pictor.adapter.")
                                    && !name.startsWith("dev.pictor.examples"))
                            .distinct())
                    .isSubsetOf(CORE);
        }

        @Test
        void aPackageKnowsOnlyThoseBelow() {
            for (int level = 0; level < LEVELS.size(); level++) {
                Set<String> here = LEVELS.get(level);
                List<String> above = LEVELS.subList(level, LEVELS.size()).stream()
                        .flatMap(Set::stream)
                        .toList();
                for (String name : here) {
                    noClasses()
                            .that()
                            .resideInAPackage(name)
                            .should()
                            .dependOnClassesThat(inPackages(
                                    "its own level or above", other -> above.contains(other) && !other.equals(name)))
                            .check(CLASSES);
                }
            }
        }

        @Test
        void onlyTheGatewayCallsModels() {
            noClasses()
                    .that(inPackages(
                            "sdk-core beside the gateway",
                            name -> CORE.contains(name) && !name.equals("dev.pictor.gateway")))
                    .should()
                    .callMethodWhere(DescribedPredicate.describe(
                            "a model adapter is called",
                            call -> call.getTargetOwner().getSimpleName().endsWith("ModelAdapter")
                                    && !call.getName().equals("profile")))
                    .check(CLASSES);
        }
    }

    @Nested
    class Code {

        @Test
        void everyPackageIsNullMarkedAndChecksReturnValues() {
            Set<JavaPackage> packages = CLASSES.getDefaultPackage().getSubpackagesInTree();
            assertThat(packages.stream()
                            .filter(found -> isOurs(found.getName())
                                    && !found.getClasses().isEmpty()))
                    .hasSizeGreaterThanOrEqualTo(CORE.size() + 5)
                    .allSatisfy(found -> {
                        assertThat(found.isAnnotatedWith(NullMarked.class))
                                .as(found.getName())
                                .isTrue();
                        assertThat(found.isAnnotatedWith(CheckReturnValue.class))
                                .as(found.getName())
                                .isTrue();
                    });
        }

        @Test
        void noThirdPartyTypeIsInASignatureOfCoreOrPrompts() {
            classes()
                    .that(inPackages("sdk-core and sdk-prompts", name -> CORE.contains(name) || name.equals(PROMPTS)))
                    .and()
                    .arePublic()
                    .should(speakOnlyTheJdkAndPictor())
                    .check(CLASSES);
        }

        @Test
        void theRuleOfSignaturesSeesThirdPartyTypes() {
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> classes()
                            .that()
                            .resideInAPackage(TESTKIT)
                            .should(speakOnlyTheJdkAndPictor())
                            .check(CLASSES))
                    .withMessageContaining("org.assertj");
        }

        @Test
        void noVendorTypeIsInASignatureOfAnAdapter() {
            classes()
                    .that()
                    .resideInAPackage(ADAPTERS)
                    .and()
                    .arePublic()
                    .should(speakOnlyTheJdkAndPictor())
                    .check(CLASSES);
        }

        @Test
        void nothingPrints() {
            GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
            GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(CLASSES);
        }

        @Test
        void nothingThrowsExceptionsThatSayNothing() {
            GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS.check(CLASSES);
        }

        @Test
        void nothingIsPassedThroughThreadLocals() {
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .areAssignableTo(ThreadLocal.class)
                    .check(CLASSES);
        }

        @Test
        void namesSayWhatAThingIs() {
            noClasses()
                    .should()
                    .haveSimpleNameEndingWith("Manager")
                    .orShould()
                    .haveSimpleNameEndingWith("Helper")
                    .orShould()
                    .haveSimpleNameEndingWith("Util")
                    .orShould()
                    .haveSimpleNameEndingWith("Utils")
                    .orShould()
                    .haveSimpleNameEndingWith("Impl")
                    .orShould()
                    .haveSimpleNameStartingWith("Abstract")
                    .check(CLASSES);
        }
    }

    private static boolean isOurs(String packageName) {
        return packageName.equals("dev.pictor") || packageName.startsWith("dev.pictor.");
    }

    private static DescribedPredicate<JavaClass> inPackages(String description, Predicate<String> names) {
        return DescribedPredicate.describe("in " + description, type -> names.test(type.getPackageName()));
    }

    /** Annotations aside: their types need not be there at run time. */
    private static ArchCondition<JavaClass> speakOnlyTheJdkAndPictor() {
        return new ArchCondition<>("have only types of the JDK and of Pictor in their signatures") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                List<JavaClass> supertypes = new ArrayList<>(type.getRawInterfaces());
                type.getRawSuperclass().ifPresent(supertypes::add);
                supertypes.stream()
                        .filter(ArchitectureTest::isForeign)
                        .forEach(found -> report(events, type, type.getName() + " extends " + found.getName()));
                for (JavaMember member : type.getMembers()) {
                    if (member.getModifiers().contains(JavaModifier.PUBLIC)
                            || member.getModifiers().contains(JavaModifier.PROTECTED)) {
                        types(member)
                                .filter(ArchitectureTest::isForeign)
                                .forEach(found ->
                                        report(events, type, member.getFullName() + " speaks of " + found.getName()));
                    }
                }
            }
        };
    }

    private static Stream<JavaClass> types(JavaMember member) {
        if (member instanceof JavaField field) {
            return field.getType().getAllInvolvedRawTypes().stream();
        }
        JavaCodeUnit unit = (JavaCodeUnit) member;
        return Stream.of(
                        unit.getReturnType().getAllInvolvedRawTypes().stream(),
                        unit.getParameterTypes().stream().flatMap(type -> type.getAllInvolvedRawTypes().stream()),
                        unit.getThrowsClause().getTypes().stream())
                .flatMap(found -> found);
    }

    private static boolean isForeign(JavaClass type) {
        String name = type.getBaseComponentType().getPackageName();
        return !type.getBaseComponentType().isPrimitive() && !name.startsWith("java.") && !isOurs(name);
    }

    private static void report(ConditionEvents events, JavaClass type, String message) {
        events.add(SimpleConditionEvent.violated(type, message));
    }
}
