package dev.pictor.benchmarks.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The numbers of one measurement, printed as they come. Not thread-safe. */
final class Figures {

    private final List<Figure> all = new ArrayList<>();

    void add(Figure figure) {
        all.add(figure);
        System.out.println(line(figure));
    }

    void addAll(Latencies latencies, String target, String what) {
        add(Figure.told(target, what + ", p50", latencies.micros(0.50), "us"));
        add(Figure.told(target, what + ", p99", latencies.micros(0.99), "us"));
        add(Figure.told(target, what + ", p99.9", latencies.micros(0.999), "us"));
        add(Figure.told(target, what + ", succeeded", latencies.successes(), "calls"));
        add(Figure.told(target, what + ", failed", latencies.failures(), "calls"));
    }

    List<Figure> all() {
        return List.copyOf(all);
    }

    void write(Path file) throws IOException {
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), all);
    }

    static String line(Figure figure) {
        Boolean met = figure.met();
        return figure.target() + " | " + figure.what() + " | " + figure.measured() + " | " + figure.wanted() + " | "
                + (met == null ? "" : met ? "yes" : "NO");
    }
}
