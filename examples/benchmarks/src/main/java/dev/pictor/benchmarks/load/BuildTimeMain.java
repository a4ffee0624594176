package dev.pictor.benchmarks.load;

import dev.pictor.Pictor;
import dev.pictor.benchmarks.NoOpModel;
import dev.pictor.gateway.Gateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** Builds a gateway or a Pictor: the first in this JVM, and many after it. */
final class BuildTimeMain {

    private static final int ROUNDS = 101;

    private BuildTimeMain() {}

    public static void main(String[] args) throws IOException {
        switch (args[0]) {
            case "gateway" -> time(BuildTimeMain::gateway);
            case "pictor" -> time(BuildTimeMain::pictor);
            case "watch" -> watch();
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private interface Build {
        AutoCloseable from(NoOpModel model);
    }

    private static AutoCloseable gateway(NoOpModel model) {
        return Gateway.builder(model).build();
    }

    private static AutoCloseable pictor(NoOpModel model) {
        return Pictor.builder(model).build();
    }

    private static void time(Build build) {
        NoOpModel model = NoOpModel.create("painter", "0.040");
        double first = millis(build, model);
        double[] later = new double[ROUNDS];
        Arrays.setAll(later, i -> millis(build, model));
        Arrays.sort(later);
        System.out.println(first + " " + later[ROUNDS / 2]);
    }

    private static double millis(Build build, NoOpModel model) {
        long begin = System.nanoTime();
        AutoCloseable built = build.from(model);
        double millis = (System.nanoTime() - begin) / 1e6;
        close(built);
        return millis;
    }

    private static void close(AutoCloseable built) {
        try {
            built.close();
        } catch (Exception e) {
            throw new IllegalStateException("cannot close", e);
        }
    }

    /** Counts what the JVM's flight recorder sees of files and sockets. */
    private static void watch() throws IOException {
        NoOpModel model = NoOpModel.create("painter", "0.040");
        Path file = Files.createTempFile("pictor-build", ".jfr");
        try (Recording recording = new Recording()) {
            for (String event : List.of("jdk.FileRead", "jdk.FileWrite", "jdk.SocketRead", "jdk.SocketWrite")) {
                recording.enable(event).withoutThreshold();
            }
            recording.start();
            close(gateway(model));
            close(pictor(model));
            recording.stop();
            recording.dump(file);
        }
        long others = 0;
        for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
            boolean isJar = event.hasField("path") && event.getString("path").endsWith(".jar");
            if (!isJar) {
                others++;
                System.err.println(event);
            }
        }
        Files.delete(file);
        System.out.println(others);
    }
}
