package dev.pictor.pipeline;

import java.lang.module.ModuleDescriptor;
import java.util.Optional;

/** The version of Pictor that runs. */
final class SdkVersion {

    private static final Optional<String> VERSION = find();

    private SdkVersion() {}

    /** Returns the version, or empty where neither module nor jar says it, such as in tests of Pictor itself. */
    static Optional<String> get() {
        return VERSION;
    }

    private static Optional<String> find() {
        Optional<String> ofModule = Optional.ofNullable(
                        SdkVersion.class.getModule().getDescriptor())
                .flatMap(ModuleDescriptor::rawVersion);
        return ofModule.or(
                () -> Optional.ofNullable(SdkVersion.class.getPackage().getImplementationVersion()));
    }
}
