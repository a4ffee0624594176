package dev.pictor.testkit.recording;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Opens and closes what {@link HttpRecording} asks for. Thread-safe. */
final class HttpRecordingExtension implements ParameterResolver, AfterEachCallback {

    private static final ExtensionContext.Namespace OURS =
            ExtensionContext.Namespace.create(HttpRecordingExtension.class);

    HttpRecordingExtension() {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RecordedServer.class;
    }

    @Override
    public RecordedServer resolveParameter(ParameterContext parameter, ExtensionContext context) {
        HttpRecording asked = context.getRequiredTestMethod().getAnnotation(HttpRecording.class);
        RecordedServer server = open(asked);
        context.getStore(OURS).put(RecordedServer.class, server);
        return server;
    }

    private static RecordedServer open(HttpRecording asked) {
        Path folder = Path.of(asked.value());
        if (!Boolean.getBoolean("pictor.record")) {
            return HttpPlayback.start(folder);
        }
        String upstream = System.getProperty("pictor.record.upstream", asked.upstream());
        if (upstream.isEmpty()) {
            throw new IllegalStateException("to record " + folder
                    + " set upstream in @HttpRecording, or the system property pictor.record.upstream");
        }
        HttpRecorderBuilder recorder = HttpRecorder.builder(folder, URI.create(upstream));
        for (String variable : asked.secretVariables()) {
            String value = System.getenv(variable);
            if (value != null && !value.isEmpty()) {
                recorder.addSecret(value);
            }
        }
        return recorder.start();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        RecordedServer server = context.getStore(OURS).remove(RecordedServer.class, RecordedServer.class);
        if (server != null) {
            server.close();
        }
    }
}
