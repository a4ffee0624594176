package dev.pictor.benchmarks.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Makes one table of the figures in a folder: text to the console, JSON to a file. */
final class Report implements Scenario {

    private final ObjectMapper json = new ObjectMapper();

    @Override
    public void run(Options options, Figures figures) throws Exception {
        Path folder = Path.of(options.text("from").orElseThrow(() -> new IllegalArgumentException("--from FOLDER")));
        List<Figure> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(name -> name.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                JsonNode content = json.readTree(file.toFile());
                all.addAll(
                        file.getFileName().toString().startsWith("jmh")
                                ? new JmhFigures(content).all()
                                : read(content));
            }
        }
        all.sort(Comparator.comparingInt(Report::number));
        Map<String, Object> machine = machine(options);
        machine.forEach((name, value) -> System.out.println(name + ": " + value));
        System.out.println();
        System.out.println("| target | what | measured | wanted | met |");
        System.out.println("|---|---|---|---|---|");
        all.forEach(figure -> System.out.println("| " + Figures.line(figure) + " |"));
        System.out.println();
        long missed = all.stream()
                .filter(figure -> Boolean.FALSE.equals(figure.met()))
                .count();
        long judged = all.stream().filter(figure -> figure.met() != null).count();
        System.out.println(judged - missed + " of " + judged + " met, " + missed + " missed");
        if (options.text("json").isPresent()) {
            Map<String, Object> report = new LinkedHashMap<>(machine);
            report.put("figures", all);
            json.writerWithDefaultPrettyPrinter()
                    .writeValue(Path.of(options.text("json").get()).toFile(), report);
        }
    }

    private static int number(Figure figure) {
        int number = Integer.parseInt(figure.target().substring(1));
        return figure.target().startsWith("P") ? number : 100 + number;
    }

    private static List<Figure> read(JsonNode figures) {
        List<Figure> all = new ArrayList<>();
        for (JsonNode figure : figures) {
            all.add(new Figure(
                    figure.get("target").asText(),
                    figure.get("what").asText(),
                    figure.get("value").asDouble(),
                    figure.get("unit").asText(),
                    figure.hasNonNull("relation") ? figure.get("relation").asText() : null,
                    figure.hasNonNull("bound") ? figure.get("bound").asDouble() : null));
        }
        return all;
    }

    private static Map<String, Object> machine(Options options) throws IOException {
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("when", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        machine.put("machine", processor() + ", " + Runtime.getRuntime().availableProcessors() + " processors");
        machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        machine.put("jdk", System.getProperty("java.vm.vendor") + " " + System.getProperty("java.vm.version"));
        machine.put("command", options.text("command").orElse("examples/benchmarks/performance"));
        options.text("load").ifPresent(load -> machine.put("load before", load));
        return machine;
    }

    private static String processor() throws IOException {
        Path info = Path.of("/proc/cpuinfo");
        if (Files.notExists(info)) {
            return System.getProperty("os.arch");
        }
        try (Stream<String> lines = Files.lines(info)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        }
    }
}
