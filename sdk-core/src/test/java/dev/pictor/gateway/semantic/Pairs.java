package dev.pictor.gateway.semantic;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Pairs of prompts in files beside this class. */
final class Pairs {

    private Pairs() {}

    static Stream<Arguments> same() {
        return read("same-meaning.tsv").stream();
    }

    static Stream<Arguments> other() {
        return read("other-meaning.tsv").stream();
    }

    private static List<Arguments> read(String file) {
        try (InputStream stream = Objects.requireNonNull(Pairs.class.getResourceAsStream(file), file);
                BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .skip(1)
                    .map(line -> Arguments.of((Object[]) line.split("\t", -1)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
