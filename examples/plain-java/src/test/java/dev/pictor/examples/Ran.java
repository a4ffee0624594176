package dev.pictor.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

/** What a command of the program printed and how it ended. */
record Ran(int exitCode, String out, String err) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Runs a command over a folder, without keys and without a terminal. */
    static Ran in(Path folder, Object... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] all = Stream.concat(Arrays.stream(args).map(Object::toString), Stream.of("--out", folder.toString()))
                .toArray(String[]::new);
        int exitCode = PictorExamples.run(all, Map.of(), false, new PrintWriter(out), new PrintWriter(err));
        return new Ran(exitCode, out.toString(), err.toString());
    }

    JsonNode json() throws IOException {
        assertThat(exitCode).as(err).isZero();
        return JSON.readTree(out);
    }
}
