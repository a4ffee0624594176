package dev.pictor.testkit.recording;

import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Opens and closes what {@link RunCassette} asks for. Thread-safe. */
final class CassetteExtension implements ParameterResolver, AfterEachCallback {

    private static final ExtensionContext.Namespace OURS = ExtensionContext.Namespace.create(CassetteExtension.class);

    CassetteExtension() {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Cassette.class;
    }

    @Override
    public Cassette resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Path folder = Path.of(
                context.getRequiredTestMethod().getAnnotation(RunCassette.class).value());
        Cassette cassette = Boolean.getBoolean("pictor.record") ? Cassette.record(folder) : Cassette.open(folder);
        context.getStore(OURS).put(Cassette.class, cassette);
        return cassette;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Cassette cassette = context.getStore(OURS).remove(Cassette.class, Cassette.class);
        if (cassette != null) {
            cassette.close();
        }
    }
}
